"""``electrodoe analyze``: what it takes a table for, and says."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.study import read_study


def test_a_certain_group_column_is_taken_and_said(
    electrodoe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The study that is written holds it; nothing is fitted here."""
    monkeypatch.setattr("electrodoe.cli.run.run_and_show", lambda *_args, **_options: None)
    generator, run = np.random.default_rng(3), np.repeat(np.arange(9), 3)
    table = pl.DataFrame(
        {
            "sheet": [f"S{number}" for number in run],
            "gap_um": 80.0 + 5.0 * run + generator.normal(0.0, 0.1, 27),
            "strength_kpa": generator.normal(500.0, 20.0, 27),
        }
    )
    table.write_csv(tmp_path / "runs.csv")

    names = ("--inputs", "gap_um", "--responses", "strength_kpa")
    said = electrodoe("analyze", tmp_path / "runs.csv", *names)

    assert said.code == 0
    assert "Rows of one 'sheet' have nearly the same inputs" in said.err
    assert read_study(tmp_path / "runs-study").measurements.group == "sheet"
