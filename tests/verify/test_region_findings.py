"""Findings about the declared region and about expectations."""

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import Dataset, assemble
from electrodoe.findings import Severity
from electrodoe.ingest import read_table
from electrodoe.study import Study
from electrodoe.verify import region_findings


def _dataset(tmp_path, porosity, *, tolerance: float | None = None, expected=None) -> Dataset:
    frame = {
        "porosity": porosity,
        "roll_temperature_c": np.linspace(80.0, 120.0, len(porosity)),
        "tortuosity": np.linspace(3.0, 6.0, len(porosity)),
    }
    pl.DataFrame(frame).write_csv(tmp_path / "a.csv")
    study = Study.model_validate(
        {
            "title": "a",
            "measurements": {"table": "a.csv"},
            "factors": {
                "porosity": {"region": (0.25, 0.40), "tolerance": tolerance},
                "roll_temperature_c": {},
            },
            "responses": {"tortuosity": {"expected": expected or {}}},
            "scenarios": {"product": {"inputs": ("porosity",)}},
        }
    )
    return assemble(study, read_table(tmp_path / "a.csv", study.measurements))


def test_inputs_outside_their_region_are_reported(tmp_path):
    """How many, which, and how far; the place is the column."""
    found = region_findings(_dataset(tmp_path, [0.25, 0.30, 0.40, 0.46]))

    assert [finding.code for finding in found] == ["V306"]
    assert "1 of 4 samples" in found[0].what
    assert "0.46" in found[0].what
    assert found[0].where == "column 'porosity'"
    assert found[0].severity is Severity.WARNING


@pytest.mark.parametrize(("tolerance", "n"), [(0.05, 0), (0.01, 1)])
def test_the_tolerance_is_granted(tmp_path, tolerance: float, n: int):
    """0.41 is within 5 % of 0.40, and not within 1 %."""
    found = region_findings(_dataset(tmp_path, [0.25, 0.30, 0.40, 0.41], tolerance=tolerance))

    assert len(found) == n


def test_an_expectation_that_nobody_checks_is_reported(tmp_path):
    """The factor is an input of no scenario."""
    dataset = _dataset(
        tmp_path,
        [0.25, 0.30, 0.35, 0.40],
        expected={"roll_temperature_c": "falls", "porosity": "falls"},
    )

    found = region_findings(dataset)

    assert [finding.code for finding in found] == ["V307"]
    assert "roll_temperature_c" in found[0].what
