"""How often tests find what is not there, and what is, by how runs repeat settings.

Simulated studies: noise 1 between runs, a linear effect of 4 and, of the tested term, 0 (type I) or
an effect of which the exact t test finds 80 %: least squares on the means of runs, with the pooled
residual, for the model is right. ``assumed`` names no run; ``by run, samples`` names it and
measures each four times with a noise of .3 beside run-to-run noise of 1. ``new run`` is how much
the 90 % interval of the polynomial holds of new runs at new settings (100 studies).

Run: OMP_NUM_THREADS=1 python benchmarks/structure.py [--studies 500] [--first 0]
"""

import argparse
from collections.abc import Iterator
from itertools import product

import numpy as np
import scipy.optimize
import scipy.stats
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.evaluate import significance
from electrodoe.models import fit, mean_intervals, tune
from electrodoe.models.terms import quadratic_matrix

Array = NDArray[np.float64]
POWER = 0.8


def cube(k: int, n_replicates: int, n_centers: int) -> Array:
    """Return a two-level factorial with replicates and center runs."""
    corners = np.array(list(product([-1.0, 1.0], repeat=k)))
    return np.vstack([np.repeat(corners, n_replicates, axis=0), np.zeros((n_centers, k))])


def composite(k: int, n_centers: int) -> Array:
    """Return a face-centered composite."""
    axial = np.vstack([sign * np.eye(k) for sign in (-1.0, 1.0)])
    return np.vstack([cube(k, 1, 0), axial, np.zeros((n_centers, k))])


def box_behnken(n_centers: int) -> Array:
    """Return that of three factors."""
    edges = [
        np.insert(list(pair), place, 0.0)
        for place in range(3)
        for pair in product([-1.0, 1.0], repeat=2)
    ]
    return np.vstack([edges, np.zeros((n_centers, 3))])


DESIGNS: dict[str, Array] = {
    "2^3 x 2": cube(3, 2, 0),
    "2^3 x 3": cube(3, 3, 0),
    "2^2 + 5": cube(2, 1, 5),
    "2^3 + 4": cube(3, 1, 4),
    "composite 3 + 4": composite(3, 4),
    "Box-Behnken + 3": box_behnken(3),
    "3^2 x 2": np.repeat(np.array(list(product([-1.0, 0.0, 1.0], repeat=2))), 2, axis=0),
}


def study(runs: Array, effect: float, seed: int, *, n_samples: int, kind: str) -> TrainingData:
    """Return a simulated study: a × b has the effect."""
    rng = np.random.default_rng(seed)
    y = 50 + 4 * runs[:, 0] + effect * runs[:, 0] * runs[:, 1]
    y = y + rng.normal(size=len(runs))
    inputs = np.repeat(runs, n_samples, axis=0)
    response = np.repeat(y, n_samples)
    if n_samples > 1:
        response = response + 0.3 * rng.normal(size=len(response))
    settings = np.unique(inputs, axis=0, return_inverse=True)[1].ravel()
    by_run = np.repeat(np.arange(len(runs)), n_samples)
    is_assumed = kind == "assumed"
    return TrainingData(
        scenario="all",
        response_name="y",
        input_names=tuple("abc"[: runs.shape[1]]),
        inputs=inputs,
        response=response,
        configurations=settings if is_assumed else by_run,
        sample_names=tuple(map(str, range(len(inputs)))),
        runs=np.arange(len(inputs)) if is_assumed else None,
        settings=None if is_assumed else settings,
        is_run_assumed=is_assumed,
    )


def exact(runs: Array, n_samples: int) -> tuple[float, float]:
    """Return the effect that the exact test finds with the wanted power, and its df."""
    has_squares = len(np.unique(runs[:, 0])) > 2 and not is_centered_cube(runs)
    X = quadratic_matrix(runs, np.full(runs.shape[1], has_squares))
    if is_centered_cube(runs):
        X = np.column_stack([X, np.abs(runs).max(axis=1)])
    column = 1 + runs.shape[1]
    degrees = len(runs) - X.shape[1]
    variance = 1.0 + 0.09 / n_samples * (n_samples > 1)
    error = np.sqrt(variance * np.linalg.inv(X.T @ X)[column, column])
    limit = scipy.stats.t.ppf(0.975, degrees)

    def missing(effect: float) -> float:
        return float(scipy.stats.nct.sf(limit, degrees, effect / error)) - POWER

    return float(scipy.optimize.brentq(missing, error, 8.0 * error)), degrees


def is_centered_cube(runs: Array) -> bool:
    """Return whether the center alone tells of curvature."""
    return bool(np.all(np.abs(runs).min(axis=1) == np.abs(runs).max(axis=1)) and (runs == 0).any())


def p_values(data: TrainingData, effect: float) -> tuple[float, float, str]:
    """Return the p of a × b as it is and with an effect added, and what it was tested against.

    Of the last model that is determined; an effect of one of its terms moves its estimate alone.
    """
    own = significance(data).coefficients.filter(term="a × b").row(-1, named=True)
    t = np.array([own["estimate"], own["estimate"] + effect]) / own["standard_error"]
    none, some = 2.0 * scipy.stats.t.sf(np.abs(t), own["degrees_of_freedom"])
    return float(none), float(some), str(own["tested_against"])


def held(data: TrainingData, effect: float, seed: int, n_samples: int) -> float | None:
    """Return what fraction of new runs at new settings the 90 % interval holds."""
    rng = np.random.default_rng([seed, 1])
    new = rng.uniform(-1.0, 1.0, (100, len(data.input_names)))
    truth = 50 + 4 * new[:, 0] + effect * new[:, 0] * new[:, 1]
    spread = np.sqrt(1.0 + 0.09 * (n_samples > 1))
    try:
        model = fit(data, "polynomial", tune(data, "polynomial"))
        found = mean_intervals(data, model).intervals(new, 0.9)
    except ModelError:
        return None
    measured = truth + spread * rng.normal(size=100)
    return float(np.mean((found.lower <= measured) & (measured <= found.upper)))


def rows(n_studies: int, first: int) -> Iterator[str]:
    """Yield a line per design and kind of table."""
    for name, runs in DESIGNS.items():
        effect, degrees = exact(runs, 1)
        for kind, n_samples in (("assumed", 1), ("by run, samples", 4)):
            size = effect if n_samples == 1 else exact(runs, n_samples)[0]
            none, some, covered = [], [], []
            words: dict[str, int] = {}
            for seed in range(first, first + n_studies):
                data = study(runs, 0.0, seed, n_samples=n_samples, kind=kind.split(",")[0])
                without, with_effect, against = p_values(data, size)
                none.append(without < 0.05)
                some.append(with_effect < 0.05)
                words[against] = words.get(against, 0) + 1
                if seed < first + 100 and (inside := held(data, 0.0, seed, n_samples)) is not None:
                    covered.append(inside)
            most = max(words, key=lambda each: words[each])
            new = f"{np.mean(covered):.3f}" if covered else "–"
            yield (
                f"{name:16} {kind:16} type I {np.mean(none):.3f}"
                f"  power {np.mean(some):.3f} (exact {POWER}, {degrees} df)"
                f"  new run {new}  {most}"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    for row in rows(given.studies, given.first):
        print(row, flush=True)
