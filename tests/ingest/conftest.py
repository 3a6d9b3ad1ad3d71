"""Read bytes as a table, without a word about files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.ingest import RawTable, read_table
from electrodoe.study import Measurements


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., RawTable]:
    """Return a function that writes bytes or text to ``table.csv`` and reads it as a table."""

    def read_content(content: bytes | str, **declared: str) -> RawTable:
        file = tmp_path / "table.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(file, Measurements(table=file.name, **declared))

    return read_content
