"""Pull-off tests: which reader reads which file."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from electrodoe.ingest.readers.pull_off.force_table import is_force_table, read_force_table
from electrodoe.ingest.readers.pull_off.testxpert import is_testxpert, read_testxpert
from electrodoe.ingest.records import PullOffCurve
from electrodoe.ingest.registry.choice import read_with

PullOffReader = tuple[
    Callable[[bytes], bool], Callable[[Path, float | None], tuple[PullOffCurve, ...]]
]

PULL_OFF_READERS: Final[dict[str, PullOffReader]] = {
    "testXpert export": (is_testxpert, read_testxpert),
    "force and time table": (is_force_table, read_force_table),
}
"""Readers in the order in which they are asked."""


def read_pull_off(path: Path, area_mm2: float | None = None) -> tuple[PullOffCurve, ...]:
    """Return every test that a file of a testing machine holds.

    Parameters
    ----------
    path : Path
        The file.
    area_mm2 : float or None, mm²
        By which a stress becomes a force, where the file does not say its own area.

    Returns
    -------
    tuple of PullOffCurve
        At least one; more where an export holds several specimens.

    Raises
    ------
    IngestError
        If the file is missing, empty, broken, or in no known format; with the line where one is
        at fault.
    """
    readers = {
        name: (is_format, _with_area(read, area_mm2))
        for name, (is_format, read) in PULL_OFF_READERS.items()
    }
    return read_with(readers, path, "pull-off test")


def _with_area(
    read: Callable[[Path, float | None], tuple[PullOffCurve, ...]], area_mm2: float | None
) -> Callable[[Path], tuple[PullOffCurve, ...]]:
    """Return a reader that knows the specimen's area."""
    return lambda path: read(path, area_mm2)
