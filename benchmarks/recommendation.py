"""Recommendations beside the truth: regret, windows that hold, runs that teach.

Studies are those of ``default_family.py`` (17 runs, 3 replicates, three kinds of truth), on three
factors from 10 to 20 that come out within 2 % of what was set. The goal is to maximize, and at
least so much that 30 % of the region truly keep it with 90 %.

- Regret: how much lower the true surface is at the recommended settings than at its top, as a
  fraction of the way from its mean to its top; beside a random forest asked on a grid, the best run
  made, and peers in environments of their own (``benchmarks/peers/requirements-*.txt``) that get
  the same samples: process-improve's quadratic with its desirability, and the posterior mean of
  BoTorch's Gaussian process.
- Window: the true chance that a product made inside keeps the specification, settings spread evenly
  over the window; and the same at its worst corner. Windows that are guaranteed with 90 %
  confidence, and those stated without it where there was none.
- Next runs: the true RMSE of the surface after five more runs, each with three replicates: those
  that are proposed to learn, beside I-optimal ones (quadratic), random ones and space-filling
  ones. Every study's next runs are measured several times over, every draw of noise and effects
  the same for all choices, every second one with the signs turned; random runs are drawn anew each
  time. Differences are paired, their standard errors are those of the studies' means; at the end
  those of all truths, in percent of what learning runs leave.

Run: OMP_NUM_THREADS=1 python benchmarks/recommendation.py [--studies 100] [--first 3000]
     [--family ensemble] [--only regret|window|runs] [--kind smooth] [--draws 4]
     [--process-improve PYTHON] [--botorch PYTHON]
"""

import argparse
import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import scipy.stats
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor

from default_family import KINDS, _truth, i_optimal_runs
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.models import fit, predictive, tune
from electrodoe.optimize import (
    Decision,
    OperatingWindow,
    augmentation_runs,
    decision,
    exploration_runs,
    operating_window,
    possible_settings,
)
from electrodoe.optimize.search import best_point
from electrodoe.study import Study

Floats = NDArray[np.float64]
NAMES = ("a", "b", "c")
PEERS = Path(__file__).parent / "peers"
LOW, HIGH = 10.0, 20.0
TOLERANCE, NOISE = 0.02, 15.0
N_NEW, N_REPLICATES = 5, 3


@dataclass(frozen=True)
class MadeUp:
    """A study with its truth, in coded units."""

    truth: Callable[[Floats], Floats]
    effect_sd: float
    data: TrainingData
    study: Study
    lower: float
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
    lower = float(np.quantile(surface, 0.7) - safe)
    study = Study.model_validate(
        {
            "title": "Made up",
            "factors": {n: {"region": [LOW, HIGH], "tolerance": TOLERANCE} for n in NAMES},
            "responses": {"strength_kpa": {"goal": "maximize", "lower": lower}},
        }
    )
    corners = np.array(list(product(np.linspace(-1, 1, 21), repeat=3)))
    return MadeUp(
        truth=truth,
        effect_sd=effect_sd,
        data=data_of(runs, measure(truth, effect_sd, runs, rng)),
        study=study,
        lower=lower,
        top=float(max(surface.max(), truth(corners).max())),
        mean=float(surface.mean()),
        rng=rng,
    )


def decide(existing: MadeUp, family: str) -> Decision:
    model = fit(existing.data, family, tune(existing.data, family))
    region = possible_settings(existing.study, existing.data).region
    return decision(existing.study, region, (predictive(existing.data, model),), (existing.data,))


def recommended(existing: MadeUp, family: str) -> Floats:
    """Return what ``best_set_point`` finds: no interval is asked for, so nothing is refitted."""
    model = fit(existing.data, family, tune(existing.data, family))
    region = possible_settings(existing.study, existing.data).region
    decided = decision(existing.study, region, (model,), (existing.data,))
    return best_point(region, decided.merit, 1).point


def regret(existing: MadeUp, point: Floats) -> float:
    return float((existing.top - existing.truth(point[None])[0]) / (existing.top - existing.mean))


def forest_on_a_grid(existing: MadeUp) -> Floats:
    forest = RandomForestRegressor(200, random_state=0).fit(
        existing.data.inputs, existing.data.response
    )
    grid = np.array(list(product(np.linspace(-1, 1, 21), repeat=3)))
    return grid[int(np.argmax(forest.predict(settings(grid))))]


def best_run(existing: MadeUp) -> Floats:
    means = configuration_means(existing.data.response[:, None], existing.data.configurations)[:, 0]
    runs = coded(configuration_means(existing.data.inputs, existing.data.configurations))
    return runs[int(np.argmax(means))]


def true_chances(existing: MadeUp, window: OperatingWindow) -> tuple[float, float]:
    """Return the true mean chance inside the window, and that at its worst corner."""
    rng = np.random.default_rng(0)
    inside = rng.uniform(window.low, window.high, (4000, 3))
    corners = np.array(list(product(*zip(window.low, window.high, strict=True))))
    chances = []
    for points in (inside, np.repeat(corners, 500, axis=0)):
        off = settings(points) * (1.0 + rng.uniform(-TOLERANCE, TOLERANCE, points.shape))
        z = (existing.truth(coded(off)) - existing.lower) / existing.sd
        chances.append(scipy.stats.norm.cdf(z))
    return float(chances[0].mean()), float(chances[1].reshape(8, 500).mean(axis=1).min())


def answers(python: Path, script: str, question: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a peer says in an environment of its own, one answer for each study."""
    reported = subprocess.run(
        [python, PEERS / script],
        env={**os.environ, "PYTHONPATH": "", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in reported.stdout.splitlines() if line.startswith("{")]


def peer_points(python: Path, script: str, studies: list[MadeUp]) -> list[Floats]:
    """Return the settings that a peer recommends for each study, coded."""
    question = {
        "names": NAMES,
        "low": [LOW] * len(NAMES),
        "high": [HIGH] * len(NAMES),
        "studies": [
            {"inputs": existing.data.inputs.tolist(), "response": existing.data.response.tolist()}
            for existing in studies
        ],
    }
    found = answers(python, script, question)
    return [np.clip(coded(np.array(answer["point"])), -1.0, 1.0) for answer in found]


def regrets(kind: str, family: str, seeds: range, peers: dict[str, Path | None]) -> None:
    studies = [made_up(kind, seed) for seed in seeds]
    points = {
        f"set point of {family}": [recommended(existing, family) for existing in studies],
        "random forest on a grid": [forest_on_a_grid(existing) for existing in studies],
        "best run made": [best_run(existing) for existing in studies],
    }
    for name, python in peers.items():
        if python is None:
            print(f"{kind:14} regret, {name}: skipped, no --{name} PYTHON was given", flush=True)
        else:
            script = f"{name.replace('-', '_')}_set_point.py"
            points[name] = peer_points(python, script, studies)
    lost = {
        name: 100.0 * np.array([regret(m, x) for m, x in zip(studies, found, strict=True)])
        for name, found in points.items()
    }
    ours = lost[f"set point of {family}"]
    for name, values in lost.items():
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        more = values - ours
        print(
            f"{kind:14} regret, {name:28} mean {np.mean(values):5.1f} %, median"
            f" {middle:5.1f}, 5 to 95 % {low:.1f} to {high:.1f}; more than ours by"
            f" {np.mean(more):.1f} ± {np.std(more, ddof=1) / np.sqrt(len(more)):.1f}",
            flush=True,
        )


def windows(kind: str, family: str, seeds: range) -> None:
    found = []
    for seed in seeds:
        existing = made_up(kind, seed)
        window = operating_window(decide(existing, family)).window
        if window is not None:
            is_guaranteed = window.confidence is not None
            found.append((is_guaranteed, *true_chances(existing, window), window.region_fraction))
    guaranteed, *rest = np.array(found).reshape(-1, 4).T
    for name, is_meant in (("guaranteed", guaranteed > 0), ("estimated", guaranteed == 0)):
        mean, worst, fraction = (values[is_meant] for values in rest)
        if not len(mean):
            continue
        print(
            f"{kind:14} window, {family}, {name}: stated in {len(mean)} of {len(seeds)}; truly 90 %"
            f" inside in {100 * np.mean(mean >= 0.9):.0f} %, at the worst corner in"
            f" {100 * np.mean(worst >= 0.9):.0f} % (median {np.median(worst):.3f}); true chance"
            f" {np.mean(mean):.3f} (5 %: {np.quantile(mean, 0.05):.3f}); fraction of the region"
            f" {100 * np.mean(fraction):.1f} %",
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


def measured(existing: MadeUp, points: Floats, seed: int, draw: int) -> Floats:
    """Return three replicates of every point; two draws that follow differ in the noise's sign."""
    noise = np.random.default_rng([seed, 7, draw // 2])
    surface = existing.truth(points)[:, None]
    scatter = measure(existing.truth, existing.effect_sd, points, noise) - surface
    return surface + (-1.0) ** draw * scatter


def left_error(existing: MadeUp, points: Floats, family: str, seed: int, draw: int) -> float:
    """Return the true RMSE of the surface after more runs."""
    new = np.random.default_rng([seed, 5]).uniform(-1, 1, (4000, 3))
    runs = coded(configuration_means(existing.data.inputs, existing.data.configurations))
    values = existing.data.response.reshape(-1, N_REPLICATES)
    more = measured(existing, points, seed, draw)
    data = data_of(np.vstack([runs, points]), np.vstack([values, more]))
    error = fit(data, family, tune(data, family)).predict(settings(new)) - existing.truth(new)
    return float(np.sqrt(np.mean(error**2)))


def runs_that_explore(kind: str, family: str, seeds: range, n_draws: int) -> dict[str, list[float]]:
    """Print the true RMSE after each choice of runs, and return it study by study."""
    left = defaultdict(list)
    for seed in seeds:
        existing = made_up(kind, seed)
        runs = coded(configuration_means(existing.data.inputs, existing.data.configurations))
        decided = decide(existing, "polynomial")
        at_random = np.random.default_rng([seed, 6]).uniform(-1, 1, (n_draws, N_NEW, 3))
        chosen = {
            "learning": [exploration_runs(decided, N_NEW)] * n_draws,
            "none": [np.empty((0, 3))],
            "I-optimal": [augmentation_runs(decided, N_NEW, seed)] * n_draws,
            "random": at_random,
            "space-filling": [far_runs(runs, N_NEW)] * n_draws,
        }
        for name, choices in chosen.items():
            errors = [left_error(existing, p, family, seed, draw) for draw, p in enumerate(choices)]
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
    return left


def print_all_truths(taught: list[dict[str, list[float]]]) -> None:
    """Print by how much more is left than by learning runs, over all studies, in percent."""
    ours = np.concatenate([np.array(left["learning"]) for left in taught])
    for name in taught[0]:
        ratios = 100 * np.log(np.concatenate([np.array(left[name]) for left in taught]) / ours)
        error = np.std(ratios, ddof=1) / np.sqrt(len(ratios))
        print(
            f"all truths     next runs, {name:14} {np.mean(ratios):5.1f} ± {error:.1f} % more left"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=100)
    parser.add_argument("--first", type=int, default=3000)
    parser.add_argument("--family", default="ensemble")
    parser.add_argument("--only", choices=("regret", "window", "runs"))
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--process-improve", type=Path)
    parser.add_argument("--botorch", type=Path)
    parser.add_argument("--draws", type=int, default=4, help="of the noise of next runs")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.studies)
    peers = {"process-improve": options.process_improve, "botorch": options.botorch}
    taught = []
    for kind in (options.kind,) if options.kind else KINDS:
        if options.only in {None, "regret"}:
            regrets(kind, options.family, seeds, peers)
        if options.only in {None, "window"}:
            windows(kind, options.family, seeds)
        if options.only in {None, "runs"}:
            taught.append(runs_that_explore(kind, options.family, seeds, options.draws))
    if taught:
        print_all_truths(taught)
