"""S217, S218, S219: what is open in a screening design."""

import numpy as np
from tests.evaluate.screening.textbook_designs import (
    EYE_FOCUS,
    FILTRATION,
    anything,
    eye_focus_design,
    full,
    training_data,
)

from electrodoe.evaluate import screening_findings, screening_tables


def codes(coded, response):
    tables = screening_tables(training_data(coded, response), anything)
    return [finding.code for finding in screening_findings(tables.summary)]


def test_aliased_effects_and_their_own_error_are_remarked():
    """S217 where active effects are aliased, S218 where nothing else shows the error."""
    assert codes(eye_focus_design(), EYE_FOCUS) == ["S217", "S218"]
    assert codes(full(4), FILTRATION) == ["S218"]


def test_more_factors_than_runs_are_remarked():
    """S219 of a supersaturated design."""
    rng = np.random.default_rng(0)
    X = rng.permuted(np.tile(np.repeat([-1.0, 1.0], 5), (14, 1)), axis=1).T

    assert codes(X, rng.normal(size=10)) == ["S219"]


def test_other_data_have_no_rows():
    """Without a screening design all three tables are empty."""
    rng = np.random.default_rng(0)
    tables = screening_tables(training_data(rng.uniform(size=(9, 3)), rng.normal(size=9)), anything)

    assert tables.summary.is_empty()
    assert tables.effects.is_empty()
    assert tables.runs.is_empty()
