"""Intervals beside what they promise, and how often tests find what is not there.

Studies are those of ``default_family.py``: 17 runs, 3 replicates, noise 15, signal 65 to 75 kPa;
the truth is a quadratic, a quadratic with a smooth deviation, or a quadratic with an effect of each
configuration (SD 44 kPa). Asked is what would be measured at 2,000 new settings, each of them a
configuration of its own. ``row t`` is the textbook's interval of rows, for comparison; it answers
another question. The tests are of the six second-order terms where all of them are zero.

Run: OMP_NUM_THREADS=1 python benchmarks/intervals.py [--studies 200] [--first 2000] [--fast]
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import scipy.stats
from numpy.typing import NDArray

from default_family import KINDS, i_optimal_runs, made_up
from electrodoe.dataset import TrainingData
from electrodoe.evaluate import coefficient_tests
from electrodoe.models import (
    FittedModel,
    JackknifePlus,
    fit,
    jackknife_plus,
    mean_intervals,
    tune,
)
from electrodoe.models.mean_intervals import model_matrix
from electrodoe.models.residual_scale import residual_scale
from electrodoe.models.terms import quadratic_matrix, quadratic_names

LEVEL = 0.9
Ends = tuple[NDArray[np.float64], NDArray[np.float64]]


def row_t(data: TrainingData, new: NDArray[np.float64]) -> Ends:
    """Return the textbook's prediction interval of rows under the quadratic."""
    model = fit(data, "polynomial", tune(data, "polynomial"))
    F, f = model_matrix(model, data.inputs), model_matrix(model, new)
    center = model.predict(new)
    degrees_of_freedom = len(F) - F.shape[1]
    variance = np.sum((data.response - model.predict(data.inputs)) ** 2) / degrees_of_freedom
    leverage = np.sum((f @ np.linalg.inv(F.T @ F)) * f, axis=1)
    half = scipy.stats.t.ppf(0.5 + LEVEL / 2, degrees_of_freedom) * np.sqrt(
        variance * (1 + leverage)
    )
    return center - half, center + half


def refitted(data: TrainingData, model: FittedModel) -> tuple[JackknifePlus, JackknifePlus]:
    """Return the same refits with plain residuals, and scaled by the residual scale of settings."""
    plain = jackknife_plus(data, model)
    hard = residual_scale(data)
    own = hard.without_each(data.inputs)[plain.positions, np.arange(data.n_samples)]
    return plain, replace(plain, residuals=plain.residuals / own, residual_scale=hard)


def methods(
    data: TrainingData, new: NDArray[np.float64], *, is_fast: bool
) -> Iterator[tuple[str, Ends]]:
    """Yield every method's name and its ends at the new settings."""
    yield "polynomial: row t", row_t(data, new)
    model = fit(data, "polynomial", tune(data, "polynomial"))
    found = mean_intervals(data, model).intervals(new, LEVEL)
    yield "polynomial: configuration means, Satterthwaite", (found.lower, found.upper)
    for family in ("polynomial", "ridge_quadratic") + (() if is_fast else ("ensemble",)):
        model = fit(data, family, tune(data, family))
        for pooled in refitted(data, model):
            for known in (pooled, pooled.weighed("hierarchical")):
                found = known.intervals(new, LEVEL)
                scaled = "" if known.residual_scale is None else ", scaled"
                name = f"{family}: jackknife+, {known.weighing}{scaled}"
                yield name, (found.lower, found.upper)


def coverage(n_studies: int, first: int, *, is_fast: bool) -> None:
    """Print mean coverage (its 5 to 95 % over studies) and the median width of every method."""
    for kind in KINDS:
        held, widths = defaultdict(list), defaultdict(list)
        for seed in range(first, first + n_studies):
            data, new, (measured, _, _) = made_up(kind, seed)
            for name, (lower, upper) in methods(data, new, is_fast=is_fast):
                held[name].append(np.mean((lower <= measured) & (measured <= upper)))
                widths[name].append(np.median(upper - lower))
        for name, weights in held.items():
            low, high = np.quantile(weights, [0.05, 0.95])
            print(
                f"{kind:14} {name:48} {np.mean(weights):.3f} ({low:.2f} to {high:.2f})"
                f"  width {np.mean(widths[name]):.0f}",
                flush=True,
            )


def type_one_error(n_studies: int, first: int) -> None:
    """Print how often a second-order term that is not there is found at 5 %."""
    false = defaultdict(list)
    for seed in range(first, first + n_studies):
        rng = np.random.default_rng([seed, 99])
        runs = i_optimal_runs(17, rng)
        quadratic = np.array([True, True, True])
        X, names = quadratic_matrix(runs, quadratic), quadratic_names(("a", "b", "c"), quadratic)
        for effect in (0.0, 44.0):
            level = runs @ rng.normal(0.0, 50.0, 3) + rng.normal(0.0, effect, 17)
            y = level[:, None] + rng.normal(0.0, 15.0, (17, 3))
            means = coefficient_tests(X, y.mean(axis=1), names).p[4:]
            rows = coefficient_tests(np.repeat(X, 3, axis=0), y.ravel(), names).p[4:]
            false[f"configuration means, effect SD {effect:g}"].append(np.mean(means < 0.05))
            false[f"rows, effect SD {effect:g}"].append(np.mean(rows < 0.05))
    for name, weights in false.items():
        print(f"type I error at 5 %, {name:38} {100 * np.mean(weights):.1f} %")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--first", type=int, default=2000)
    parser.add_argument("--fast", action="store_true", help="without the default family")
    options = parser.parse_args()
    type_one_error(options.studies, options.first)
    coverage(options.studies, options.first, is_fast=options.fast)
