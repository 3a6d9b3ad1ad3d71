"""What replicates say of the quadratic is reported so that an engineer can act on it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import decide, hill, study_of
from tests.optimize.planted import GRID, curved, data_of, lack_of_fit_of, measured, slope, study
from tests.report.made_up_recommendation import reported_of

from electrodoe.optimize import (
    OptimizationResult,
    ShapeTest,
    optimize_settings,
    possible_settings,
    shape_runs,
)
from electrodoe.report.recommendation.page import run_table
from electrodoe.report.recommendation.sentences import summary
from electrodoe.report.recommendation.shape_sentences import shape_clause, shape_paragraph
from electrodoe.report.rounding import equals, p_value

DECLARED = study_of({"y": {"goal": "maximize"}})


def words(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def found() -> OptimizationResult:
    """Return the recommendation after a study with planted curvature."""
    made, _ = study(decide(DECLARED, [hill(3, 6)]), curved, seed=1)
    possible = possible_settings(DECLARED, made.data[0])
    tests = lack_of_fit_of(*made.data)
    return optimize_settings(made, possible, (), DECLARED.recommend, seed=1, shape_tests=tests)


def test_the_paragraph_names_both_explanations_and_what_each_outcome_means(found):
    """Response, p, place, both values, chance."""
    text = words(summary(DECLARED, found)[3])

    repeat = found.shape_runs.repeats[0]
    assert text.startswith("A quadratic does not fit the y: it departs from the means of runs")
    assert f"p {equals(p_value(found.shape_tests[0].p))})." in text
    assert f"The largest residual is at the settings of sample {repeat.sample_name}: " in text
    assert "the surface has curvature beyond second order, or single runs differ" in text
    assert "One run makes the settings of sample" in text
    assert "the residual is the surface's" in text
    assert "it was that one run's" in text
    assert "One run goes elsewhere, where the two part most, at a " in text


def test_the_runs_are_counted_and_stand_in_the_table(found):
    """With their purpose."""
    reported = reported_of(DECLARED, found)
    rows = run_table(DECLARED, reported).rows
    numbers = [number for row in rows for number in row[1].split(", ")]

    assert "2 lack-of-fit" in summary(DECLARED, found)[2]
    assert sum(int(row[0].removesuffix(" ×")) for row in rows if row[-1] == "lack-of-fit") == 2
    assert sorted(map(int, numbers)) == [run["run"] for run in reported.next_runs]  # each once
    assert len({row[2:] for row in rows}) == len(rows)  # equal runs in one row
    assert shape_clause(DECLARED, found) == ""


def test_several_runs_are_recognized_by_the_first(found):
    """Three repeats and two between the shapes."""
    more = shape_runs(found.decision, found.shape_tests, 5)

    text = words(shape_paragraph(DECLARED, more))

    samples = [residual.sample_name for residual in more.repeats]
    assert f"3 runs make the settings of samples {samples[0]}, {samples[1]} and" in text
    assert f"if the mean of sample {samples[0]}'s comes back within" in text
    assert "2 runs go elsewhere, where the two part most, the first at" in text


def test_the_response_that_drives_is_said_where_several_are_contradicted(found):
    """With the p of the others."""
    other = ShapeTest(response_name="z", f=3.0, p=0.031)
    both = study_of({"y": {"goal": "maximize"}, "z": {"goal": "maximize"}})

    text = words(shape_paragraph(both, replace(found.shape_runs, others=(other,))))

    assert "No quadratic fits z (p = 0.031) either; the runs are chosen for the y" in text


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (6.0, "more than their replicates do"),
        (0.0, "no more than their replicates do"),
    ],
)
def test_repeated_settings_are_reported_to_have_come_back_or_not(effect, said):
    """By the scatter of replicates."""
    rng = np.random.default_rng(4)
    values = measured(GRID, curved if effect == 0.0 else slope, rng)
    values[5] += effect
    twin = measured(GRID[[5]], curved if effect == 0.0 else slope, rng)
    data = data_of(np.vstack([GRID, GRID[[5]]]), np.vstack([values, twin]))
    made = replace(decide(DECLARED, [hill(3, 6)]), data=(data,))

    text = words(shape_paragraph(DECLARED, shape_runs(made, lack_of_fit_of(data), 2)))

    assert f"2 runs that share their settings with another differ {said}" in text
    assert "those of samples run 6-a and run 17-a" in text


def test_where_nothing_is_contradicted_a_clause_says_so(found):
    """With the p of the test."""
    quiet = replace(
        found, shape_runs=None, shape_tests=(ShapeTest(response_name="y", f=1.1, p=0.34),)
    )

    text = words(summary(DECLARED, quiet)[2])

    assert text.endswith(
        " Replicates do not contradict a quadratic (p = 0.340), so no run checks the shape."
    )
    assert len(summary(DECLARED, quiet)) == 3


def test_where_it_cannot_be_tested_the_reason_is_reported(found):
    """Beside what can."""
    untested = ShapeTest(response_name="y", refusal="no configuration has a second sample")
    tests = (ShapeTest(response_name="y", f=1.1, p=0.34), untested)

    alone = shape_clause(DECLARED, replace(found, shape_runs=None, shape_tests=(untested,)))
    beside = shape_clause(DECLARED, replace(found, shape_runs=None, shape_tests=tests))

    reason = "hether a quadratic fits y cannot be tested: no configuration has a second sample."
    assert alone == f" W{reason}"
    assert beside.endswith(f"; w{reason}")


def test_where_nobody_asks_nothing_is_said(found):
    """With shape_runs = 0 no test is kept."""
    request = DECLARED.recommend.model_copy(update={"shape_runs": 0})
    possible = possible_settings(DECLARED, found.decision.data[0])

    silent = optimize_settings(found.decision, possible, (), request, 1, found.shape_tests)

    assert silent.shape_runs is None
    assert shape_clause(DECLARED, silent) == ""
    assert "shape" not in summary(DECLARED, silent)[2]
