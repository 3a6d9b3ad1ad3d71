"""The bound of R² is drawn over what was left out together."""

import numpy as np
import polars as pl
import pytest
from tests.evaluate.test_lack_of_fit import split_plot

from electrodoe.workflow.recommending import basis


def test_whole_plots_are_drawn_as_they_were_left_out(monkeypatch: pytest.MonkeyPatch):
    """Eight whole plots are eight errors, not 56: the bound is below that of runs."""
    data = split_plot(0)
    predicted = 2.0 * data.inputs[:, 0] + data.inputs[:, 1]
    left_out = pl.DataFrame(
        {
            "row": data.sample_names,
            "target": "y",
            "scenario": "all",
            "family": "mlr",
            "split": "loco",
            "observed": data.response,
            "predicted": predicted,
        }
    )
    monkeypatch.setattr(basis, "read_back", lambda *_: left_out)

    bound, likely = basis._r2_bounds(None, data, "mlr")

    assert bound == basis.r2_lower(data.response, predicted, data.whole_plots)
    assert bound < basis.r2_lower(data.response, predicted, np.arange(56))
    assert bound < likely
