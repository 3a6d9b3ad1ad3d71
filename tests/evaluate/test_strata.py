"""Each term is tested in its stratum: the split plot of the shared cases, and blocks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData
from electrodoe.evaluate import evaluate, significance, size_findings
from electrodoe.study import read_study
from electrodoe.workflow.loading import load_dataset


def _data(inputs: Floats, y: Floats, **more: object) -> TrainingData:
    """Return samples of two or three factors, each row a run."""
    return replace(
        TrainingData(
            scenario="all",
            response_name="y",
            input_names=("oven", "a", "b")[: inputs.shape[1]],
            inputs=inputs,
            response=y,
            configurations=np.arange(len(y)),
            sample_names=tuple(map(str, range(len(y)))),
        ),
        **more,  # type: ignore[arg-type]
    )


def _split_plot(seed: int, plots: Integers, deviation: float) -> TrainingData:
    """Return a split plot whose oven and a have no effect, b has one."""
    rng = np.random.default_rng(seed)
    oven = np.where(plots % 2 == 0, -1.0, 1.0)
    a, b = np.tile([-1.0, -1.0, 1.0, 1.0], 20)[: len(plots)], np.tile([-1.0, 1.0], 40)[: len(plots)]
    y = b + deviation * rng.normal(size=int(plots.max()) + 1)[plots] + rng.normal(size=len(plots))
    return _data(np.column_stack([oven, a, b]), y, whole_plots=plots)


def _row(table: pl.DataFrame, **wanted: str) -> dict[str, object]:
    """Return the one row with some cells."""
    (row,) = table.filter(
        pl.all_horizontal(*(pl.col(name) == value for name, value in wanted.items()))
    ).iter_rows(named=True)
    return row


def test_the_shared_split_plot_is_tested_with_six_degrees_of_freedom(shared_cases: Path) -> None:
    """The case gave the oven p = .00015 with 28 df; the mean square of 8 whole plots has 6."""
    folder = shared_cases / "analysis" / "split_plot"
    data = load_dataset(read_study(folder), folder).training_data("y", "product")
    tests = significance(data)
    oven = _row(tests.coefficients, model="linear", term="oven")
    # by hand: means of whole plots, their mean square about two means of four
    y = pl.read_csv(folder / "m.csv")["y"].to_numpy().reshape(8, 4).mean(axis=1)
    side = pl.read_csv(folder / "m.csv")["oven"].to_numpy().reshape(8, 4)[:, 0]
    effect = (y[side > 0].mean() - y[side < 0].mean()) / 2
    error = np.sqrt(np.sum((y - y.mean() - side * effect) ** 2) / 6 / 8)
    assert oven["degrees_of_freedom"] == 6.0
    assert oven["t"] == pytest.approx(effect / error, rel=1e-9)
    assert oven["p"] == pytest.approx(0.0849, abs=5e-5)
    assert oven["tested_against"] == "variation between whole plots, 6 df"
    easy = _row(tests.coefficients, model="linear", term="a")
    assert easy["degrees_of_freedom"] == 22.0
    assert easy["tested_against"] == "variation between runs of one whole plot, 22 df"
    assert _row(tests.components, model="linear", component="whole plot")["variance"] == (
        pytest.approx(np.sum((y - y.mean() - side * effect) ** 2) / 6 - 0.13061034 / 4, rel=1e-7)
    )


def test_the_table_parts_each_group_of_terms_by_its_stratum() -> None:
    tests = significance(_split_plot(3, np.repeat(np.arange(8), 4), 2.0)).anova
    linear = tests.filter(pl.col("model") == "linear")
    assert dict(linear.select("source", "degrees_of_freedom").iter_rows()) == {
        "linear, between whole plots": 1,
        "linear, within whole plots": 2,
        "whole plots": 6,
        "residual": 22,
        "lack of fit": 4,  # the three interactions of two and that of three factors
        "pure error": 18,
        "total": 31,
    }
    squares = dict(linear.select("source", "sum_of_squares").iter_rows())
    assert squares["lack of fit"] + squares["pure error"] == pytest.approx(squares["residual"])
    assert sum(squares.values()) == pytest.approx(2.0 * squares["total"] + squares["residual"])
    oven = _row(linear, source="linear, between whole plots")
    plots = _row(linear, source="whole plots")
    assert oven["f"] == pytest.approx(oven["mean_square"] / plots["mean_square"])  # type: ignore[operator]


@pytest.mark.parametrize("sizes", [[4] * 8, [2, 6, 3, 5, 4, 2, 6, 3, 4]])
def test_an_oven_without_effect_is_rarely_found(sizes: list[int]) -> None:
    """300 studies gave 35 % with independent runs; 60 of them at 5 % lie below 15 % (99.7 %)."""
    plots = np.repeat(np.arange(len(sizes)), sizes)
    p = {"oven": [], "a": [], "b": []}  # type: dict[str, list[float]]
    for seed in range(60):
        rows = significance(_split_plot(seed, plots, 1.5)).coefficients
        for name, values in p.items():
            values.append(float(_row(rows, model="linear", term=name)["p"]))  # type: ignore[arg-type]
    assert np.mean(np.array(p["oven"]) < 0.05) < 0.15
    assert np.mean(np.array(p["a"]) < 0.05) < 0.15
    assert np.mean(np.array(p["b"]) < 0.05) > 0.95


def test_a_factorial_in_fixed_blocks_loses_their_degrees_of_freedom() -> None:
    """A 2² in four blocks: F of the additive model, 16 rows less 1, 2, 1 and 3."""
    rng = np.random.default_rng(0)
    blocks = np.repeat(np.arange(4), 4)
    inputs = np.tile([[-1.0, -1], [-1, 1], [1, -1], [1, 1]], (4, 1))
    y = inputs[:, 0] + 5.0 * rng.normal(size=4)[blocks] + rng.normal(size=16)
    tests = significance(_data(inputs, y, blocks=blocks)).anova
    of_blocks = y.reshape(4, 4).mean(axis=1)
    left = y - of_blocks[blocks] - sum(np.outer(x @ y / 16, x)[0] for x in inputs.T)
    linear, residual = (
        _row(tests, model="linear", source=source) for source in ("linear", "residual")
    )
    assert residual["degrees_of_freedom"] == 10
    assert residual["mean_square"] == pytest.approx(left @ left / 10)
    assert _row(tests, model="linear", source="blocks")["degrees_of_freedom"] == 3
    assert linear["f"] == pytest.approx(np.sum((inputs.T @ y / 16) ** 2) * 16 / 2 / (left @ left / 10))  # fmt: skip # noqa: E501


def test_samples_of_a_run_are_no_runs() -> None:
    """Three samples of each run: the subplot term keeps the df of runs."""
    one = _split_plot(5, np.repeat(np.arange(8), 4), 1.0)
    rng = np.random.default_rng(5)
    thrice = one.take(np.repeat(np.arange(32), 3))
    thrice = replace(thrice, response=thrice.response + 0.1 * rng.normal(size=96))
    row = _row(significance(thrice).coefficients, model="linear", term="a")
    assert row["degrees_of_freedom"] == pytest.approx(22.0)
    assert row["tested_against"] == "variation between runs, 22 df"


def test_too_few_whole_plots_are_not_tested_and_said() -> None:
    plots = np.repeat([0, 1], 8)
    data = _split_plot(1, plots, 1.0)
    row = _row(significance(data).coefficients, model="linear", term="oven")
    assert row["p"] is None
    assert "no degrees of freedom" in str(row["tested_against"])
    assert [finding.code for finding in size_findings(data, ["mlr"])] == ["S216"]


def test_scores_leave_whole_plots_out_and_say_so() -> None:
    """What a whole plot adds is no knowledge of the next: the model has seen no run of it."""
    data = _split_plot(2, np.repeat(np.arange(8), 4), 3.0)
    assert [finding.code for finding in size_findings(data, ["mlr"])] == ["S215"]
    found = evaluate(data, "mlr", n_repeats=1, width=1)
    left_out = found.predictions.filter(pl.col("split") == "loco")["predicted"].to_numpy()
    X = np.column_stack([np.ones(32), data.inputs])
    for plot in range(8):
        own = data.whole_plots == plot
        b = np.linalg.lstsq(X[~own], data.response[~own], rcond=None)[0]
        assert left_out[own] == pytest.approx(X[own] @ b)
    by_runs = evaluate(replace(data, whole_plots=None), "mlr", n_repeats=1, width=1).summary
    assert found.summary["r2_known_whole_plots"].to_list() == by_runs["r2_loco"].to_list()
    assert by_runs["r2_known_whole_plots"].to_list() == [None]
