"""D113 and D114: a coil or a day that acts beside the inputs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import f

from electrodoe.dataset import Dataset, assemble
from electrodoe.evaluate import block_findings, circumstance_findings, evaluate
from electrodoe.evaluate.circumstances import chance_of_no_difference
from electrodoe.findings import Finding, Severity
from electrodoe.ingest import RawTable
from electrodoe.study import declare_study


def _dataset(seed: int, added: float, **measurements: object) -> Dataset:
    """Return 18 runs of three samples on two coils, the second one with more adhesion."""
    generator = np.random.default_rng(seed)
    inputs = generator.choice([-1.0, 0.0, 1.0], (18, 3))
    coil = generator.permutation(np.repeat([0, 1], 9))
    mean = 500.0 + 20.0 * inputs[:, 0] - 15.0 * inputs[:, 1] + added * coil
    run = np.repeat(np.arange(18), 3)
    value = mean[run] + 6.0 * generator.normal(size=18)[run] + 5.0 * generator.normal(size=54)
    frame = pl.DataFrame(
        {
            "run": [f"R{number}" for number in run],
            "coil": [f"C{coil[number] + 1}" for number in run],
            **{name: inputs[run, column] for column, name in enumerate("abc")},
            "y_kpa": value,
        }
    )
    study = declare_study(
        {
            "title": "Two coils (simulated)",
            "measurements": {"table": "t.csv", "group": "run", "context": ["coil"], **measurements},
            "factors": {name: {} for name in "abc"},
            "responses": {"y_kpa": {}},
        },
        source="test",
    )
    lines = tuple(range(2, 56))
    table = RawTable(path=Path("t.csv"), frame=frame, lines=lines, header_line=1)
    return assemble(study, table)


def _found(dataset: Dataset) -> tuple[float, list[Finding]]:
    """Return R² on left-out runs, and the findings about circumstances."""
    scores = evaluate(dataset.training_data("y_kpa", "all"), "mlr", n_repeats=2)
    found = circumstance_findings(dataset, scores.predictions, "mlr")
    return float(scores.summary["r2_loco"][0]), found


def test_a_coil_that_acts_is_named_and_as_a_block_it_is_predicted():
    """+70 kPa on one coil: R² on left-out runs recovers to above .8."""
    for seed in range(10):
        before, (finding,) = _found(_dataset(seed, 70.0))
        after, none = _found(_dataset(seed, 70.0, block="coil"))

        assert finding.code == "D113"
        assert finding.severity is Severity.WARNING
        assert "C1: -" in finding.what
        assert "C2: +" in finding.what
        assert 'block = "coil"' in finding.fix
        assert after > max(0.8, before + 0.2)
        assert none == []


def test_a_coil_that_does_nothing_is_seldom_accused():
    """The level is 1 %: at most 2 of 50 studies."""
    assert sum(bool(_found(_dataset(seed, 0.0))[1]) for seed in range(50)) <= 2


def test_what_each_block_adds_is_a_remark():
    """With mean zero over the blocks."""
    dataset = _dataset(0, 70.0, block="coil")
    (finding,) = block_findings(dataset, [dataset.training_data("y_kpa", "all")])

    assert finding.code == "D114"
    assert finding.severity is Severity.NOTE
    assert "C1: -3" in finding.what
    assert "C2: +3" in finding.what
    assert block_findings(_dataset(0, 70.0), []) == []


def test_both_say_the_declared_unit():
    """Of a column whose name does not end in one."""

    def in_newton(dataset: Dataset) -> Dataset:
        changed = {"y_kpa": dataset.study.responses["y_kpa"].model_copy(update={"unit": "N/cm"})}
        return replace(dataset, study=dataset.study.model_copy(update={"responses": changed}))

    _, (left,) = _found(in_newton(_dataset(0, 70.0)))
    blocked = in_newton(_dataset(0, 70.0, block="coil"))
    (added,) = block_findings(blocked, [blocked.training_data("y_kpa", "all")])

    assert " N/cm (" in left.what
    assert "beside the inputs, N/cm: C1" in added.what


def test_of_a_response_on_another_scale_ratios_are_compared():
    """A coil that doubles a response is found in logarithms, and is a factor as a block."""
    plain = _dataset(3, 0.0)
    coil = (plain.frame["coil"] == "C2").to_numpy()
    response = np.exp(plain.values("y_kpa") / 100.0 - 5.0) * np.where(coil, 2.0, 1.0)
    study = plain.study.model_copy(
        update={
            "responses": {
                "y_kpa": plain.study.responses["y_kpa"].model_copy(update={"transform": "log"})
            }
        }
    )
    frame = plain.frame.with_columns(y_kpa=pl.Series(response))

    _, (finding,) = _found(replace(plain, study=study, frame=frame))

    assert finding.code == "D113"
    assert "on the scale of its transform (log)" in finding.what
    assert "block" in finding.fix


def test_a_block_of_logarithms_is_a_factor():
    """Two coils, the second with twice as much: R² on left-out runs recovers, in its own unit."""
    scores = {}
    for block in (None, "coil"):
        made = _dataset(3, 0.0, **({} if block is None else {"block": block}))
        coil = (made.frame["coil"] == "C2").to_numpy()
        response = np.exp(made.values("y_kpa") / 100.0 - 5.0) * np.where(coil, 2.0, 1.0)
        declared = made.study.responses["y_kpa"].model_copy(update={"transform": "log"})
        study = made.study.model_copy(update={"responses": {"y_kpa": declared}})
        frame = made.frame.with_columns(y_kpa=pl.Series(response))
        data = replace(made, study=study, frame=frame).training_data("y_kpa", "all")
        np.testing.assert_allclose(data.measured_response, response, rtol=1e-12)
        scores[block] = float(evaluate(data, "mlr", n_repeats=2).summary["r2_loco"][0])
        if block:
            (finding,) = block_findings(replace(made, study=study, frame=frame), [data])
            factors = [
                float(each.split("× ")[1]) for each in finding.what.split(": ", 1)[1].split("; ")
            ]
            assert factors[1] / factors[0] == pytest.approx(2.0, rel=0.1)
            assert "as factors" in finding.what
            assert "multiply by the factor of the level at hand" in finding.fix

    assert scores["coil"] > 0.8 > scores[None]


def test_a_block_in_which_a_response_was_not_measured_is_passed_over():
    """The others keep their own names and numbers."""
    whole = _dataset(0, 70.0, block="coil")
    is_first = pl.col("coil") == "C1"
    frame = whole.frame.with_columns(y_kpa=pl.when(is_first).then(None).otherwise("y_kpa"))
    part = replace(whole, frame=frame)

    (finding,) = block_findings(part, [part.training_data("y_kpa", "all")])

    assert "C2: +0" in finding.what
    assert "C1" not in finding.what


def test_levels_beside_terms_are_tested_as_indicators_are():
    """The partial F test of the textbook: both models by least squares, indicators written out."""
    generator = np.random.default_rng(8)
    levels = generator.integers(0, 4, 30)
    terms = np.column_stack([np.ones(30), generator.normal(size=(30, 2)), levels == 2])
    response = terms @ [1.0, 2.0, 0.0, 3.0] + generator.normal(size=30)
    both = np.column_stack([terms, levels[:, None] == np.arange(4)])
    left = [np.linalg.lstsq(X, response, rcond=None)[1:3] for X in (terms, both)]
    sums = [
        float(np.sum((response - X @ np.linalg.lstsq(X, response, rcond=None)[0]) ** 2))
        for X in (terms, both)
    ]
    n_added, n_left = left[1][1] - left[0][1], 30 - left[1][1]
    ratio = (sums[0] - sums[1]) / n_added / (sums[1] / n_left)

    found = chance_of_no_difference(terms.astype(float), response, levels)

    assert found == pytest.approx(f.sf(ratio, n_added, n_left))
