"""Read bytes as a table, without a word about files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.ingest import ImpedanceSpectrum, RawTable, read_spectra, read_table
from electrodoe.study import Measurements


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., RawTable]:
    """Return a function that writes bytes or text to ``table.csv`` and reads it as a table."""

    def read_content(content: bytes | str, **declared: str) -> RawTable:
        file = tmp_path / "table.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(file, Measurements(table=file.name, **declared))

    return read_content


@pytest.fixture
def read_as_spectra(tmp_path: Path) -> Callable[..., tuple[ImpedanceSpectrum, ...]]:
    """Return a function that writes bytes or text to a file and reads its spectra."""

    def read_content(
        content: bytes | str, name: str = "sweep.txt"
    ) -> tuple[ImpedanceSpectrum, ...]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_spectra(file)

    return read_content


@pytest.fixture(scope="session")
def samples(repository: Path) -> Path:
    """Return the folder of hand-made instrument files."""
    return repository / "tests" / "files"
