"""Tests and intervals where runs share whole plots or blocks, beside what they promise.

Made-up studies of a hard-to-change oven and two easy factors, with a variance between whole plots
(or random blocks, or runs with samples) that is 0, 1 or 9 times that within. Counted are false
alarms at 5 % of a whole-plot and of a subplot term, how often real effects are found, beside the
exact test of the analysis of variance where the plan is balanced and beside rows tested as if every
run had been set anew, and how often intervals of 90 % hold the next measurement: in a new whole
plot, in a new run of one that was made, in a new sample of a run that was made; with --families
also by refits of families that are not linear. At last replicated plans without whole plots, one
name per run: how often intervals by refits hold a run of a new setting, where all runs of a setting
are left out together and where they are left out one by one.

Run: OMP_NUM_THREADS=1 python benchmarks/strata.py [--studies 500] [--first 0] [--only TEXT]
     [--families ridge_quadratic,random_forest]
"""

import argparse
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData
from electrodoe.dataset.run_settings import settings_of_runs
from electrodoe.evaluate.coded_models import coded_models
from electrodoe.evaluate.strata import stratum_rows
from electrodoe.models import fit, in_canonical_order, predictive, tune
from electrodoe.models.group_prediction import NEW, predict_in_groups
from electrodoe.models.mixed_model import mixed_model
from electrodoe.models.random_groups import random_groups

LEVEL = 0.9
ALPHA = 0.05
RATIOS = (0.0, 1.0, 9.0)
COEFFICIENTS = np.array([50.0, 0.0, 0.0, 1.0])
"""Intercept, oven, a, b: neither the oven nor a has an effect."""


@dataclass(frozen=True, kw_only=True)
class Structure:
    """Which runs share what: a whole plot of each, an oven setting of each whole plot."""

    plots: Integers
    oven: Floats
    samples: int = 1
    is_blocked: bool = False
    is_balanced: bool = False


STRUCTURES = {
    "split plot, 8 x 4": Structure(
        plots=np.repeat(np.arange(8), 4), oven=np.tile([-1.0, 1.0], 4), is_balanced=True
    ),
    "unbalanced, 9 x 2 to 6": Structure(
        plots=np.repeat(np.arange(9), [2, 6, 3, 5, 4, 2, 6, 3, 4]),
        oven=np.array([-1.0, 1, 1, -1, 0, 1, -1, 0, 1]),
    ),
    "split plot, 8 x 4, 3 samples": Structure(
        plots=np.repeat(np.arange(8), 4), oven=np.tile([-1.0, 1.0], 4), samples=3
    ),
    "random blocks, 6 x 6": Structure(
        plots=np.repeat(np.arange(6), 6), oven=np.zeros(6), is_blocked=True
    ),
}


@dataclass(frozen=True, kw_only=True)
class Study:
    """A made-up study and how the next measurements come about."""

    data: TrainingData
    truth: Callable[[Floats], Floats]
    between: Floats
    of_runs: Floats
    deviations: tuple[float, float, float]


def made_up(structure: Structure, ratio: float, effect: float, seed: int) -> Study:
    """Return a study whose oven and a have an effect of so many standard deviations."""
    rng = np.random.default_rng(seed)
    n_plots, n_runs = int(structure.plots.max()) + 1, len(structure.plots)
    easy = np.tile([[-1.0, -1], [-1, 1], [1, -1], [1, 1]], (n_runs, 1))[:n_runs]
    oven = structure.oven[structure.plots]
    if structure.is_blocked:
        oven = rng.permuted(np.tile([-1.0, 0.0, 1.0], (n_plots, 2)), axis=1).ravel()
    runs = np.repeat(np.arange(n_runs), structure.samples)
    inputs = np.column_stack([oven, easy])[runs]
    coefficients = COEFFICIENTS + np.array([0.0, effect, effect, 0.0])
    plot_deviation = float(np.sqrt(ratio))
    run_deviation = 0.0 if structure.samples == 1 else 1.0

    def truth(settings: Floats) -> Floats:
        return np.asarray(coefficients[0] + settings @ coefficients[1:])

    between = plot_deviation * rng.normal(size=n_plots)
    of_runs = run_deviation * rng.normal(size=n_runs)
    y = truth(inputs) + between[structure.plots][runs] + of_runs[runs]
    groups = structure.plots[runs]
    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=("oven", "a", "b"),
        inputs=inputs,
        response=y + rng.normal(size=len(runs)),
        configurations=runs,
        sample_names=tuple(map(str, range(len(runs)))),
        whole_plots=None if structure.is_blocked else groups,
        blocks=groups if structure.is_blocked else None,
        block_kind="random",
    )
    deviations = (plot_deviation, run_deviation, 1.0)
    return Study(data=data, truth=truth, between=between, of_runs=of_runs, deviations=deviations)


def p_values(data: TrainingData) -> dict[str, float]:
    """Return the p of each term of the linear model."""
    ordered = in_canonical_order(data)
    rows = stratum_rows(ordered, coded_models(ordered)[0]).coefficients
    return {str(row["term"]): float(str(row["p"])) for row in rows}


def exact(data: TrainingData) -> dict[str, float]:
    """Return the p of oven and a by sums of squares, for eight whole plots of four runs."""
    y = data.response.reshape(8, 4)
    oven, a = data.inputs[::4, 0], data.inputs[:4, 1]
    b = data.inputs[:4, 2]
    means = y.mean(axis=1)
    slope = oven @ means / 8
    left = means - means.mean() - oven * slope
    within = y - means[:, None]
    of_a, of_b = within @ a / 4, within @ b / 4
    rest = within - of_a.mean() * a - of_b.mean() * b
    plots, runs = float(left @ left) / 6 / 8, float(np.sum(rest**2)) / 22 / 32
    tests = {"oven": (slope**2 / plots, 6), "a": (of_a.mean() ** 2 / runs, 22)}
    return {name: float(scipy.stats.f.sf(f, 1, df)) for name, (f, df) in tests.items()}


def as_rows(data: TrainingData) -> dict[str, float]:
    """Return the p of every term, every row taken as a run of its own."""
    X = np.column_stack([np.ones(data.n_samples), data.inputs])
    inverse = np.linalg.inv(X.T @ X)
    b = inverse @ X.T @ data.response
    left = data.response - X @ b
    variance = left @ left / (len(X) - 4)
    t = b / np.sqrt(variance * np.diag(inverse))
    p = 2 * scipy.stats.t.sf(np.abs(t), len(X) - 4)
    return dict(zip(("1", *data.input_names), p.tolist(), strict=True))


def held(study: Study, seed: int) -> dict[str, float]:
    """Return how many of the next measurements lie in their intervals, by kind."""
    data, (of_plot, of_run, of_sample) = study.data, study.deviations
    rng = np.random.default_rng([seed, 1])
    # three measurements each: a new whole plot; a new run of a known one; a known run's new sample
    rows = rng.integers(data.n_samples, size=3)
    new = rng.choice([-1.0, 1.0], size=(3, 3))
    model = fit(data, "mlr", tune(data, "mlr"))
    known = predictive(data, model).intervals(new, LEVEL)
    y = study.truth(new) + of_plot * rng.normal() + of_run * rng.normal(size=3)
    y += of_sample * rng.normal(size=3)
    found = {"new whole plot": float(np.mean((known.lower <= y) & (y <= known.upper)))}
    if data.blocks is not None:  # intervals are for the mean of the blocks there, and say so
        found = {}
    groups = random_groups(data)
    X = np.column_stack([np.ones(data.n_samples), data.inputs])
    fitted = mixed_model(X, data.measured_response, groups, ["1", *data.input_names])
    plots = groups["block" if data.blocks is not None else "whole plot"]
    in_plot = np.column_stack([data.inputs[rows, :1], new[:, 1:]])
    y = study.truth(in_plot) + study.between[plots[rows]] + of_run * rng.normal(size=3)
    y += of_sample * rng.normal(size=3)
    asked = dict.fromkeys(("block", "whole plot"), plots[rows])
    asked["run"] = np.full(3, NEW)
    ends = predict_in_groups(fitted, np.column_stack([np.ones(3), in_plot]), asked).ends(LEVEL)
    found["new run of a known whole plot"] = float(np.mean((ends[0] <= y) & (y <= ends[1])))
    if of_run:
        runs = groups["run"][rows]
        y = study.truth(data.inputs[rows]) + study.between[plots[rows]] + study.of_runs[runs]
        y += of_sample * rng.normal(size=3)
        asked["run"] = runs
        ends = predict_in_groups(fitted, X[rows], asked).ends(LEVEL)
        found["new sample of a known run"] = float(np.mean((ends[0] <= y) & (y <= ends[1])))
    return found


def held_by_refits(study: Study, family: str, seed: int) -> float:
    """Return the fraction of four runs in new whole plots that a family's intervals hold."""
    of_plot, of_run, of_sample = study.deviations
    rng = np.random.default_rng([seed, 2])
    new = rng.choice([-1.0, 1.0], size=(4, 3))
    model = fit(study.data, family, tune(study.data, family, width=1))
    known = predictive(study.data, model, width=1).intervals(new, LEVEL)
    y = study.truth(new) + of_plot * rng.normal(size=4) + of_run * rng.normal(size=4)
    y += of_sample * rng.normal(size=4)
    return float(np.mean((known.lower <= y) & (y <= known.upper)))


def _grid(levels: tuple[float, ...], n_factors: int, n_runs: int, n_center: int) -> Floats:
    """Return every combination of levels, made several times, and center runs."""
    once = np.array(list(product(levels, repeat=n_factors)))
    return np.vstack([np.tile(once, (n_runs, 1)), np.zeros((n_center, n_factors))])


REPLICATED = {
    "3 x 3 made twice": _grid((-1.0, 0.0, 1.0), 2, 2, 0),
    "3 x 3 made three times": _grid((-1.0, 0.0, 1.0), 2, 3, 0),
    "cube made twice, 4 centers": _grid((-1.0, 1.0), 3, 2, 4),
}


def held_at_new_settings(settings: Floats, family: str, seed: int) -> dict[str, float]:
    """Return the fraction of six runs of new settings that are held, by what is left out."""
    rng = np.random.default_rng([seed, 3])
    n, k = settings.shape
    linear, bent = rng.normal(size=k), 0.7 * rng.normal(size=k)

    def truth(at: Floats) -> Floats:
        return np.asarray(at @ linear + np.sin(1.5 * at) @ bent)

    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=("a", "b", "c")[:k],
        inputs=settings,
        response=truth(settings) + 0.5 * rng.normal(size=n),
        configurations=np.arange(n),
        sample_names=tuple(map(str, range(n))),
        settings=settings_of_runs(settings, np.zeros(k, dtype=np.bool_)),
    )
    new = rng.uniform(-1.0, 1.0, size=(6, k))
    y = truth(new) + 0.5 * rng.normal(size=6)
    found = {}
    for left_out, own in (("setting", data), ("run", replace(data, settings=None))):
        model = fit(own, family, tune(own, family, width=1))
        known = predictive(own, model, width=1).intervals(new, LEVEL)
        found[left_out] = float(np.mean((known.lower <= y) & (y <= known.upper)))
    return found


def _print_replicated(asked: argparse.Namespace, families: list[str]) -> None:
    """Print how often new settings of replicated plans are held."""
    for name, settings in REPLICATED.items():
        for family in families:
            if asked.only not in name:
                continue
            counts: dict[str, list[float]] = defaultdict(list)
            for seed in range(asked.first, asked.first + asked.studies):
                for left_out, fraction in held_at_new_settings(settings, family, seed).items():
                    counts[left_out].append(fraction)
            for left_out, each in counts.items():
                print(f"{name}, {family}, {left_out}s left out: {100.0 * np.mean(each):5.1f} %")


def main() -> None:
    """Print false alarms, power and coverage of each structure and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", default="", help="structures whose name contains this")
    parser.add_argument("--families", default="", help="whose refits' intervals are counted too")
    asked = parser.parse_args()
    families = [name for name in asked.families.split(",") if name]
    for name, structure in STRUCTURES.items():
        if asked.only not in name:
            continue
        for ratio in RATIOS:
            counts: dict[str, list[float]] = defaultdict(list)
            for seed in range(asked.first, asked.first + asked.studies):
                null = made_up(structure, ratio, 0.0, seed)
                _count(counts, "false alarm", p_values(null.data))
                _count(counts, "false alarm, as rows", as_rows(null.data))
                real = made_up(structure, ratio, 0.5, seed)
                _count(counts, "found", p_values(real.data))
                if structure.is_balanced:
                    _count(counts, "found, exact", exact(real.data))
                for kind, fraction in held(null, seed).items():
                    counts[f"held, {kind}"].append(fraction)
                for family in families if not structure.is_blocked else []:
                    counts[f"held, new whole plot, {family}"].append(
                        held_by_refits(null, family, seed)
                    )
            print(f"{name}, variance ratio {ratio:g}")
            for kind, each in counts.items():
                print(f"  {kind:<40} {100.0 * np.mean(each):5.1f} %")
    _print_replicated(asked, families)


def _count(counts: dict[str, list[float]], kind: str, p: dict[str, float]) -> None:
    """Add whether oven and a are below 5 %."""
    for term in ("oven", "a"):
        counts[f"{kind}, {term}"].append(float(p[term] < ALPHA))


if __name__ == "__main__":
    main()
