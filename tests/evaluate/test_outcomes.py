"""Scores, tests and findings of two outcomes."""

from dataclasses import replace

import numpy as np
import pytest
from tests.models.test_outcomes import plane, sampled

from electrodoe.evaluate import (
    calibration,
    evaluate,
    outcome_findings,
    probability_scores,
    scale_findings,
    significance,
)
from electrodoe.evaluate.screening.reading import read_screening


def test_r2_of_left_out_outcomes_is_the_brier_skill():
    """What verdicts and gates go by needs no other number."""
    data = sampled("binary", 30, 2, plane)

    found = evaluate(data, "logistic", n_repeats=2)

    left_out = found.predictions.filter(split="loco")
    scores = probability_scores(left_out["observed"].to_numpy(), left_out["predicted"].to_numpy())
    assert found.summary["r2_loco"][0] == pytest.approx(scores.skill)
    assert found.summary["rmse_loco"][0] ** 2 == pytest.approx(scores.brier)
    assert left_out["predicted"].is_between(0.0, 1.0).all()
    assert scores.log_loss < scores.log_loss_of_base


def test_the_base_rate_has_no_skill_and_no_order():
    """A constant probability: skill 0, AUC a half, whatever the base rate."""
    outcomes = (np.arange(40) < 12).astype(float)

    scores = probability_scores(outcomes, np.full(40, 0.3))

    assert scores.skill == pytest.approx(0.0)
    assert scores.auc == 0.5
    assert scores.log_loss == pytest.approx(scores.log_loss_of_base)


def test_calibration_sees_probabilities_that_are_too_bold():
    """True shares of 30 and 70 %, predicted as 2 and 98 %."""
    outcomes = np.concatenate([np.arange(50) < 15, np.arange(50) < 35]).astype(float)

    bold = calibration(outcomes, np.repeat([0.02, 0.98], 50))
    right = calibration(outcomes, np.repeat([0.3, 0.7], 50))

    assert not any(part.holds for part in (bold[0], bold[-1]))
    assert sum(part.n for part in right) == 100


def test_coefficients_are_tested_on_the_logit_and_nothing_by_squares():
    """Likelihood ratios; the analysis of variance is empty."""
    tests = significance(sampled("binary", 60, 5, plane))

    assert tests.anova.is_empty()
    rows = tests.coefficients.filter(model="linear")
    assert rows["term"].to_list() == ["1", "a", "b"]
    assert rows["p"][1] < 0.01
    assert rows["degrees_of_freedom"].to_list() == [None] * 3


@pytest.mark.parametrize("kind", ["binary", "count"])
def test_an_input_without_effect_is_significant_in_one_of_twenty(kind):
    """300 simulated studies; more in decision 33."""
    found = []
    for seed in range(300):
        data = sampled(kind, 30, seed, lambda x: 0.2 + 1.2 * x[:, 0])
        if np.ptp(data.response) > 0.0:
            tests = significance(data).coefficients.filter(model="linear", term="b")
            found.append(tests["p"][0] < 0.05)

    assert 0.02 <= np.mean(found) <= 0.08


def test_separated_outcomes_and_few_events_are_said():
    """S220 and S221; neither of a large study with both outcomes everywhere."""
    data = sampled("binary", 20, 1, plane)
    parted = replace(data, response=(data.inputs[:, 0] > 0.7).astype(float))

    codes = {finding.code for finding in outcome_findings([parted])}

    assert codes == {"S220", "S221"}
    assert outcome_findings([sampled("binary", 100, 1, plane)]) == []
    assert scale_findings([sampled("count", 40, 1, lambda x: 3.0 + x[:, 0])]) == []


def test_contrasts_of_outcomes_are_not_read_as_a_screening_design():
    """Eight runs of two levels with one outcome each: a half-normal plot has no common error."""
    corners = np.array([[a, b] for a in (-1.0, 1.0) for b in (-1.0, 1.0)] * 2)
    data = replace(sampled("binary", 8, 1, plane), inputs=corners)

    assert read_screening(data, lambda settings: np.ones(len(settings), dtype=bool)) is None
