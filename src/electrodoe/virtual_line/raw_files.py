"""Raw files: where a protocol looks for them, the mark they carry, tables that people keep."""

import io
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Final

import polars as pl

from electrodoe.errors import SimulationError
from electrodoe.study import RawFiles

SIMULATED: Final = "simulated"
MARK: Final = "simulated by the virtual line of ElectroDoE, not measured"
FIRST_DAY: Final = datetime(2023, 3, 6, 8, 0, 0)  # noqa: DTZ001 - instruments write local time
"""When the virtual plant began; no clock of the computer enters a file."""


def moment(number: int, minutes: float) -> datetime:
    """Return when the test of some number began, one after the other.

    Examples
    --------
    >>> moment(2, 30.0).isoformat()
    '2023-03-06T09:00:00'
    """
    return FIRST_DAY + timedelta(minutes=minutes * number)


_PLAIN: Final = "run{run}_sample{sample}"
_WILD: Final = "*?["


def specimen_file(name: str, protocol: RawFiles, run: str, sample: str) -> str:
    """Return the file of one specimen, relative to the study's folder.

    The protocol's first pattern gives folder and ending, its template the name; whole numbers get a
    zero before.

    Examples
    --------
    >>> files = RawFiles(files=["raw/eis/*.mpt"], name="run{run}_cell{sample}{any}")
    >>> specimen_file("eis", files, "7", "2")
    'raw/eis/run07_cell2.mpt'
    """
    folder, pattern = _folder_and_pattern(name, protocol.files[0])
    stem = (protocol.name or _PLAIN).format(run=_padded(run), sample=sample, any="")
    if "{sample}" not in (protocol.name or _PLAIN):
        stem = f"{stem}_{sample}"
    before, after = pattern.split("*", 1)
    return str(folder / f"{before}{stem}{after}")


def only_file(name: str, protocol: RawFiles, plain: str) -> str:
    """Return the one file of a protocol that has one for all, such as a coater's log.

    Examples
    --------
    >>> only_file("coil", RawFiles(files=["raw/coil/*.csv"]), "log")
    'raw/coil/log.csv'
    >>> only_file("coil", RawFiles(files=["raw/coil/coater.csv"]), "log")
    'raw/coil/coater.csv'
    """
    if not any(sign in protocol.files[0] for sign in _WILD):
        return protocol.files[0]
    folder, pattern = _folder_and_pattern(name, protocol.files[0])
    return str(folder / pattern.replace("*", plain, 1))


def _folder_and_pattern(name: str, pattern: str) -> tuple[PurePosixPath, str]:
    """Return a pattern's folder and the pattern of the file's name."""
    path = PurePosixPath(pattern)
    is_open = any(sign in str(path.parent) for sign in _WILD)
    if is_open or path.name.count("*") != 1 or "?" in path.name or "[" in path.name:
        raise SimulationError(
            f"'{pattern}' leaves open where a file would lie",
            where=f"study.toml, protocols.{name}, key 'files'",
            fix="name the folder and use one star for the file's name: raw/impedance/*.mpt",
        )
    return path.parent, path.name


def _padded(run: str) -> str:
    """Return a run's name as files sort well."""
    return f"{int(run):02d}" if run.isascii() and run.isdigit() else run


NOTE: Final = "note"


def hand_table(frame: pl.DataFrame, file: str) -> bytes:
    """Return a table, with a last column ``note``, as CSV, or as a workbook for ``.xlsx``."""
    marked = frame.with_columns(pl.lit(SIMULATED).alias(NOTE))
    if file.endswith(".xlsx"):
        return _workbook(marked)
    return marked.write_csv().encode()


def _workbook(frame: pl.DataFrame) -> bytes:
    """Return a table as a workbook whose bytes do not depend on the day."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"comments": MARK, "created": FIRST_DAY})
        frame.write_excel(book, worksheet=SIMULATED)
    return content.getvalue()
