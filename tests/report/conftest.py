"""A small made-up study with every frame that a report is written from."""

import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.evaluate.screening.textbook_designs import anything, full, training_data
from tests.report.made_up_recommendation import make_map, make_recommended
from tests.report.verification_frames import make_verification

from electrodoe.dataset import SAMPLE, Dataset, assemble, dependence, known_run_order
from electrodoe.evaluate import screening_tables, significance
from electrodoe.explain import SURFACE_SCHEMA, response_surface
from electrodoe.findings import Finding, Severity
from electrodoe.ingest import read_table
from electrodoe.report import ReportContent, build_figures, draw_figure, report_html
from electrodoe.study import Study

FAMILIES = ("mlr", "random_forest", "ensemble")
WORDS = "variation of runs about the model, 5 df"
INPUTS = ("coating_mass_loading_mg_cm2", "roll_temperature_c", "porosity")
TARGETS = ("discharge_capacity_5c_mah", "first_cycle_loss")
SLOPES = np.array([0.1, 0.0, 3.0])
HOSTILE = "<script>alert('x')</script>"


def make_study(title: str, label: str | None, sample: str) -> Study:
    return Study.model_validate(
        {
            "title": title,
            "question": "What sets the capacity?",
            "measurements": {"table": "cells.csv", "group": "condition", "id": "cell"},
            "factors": {
                "coating_mass_loading_mg_cm2": {"label": label},
                "roll_temperature_c": {},
                "porosity": {},
                "roll_gap_um": {},
            },
            "responses": {"discharge_capacity_5c_mah": {"label": label}, "first_cycle_loss": {}},
            "scenarios": {
                "product": {"inputs": INPUTS},
                "combined": {"inputs": ("porosity", "roll_gap_um"), "responses": TARGETS[:1]},
            },
            "report": {"side_by_side": [TARGETS[:1], TARGETS]},
            "set_aside": [{"rows": [sample], "reason": "the tab came off"}],
        }
    )


def make_dataset(study: Study, folder: Path, sample: str) -> Dataset:
    rng = np.random.default_rng(7)
    condition = np.repeat(np.arange(9), 3)
    loading = 12.0 + 3.0 * (condition % 3) + rng.normal(size=27) * 0.1
    porosity = np.repeat([0.3, 0.4, 0.35, 0.4, 0.35, 0.3, 0.35, 0.3, 0.4], 3)
    temperature = np.repeat([85.0, 85, 85, 120, 120, 120, 145, 145, 145], 3)
    capacity = 2.0 + 0.1 * loading + 3.0 * porosity + rng.normal(size=27) * 0.05
    frame = pl.DataFrame(
        {
            "cell": [sample, *[f"C{row}" for row in range(1, 27)]],
            "condition": [f"run {number}" for number in condition],
            "coating_mass_loading_mg_cm2": loading,
            "roll_temperature_c": temperature,
            "porosity": porosity,
            "roll_gap_um": 300.0 + 1000.0 * porosity,
            "discharge_capacity_5c_mah": capacity,
            "first_cycle_loss": 0.1 + 0.01 * rng.normal(size=27),
        }
    )
    frame.write_csv(folder / "cells.csv")
    return assemble(study, read_table(folder / "cells.csv", study.measurements))


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Frames that an evaluation would have made."""

    evaluation: pl.DataFrame
    repeats: pl.DataFrame
    predictions: pl.DataFrame


def make_scores(dataset: Dataset) -> Scores:
    rng = np.random.default_rng(11)
    rows, repeats, predictions = [], [], []
    study = dataset.study
    for scenario in study.scenarios:
        for target in study.responses_of(scenario):
            data = dataset.training_data(target, scenario)
            for index, family in enumerate(FAMILIES):
                head = {"target": target, "scenario": scenario, "family": family}
                good = target == TARGETS[0]
                values = 0.8 + 0.1 * rng.normal(size=5)
                rows.append(
                    {
                        **head,
                        "n": data.n_samples,
                        "n_configurations": data.n_configurations,
                        "r2_train": 0.97123456789,
                        "r2_test": float(values[0]),
                        "rmse_train": 0.0123456789,
                        "rmse_test": 0.023456789,
                        "mse_ratio": 0.277777777,
                        "r2_test_p05": float(values.min()),
                        "r2_test_p95": float(values.max()),
                        "r2_loco": (0.9 if good else 0.05) - 0.01 * index,
                        "rmse_loco": 0.0345678912 + 0.001 * index,
                    }
                )
                repeats += [
                    {**head, "repeat": repeat, "r2_test": float(score)}
                    for repeat, score in enumerate(values)
                ]
                for split in ("train", "loco"):
                    predictions += [
                        {
                            "row": name,
                            **head,
                            "split": "test" if split == "train" and row % 5 == 0 else split,
                            "observed": float(y),
                            "predicted": float(y) * 1.01,
                        }
                        for row, (name, y) in enumerate(
                            zip(data.sample_names, data.response, strict=True)
                        )
                    ]
    return Scores(
        evaluation=pl.DataFrame(rows),
        repeats=pl.DataFrame(repeats),
        predictions=pl.DataFrame(predictions),
    )


def make_explanations(dataset: Dataset) -> dict[str, pl.DataFrame]:
    tables: dict[str, list[dict[str, object]]] = {
        name: []
        for name in (
            "explanations", "shapley", "interactions", "effects", "agreement", "anova",
            "coefficients",
        )
    }  # fmt: skip
    for target in TARGETS:
        data = dataset.training_data(target, "product")
        place = {"target": target, "scenario": "product"}
        for family in FAMILIES:
            head = {**place, "family": family}
            methods = {"shapley": 1.0, "permutation": 0.8}
            methods |= {"mdi": 0.5} if family == "random_forest" else {}
            methods |= {"coefficient": -0.6} if family == "mlr" else {}
            for method, size in methods.items():
                names = (*INPUTS, "shadow") if method == "mdi" else INPUTS
                for rank, name in enumerate(names, start=1):
                    value = size / rank
                    tables["explanations"].append(
                        {
                            **head, "method": method, "input": name, "value": value,
                            "low": value * 0.7, "high": value * 1.3, "rank": rank,
                            "p_rank_1": 0.9 if rank == 1 else 0.05,
                        }
                    )  # fmt: skip
            for column, name in enumerate(INPUTS):
                for row, sample in enumerate(data.sample_names):
                    setting = float(data.inputs[row, column])
                    tables["shapley"].append(
                        {
                            "row": sample, **head, "input": name, "input_value": setting,
                            "shapley_value": 0.01 * setting, "base": 1.0, "prediction": 2.0,
                        }
                    )  # fmt: skip
                for setting in np.unique(data.inputs[:, column])[:6].tolist():
                    tables["effects"].append(
                        {**head, "input": name, "input_value": setting, "effect": 0.01 * setting}
                    )
            tables["interactions"].append(
                {
                    **head, "input_1": INPUTS[0], "input_2": INPUTS[2], "value": 0.02,
                    "low": 0.01, "high": 0.04,
                }
            )  # fmt: skip
        tables["agreement"].append(
            {
                **place, "method": "shapley", "n_families": 3, "kendall_w": 0.8765432198,
                "mean_tau": 0.7, "top_input": INPUTS[0], "top_fraction": 1.0,
            }
        )  # fmt: skip
        for source, f, p in (("linear", 12.345678912, 1e-6), ("lack of fit", 2.5, 0.04)):
            tables["anova"].append(
                {
                    **place, "model": "quadratic", "source": source, "degrees_of_freedom": 3,
                    "sum_of_squares": 1.23456789, "mean_square": 0.41152263, "f": f, "p": p,
                    "tested_against": WORDS if source == "linear" else None,
                }
            )  # fmt: skip
        tables["anova"].append(
            {
                **place, "model": "quadratic", "source": "samples", "degrees_of_freedom": 18,
                "sum_of_squares": 0.1, "mean_square": 0.0055, "f": None, "p": None,
                "tested_against": None,
            }
        )  # fmt: skip
        for term in ("1", *INPUTS, f"{INPUTS[0]} × {INPUTS[2]}", f"{INPUTS[2]}²"):
            tables["coefficients"].append(
                {
                    **place, "model": "quadratic", "term": term, "estimate": math.pi,
                    "standard_error": 0.1, "degrees_of_freedom": 5, "t": 31.4159265,
                    "p": 0.0001, "tested_against": WORDS,
                }
            )  # fmt: skip
    return {name: pl.DataFrame(rows) for name, rows in tables.items()}


def make_screening() -> dict[str, pl.DataFrame]:
    """Return what eight runs at two levels of the inputs say, noise that Lenth would not pass."""
    runs = training_data(full(3), [0.0, 9.0, 0.3, 9.1, 0.2, 9.3, 0.1, 9.2], names=INPUTS)
    data = replace(runs, response_name=TARGETS[0])
    tables = screening_tables(data, anything)
    return {"screening": tables.summary, "screening_effects": tables.effects}


def make_residuals(dataset: Dataset) -> dict[str, pl.DataFrame]:
    """Return the residuals of the made-up responses, with one run that a sentence is about."""
    order = known_run_order(dataset, dataset.frame[SAMPLE].to_list())
    found = [significance(dataset.training_data(name, "product"), None, order) for name in TARGETS]
    checks = pl.concat([each.residual_checks for each in found])
    is_named = (pl.col("check") == "outlier") & (pl.col("target") == TARGETS[0])
    p = pl.when(is_named).then(1e-6).otherwise(0.5)
    return {
        "model_summaries": pl.concat([each.summaries for each in found]),
        "residuals": pl.concat([each.residuals for each in found]),
        "residual_checks": checks.with_columns(p=p),
    }


def make_surfaces(dataset: Dataset) -> pl.DataFrame:
    """Return a plane over the first and the third input of one response."""
    data = dataset.training_data(TARGETS[0], "product")
    pair = (0, 2)
    grid, predicted, is_inside = response_surface(lambda x: x @ SLOPES, data.inputs, pair)
    names = {"input_1": INPUTS[pair[0]], "input_2": INPUTS[pair[1]]}
    words = {"target": TARGETS[0], "scenario": "product", "family": "mlr", **names}
    numbers = {"value_1": grid[:, 0], "value_2": grid[:, 1], "predicted": predicted}
    return SURFACE_SCHEMA.check(
        pl.DataFrame(numbers).select(
            *(pl.lit(value).alias(name) for name, value in words.items()),
            *numbers,
            pl.Series("is_inside", is_inside),
            levels=pl.lit(None, dtype=pl.String),
        )
    )


def make_content(
    folder: Path,
    *,
    title: str = "Calendering",
    label: str | None = None,
    sample: str = "C0",
    is_simulated: bool = False,
) -> ReportContent:
    study = make_study(title, label, sample)
    dataset = make_dataset(study, folder, sample)
    scores = make_scores(dataset)
    hyper = scores.evaluation.select("target", "scenario", "family").with_columns(
        hyperparameters=pl.lit('{"penalty": 0.123456789012, "depth": 3}'), given=pl.lit("")
    )
    return ReportContent(
        study=study,
        dataset=dataset,
        findings=(
            Finding(
                code="D104",
                severity=Severity.WARNING,
                title="Far from its replicates",
                what=f"{sample} stands apart",
                where="column 'first_cycle_loss'",
                fix="look at it",
            ),
        ),
        dependences={
            name: dependence(scenario.inputs, dataset.inputs(name))
            for name, scenario in study.scenarios.items()
        },
        evaluation=scores.evaluation,
        repeats=scores.repeats,
        predictions=scores.predictions,
        **make_explanations(dataset),
        **make_screening(),
        **make_residuals(dataset),
        verification=make_verification(TARGETS[0], "product", INPUTS[0]),
        hyperparameters=hyper,
        timings=pl.DataFrame({"stage": ["evaluate"], "seconds": [12.3456789]}),
        provenance={"ElectroDoE": "0.1.0", "seed": "2023"},
        surfaces=make_surfaces(dataset),
        is_simulated=is_simulated,
        recommendation=make_recommended(),
        window_map=make_map(),
    )


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> ReportContent:
    return make_content(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="session")
def hostile_content(tmp_path_factory: pytest.TempPathFactory) -> ReportContent:
    return make_content(
        tmp_path_factory.mktemp("hostile"), title=HOSTILE, label=HOSTILE, sample=HOSTILE
    )


@pytest.fixture(scope="session")
def drawn(content: ReportContent) -> dict[str, str]:
    return {figure.name: draw_figure(figure) for figure in build_figures(content)}


@pytest.fixture(scope="session")
def page(content: ReportContent, drawn: dict[str, str]) -> str:
    return report_html(content, drawn)
