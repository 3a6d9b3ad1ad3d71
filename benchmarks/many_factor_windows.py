"""Operating windows of many factors beside the truth, and beside those of a grid.

Truths of ``default_family.py`` (quadratic, smooth, effect of each configuration) in 3 to 10
factors from 10 to 20 that come out within 2 % of what was set, 1.7 runs for each term of the
quadratic, 3 replicates. At least so much is asked for that 30 % of the region truly keep it with
90 %. Up to five factors the window is looked for on a grid and by samples, in the same studies;
with more by samples alone.

- inside: the true mean chance that a product made in the window keeps the specification
- worst: the true chance at the worst of the window's corners and of 4,000 settings inside
- fraction of the region, and the geometric mean of the sides as a fraction of the factors' ranges

Run: OMP_NUM_THREADS=1 python benchmarks/many_factor_windows.py [--studies 40] [--first 5000]
     [--factors 3 4 5 6 8 10] [--family polynomial] [--kind smooth]
"""

import argparse
import time
from itertools import product

import numpy as np
import scipy.stats
from numpy.typing import NDArray

from default_family import KINDS, _terms, _truth
from electrodoe.dataset import TrainingData
from electrodoe.models import fit, predictive, tune
from electrodoe.optimize import (
    Decision,
    OperatingWindow,
    decision,
    operating_window,
    possible_settings,
)
from electrodoe.optimize.probability_map import MOST_AXES
from electrodoe.optimize.search import best_point
from electrodoe.optimize.window import sampled_window
from electrodoe.study import Study

Floats = NDArray[np.float64]
LOW, HIGH, TOLERANCE, NOISE, N_REPLICATES = 10.0, 20.0, 0.02, 15.0, 3
N_DRAWS = 60
"""Deviations of settings at each place where the truth is asked."""
RUNS_PER_TERM = 1.7
"""17 runs for the 10 terms of three factors, as in ``recommendation.py``."""


def chosen_runs(n_factors: int, n_runs: int, rng: np.random.Generator) -> Floats:
    """Return runs of three levels, each the one that is known least by a quadratic so far."""
    pool = rng.integers(-1, 2, (3000, n_factors)).astype(np.float64)
    F = _terms(pool)
    inverse, chosen = np.eye(F.shape[1]) * 100.0, []
    for _ in range(n_runs):
        best = int(np.argmax(np.sum((F @ inverse) * F, axis=1)))
        chosen.append(best)
        along = inverse @ F[best]
        inverse -= np.outer(along, along) / (1.0 + F[best] @ along)
    return pool[chosen]


def made_up(kind: str, n_factors: int, seed: int) -> tuple:
    """Return a truth, the scatter of a measurement, the specification and what is known."""
    rng = np.random.default_rng([seed, KINDS.index(kind), n_factors])
    region = rng.uniform(-1.0, 1.0, (20_000, n_factors))
    truth = _truth(kind, region[:2000], rng)
    effect_sd = 44.0 if kind == "configuration" else 0.0
    runs = chosen_runs(n_factors, round(RUNS_PER_TERM * _terms(region[:1]).shape[1]), rng)
    sd = float(np.hypot(effect_sd, NOISE))
    lower = float(np.quantile(truth(region), 0.7) - scipy.stats.norm.ppf(0.9) * sd)
    means = truth(runs) + rng.normal(0.0, effect_sd, len(runs))
    names = tuple("abcdefghij"[:n_factors])
    data = TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=names,
        inputs=np.repeat(15.0 + 5.0 * runs, N_REPLICATES, axis=0),
        response=np.repeat(means, N_REPLICATES) + rng.normal(0.0, NOISE, 3 * len(runs)),
        configurations=np.repeat(np.arange(len(runs)), N_REPLICATES),
        sample_names=tuple(f"s{number}" for number in range(3 * len(runs))),
    )
    study = Study.model_validate(
        {
            "title": "Made up",
            "factors": {n: {"region": [LOW, HIGH], "tolerance": TOLERANCE} for n in names},
            "responses": {"strength_kpa": {"goal": "maximize", "lower": lower}},
        }
    )
    return truth, sd, lower, data, study


def decide(data: TrainingData, study: Study, family: str) -> Decision:
    model = fit(data, family, tune(data, family))
    region = possible_settings(study, data).region
    return decision(study, region, (predictive(data, model),), (data,))


def true_chances(truth, sd: float, lower: float, window: OperatingWindow) -> tuple[float, float]:
    """Return the true mean chance inside the window, and that at its worst place."""
    rng = np.random.default_rng(0)
    d = len(window.low)
    inside = rng.uniform(window.low, window.high, (4000, d))
    corners = np.array(list(product(*zip(window.low, window.high, strict=True))))
    chances = []
    for points in (inside, corners):
        total = np.zeros(len(points))
        for _ in range(N_DRAWS):
            settings = 15.0 + 5.0 * points
            off = settings * (1.0 + rng.uniform(-TOLERANCE, TOLERANCE, points.shape))
            total += scipy.stats.norm.cdf((truth((off - 15.0) / 5.0) - lower) / sd)
        chances.append(total / N_DRAWS)
    return float(chances[0].mean()), float(min(chances[0].min(), chances[1].min()))


def windows(kind: str, n_factors: int, family: str, seeds: range) -> None:
    ways = ("grid", "samples") if n_factors <= MOST_AXES else ("samples",)
    found: dict[str, list[tuple]] = {way: [] for way in ways}
    for seed in seeds:
        truth, sd, lower, data, study = made_up(kind, n_factors, seed)
        decided = decide(data, study, family)
        point = best_point(decided.region, decided.merit, 1).point
        for way in ways:
            start = time.process_time()
            search = (
                operating_window(decided)
                if way == "grid"
                else sampled_window(decided, 0.9, 0.9, point)
            )
            seconds = time.process_time() - start
            window = search.window
            if window is None:
                continue
            chances = true_chances(truth, sd, lower, window)
            sides = float(np.exp(np.mean(np.log((window.high - window.low) / 2.0 + 1e-9))))
            is_sure = window.confidence is not None
            holds = bool(window.holds(point))
            found[way].append((is_sure, *chances, window.region_fraction, sides, holds, seconds))
    for way, rows in found.items():
        for name, is_sure in (("guaranteed", 1), ("estimated", 0)):
            own = np.array([row for row in rows if row[0] == is_sure], dtype=np.float64)
            if not len(own):
                continue
            n, (_, mean, worst, fraction, sides, holds, seconds) = len(own), own.T
            right = np.mean(worst >= 0.9)
            print(
                f"{kind:13} {n_factors:2} factors, {way:7} {name}: {n} of {len(seeds)}; truly 90 %"
                f" at the worst in {100 * right:.0f} ± {100 * np.sqrt(right * (1 - right) / n):.0f}"
                f" %, on the mean in {100 * np.mean(mean >= 0.9):.0f} %; true chance"
                f" {np.mean(mean):.3f} ± {np.std(mean) / np.sqrt(n):.3f} (lowest {mean.min():.3f});"
                f" {100 * np.mean(fraction):.2g} % of the region, sides {np.mean(sides):.2f};"
                f" holds the set point in {100 * np.mean(holds):.0f} %; {np.mean(seconds):.1f} s"
                f" (most {np.max(seconds):.1f})",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=40)
    parser.add_argument("--first", type=int, default=5000)
    parser.add_argument("--factors", type=int, nargs="+", default=[3, 4, 5, 6, 8, 10])
    parser.add_argument("--family", default="polynomial")
    parser.add_argument("--kind", choices=KINDS)
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.studies)
    for kind in (options.kind,) if options.kind else KINDS:
        for n_factors in options.factors:
            windows(kind, n_factors, options.family, seeds)
