"""Recommendations beside the truth: regret, windows that hold, runs that teach.

Studies are those of ``default_family.py`` (17 runs, 3 replicates, three kinds of truth), on three
factors from 10 to 20 that come out within 2 % of what was set. The goal is to maximize, and at
least so much that 30 % of the region truly keep it with 90 %.

- Regret: how much lower the true surface is at the recommended settings than at its top, as a
  share of the way from its mean to its top; beside a random forest asked on a grid, and the best
  run made.
- Window: the true chance that a product made inside keeps the specification, settings spread evenly
  over the window; and the same at its worst corner.
- Next runs: the true RMSE of the surface after five more runs, each with three replicates: those
  that are proposed to learn, beside I-optimal ones (quadratic), random ones and space-filling
  ones. Every study's next runs are measured several times over, every draw of noise and effects
  the same for all choices, every second one with the signs turned; random runs are drawn anew each
  time. Differences are paired, their standard errors are those of the studies' means.

Run: OMP_NUM_THREADS=1 python benchmarks/recommendation.py [--studies 100] [--first 3000]
     [--family ensemble] [--only regret|runs] [--kind smooth] [--draws 4]
"""

import argparse
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import scipy.stats
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor

from default_family import KINDS, _truth, i_optimal_runs
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.models import choose, fit, predictive
from electrodoe.optimize import (
    Decision,
    OperatingWindow,
    best_set_point,
    decision,
    learning_runs,
    operating_window,
    possible_settings,
    teaching_runs,
)
from electrodoe.study import Study

Floats = NDArray[np.float64]
NAMES = ("a", "b", "c")
TOLERANCE, NOISE = 0.02, 15.0
N_NEW, N_REPLICATES = 5, 3


@dataclass(frozen=True)
class MadeUp:
    """A study with its truth, in coded units."""

    truth: Callable[[Floats], Floats]
    effect_sd: float
    data: TrainingData
    study: Study
    least: float
    top: float
    mean: float
    rng: np.random.Generator

    @property
    def sd(self) -> float:
        """Return the scatter of one measurement of a new configuration."""
        return float(np.hypot(self.effect_sd, NOISE))


def settings(coded: Floats) -> Floats:
    return 15.0 + 5.0 * coded


def coded(inputs: Floats) -> Floats:
    return (inputs - 15.0) / 5.0


def data_of(runs: Floats, values: Floats) -> TrainingData:
    n = len(runs)
    return TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=NAMES,
        inputs=np.repeat(settings(runs), N_REPLICATES, axis=0),
        response=values.ravel(),
        configurations=np.repeat(np.arange(n), N_REPLICATES),
        sample_names=tuple(f"s{number}" for number in range(n * N_REPLICATES)),
    )


def measure(truth, effect_sd: float, runs: Floats, rng) -> Floats:
    effects = rng.normal(0.0, effect_sd, len(runs))
    return (truth(runs) + effects)[:, None] + rng.normal(0.0, NOISE, (len(runs), N_REPLICATES))


def made_up(kind: str, seed: int) -> MadeUp:
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    runs, region = i_optimal_runs(17, rng), rng.uniform(-1.0, 1.0, (20_000, 3))
    truth = _truth(kind, region[:2000], rng)
    effect_sd = 44.0 if kind == "configuration" else 0.0
    surface = truth(region)
    safe = scipy.stats.norm.ppf(0.9) * np.hypot(effect_sd, NOISE)
    least = float(np.quantile(surface, 0.7) - safe)
    study = Study.model_validate(
        {
            "title": "Made up",
            "factors": {n: {"region": [10.0, 20.0], "tolerance": TOLERANCE} for n in NAMES},
            "responses": {"strength_kpa": {"goal": "maximize", "least": least}},
        }
    )
    corners = np.array(list(product(np.linspace(-1, 1, 21), repeat=3)))
    return MadeUp(
        truth=truth,
        effect_sd=effect_sd,
        data=data_of(runs, measure(truth, effect_sd, runs, rng)),
        study=study,
        least=least,
        top=float(max(surface.max(), truth(corners).max())),
        mean=float(surface.mean()),
        rng=rng,
    )


def decide(made: MadeUp, family: str) -> Decision:
    model = fit(made.data, family, choose(made.data, family))
    region = possible_settings(made.study, made.data).region
    return decision(made.study, region, (predictive(made.data, model),), (made.data,))


def regret(made: MadeUp, point: Floats) -> float:
    return float((made.top - made.truth(point[None])[0]) / (made.top - made.mean))


def forest_on_a_grid(made: MadeUp) -> Floats:
    forest = RandomForestRegressor(200, random_state=0).fit(made.data.inputs, made.data.response)
    grid = np.array(list(product(np.linspace(-1, 1, 21), repeat=3)))
    return grid[int(np.argmax(forest.predict(settings(grid))))]


def best_run(made: MadeUp) -> Floats:
    means = configuration_means(made.data.response[:, None], made.data.configurations)[:, 0]
    runs = coded(configuration_means(made.data.inputs, made.data.configurations))
    return runs[int(np.argmax(means))]


def true_chances(made: MadeUp, window: OperatingWindow) -> tuple[float, float]:
    """Return the true mean chance inside the window, and that at its worst corner."""
    rng = np.random.default_rng(0)
    inside = rng.uniform(window.low, window.high, (4000, 3))
    corners = np.array(list(product(*zip(window.low, window.high, strict=True))))
    chances = []
    for points in (inside, np.repeat(corners, 500, axis=0)):
        off = settings(points) * (1.0 + rng.uniform(-TOLERANCE, TOLERANCE, points.shape))
        z = (made.truth(coded(off)) - made.least) / made.sd
        chances.append(scipy.stats.norm.cdf(z))
    return float(chances[0].mean()), float(chances[1].reshape(8, 500).mean(axis=1).min())


def regrets_and_windows(kind: str, family: str, seeds: range) -> None:
    regrets, windows = defaultdict(list), []
    for seed in seeds:
        made = made_up(kind, seed)
        decided = decide(made, family)
        regrets[f"set point of {family}"].append(regret(made, best_set_point(decided, 1).point))
        regrets["random forest on a grid"].append(regret(made, forest_on_a_grid(made)))
        regrets["best run made"].append(regret(made, best_run(made)))
        window = operating_window(decided).window
        if window is not None:
            windows.append((*true_chances(made, window), window.share))
    for name, values in regrets.items():
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        print(
            f"{kind:14} regret, {name:28} mean {100 * np.mean(values):5.1f} %, median"
            f" {100 * middle:5.1f}, 5 to 95 % {100 * low:.1f} to {100 * high:.1f}",
            flush=True,
        )
    mean, worst, share = np.array(windows).reshape(-1, 3).T
    print(
        f"{kind:14} window, {family}: stated in {len(mean)} of {len(seeds)}; truly 90 % inside in"
        f" {100 * np.mean(mean >= 0.9):.0f} %, at the worst corner in"
        f" {100 * np.mean(worst >= 0.9):.0f} %; true chance {np.mean(mean):.3f}"
        f" (5 %: {np.quantile(mean, 0.05):.3f}); share of the region {100 * np.mean(share):.1f} %",
        flush=True,
    )


def far_runs(runs: Floats, n: int) -> Floats:
    """Return settings that are each farthest from all runs before."""
    pool = np.array(list(product(np.linspace(-1, 1, 9), repeat=3)))
    chosen = runs
    for _ in range(n):
        apart = np.linalg.norm(pool[:, None] - chosen, axis=2).min(axis=1)
        chosen = np.vstack([chosen, pool[int(np.argmax(apart))]])
    return chosen[len(runs) :]


def measured(made: MadeUp, points: Floats, seed: int, draw: int) -> Floats:
    """Return three replicates of every point; two draws that follow differ in the noise's sign."""
    noise = np.random.default_rng([seed, 7, draw // 2])
    surface = made.truth(points)[:, None]
    scatter = measure(made.truth, made.effect_sd, points, noise) - surface
    return surface + (-1.0) ** draw * scatter


def left_error(made: MadeUp, points: Floats, family: str, seed: int, draw: int) -> float:
    """Return the true RMSE of the surface after more runs."""
    new = np.random.default_rng([seed, 5]).uniform(-1, 1, (4000, 3))
    runs = coded(configuration_means(made.data.inputs, made.data.configurations))
    values = made.data.response.reshape(-1, N_REPLICATES)
    more = measured(made, points, seed, draw)
    data = data_of(np.vstack([runs, points]), np.vstack([values, more]))
    error = fit(data, family, choose(data, family)).predict(settings(new)) - made.truth(new)
    return float(np.sqrt(np.mean(error**2)))


def runs_that_teach(kind: str, family: str, seeds: range, n_draws: int) -> None:
    left = defaultdict(list)
    for seed in seeds:
        made = made_up(kind, seed)
        runs = coded(configuration_means(made.data.inputs, made.data.configurations))
        decided = decide(made, "polynomial")
        at_random = np.random.default_rng([seed, 6]).uniform(-1, 1, (n_draws, N_NEW, 3))
        chosen = {
            "learning": [learning_runs(decided, N_NEW)] * n_draws,
            "none": [np.empty((0, 3))],
            "I-optimal": [teaching_runs(decided, N_NEW, seed)] * n_draws,
            "random": at_random,
            "space-filling": [far_runs(runs, N_NEW)] * n_draws,
        }
        for name, choices in chosen.items():
            errors = [left_error(made, p, family, seed, draw) for draw, p in enumerate(choices)]
            left[name].append(np.mean(errors))
    ours = np.array(left["learning"])
    for name, values in left.items():
        gap = np.array(values) - ours
        print(
            f"{kind:14} next runs, {family}, {name:14} true RMSE {np.mean(values):.2f}; more than"
            f" learning by {np.mean(gap):.2f} ± {np.std(gap, ddof=1) / np.sqrt(len(gap)):.2f},"
            f" worse in {100 * np.mean(gap > 0):.0f} %",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=100)
    parser.add_argument("--first", type=int, default=3000)
    parser.add_argument("--family", default="ensemble")
    parser.add_argument("--only", choices=("regret", "runs"))
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--draws", type=int, default=4, help="of the noise of next runs")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.studies)
    for kind in (options.kind,) if options.kind else KINDS:
        if options.only != "runs":
            regrets_and_windows(kind, options.family, seeds)
        if options.only != "regret":
            runs_that_teach(kind, options.family, seeds, options.draws)
