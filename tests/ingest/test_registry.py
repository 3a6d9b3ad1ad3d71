"""Any table, in any format, keeps its numbers."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from electrodoe.errors import IngestError
from electrodoe.ingest import numbers, read_table
from electrodoe.ingest.registry.readers import MAX_TABLE_BYTES
from electrodoe.study import Measurements
from strategies.tables import WRITERS, number_tables

HEADER = ["speed_m_min", "gap_um", "strength_kpa"]


@pytest.mark.parametrize("ending", list(WRITERS))
@given(rows=number_tables())
def test_a_table_survives_writing_and_reading(
    ending: str, rows: list[list[float | None]], tmp_path_factory: pytest.TempPathFactory
):
    """Every number is equal to the bit, every empty cell is missing."""
    path = tmp_path_factory.mktemp("table") / f"table.{ending}"
    WRITERS[ending](path, HEADER, rows)

    table = read_table(path, Measurements(table=path.name))

    found = np.column_stack([numbers(table, name) for name in HEADER])
    np.testing.assert_array_equal(found, np.array(rows, dtype=np.float64))


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_missing_file_or_a_folder_is_reported(tmp_path: Path, name: str):
    """Neither is a table."""
    with pytest.raises(IngestError, match="no such table") as caught:
        read_table(tmp_path / name, Measurements(table=name))

    assert caught.value.where == str(tmp_path / name)


def test_a_raw_log_is_not_read(tmp_path: Path):
    """A file that is far too large is refused before it fills the memory."""
    path = tmp_path / "log.csv"
    with path.open("wb") as file:
        file.truncate(MAX_TABLE_BYTES + 1)

    with pytest.raises(IngestError, match="500 MB") as caught:
        read_table(path, Measurements(table="log.csv"))

    assert caught.value.fix == "give one row per sample, not the raw log"
