"""A small clean study in memory, that a test spoils in one place."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import Dataset, assemble
from electrodoe.ingest import RawTable
from electrodoe.study import declare_study

Columns = dict[str, list[object]]


@pytest.fixture
def columns() -> Columns:
    """Return nine configurations of two independent inputs with three replicates each."""
    rng = np.random.default_rng(0)
    gap = np.repeat([20.0, 20, 20, 30, 30, 30, 40, 40, 40], 3)
    porosity = np.repeat([0.3, 0.4, 0.5] * 3, 3)
    strength = 500.0 + 4.0 * gap - 300.0 * porosity + rng.normal(0.0, 5.0, 27)
    return {
        "run": [str(run) for run in np.repeat(np.arange(1, 10), 3)],
        "cell": [f"A{number}" for number in range(1, 28)],
        "day": ["Mon", "Tue", "Wed"] * 9,
        "gap_um": gap.tolist(),
        "porosity": porosity.tolist(),
        "strength_kpa": strength.tolist(),
    }


@pytest.fixture
def assembled() -> Callable[..., Dataset]:
    """Return a function that makes a dataset of columns and of what a study says otherwise."""

    def make(columns: Columns, order: list[int] | None = None, **declared: object) -> Dataset:
        study = declare_study(
            {
                "title": "Clean",
                "measurements": {
                    "table": "table.csv",
                    "group": "run",
                    "id": "cell",
                    "context": ["day"],
                },
                "factors": {"gap_um": {}, "porosity": {}},
                "responses": {"strength_kpa": {}},
            }
            | declared,
            source="test",
        )
        frame = pl.DataFrame(columns, strict=False)
        frame = frame if order is None else frame[order]
        lines = tuple(range(2, frame.height + 2))
        table = RawTable(path=Path("table.csv"), frame=frame, lines=lines, header_line=1)
        return assemble(study, table)

    return make
