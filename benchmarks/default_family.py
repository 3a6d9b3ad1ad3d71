"""The default family against the best of all in hindsight, on real and on made-up studies.

Two tables of *excess*: by how many percent a family's RMSE on new configurations exceeds that of
the best family for the same response, which nobody knows beforehand. The default is not among
those it is compared with. Hyperparameters and weights come from the training configurations only.

- Real: the calendering study beside this repository, 11 responses, leave one configuration out.
- Made up: 17 runs, 3 replicates, noise 15 and signal 65 to 75 kPa; a third of the studies has a
  quadratic truth, a third adds a smooth deviation, a third an effect of each configuration with
  an SD of 44 kPa. Asked at 2,000 new settings, for three things: what would be measured there
  (its own configuration effect and noise included, as in the real table); the same without the
  noise; and the bare surface.

Run: OMP_NUM_THREADS=1 python benchmarks/default_family.py [--studies 20] [--first 0]
"""

import argparse
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData, assemble, leave_one_configuration_out
from electrodoe.ingest import read_table
from electrodoe.models import DEFAULT_FAMILY, fit, tune
from electrodoe.models import FAMILIES as ALL_FAMILIES
from electrodoe.models.terms import quadratic_matrix
from electrodoe.study import Study

TABLE = Path(__file__).parents[2] / "shared/data/wmg-nmc622-calendering/wmg_cells_54.csv"
RESPONSES = (
    *("cap_dis_c20_mah", "cap_dis_5c_mah", "cap_dis_10c_mah", "grav_dis_2c_mahg"),
    *("grav_dis_5c_mahg", "grav_dis_10c_mahg", "asi_dis_soc50_ohmcm2", "asi_dis_soc20_ohmcm2"),
    *("grav_dis_c20_mahg", "first_cycle_loss_pct", "retention_50cyc_pct"),
)
FAILED_10C = ["DD027", "DD028", "DD029", "DD030", "DD031", "DD051", "DD059"]
MEMBERS = ("mlr", "polynomial", "gaussian_process", "extra_trees", "random_forest")
"""Of the default; the Bayesian model average is no family, the random forest stands for a coarse
one."""
FAMILIES = tuple(
    name for name in ALL_FAMILIES if name not in ("reduced_polynomial", "minimum_norm_polynomial")
)
"""All but the two that a study has to ask for (decision 0023), which came later."""
KINDS = ("quadratic", "smooth", "configuration")
ASKED = ("measured", "configuration", "surface")
Surface = Callable[[NDArray[np.float64]], NDArray[np.float64]]
Clock = dict[str, float]


def real_data() -> list[TrainingData]:
    """Return the 11 responses; DD020 and the failed 10C cells are set aside."""
    study = Study.model_validate(
        {
            "title": "Calendering",
            "measurements": {"table": str(TABLE), "group": "group", "id": "cell_id"},
            "factors": {name: {} for name in ("coating_weight_gsm", "roll_temp_c", "porosity_pct")},
            "responses": {name: {} for name in RESPONSES},
            "set_aside": [
                {"rows": ["DD020"], "reason": "impossible capacity"},
                {
                    "rows": FAILED_10C,
                    "responses": ["cap_dis_10c_mah", "grav_dis_10c_mahg"],
                    "reason": "failed at 10C",
                },
            ],
        }
    )
    dataset = assemble(study, read_table(TABLE, study.measurements))
    return [dataset.training_data(name, "all") for name in RESPONSES]


def left_out_rmse(data: TrainingData, family: str, clock: Clock) -> float:
    """Return the pooled error on left-out configurations, everything chosen anew for each."""
    start = time.process_time()
    predicted = np.empty(data.n_samples)
    for test in leave_one_configuration_out(data.configurations):
        train = data.take(~test)
        predicted[test] = fit(train, family, tune(train, family)).predict(data.inputs[test])
    clock[family] = clock.get(family, 0.0) + time.process_time() - start
    return _rmse(predicted, data.response)


def i_optimal_runs(n_runs: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return distinct runs on 4 x 4 x 4 levels with little mean prediction variance."""
    candidates = np.array(list(product(np.linspace(-1.0, 1.0, 4), repeat=3)))
    X = _terms(candidates)
    region = _terms(np.random.default_rng(0).uniform(-1.0, 1.0, (2000, 3)))
    moments = region.T @ region / len(region)
    best, smallest = np.empty(0, dtype=np.int64), np.inf
    for _ in range(3):
        runs, variance = _exchange(rng.choice(len(X), n_runs, replace=False), X, moments)
        if variance < smallest:
            best, smallest = runs, variance
    return candidates[best]


def _exchange(
    runs: NDArray[np.int64], X: NDArray[np.float64], moments: NDArray[np.float64]
) -> tuple[NDArray[np.int64], float]:
    """Return runs after every exchange of one point for another that helps."""
    variance, has_improved = np.inf, True
    while has_improved:
        has_improved = False
        for position in range(len(runs)):
            others = np.delete(runs, position)
            inverse = np.linalg.inv(X[others].T @ X[others] + 1e-9 * np.eye(X.shape[1]))
            spread = inverse @ moments @ inverse
            gain = np.sum((X @ spread) * X, axis=1) / (1.0 + np.sum((X @ inverse) * X, axis=1))
            gain[others] = -np.inf
            candidate = int(np.argmax(gain))
            reached = float(np.trace(inverse @ moments) - gain[candidate])
            if reached < variance - 1e-9:
                runs[position], variance, has_improved = candidate, reached, True
    return runs, variance


def made_up(
    kind: str, seed: int
) -> tuple[TrainingData, NDArray[np.float64], list[NDArray[np.float64]]]:
    """Return a study, 2,000 new settings, and what would be found there (see ``ASKED``)."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    runs, new = i_optimal_runs(17, rng), rng.uniform(-1.0, 1.0, (2000, 3))
    truth = _truth(kind, new, rng)
    effect_sd = 44.0 if kind == "configuration" else 0.0
    measured_mean = truth(runs) + rng.normal(0.0, effect_sd, 17)
    response = np.repeat(measured_mean, 3) + rng.normal(0.0, 15.0, 51)
    data = TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=("a", "b", "c"),
        inputs=np.repeat(runs, 3, axis=0),
        response=response,
        configurations=np.repeat(np.arange(17), 3),
        sample_names=tuple(f"s{number}" for number in range(51)),
    )
    surface = truth(new)
    configuration = surface + rng.normal(0.0, effect_sd, len(new))
    measured = configuration + rng.normal(0.0, 15.0, len(new))
    return data, new, [measured, configuration, surface]


def _truth(kind: str, new: NDArray[np.float64], rng: np.random.Generator) -> Surface:
    """Return a random surface around 1,000 kPa; a deviation has half the quadratic's SD.

    Of as many factors as the settings have; with more than three a deviation's waves are longer
    along each, so that as many lie between the middle and a corner.
    """
    n = new.shape[1]
    n_second = n * (n + 1) // 2
    slopes = rng.normal(size=1 + n + n_second) * np.r_[0.0, np.ones(n), np.full(n_second, 0.6)]
    signal_sd = rng.uniform(65.0, 75.0)
    waves = rng.normal(0.0, 1.5 * np.sqrt(3.0 / n), (n, 40))
    phases = rng.uniform(0.0, 2.0 * np.pi, 40)
    heights = rng.normal(size=40)

    def smooth(X: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.cos(X @ waves + phases) @ heights

    fraction = 0.5 * (_terms(new) @ slopes).std() / smooth(new).std() if kind == "smooth" else 0.0

    def raw(X: NDArray[np.float64]) -> NDArray[np.float64]:
        return _terms(X) @ slopes + fraction * smooth(X)

    mean, sd = raw(new).mean(), raw(new).std()
    return lambda X: 1000.0 + signal_sd * (raw(X) - mean) / sd


def _terms(X: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the quadratic's terms of all factors."""
    return quadratic_matrix(X, np.ones(X.shape[1], dtype=np.bool_))


def made_up_rmse(kind: str, seed: int, clock: Clock) -> NDArray[np.float64]:
    """Return the error of every family, shape (n_families, 3), see ``ASKED``."""
    data, new, wanted = made_up(kind, seed)
    errors = []
    for family in FAMILIES:
        start = time.process_time()
        predicted = fit(data, family, tune(data, family)).predict(new)
        clock[family] = clock.get(family, 0.0) + time.process_time() - start
        errors.append([_rmse(predicted, truth) for truth in wanted])
    return np.array(errors)


def _rmse(predicted: NDArray[np.float64], observed: NDArray[np.float64]) -> float:
    """Return the root mean squared error."""
    return float(np.sqrt(np.mean((predicted - observed) ** 2)))


def excess(errors: NDArray[np.float64], rivals: tuple[str, ...] = ()) -> NDArray[np.float64]:
    """Return percent above the best rival; errors have the families on their last axis."""
    names = rivals or tuple(name for name in FAMILIES if name != DEFAULT_FAMILY)
    best = errors[..., [list(FAMILIES).index(name) for name in names]].min(axis=-1, keepdims=True)
    return 100.0 * (errors / best - 1.0)


def print_real() -> None:
    """Print the real table, and how much the default's number hangs on single responses."""
    clock: Clock = {}
    data = real_data()
    errors = np.array([[left_out_rmse(d, family, clock) for family in FAMILIES] for d in data])
    print("\nReal calendering study: mean excess RMSE, leave one configuration out; CPU s/response")
    for family, above in zip(FAMILIES, excess(errors).mean(axis=0), strict=True):
        print(f"  {family:18s} {above:6.1f} %   {clock[family] / len(data):5.2f} s")
    default = excess(errors)[:, list(FAMILIES).index(DEFAULT_FAMILY)]
    rest = (default.sum() - default) / (len(default) - 1)
    over_members = excess(errors, MEMBERS)[:, list(FAMILIES).index(DEFAULT_FAMILY)]
    print(f"  default over the best of its members: {over_members.mean():.1f} %")
    print(f"  default without one response: {rest.min():.1f} to {rest.max():.1f} %")
    print(f"  standard error over responses: {default.std(ddof=1) / np.sqrt(len(default)):.1f} %")
    print("  by response:", ", ".join(f"{value:.1f}" for value in default))


def print_made_up(n_studies: int, first: int) -> None:
    """Print the made-up table."""
    clock: Clock = {}
    errors = np.array(
        [
            [made_up_rmse(kind, seed, clock) for seed in range(first, first + n_studies)]
            for kind in KINDS
        ]
    )
    above = excess(np.moveaxis(errors, 2, -1)).mean(axis=1)  # (kind, asked, family)
    n = 3 * n_studies
    print(f"\n{n} made-up studies: mean excess RMSE on new configurations; CPU s/study")
    print(
        f"  {'':18s} "
        + " ".join(f"{name:>13s}" for name in ASKED)
        + "   measured, by kind of truth"
    )
    for index, family in enumerate(FAMILIES):
        means = " ".join(f"{value:11.1f} %" for value in above.mean(axis=0)[:, index])
        kinds = ", ".join(
            f"{kind} {value:.1f}" for kind, value in zip(KINDS, above[:, 0, index], strict=True)
        )
        print(f"  {family:18s} {means}   {kinds}   {clock[family] / n:.2f} s")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=20, help="made-up studies of each kind")
    parser.add_argument("--first", type=int, default=0, help="seed of the first of them")
    arguments = parser.parse_args()
    if TABLE.is_file():
        print_real()
    else:
        print("The real data are not beside this repository: that half is skipped.")
    if arguments.studies:
        print_made_up(arguments.studies, arguments.first)


if __name__ == "__main__":
    main()
