"""The default family on 12 to 17 runs: its excess over the best in hindsight, and its intervals.

Made-up studies of one response with 2 to 4 factors and 12 to 16 runs (``--runs 17`` for as many),
spread over the region or drawn from a grid; one sample of each run, three, or one to five;
differences between runs of 0, 10 or 20 kPa, in a fifth of the studies also between three days;
noise of 15 kPa, normal, heavy-tailed (t with 3 degrees of freedom) or in proportion to the value;
what the factors do has a standard deviation of 40 kPa. Two sets of truths: ``tuned`` is what the
rule of decision 0036 was chosen on, ``fresh`` was looked at afterwards only.

Printed is by how many percent the RMSE at 1,000 new settings exceeds that of the best family for
the study, which nobody knows beforehand: of what would be measured there, and of the bare surface;
with ``--intervals`` also how much of what would be measured the default's 90 % intervals hold.

Run: OMP_NUM_THREADS=1 python benchmarks/few_runs.py [--set fresh] [--studies 20] [--first 7000]
"""

import argparse
from collections.abc import Callable
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from electrodoe.dataset import TrainingData
from electrodoe.errors import ElectrodeError
from electrodoe.models import DEFAULT_FAMILY, STUDIED_FAMILIES, fit, predictive, tune

Floats = NDArray[np.float64]
Surface = Callable[[Floats], Floats]
SETS = {
    "tuned": ("plane", "interaction", "quadratic", "saturating", "threshold", "ratio"),
    "fresh": (
        *("sparse_plane", "hinge", "michaelis", "power_law"),
        *("peak", "logistic", "sine", "two_inputs_cross"),
    ),
}
SIGNAL, NOISE, N_NEW = 40.0, 15.0, 1000
"""Standard deviations in kPa of what the factors do and of samples; new settings of a study."""


def surface_of(kind: str, n: int, rng: np.random.Generator) -> Surface:
    """Return what the factors do, in arbitrary units, over coded settings from -1 to 1."""
    slopes = rng.normal(size=n) * rng.choice([0.3, 1.0], n)
    curvatures = rng.normal(size=(n, n)) * 0.6
    where, sign = rng.uniform(-0.5, 0.5), rng.choice([-1.0, 1.0], n)
    along = slopes / np.abs(slopes).sum()
    surfaces: dict[str, Surface] = {
        "plane": lambda x: x @ slopes,
        "interaction": lambda x: x @ slopes + 3.0 * curvatures[0, 1] * x[:, 0] * x[:, 1],
        "quadratic": lambda x: x @ slopes + np.einsum("ni,ij,nj->n", x, curvatures, x),
        "saturating": lambda x: (1.0 - np.exp(-2.0 * (1.0 + x))) @ slopes,
        "threshold": lambda x: np.tanh(6.0 * (x @ along - where)),
        "ratio": lambda x: (2.0 + x[:, 0]) / (1.6 + x[:, 1]) + 0.2 * x @ slopes,
        "sparse_plane": lambda x: sign[0] * x[:, 0] + 0.2 * sign[1] * x[:, 1],
        "hinge": lambda x: np.maximum(x[:, 0] - where, 0.0) * sign[0] + 0.5 * x @ slopes,
        "michaelis": lambda x: ((1.0 + x) / (1.4 + x)) @ (slopes + 0.5 * sign),
        "power_law": lambda x: np.exp(np.log(1.5 + x) @ (0.8 * slopes)),
        "peak": lambda x: np.exp(-np.sum((x - 0.6 * where * sign) ** 2, axis=1)),
        "logistic": lambda x: 1.0 / (1.0 + np.exp(-8.0 * (x[:, 0] - where))) + 0.3 * x @ slopes,
        "sine": lambda x: np.sin(2.5 * x[:, 0] + where) + 0.5 * x @ slopes,
        "two_inputs_cross": lambda x: sign[0] * x[:, 0] * x[:, 1] + 0.3 * x @ slopes,
    }
    return surfaces[kind]


def made_up(
    which: str, kind: str, seed: int, n_runs: int | None
) -> tuple[TrainingData, Floats, Floats, Floats]:
    """Return a study, new settings, what would be measured there, and the bare surface."""
    rng = np.random.default_rng([seed, list(SETS).index(which), SETS[which].index(kind)])
    n = int(rng.integers(2, 5))
    n_runs = n_runs or int(rng.integers(12, 17))
    raw, region = surface_of(kind, n, rng), rng.uniform(-1.0, 1.0, (2000, n))
    mean, sd = raw(region).mean(), raw(region).std()
    runs = _runs(n_runs, n, rng)
    sizes = (np.ones(n_runs, int), np.full(n_runs, 3), rng.integers(1, 6, n_runs))[rng.integers(3)]
    run_sd, noise = (
        float(rng.choice([0.0, 10.0, 20.0])),
        rng.choice(["normal", "normal", "t", "relative"]),
    )

    def measured(heights: Floats) -> Floats:
        if noise == "t":
            return np.asarray(heights + NOISE * rng.standard_t(3, len(heights)) / np.sqrt(3.0))
        spread = np.full(len(heights), NOISE) if noise == "normal" else 0.03 * heights
        return np.asarray(heights + rng.normal(0.0, spread))

    def surface(coded: Floats) -> Floats:
        return np.asarray(500.0 + SIGNAL * (raw(coded) - mean) / sd)

    heights = surface(runs) + rng.normal(0.0, 1.0, n_runs) * run_sd
    if rng.random() < 0.2:
        heights = heights + rng.normal(0.0, 15.0, 3)[rng.permutation(np.arange(n_runs) % 3)]
    data = TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=tuple("abcd"[:n]),
        inputs=np.repeat(15.0 + 5.0 * runs, sizes, axis=0),
        response=measured(np.repeat(heights, sizes)),
        configurations=np.repeat(np.arange(n_runs), sizes),
        sample_names=tuple(f"s{number}" for number in range(sizes.sum())),
    )
    new = rng.uniform(-1.0, 1.0, (N_NEW, n))
    bare = surface(new)
    return data, 15.0 + 5.0 * new, measured(bare + rng.normal(0.0, 1.0, N_NEW) * run_sd), bare


def _runs(n_runs: int, n: int, rng: np.random.Generator) -> Floats:
    """Return coded settings: a Latin hypercube, or points of a grid of 16 or more."""
    if rng.random() < 0.5:
        return np.asarray(qmc.scale(qmc.LatinHypercube(n, rng=rng).random(n_runs), -1.0, 1.0))
    grid = np.array(list(product(np.linspace(-1.0, 1.0, 5 if n == 2 else 4), repeat=n)))
    return grid[rng.permutation(len(grid))[:n_runs]]


def rmse_of(data: TrainingData, new: Floats, *wanted: Floats) -> Floats:
    """Return the error of every family, shape (n_families, 2); NaN where it cannot be fitted."""
    errors = np.full((len(STUDIED_FAMILIES), 2), np.nan)
    for row, family in enumerate(STUDIED_FAMILIES):
        try:
            predicted = fit(data, family, tune(data, family)).predict(new)
        except ElectrodeError:
            continue
        errors[row] = [np.sqrt(np.mean((predicted - truth) ** 2)) for truth in wanted]
    return errors


def held(data: TrainingData, new: Floats, measured: Floats) -> float:
    """Return how much of what would be measured the default's 90 % intervals hold."""
    model = fit(data, DEFAULT_FAMILY, tune(data, DEFAULT_FAMILY))
    found = predictive(data, model).intervals(new[:200], 0.9)
    return float(np.mean((found.lower <= measured[:200]) & (measured[:200] <= found.upper)))


def _mean(values: Floats) -> str:
    """Return a mean with its standard error."""
    known = values[np.isfinite(values)]
    return f"{known.mean():6.1f} ± {known.std(ddof=1) / np.sqrt(len(known)):4.1f}"


def main() -> None:
    """Print the excess of every family, the default's by kind of truth, and its coverage."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", choices=SETS, default="fresh")
    parser.add_argument("--studies", type=int, default=20, help="of each kind of truth")
    parser.add_argument("--first", type=int, default=7000)
    parser.add_argument("--runs", type=int, help="as many in place of 12 to 16")
    parser.add_argument("--intervals", action="store_true")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.studies)
    kinds = [kind for kind in SETS[asked.set] for _ in seeds]
    studies = [
        made_up(asked.set, kind, seed, asked.runs) for kind in SETS[asked.set] for seed in seeds
    ]
    errors = np.array([rmse_of(*study) for study in studies])
    is_rival = [family != DEFAULT_FAMILY for family in STUDIED_FAMILIES]
    above = 100.0 * (errors / np.nanmin(errors[:, is_rival], axis=1, keepdims=True) - 1.0)
    print(f"{len(studies)} studies ({asked.set}): mean excess RMSE, %, measured and bare surface")
    for row, family in enumerate(STUDIED_FAMILIES):
        print(f"  {family:18s} {_mean(above[:, row, 0])}   {_mean(above[:, row, 1])}")
    default = above[:, STUDIED_FAMILIES.index(DEFAULT_FAMILY)]
    for kind in SETS[asked.set]:
        own = default[np.array(kinds) == kind]
        print(f"    default, {kind:16s} {_mean(own[:, 0])}   {_mean(own[:, 1])}")
    if asked.intervals:
        coverage = np.array([held(data, new, measured) for data, new, measured, _ in studies])
        print(f"  90 % intervals hold {_mean(100.0 * coverage)} %")


if __name__ == "__main__":
    main()
