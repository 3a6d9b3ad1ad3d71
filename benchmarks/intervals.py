"""Intervals beside what they promise, and how often tests find what is not there.

Studies are those of ``default_family.py``: 17 runs, 3 replicates, noise 15, signal 65 to 75 kPa;
the truth is a quadratic, a quadratic with a smooth deviation, or a quadratic with an effect of each
configuration (SD 44 kPa). Asked is what would be measured at 2,000 new settings, each of them a
configuration of its own. ``row t`` is the textbook's interval of rows, for comparison; it answers
another question. With ``--scales`` the same surfaces are those of a logarithm or of a square root,
and coverage is counted in each quarter of the true median, on the response's own unit and with its
transform. The tests are of the six second-order terms where all of them are zero.

Run: OMP_NUM_THREADS=1 python benchmarks/intervals.py [--studies 200] [--first 2000] [--fast]
     OMP_NUM_THREADS=1 python benchmarks/intervals.py --scales [--studies 40] [--first 9000]
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import scipy.stats
from numpy.typing import NDArray

from default_family import KINDS, i_optimal_runs, made_up
from electrodoe.dataset import TrainingData, Transform, declared_transform
from electrodoe.evaluate import coefficient_tests
from electrodoe.models import (
    FittedModel,
    JackknifePlus,
    fit,
    jackknife_plus,
    mean_intervals,
    predictive,
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


SCALES: dict[str, tuple[Transform, float, float]] = {
    "log-normal": (Transform(name="log", power=0.0), 3.0, 1.0),
    "square root": (Transform(name="sqrt", power=0.5), 12.0, 2.5),
}
"""Truths by name: their scale, and mean and standard deviation of the surface on it: the largest
of 51 values is some 60 and 5 times the smallest. Replicates scatter by a fifth of the surface, as
those of ``made_up`` do."""
DECLARED = (None, "true", "box-cox")
QUARTERS = np.linspace(0.0, 1.0, 5)


def scaled(kind: str, truth: str, seed: int) -> tuple[TrainingData, *Ends, NDArray[np.float64]]:
    """Return a study of another scale, new settings, what is measured there, the true median."""
    data, new, (measured, _, surface) = made_up(kind, seed)
    scale, mean, sd = SCALES[truth]

    def of(height: NDArray[np.float64]) -> NDArray[np.float64]:
        return scale.inverse(np.maximum(mean + sd * (height - 1000.0) / 70.0, -50.0))

    response = np.maximum(of(data.response), 1e-9)  # a square root's surface may reach zero
    return replace(data, response=response), new, of(measured), of(surface)


def scale_coverage(n_studies: int, first: int, families: tuple[str, ...]) -> None:
    """Print coverage in each quarter of the true median, the lowest end, and how few are good."""
    for truth, (scale, _, _) in SCALES.items():
        for kind in KINDS:
            held: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
            lowest: dict[str, float] = defaultdict(lambda: np.inf)
            for seed in range(first, first + n_studies):
                data, new, measured, median = scaled(kind, truth, seed)
                quarter = np.searchsorted(np.quantile(median, QUARTERS[1:-1]), median)
                for family in families:
                    for declared in DECLARED:
                        name = scale.name if declared == "true" else declared
                        own = replace(data, transform=declared_transform(name, "strength_kpa"))
                        model = fit(own, family, tune(own, family))
                        found = predictive(own, model).intervals(new, LEVEL)
                        is_held = (found.lower <= measured) & (measured <= found.upper)
                        key = f"{family:16} {declared or 'none'}"
                        held[key].append(np.array([is_held[quarter == q].mean() for q in range(4)]))
                        lowest[key] = min(lowest[key], float(found.lower.min()))
            for key, weights in held.items():
                mean = np.mean(weights, axis=0)
                quarters = " ".join(f"{100 * each:5.1f}" for each in mean)
                print(
                    f"{truth:12} {kind:14} {key:26} {quarters} %  all {100 * mean.mean():.1f} %"
                    f"  lowest end {lowest[key]:.3g}",
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
    parser.add_argument("--scales", action="store_true", help="responses on another scale alone")
    options = parser.parse_args()
    if options.scales:
        names = ("polynomial", "ridge_quadratic") + (() if options.fast else ("ensemble",))
        scale_coverage(options.studies, options.first, names)
        raise SystemExit
    type_one_error(options.studies, options.first)
    coverage(options.studies, options.first, is_fast=options.fast)
