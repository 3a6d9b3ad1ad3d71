"""Plain tables of force, travel and time, with the units in the names of the columns."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.column_map import map_columns
from electrodoe.ingest.decoding import read_text
from electrodoe.ingest.number_block import read_number_block
from electrodoe.ingest.readers.pull_off.columns import COLUMNS, SPEAKS_OF_FORCE
from electrodoe.ingest.readers.pull_off.curve import build_curve
from electrodoe.ingest.readers.pull_off.header import key_values, split_cells
from electrodoe.ingest.readers.pull_off.start import first_lines
from electrodoe.ingest.records import PullOffCurve

_FORMAT: Final = "force and time table"
_SEPARATORS: Final = (";", "\t", ",", "|")
_MOST_LINES_ABOVE: Final = 100
"""Lines among which the header is looked for; chosen."""


def is_force_table(start: bytes) -> bool:
    """Return whether a line at a file's start names a force among two or more columns."""
    return _header_line(first_lines(start)) is not None


def read_force_table(path: Path, area_mm2: float | None = None) -> tuple[PullOffCurve, ...]:
    """Return the one curve of a plain table."""
    file = read_text(path)
    at = _header_line(file.lines)
    if at is None:
        raise IngestError(
            "no line names a force", where=str(path), fix="name the columns with their units"
        )
    line, separator = at
    names = split_cells(file.lines[line - 1], separator)
    names = names if names[-1] else names[:-1]
    found = map_columns(names, COLUMNS, file.place(line))
    columns = [str(index) for index in range(len(names))]
    curve = build_curve(
        file,
        read_number_block(file, line + 1, columns, separator),
        found,
        format_name=_FORMAT,
        specimen=1,
        header=key_values(file.lines[: line - 1], separator),
        area_mm2=area_mm2,
    )
    return (curve,)


def _header_line(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return the line that names a force and other columns, from 1, and what parts them."""
    for index, line in enumerate(lines[:_MOST_LINES_ABOVE]):
        separator = max(_SEPARATORS, key=line.count)
        cells = split_cells(line, separator)
        is_words = not any(cell[:1].isdigit() for cell in cells)
        if len(cells) >= 2 and is_words and any(map(SPEAKS_OF_FORCE.search, cells)):
            return index + 1, separator
    return None
