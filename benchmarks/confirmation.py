"""Why confirmation runs missed: how often the cause that acted is named, and one where none did.

Simulated studies of 3 factors: face-centered with 5 center runs, 3 samples a run (``--samples``),
a quadratic surface of signal SD 70, run-to-run SD 12, SD of samples 6. The polynomial recommends;
3 confirmation runs (``--runs``) come back with ``--others`` new runs at other settings. What acted:

- chance: nothing.
- samples: samples of a confirmation run scatter 3 times as much. runs: runs do, 4 times.
- settings: each factor is set off by a quarter to a half of its range, away from the optimum, and
  the sheet says so.
- day: everything made now is 40 to 80 lower. drift: a fall of as much from the first run to the
  last one, which goes on.
- extrapolation: the region is wider than what was run, and the surface falls off beyond.
- shape: a dip of 50 to 100, with a width of .3 to .5 of half a range, near the recommended
  settings, and two more elsewhere: the quadratic cannot follow.

Counted are studies with something to explain: a value outside its interval, or runs shifted
together or scattered. *First*: the right cause is named alone, or before one that does not compete
with it. *First of two*, *among*: it is one of two that the runs do not tell apart. *Other*: another
cause alone. *Chance*: none is claimed.

Run: OMP_NUM_THREADS=1 python benchmarks/confirmation.py [--studies 200] [--first 60000]
     [--runs 3] [--samples 3] [--others 5] [--only CAUSE]
"""

import argparse
from collections import Counter
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from declared_model import run_sheet
from default_family import _truth
from electrodoe.dataset import TrainingData
from electrodoe.evaluate import significance
from electrodoe.models import fit, predictive, tune
from electrodoe.optimize import Diagnosis, best_set_point, decision, possible_settings
from electrodoe.study import Study
from electrodoe.workflow.recommending.confirmation_background import ReturnedRuns, why_missed

Floats = NDArray[np.float64]
Surface = Callable[[Floats], Floats]
NAMES, LOW, HIGH = ("a", "b", "c"), 10.0, 20.0
RUN_SD, SAMPLE_SD = 12.0, 6.0
RIGHT = {
    "chance": "",
    "samples": "samples",
    "runs": "runs",
    "settings": "settings",
    "day": "time",
    "drift": "time",
    "extrapolation": "extrapolation",
    "shape": "shape",
}
NARROW = 0.6


@cache
def planned_runs() -> Floats:
    """Return the settings of the plan, coded, with two more center runs."""
    coded = (run_sheet("face-centered", 3).select(NAMES).to_numpy() - 15.0) / 5.0
    return np.vstack([coded, np.zeros((2, 3))])


def with_dips(truth: Surface, at: Floats, rng: np.random.Generator) -> Surface:
    """Return a surface with dips at some settings."""
    depths, widths = rng.uniform(50.0, 100.0, len(at)), rng.uniform(0.3, 0.5, len(at))

    def dipped(X: Floats) -> Floats:
        away = np.linalg.norm(X[:, None] - at[None], axis=2)
        return truth(X) - np.exp(-0.5 * (away / widths) ** 2) @ depths

    return dipped


def samples_of(means: Floats, run_sd: float, sample_sd: float, n: int, rng) -> Floats:
    """Return the samples of some runs, shape (n_runs, n)."""
    runs = means + rng.normal(0.0, run_sd, len(means))
    return runs[:, None] + rng.normal(0.0, sample_sd, (len(means), n))


def training_data(runs: Floats, values: Floats) -> TrainingData:
    n_runs, n = values.shape
    number = np.repeat(np.arange(n_runs), n)
    settings = np.unique(runs.round(6), axis=0, return_inverse=True)[1].ravel()
    return TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=NAMES,
        inputs=np.repeat(15.0 + 5.0 * runs, n, axis=0),
        response=values.ravel(),
        configurations=number,
        sample_names=tuple(f"run {row + 1}, {k}" for row in range(n_runs) for k in range(n)),
        runs=number,
        settings=settings[number],
    )


def diagnosed(
    cause: str, seed: int, n_runs: int, n_samples: int, n_others: int
) -> Diagnosis | None:
    """Return what is said of a study in which a cause acted."""
    rng = np.random.default_rng([seed, list(RIGHT).index(cause)])
    runs = rng.permutation(planned_runs())
    truth = _truth("quadratic", rng.uniform(-1, 1, (2000, 3)), rng)
    if cause == "extrapolation":
        runs = NARROW * runs
        inner, fall = truth, rng.uniform(100.0, 200.0)
        truth = lambda X: inner(X) - fall * np.maximum(np.abs(X).max(axis=1) - NARROW, 0.0) / 0.4  # noqa: E731
    size = rng.uniform(40.0, 80.0)
    surface = truth
    if cause == "shape":
        best = _recommended(training_data(runs, samples_of(truth(runs), 0.0, 0.01, 1, rng)))[2]
        others = rng.uniform(-1.0, 1.0, (2, 3))
        surface = with_dips(truth, np.vstack([best, others]), rng)
    trend = np.linspace(0.0, -size, len(runs)) if cause == "drift" else 0.0
    data = training_data(runs, samples_of(surface(runs) + trend, RUN_SD, SAMPLE_SD, n_samples, rng))
    point, known, coded = _recommended(data)
    now = {"day": -size, "drift": -1.3 * size}.get(cause, 0.0)
    set_to = np.tile(coded, (n_runs, 1))
    if cause == "settings":
        off = rng.uniform(0.5, 1.0, 3)
        set_to = np.clip(set_to - np.where(coded >= 0, off, -off), -1.0, 1.0)
    elsewhere = rng.uniform(-1.0, 1.0, (n_others, 3))
    if cause == "extrapolation":
        elsewhere = NARROW * elsewhere
    run_sd = RUN_SD * (4.0 if cause == "runs" else 1.0)
    sample_sd = SAMPLE_SD * (3.0 if cause == "samples" else 1.0)
    back = samples_of(surface(set_to) + now, run_sd, sample_sd, n_samples, rng)
    others = samples_of(surface(elsewhere) + now, RUN_SD, SAMPLE_SD, n_samples, rng)
    made = np.vstack([set_to, elsewhere])
    number = np.repeat(np.arange(len(made)), n_samples)
    order = {name: int(name.split(",")[0].split()[1]) for name in data.sample_names}
    tested = significance(data, run_order=order)
    return why_missed(
        data,
        tested.residuals,
        tested.residual_checks,
        point.responses[0],
        point.distance,
        known,
        ReturnedRuns(
            values=np.concatenate([back.ravel(), others.ravel()]),
            runs=tuple(f"n{k}" for k in number),
            is_confirmation=number < n_runs,
            settings=15.0 + 5.0 * made[number],
        ),
    )


def _recommended(data: TrainingData):
    """Return the set point, the model that promises, and the coded settings."""
    study = Study.model_validate(
        {
            "title": "Simulated",
            "factors": {name: {"region": [LOW, HIGH]} for name in NAMES},
            "responses": {"strength_kpa": {"goal": "maximize"}},
        }
    )
    model = fit(data, "polynomial", tune(data, "polynomial"))
    region = possible_settings(study, data).region
    known = predictive(data, model)
    point = best_set_point(decision(study, region, (known,), (data,)), 1)
    return point, known, (np.array([point.settings[name] for name in NAMES]) - 15.0) / 5.0


def outcome(cause: str, found: Diagnosis | None) -> str:
    """Return how a study counts; empty where there is nothing to explain."""
    if found is None or not found.tests.is_asked:
        return ""
    if not found.causes:
        return "chance"
    if RIGHT[cause] == found.causes[0] and not found.is_open:
        return "first"
    if RIGHT[cause] in found.causes:
        return "first of two" if RIGHT[cause] == found.causes[0] else "among"
    return "other"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--first", type=int, default=60_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--samples", type=int, default=3)
    parser.add_argument("--others", type=int, default=5)
    parser.add_argument("--only", choices=tuple(RIGHT))
    asked = parser.parse_args()
    for cause in (asked.only,) if asked.only else RIGHT:
        if cause == "samples" and asked.samples == 1:
            continue
        counts: Counter[str] = Counter()
        named: Counter[str] = Counter()
        for seed in range(asked.first, asked.first + asked.studies):
            found = diagnosed(cause, seed, asked.runs, asked.samples, asked.others)
            counts[outcome(cause, found)] += 1
            if found is not None and found.tests.is_asked:
                named[("?" if found.is_open else "") + "+".join(found.causes)] += 1
        n = asked.studies - counts[""]
        rates = ", ".join(
            f"{name} {counts[name]} ({100 * counts[name] / max(n, 1):.0f} %)"
            for name in ("first", "first of two", "among", "other", "chance")
        )
        print(
            f"{cause:14} asked {n} of {asked.studies}: {rates}; {dict(named.most_common(5))}",
            flush=True,
        )


if __name__ == "__main__":
    main()
