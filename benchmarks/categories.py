"""A category with three levels: scores, the recommended level, and how sure it is said to be.

Studies are simulated: two continuous inputs and a binder with three levels, eight runs of each
level in a Latin hypercube, two samples a run, run-to-run variation of 3 kPa and replicate scatter
of 6 kPa. Three truths, drawn anew for every study: additive; another slope for each level;
another optimum for each.

- LOCO R²: the default family and the best of four, beside the best of scikit-learn's linear,
  ridge quadratic, Gaussian process and random forest on one-hot columns, written by hand.
- Regret: how much lower the truth is at the recommended level and settings than at its top, in
  kPa; beside models of the same family fitted to each level alone.
- Level: how often the recommended level is truly the best; the chance that is stated for it,
  and how often it was right, by stated chance.

Run: OMP_NUM_THREADS=1 python benchmarks/categories.py [--studies 20] [--first 100] [--no-scores]
"""

import argparse
import time
import warnings
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import LinearRegression, RidgeCV
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from electrodoe.dataset import TrainingData
from electrodoe.evaluate import evaluate
from electrodoe.models import FittedModel, fit, predictive, tune
from electrodoe.optimize import decision, possible_settings
from electrodoe.optimize.level_settings import level_settings
from electrodoe.optimize.search import best_point
from electrodoe.study import Study

Floats = NDArray[np.float64]
KINDS = ("additive", "another slope", "another optimum")
BINDERS = ("CMC/SBR", "PVDF", "PAA")
N_PER_LEVEL = 8
FAMILIES = ("mlr", "ridge_quadratic", "gaussian_process", "ensemble")
STUDY = Study.model_validate(
    {
        "title": "Simulated",
        "factors": {
            "a": {"region": [-1.0, 1.0]},
            "b": {"region": [-1.0, 1.0]},
            "binder": {"levels": list(BINDERS)},
        },
        "responses": {"y": {"goal": "maximize"}},
    }
)


@dataclass(frozen=True)
class Truth:
    """A surface for each level: constant, slopes and curvatures, in kPa."""

    shift: Floats
    slope: Floats
    bend: Floats
    top: Floats

    def __call__(self, inputs: Floats) -> Floats:
        """Return the true response."""
        x, level = inputs[:, :2], inputs[:, 2].astype(int)
        curvatures = np.sum(self.bend * (x - self.top[level]) ** 2, axis=1)
        return 500.0 + self.shift[level] + np.sum(self.slope[level] * x, axis=1) - curvatures


def drawn_truth(kind: str, rng: np.random.Generator) -> Truth:
    """Return a truth of a kind."""
    common = rng.normal(0.0, 30.0, 2)
    slopes = np.tile(common, (3, 1))
    if kind == "another slope":
        slopes = slopes + rng.normal(0.0, 25.0, (3, 2))
    has_tops = kind == "another optimum"
    return Truth(
        shift=rng.normal(0.0, 25.0, 3),
        slope=slopes * (0.3 if has_tops else 1.0),
        bend=rng.uniform(30.0, 70.0, 2) if has_tops else np.zeros(2),
        top=rng.uniform(-0.7, 0.7, (3, 2)) if has_tops else np.zeros((3, 2)),
    )


def measured(truth: Truth, rng: np.random.Generator) -> TrainingData:
    """Return a study's samples."""
    steps = np.linspace(-1.0, 1.0, N_PER_LEVEL)
    runs = [np.column_stack([rng.permutation(steps), rng.permutation(steps)]) for _ in BINDERS]
    inputs = np.column_stack([np.vstack(runs), np.repeat(np.arange(3.0), N_PER_LEVEL)])
    n_runs = len(inputs)
    rows = np.repeat(np.arange(n_runs), 2)
    y = truth(inputs) + rng.normal(0.0, 3.0, n_runs)
    return TrainingData(
        scenario="all",
        response_name="y",
        input_names=("a", "b", "binder"),
        inputs=inputs[rows],
        response=y[rows] + rng.normal(0.0, 6.0, len(rows)),
        configurations=rows,
        sample_names=tuple(map(str, range(len(rows)))),
        levels={"binder": dict(enumerate(BINDERS))},
    )


def by_hand(data: TrainingData) -> float:
    """Return the best R² on left-out runs of scikit-learn's families with one-hot columns."""
    X = np.column_stack([data.inputs[:, :2], data.inputs[:, [2]] == np.arange(3)])
    kernel = ConstantKernel() * RBF(np.ones(5)) + WhiteKernel(0.1)
    quadratic = PolynomialFeatures(2, include_bias=False)
    models = (
        LinearRegression(),
        make_pipeline(StandardScaler(), quadratic, RidgeCV(np.logspace(-3, 3))),
        make_pipeline(StandardScaler(), GaussianProcessRegressor(kernel, normalize_y=True)),
        RandomForestRegressor(60, random_state=0),
    )
    total = np.sum((data.response - data.response.mean()) ** 2)
    scores = [
        1.0
        - np.sum(
            (
                data.response
                - cross_val_predict(
                    model, X, data.response, groups=data.configurations, cv=LeaveOneGroupOut()
                )
            )
            ** 2
        )
        / total
        for model in models
    ]
    return float(max(scores))


def scores(data: TrainingData) -> dict[str, float]:
    """Return R² on left-out runs of our families."""
    found = {}
    for family in FAMILIES:
        judged = evaluate(data, family, test_fraction=0.2, n_repeats=1, width=1, seed=0)
        found[family] = float(judged.summary["r2_loco"][0])
    return found


def fitted(data: TrainingData) -> FittedModel:
    """Return the default family."""
    return fit(data, "ensemble", tune(data, "ensemble", width=1, seed=0), seed=0)


def together(data: TrainingData) -> tuple[Floats, float]:
    """Return the recommended settings of one model of all levels, and the chance of its level."""
    model = fitted(data)
    region = possible_settings(STUDY, data).region
    made = decision(STUDY, region, (predictive(data, model, width=1),), (data,))
    best = best_point(region, made.merit, 0)
    rows = level_settings(made, best, 0)
    return made.settings(best.point), rows[0].chance_best


def apart(data: TrainingData) -> Floats:
    """Return the recommended settings of a model for each level."""
    settings, values = [], []
    for level in range(3):
        own = data.take(data.inputs[:, 2] == level)
        one = TrainingData(
            scenario="all",
            response_name="y",
            input_names=("a", "b"),
            inputs=own.inputs[:, :2],
            response=own.response,
            configurations=own.configurations,
            sample_names=own.sample_names,
        )
        model = fitted(one)
        region = possible_settings(STUDY, one).region
        found = best_point(region, lambda points, model=model: model.predict(points), 0)
        settings.append([*found.point, level])
        values.append(found.merit)
    return np.array(settings[int(np.argmax(values))])


def top_of(truth: Truth) -> tuple[float, int]:
    """Return the true maximum and its level, on a fine grid."""
    ticks = np.linspace(-1.0, 1.0, 81)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    tops = [float(truth(np.column_stack([grid, np.full(len(grid), k)])).max()) for k in range(3)]
    return max(tops), int(np.argmax(tops))


def main() -> None:
    """Print a table for each kind, and how well chances are calibrated."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", type=int, default=20)
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--no-scores", action="store_true")
    asked = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    told: list[tuple[float, bool]] = []
    start = time.process_time()
    for kind in KINDS:
        rows = defaultdict(list)
        for seed in range(asked.first, asked.first + asked.studies):
            rng = np.random.default_rng(seed)
            truth = drawn_truth(kind, rng)
            data = measured(truth, rng)
            top, level = top_of(truth)
            if not asked.no_scores:
                found, hand = scores(data), by_hand(data)
                rows["default less one-hot"].append(found["ensemble"] - hand)
                rows["best less one-hot"].append(max(found.values()) - hand)
            ours, chance = together(data)
            theirs = apart(data)
            for name, settings in (("together", ours), ("apart", theirs)):
                rows[f"regret {name}"].append(top - float(truth(settings[None])[0]))
                rows[f"right level {name}"].append(int(settings[2]) == level)
            told.append((chance, int(ours[2]) == level))
        print(f"{kind}, {asked.studies} studies, CPU {time.process_time() - start:.0f} s in all")
        for name, values in rows.items():
            own = np.array(values, dtype=float)
            print(
                f"  {name:22s} mean {own.mean():7.3f}  median {np.median(own):7.3f}"
                f"  min {own.min():7.3f}  max {own.max():7.3f}"
            )
    chances, was_right = np.array([each[0] for each in told]), np.array([each[1] for each in told])
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.985), (0.985, 1.0)):
        own = (chances >= low) & (chances < high)
        if own.any():
            print(
                f"  stated {low:.2f} to {high:.2f}: {own.sum()} studies,"
                f" mean {chances[own].mean():.2f}, right {was_right[own].mean():.2f}"
            )


if __name__ == "__main__":
    main()
