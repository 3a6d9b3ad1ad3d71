"""The answer on one screen: settings once, what comes out, how sure, what next, what limits it."""

from dataclasses import replace

import numpy as np
import polars as pl
from tests.report.recommendation.test_sentences import with_window

from electrodoe.optimize import Learned
from electrodoe.report.recommendation.answer import answer
from electrodoe.report.recommendation.sentences import summary


def _lines(study, found, **more):
    """Return the answer with plain spaces."""
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in answer(study, found, **more)]


def test_it_says_each_thing_once_and_in_this_order(study, found):
    """Settings, drift, what comes out, how sure, what next."""
    lines = _lines(study, found)

    starts = [line.split()[0] for line in lines]
    assert starts[:5] == ["Recommended:", "Keep", "A", "Of", "Next:"]
    assert "roll temperature" in lines[0]
    assert "said with 90 % confidence" in lines[3]
    assert lines[4].endswith("; make the confirmation runs first.")


def test_whole_plots_keep_the_order_of_the_sheet(study, found):
    """Confirmation runs share theirs with other runs, so that they cannot come first."""
    plan = found.next_runs
    plots = pl.Series("whole_plot", np.arange(plan.n_runs) // 5 + 9)
    grouped = replace(plan, frame=plan.frame.with_columns(plots))

    (line,) = [
        line
        for line in _lines(study, replace(found, next_runs=grouped))
        if line.startswith("Next:")
    ]

    assert line.endswith(
        f"in {plots.n_unique()} whole plots; make these in the order of the sheet."
    )


def test_an_estimated_window_says_how_much_can_be_guaranteed(study, found):
    """And a place outside it is said."""
    away = {"low": np.full(2, 0.9), "high": np.full(2, 1.0)}

    lines = _lines(study, with_window(found, confidence=None, **away))

    assert lines[1].endswith("; the recommended settings lie outside.")
    assert "by the estimate; with 90 % confidence no more than" in lines[3]
    assert lines[3].endswith("from 16 configurations.")


def test_a_chance_that_the_runs_bound_is_said_to_be_bounded(study, found):
    """16 configurations tell 16/17 = 94 % at most; below that there is nothing to add."""
    most, less = (
        replace(found, set_point=replace(found.set_point, probability_of_all_specifications=chance))
        for chance in (found.decision.said(1.0), 0.93)
    )

    bounded = "94 % (the most that 16 configurations can tell)"
    assert bounded in _lines(study, most)[3]
    assert bounded in summary(study, most)[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "Of products made so, 93 % keep every specification" in _lines(study, less)[3]


def test_what_limits_it_is_named(study, found):
    """Unpredictable goals, confounded factors, weak models."""
    alone = (Learned(response_name="loss_kpa", family="mlr", r2_loco=-0.2),)
    mixed = [("porosity", "roll_temperature_c")]

    caution = _lines(study, found, confounded=mixed, left_alone=alone)[-1]

    assert caution.startswith("Caution: loss is not predictable, and takes no part in this;")
    assert "the effect of porosity may be that of roll temperature" in caution
    assert "loss is hardly predictable (R² 0.10)" in caution


def test_probabilities_of_an_outcome_are_called_what_they_are(study, found):
    """No products that keep a probability; its interval is no range of runs, its score a skill."""
    outcome = study.responses["loss_kpa"].model_copy(update={"kind": "binary"})
    responses = {**study.responses, "loss_kpa": outcome}

    lines = _lines(study.model_copy(update={"responses": responses}), found)

    assert "(90 % interval:" in lines[2]
    assert "keeps its limit, with an estimated chance of" in lines[3]
    assert "products" not in lines[3]
    assert "(skill 0.10)" in lines[-1]
