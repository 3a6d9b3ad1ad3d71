"""What a plan was made for decides: designs for a quadratic, analyzed as they were designed.

Simulated studies of 3 and 4 factors: Box-Behnken, central composite (face-centered, rotatable), D-
and I-optimal plans, each with 3 center runs. Their run sheet is filled by a random surface (that of
``default_family.py``, signal SD about 70) with noise between runs of signal / noise 1.5, 3 and 6,
and read back as a table of the study, a name per run. The goal is to maximize inside the cube.

- Refused: the declared model, the quadratic, has no scores, or not all of its terms are tested.
  Chosen: its part in the default's weights (the surfaces of second order) is at least a half.
- Regret: how much lower the true surface is at the recommended settings than at its top, as a
  fraction of the way from its mean to its top, in percent; beside process-improve's quadratic with
  its desirability (``peers/requirements-process-improve.txt``), same data, same run, paired.
- ``--before``: of as many studies of each kind also the way of choosing before decision 32: of the
  families that a run fits, the best on left-out runs. It takes ten times as long.

Run: OMP_NUM_THREADS=1 python benchmarks/declared_model.py [--studies 20] [--first 50000]
     [--truth quadratic|smooth] [--before 0] [--process-improve PYTHON]
"""

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from default_family import _truth
from electrodoe.dataset import TrainingData
from electrodoe.design.planning import plan_runs
from electrodoe.errors import ElectrodeError
from electrodoe.evaluate import evaluate, significance
from electrodoe.models import DEFAULT_FAMILY, STUDIED_FAMILIES, FittedModel, fit, tune
from electrodoe.optimize import decision, possible_settings
from electrodoe.optimize.search import best_point
from electrodoe.study import Study
from electrodoe.workflow.loading import load_dataset
from recommendation import answers

Floats = NDArray[np.float64]
NAMES = ("a", "b", "c", "d")
LOW, HIGH, RESPONSE = 10.0, 20.0, "strength_kpa"
RATIOS = (1.5, 3.0, 6.0)
SIGNAL = 70.0
N_CENTERS = 3
N_RUNS = {3: 17, 4: 24}
DESIGNS: dict[str, dict[str, Any]] = {
    "Box-Behnken": {"design": "box_behnken"},
    "face-centered": {"design": "central_composite"},
    "rotatable": {"design": "central_composite"},
    "D-optimal": {"design": "optimal", "criterion": "D"},
    "I-optimal": {"design": "optimal", "criterion": "I"},
}
SURFACES = ("model_average", "free_quadratic")


@dataclass(frozen=True)
class Simulated:
    """A study with its truth, in coded units."""

    design: str
    ratio: float
    seed: int
    study: Study
    data: TrainingData
    truth: Callable[[Floats], Floats]
    top: float
    mean: float

    def regret(self, point: Floats) -> float:
        """Return what the settings lose, in percent of the way from the mean to the top."""
        lost = self.top - self.truth(point[None])[0]
        return float(100.0 * lost / (self.top - self.mean))


@cache
def declared(design: str, k: int) -> Study:
    """Return the study that asks for a design."""
    plan: dict[str, Any] = {**DESIGNS[design], "model": "quadratic", "center_runs": N_CENTERS}
    if plan["design"] == "optimal":
        plan["runs"] = N_RUNS[k]
    return Study.model_validate(
        {
            "title": "Simulated",
            "measurements": {"table": "samples.csv", "group": "run"},
            "factors": {name: {"region": [LOW, HIGH]} for name in NAMES[:k]},
            "responses": {RESPONSE: {"goal": "maximize"}},
            "plan": plan,
        }
    )


@cache
def run_sheet(design: str, k: int) -> pl.DataFrame:
    """Return the sheet as ``plan`` writes it; the star of a rotatable plan leaves the cube."""
    frame = plan_runs(declared(design, k)).plan.frame.select("run", *NAMES[:k])
    if design != "rotatable":
        return frame
    names, star = NAMES[:k], 2.0 ** (k / 4.0)
    coded = (frame.select(names).to_numpy() - 15.0) / 5.0
    is_star = np.abs(coded).sum(axis=1) == 1.0
    coded[is_star] *= star
    return frame.select("run").hstack(pl.DataFrame(15.0 + 5.0 * coded, schema=list(names)))


def simulated(design: str, k: int, ratio: float, kind: str, seed: int) -> Simulated:
    """Return a study whose sheet is filled."""
    rng = np.random.default_rng([seed, k, list(DESIGNS).index(design), int(10 * ratio)])
    region = rng.uniform(-1.0, 1.0, (4_000, k))
    truth = _truth(kind, region[:2_000], rng)
    sheet, study = run_sheet(design, k), declared(design, k)
    runs = (sheet.select(NAMES[:k]).to_numpy() - 15.0) / 5.0
    measured = truth(runs) + rng.normal(0.0, SIGNAL / ratio, len(runs))
    with tempfile.TemporaryDirectory() as folder:
        sheet.with_columns(pl.Series(RESPONSE, measured)).write_csv(Path(folder) / "samples.csv")
        data = load_dataset(study, Path(folder)).training_data(
            RESPONSE, next(iter(study.scenarios))
        )
    corners = np.array(list(product(np.linspace(-1, 1, 21 if k == 3 else 11), repeat=k)))
    surface = truth(region)
    top = float(max(surface.max(), truth(corners).max()))
    return Simulated(design, ratio, seed, study, data, truth, top, float(surface.mean()))


def fitted(one: Simulated, family: str) -> FittedModel:
    """Return a family as a run fits it."""
    return fit(one.data, family, tune(one.data, family))


def set_point(one: Simulated, model: FittedModel) -> Floats:
    """Return the recommended settings, coded by the cube."""
    region = possible_settings(one.study, one.data).region
    decided = decision(one.study, region, (model,), (one.data,))
    return best_point(region, decided.merit, 1).point


def is_refused(one: Simulated) -> str:
    """Return why the declared model is refused; empty where it is not."""
    try:
        scores = evaluate(one.data, "polynomial").summary
        if not np.isfinite(scores["r2_loco"][0]):
            return "no score"
        tests = significance(one.data).coefficients
    except ElectrodeError as error:
        return error.what
    k = len(one.data.input_names)
    of_model = tests.filter(pl.col("p").is_not_null()).group_by("model").len()["len"].max()
    return (
        "" if of_model is not None and of_model >= (k + 1) * (k + 2) // 2 - 1 else "terms untested"
    )


def weight_of_surfaces(model: FittedModel) -> float:
    """Return the part of the second-order surfaces in a fitted default."""
    weights = model.hyperparameters.get("weights", {})
    return float(sum(weights.get(name, 0.0) for name in SURFACES))


def chosen_before(one: Simulated) -> str:
    """Return the family with the largest R² on left-out runs."""
    scores = {}
    for family in STUDIED_FAMILIES:
        try:
            scores[family] = evaluate(one.data, family, n_repeats=1).summary["r2_loco"][0]
        except ElectrodeError:
            continue
    return max(scores, key=scores.__getitem__)


def peer_points(python: Path, studies: list[Simulated]) -> list[Floats]:
    """Return process-improve's settings, coded; in one call, for studies of as many factors."""
    k = len(studies[0].data.input_names)
    question = {
        "names": NAMES[:k],
        "low": [LOW] * k,
        "high": [HIGH] * k,
        "studies": [
            {"inputs": one.data.inputs.tolist(), "response": one.data.response.tolist()}
            for one in studies
        ],
    }
    found = answers(python, "process_improve_set_point.py", question)
    return [np.clip((np.array(answer["point"]) - 15.0) / 5.0, -1.0, 1.0) for answer in found]


def mean_text(values: Floats) -> str:
    """Return a mean with its standard error."""
    return f"{np.mean(values):.1f} ± {np.std(values, ddof=1) / np.sqrt(len(values)):.1f}"


def print_row(name: str, refusals: list[str], columns: dict[str, Floats]) -> None:
    """Print a row of the table: counts, regrets, paired differences to ours."""
    n, ours = len(refusals), columns["ours"]
    weight = columns["weight"]
    n_kept, n_chosen = sum(not why for why in refusals), int((weight >= 0.5).sum())
    parts = [f"not refused {n_kept} of {n}, chosen {n_chosen}, mean weight {weight.mean():.2f}"]
    for other, values in columns.items():
        if other == "weight":
            continue
        more = "" if other == "ours" else f" ({mean_text(values - ours)} more than ours)"
        parts.append(f"{other} {mean_text(values)}{more}")
    print(f"| {name} | {' | '.join(parts)} |", flush=True)
    for why in sorted(set(refusals) - {""}):
        print(f"    refused: {why}: {refusals.count(why)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=20, help="of each design, factors, ratio")
    parser.add_argument("--first", type=int, default=50_000)
    parser.add_argument("--truth", choices=("quadratic", "smooth"), default="quadratic")
    parser.add_argument("--before", type=int, default=0, help="studies of each, chosen as before")
    parser.add_argument("--process-improve", type=Path)
    asked = parser.parse_args()
    rows: list[tuple[str, int, float, str, float, float, float, float]] = []
    for k, design, ratio in product((3, 4), DESIGNS, RATIOS):
        seeds = range(asked.first, asked.first + asked.studies)
        studies = [simulated(design, k, ratio, asked.truth, seed) for seed in seeds]
        refusals, weights, ours, before = [], [], [], []
        for number, one in enumerate(studies):
            model = fitted(one, DEFAULT_FAMILY)
            refusals.append(is_refused(one))
            weights.append(weight_of_surfaces(model))
            ours.append(one.regret(set_point(one, model)))
            is_asked = number < asked.before
            before.append(
                one.regret(set_point(one, fitted(one, chosen_before(one)))) if is_asked else np.nan
            )
        peer = [np.nan] * len(studies)
        if asked.process_improve is not None:
            points = peer_points(asked.process_improve, studies)
            peer = [one.regret(point) for one, point in zip(studies, points, strict=True)]
        of_each = zip(refusals, weights, ours, peer, before, strict=True)
        rows.extend((design, k, ratio, *own) for own in of_each)
        print_table(f"{design}, {k}, {ratio:g}", rows[-len(studies) :])
    for name, picked in {
        **{f"signal / noise {r:g}": [row for row in rows if row[2] == r] for r in RATIOS},
        **{design: [row for row in rows if row[0] == design] for design in DESIGNS},
        "all": rows,
    }.items():
        print_table(name, picked)


def print_table(name: str, rows: list[Any]) -> None:
    """Print a row of counts and regrets."""
    refusals = [row[3] for row in rows]
    weight, ours, peer, before = (np.array([row[n] for row in rows]) for n in (4, 5, 6, 7))
    columns = {"weight": weight, "ours": ours}
    if not np.isnan(peer).any():
        columns["process-improve"] = peer
    print_row(name, refusals, columns)
    if (known := ~np.isnan(before)).sum() > 1:
        less = before[known] - ours[known]
        print(f"    chosen as before, {known.sum()} studies: {mean_text(less)} more than ours")


if __name__ == "__main__":
    main()
