"""Runs that improve: ours beside BoTorch's and random ones, by what they lead to.

Studies are those of ``recommendation.py`` (17 runs, 3 replicates, three kinds of truth), with one
response to maximize, or with two: the first to maximize, the second to hold at its mean. Five runs
with three replicates each are added, and the default family is fitted to all.

- Regret: what is lost at the settings that are then recommended, as a fraction of what could
  be had: height above the surface's mean, or overall desirability.
- Best run: what is lost in truth at the best of the five.

BoTorch (``benchmarks/peers/botorch_improvement.py``, in an environment of its own) is given the
means of runs, as ours takes them. CPU seconds are those of one proposal.

Run: OMP_NUM_THREADS=1 python benchmarks/improvement.py [--studies 50] [--first 3000]
     [--kind smooth] [--goals 1|2] [--botorch PYTHON]
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from default_family import KINDS, _truth
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.models import DEFAULT_FAMILY, fit, tune
from electrodoe.optimize import (
    Decision,
    decision,
    exploitation_runs,
    goal_of,
    overall_desirability,
    possible_settings,
)
from electrodoe.optimize.search import best_point
from electrodoe.study import Study
from recommendation import (
    HIGH,
    LOW,
    N_NEW,
    N_REPLICATES,
    NAMES,
    answers,
    coded,
    data_of,
    made_up,
    measure,
)

Floats = NDArray[np.float64]
RESPONSES = ("strength_kpa", "stiffness_kpa")
GOALS = {1: "one response", 2: "two responses"}


@dataclass(frozen=True)
class Search:
    """A study that looks for better settings, with its truth in coded units."""

    truths: tuple[Callable[[Floats], Floats], ...]
    effect_sd: float
    study: Study
    data: tuple[TrainingData, ...]
    worth: Callable[[Floats], Floats]
    seed: int


def search_for(kind: str, seed: int, n_goals: int) -> Search:
    """Return a made-up study with one goal or two."""
    existing = made_up(kind, seed)
    rng = np.random.default_rng([seed, KINDS.index(kind), 2])
    region = np.vstack(
        [np.array(list(product(np.linspace(-1, 1, 21), repeat=3))), rng.uniform(-1, 1, (20_000, 3))]
    )
    truths = (existing.truth, _truth(kind, rng.uniform(-1, 1, (2000, 3)), rng))[:n_goals]
    heights = np.column_stack([truth(region) for truth in truths])
    responses: dict[str, dict[str, Any]] = {RESPONSES[0]: {"goal": "maximize"}}
    if n_goals == 2:
        mean, sd = heights.mean(axis=0), heights.std(axis=0)
        responses[RESPONSES[0]] |= {"lower": mean[0] - sd[0], "target": heights[:, 0].max()}
        responses[RESPONSES[1]] = {
            "goal": "target",
            "target": mean[1],
            "lower": mean[1] - 2.0 * sd[1],
            "upper": mean[1] + 2.0 * sd[1],
        }
    study = Study.model_validate(
        {
            "title": "Made up",
            "factors": {name: {"region": [LOW, HIGH]} for name in NAMES},
            "responses": responses,
        }
    )
    runs = coded(configuration_means(existing.data.inputs, existing.data.configurations))
    own = [existing.data.response.reshape(-1, N_REPLICATES)]
    own += [measure(truth, existing.effect_sd, runs, rng) for truth in truths[1:]]
    return Search(
        truths=truths,
        effect_sd=existing.effect_sd,
        study=study,
        data=named(runs, own),
        worth=worth_of(study, truths, heights),
        seed=seed,
    )


def worth_of(
    study: Study, truths: Sequence[Callable[[Floats], Floats]], heights: Floats
) -> Callable[[Floats], Floats]:
    """Return what settings are truly worth: 1 at the best of the region."""
    if len(truths) == 1:
        mean, top = heights.mean(), heights.max()
        return lambda points: (truths[0](points) - mean) / (top - mean)
    goals = [goal_of(name, response, 0.0, 0.0) for name, response in study.responses.items()]
    most = overall_desirability(goals, heights).max()

    def worth(points: Floats) -> Floats:
        values = np.column_stack([truth(points) for truth in truths])
        return overall_desirability(goals, values) / most

    return worth


def named(runs: Floats, values: Sequence[Floats]) -> tuple[TrainingData, ...]:
    """Return the data of each response, values of shape (n_runs, n_replicates)."""
    return tuple(
        replace(data_of(runs, own), response_name=name)
        for name, own in zip(RESPONSES, values, strict=False)
    )


def decide(study: Study, data: tuple[TrainingData, ...]) -> Decision:
    """Return the decision from the default family; a prediction is all that is asked of it."""
    models = tuple(fit(own, DEFAULT_FAMILY, tune(own, DEFAULT_FAMILY)) for own in data)
    return decision(study, possible_settings(study, data[0]).region, models, data)


def after(search: Search, points: Floats) -> float:
    """Return what the settings are truly worth that follow from some more runs."""
    runs = coded(configuration_means(search.data[0].inputs, search.data[0].configurations))
    values = []
    for j, (truth, own) in enumerate(zip(search.truths, search.data, strict=True)):
        noise = np.random.default_rng([search.seed, 7, j])
        more = measure(truth, search.effect_sd, points, noise)
        values.append(np.vstack([own.response.reshape(-1, N_REPLICATES), more]))
    decided = decide(search.study, named(np.vstack([runs, points]), values))
    best = best_point(decided.region, decided.merit, 1).point
    return float(search.worth(best[None])[0])


def asked(search: Search) -> dict[str, Any]:
    """Return a study as BoTorch is reported of it."""
    first = search.data[0]
    responses = np.column_stack([own.response for own in search.data])
    declared = search.study.responses.items() if len(search.data) > 1 else ()
    goals = [asdict(goal_of(name, response, 0.0, 0.0)) for name, response in declared]
    keys = ("kind", "low", "high", "target", "weight", "importance")
    return {
        "inputs": configuration_means(first.inputs, first.configurations).tolist(),
        "responses": configuration_means(responses, first.configurations).tolist(),
        "goals": [{key: goal[key] for key in keys} for goal in goals],
    }


def question(searches: list[Search]) -> dict[str, Any]:
    """Return what BoTorch is asked."""
    return {
        "low": [LOW] * len(NAMES),
        "high": [HIGH] * len(NAMES),
        "n_runs": N_NEW,
        "studies": [asked(search) for search in searches],
    }


def proposals(searches: list[Search], python: Path | None) -> dict[str, list[tuple[Floats, float]]]:
    """Return the runs that each proposes for every study, with their CPU seconds."""
    found = defaultdict(list)
    for search in searches:
        decided = decide(search.study, search.data)
        start = time.process_time()
        points = exploitation_runs(decided, N_NEW, search.seed).points
        found["ours"].append((points, time.process_time() - start))
        rng = np.random.default_rng([search.seed, 6])
        found["random"].append((rng.uniform(-1, 1, (N_NEW, len(NAMES))), 0.0))
    if python is None:
        print("BoTorch: skipped, no --botorch PYTHON was given")
        return found
    for answer in answers(python, "botorch_improvement.py", question(searches)):
        points = np.clip(coded(np.array(answer["runs"])), -1.0, 1.0)
        found["BoTorch"].append((points, answer["seconds"]))
    return found


def beside(values: Floats, ours: Floats) -> str:
    """Return a mean in percent, and by how much it is above ours, in pairs."""
    more = 100.0 * (values - ours)
    error = np.std(more, ddof=1) / np.sqrt(len(more))
    return f"{100.0 * np.mean(values):5.1f} % ({np.mean(more):+.1f} ± {error:.1f})"


def compare(kind: str, n_goals: int, seeds: range, python: Path | None) -> None:
    """Print what proposed runs lead to."""
    searches = [search_for(kind, seed, n_goals) for seed in seeds]
    found = proposals(searches, python)
    lost, best, seconds = {}, {}, {}
    for name, proposed in found.items():
        pairs = list(zip(searches, (points for points, _ in proposed), strict=True))
        lost[name] = np.array([1.0 - after(search, points) for search, points in pairs])
        best[name] = np.array([1.0 - search.worth(points).max() for search, points in pairs])
        seconds[name] = float(np.mean([cpu for _, cpu in proposed]))
    none = np.array([1.0 - after(search, np.empty((0, len(NAMES)))) for search in searches])
    head = f"{kind:14} {GOALS[n_goals]:13}"
    for name, values in lost.items():
        print(
            f"{head} {name:16} regret {beside(values, lost['ours'])}, best run"
            f" {beside(best[name], best['ours'])}, CPU {seconds[name]:.2f} s",
            flush=True,
        )
    print(f"{head} {'no more runs':16} regret {beside(none, lost['ours'])}", flush=True)


def main() -> None:
    """Print every comparison that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=50)
    parser.add_argument("--first", type=int, default=3000)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--goals", type=int, choices=GOALS)
    parser.add_argument("--botorch", type=Path)
    arguments = parser.parse_args()
    seeds = range(arguments.first, arguments.first + arguments.studies)
    for n_goals in (arguments.goals,) if arguments.goals else GOALS:
        for kind in (arguments.kind,) if arguments.kind else KINDS:
            compare(kind, n_goals, seeds, arguments.botorch)


if __name__ == "__main__":
    main()
