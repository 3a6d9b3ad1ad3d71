"""The design search beside its peers, over 100 seeds, and as factors grow in number.

CPU seconds on one thread. Every plan is evaluated by our exact moments, never by a tool's own
sampled ones. Peers run in environments of their own (``benchmarks/peers/requirements-*.txt``),
after a warm-up, so that compilation does not count.

Run: OMP_NUM_THREADS=1 python benchmarks/design_search.py [--pyoptex PYTHON]
[--process-improve PYTHON] [--seeds 100] [--growth]
"""

import argparse
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np

from electrodoe.design.model.formula import model_terms
from electrodoe.design.planning import plan_runs
from electrodoe.design.region.region import design_region
from electrodoe.design.request import search_problem
from electrodoe.design.search.exchange import exchange
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.search import search
from electrodoe.study import Study, declare_study

PEERS = Path(__file__).parent / "peers"
BATCH = 60
BEST = {"continuous": 0.34999327, "grid": 0.53802627}
LEVELS = [-1.0, -1.0 / 3.0, 1.0 / 3.0, 1.0]


def study_of(factors: dict[str, Any], **plan: Any) -> Study:
    """Return a study that asks for a plan."""
    return declare_study({"title": "Benchmark", "factors": factors, "plan": plan}, "benchmark")


def papers_case(over: str) -> SearchProblem:
    """Return the search for 17 runs of three factors at four levels."""
    study = study_of({name: {"levels": LEVELS} for name in "abc"}, runs=17, region=over)
    region = design_region(study)
    assert study.plan is not None
    return search_problem(study.plan, region, model_terms("quadratic", region.axes))


def evaluated(problem: SearchProblem, plan: list[list[float]]) -> float:
    """Return a plan's exact criterion."""
    return float(problem.information(np.array([plan]), ridge=0.0).value[0])


def peer(python: Path, script: str, *arguments: str) -> list[dict[str, Any]]:
    """Return what a peer found, seed by seed."""
    reported = subprocess.run(
        [python, PEERS / script, *arguments],
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in reported.stdout.splitlines() if line.startswith("{")]


def cpu_to_reach(problem: SearchProblem, value: float, seed: int) -> float:
    """Return our CPU until a plan is at least as good: random starts, improved 60 at a time."""
    rng = np.random.default_rng(seed)
    start, best = time.process_time(), np.inf
    while best > value * (1.0 + 1e-9):
        best = min(best, exchange(problem, problem.random_designs(BATCH, rng))[1].min())
    return time.process_time() - start


def beside(name: str, python: Path, script: str, over: str, *arguments: str) -> None:
    """Print a peer's CPU and values beside ours to the same value, in pairs."""
    problem, best = papers_case(over), BEST[over]
    found = peer(python, script, *arguments)
    values = np.array([evaluated(problem, run["plan"]) for run in found])
    theirs = np.array([run["seconds"] for run in found])
    ours = np.array([cpu_to_reach(problem, value, n) for n, value in enumerate(values)])
    n_best = int(np.sum(values <= best + 1e-8))
    print(f"\n{name}, {len(found)} seeds, criterion over the {over} region")
    print(f"  reaches {values.min():.6f} to {values.max():.6f}, the best known {n_best} times")
    print(f"  its CPU per search:           {np.median(theirs):8.3f} s (median)")
    print(
        f"  ours to the same value:       {np.median(ours):8.4f} s, {np.median(theirs / ours):.0f}"
        f" times less (median of pairs; {(theirs / ours).min():.0f} to {(theirs / ours).max():.0f})"
    )
    if n_best:
        expected = theirs.sum() / n_best
        to_best = np.median([cpu_to_reach(problem, best, seed) for seed in range(9)])
        print(
            f"  to the best known: {expected:.2f} s expected, ours {to_best:.4f} s,"
            f" {expected / to_best:.0f} times less"
        )


def over_seeds(n_seeds: int) -> None:
    """Print how often, and how fast, the default search reaches the best known plans."""
    for over, best in BEST.items():
        problem, seconds, n_reached = papers_case(over), [], 0
        for seed in range(n_seeds):
            start = time.process_time()
            n_reached += search(problem, seed).value <= best
            seconds.append(time.process_time() - start)
        print(
            f"{over}: {n_reached} of {n_seeds} seeds reach {best};"
            f" CPU {np.median(seconds):.2f} s median, {max(seconds):.2f} s at most"
        )


def limits(n_factors: int, n_limits: int) -> list[str]:
    """Return made-up limits that keep the middle feasible."""
    rng = np.random.default_rng(10)
    found = []
    for _ in range(n_limits):
        chosen = rng.choice(n_factors, 3, replace=False)
        weights = np.round(rng.uniform(0.5, 1.5, 3) * rng.choice([-1.0, 1.0], 3), 2)
        left = " + ".join(f"({w}) * x{n}" for w, n in zip(weights, chosen, strict=True))
        found.append(f"{left} <= {np.round(rng.uniform(0.8, 1.6), 2)}")
    return found


def growth() -> None:
    """Print how time grows with the number of factors."""
    for n_factors, n_limits in ((3, 0), (6, 0), (9, 0), (10, 20)):
        factors = {f"x{number}": {"region": [-1, 1]} for number in range(n_factors)}
        n_terms = (n_factors + 1) * (n_factors + 2) // 2
        study = study_of(factors, runs=n_terms + 6, constraints=limits(n_factors, n_limits))
        start = time.process_time()
        planned = plan_runs(study)
        assert planned.result is not None
        print(
            f"{n_factors} factors, {n_limits} limits, {n_terms} terms, {n_terms + 6} runs:"
            f" I {planned.result.value:.5f}, {time.process_time() - start:.1f} s"
            f" ({planned.result.n_starts} starts, {planned.result.n_rounds} rounds of"
            " perturbation)",
            flush=True,
        )


def main() -> None:
    """Print every table that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyoptex", type=Path)
    parser.add_argument("--process-improve", type=Path)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--growth", action="store_true")
    arguments = parser.parse_args()
    search(papers_case("continuous"), 0)
    over_seeds(arguments.seeds)
    if arguments.pyoptex:
        beside("pyoptex, 30 tries", arguments.pyoptex, "pyoptex_search.py", "continuous")
    if arguments.process_improve:
        beside("process-improve", arguments.process_improve, "process_improve_search.py", "grid")
    if arguments.growth:
        growth()


if __name__ == "__main__":
    main()
