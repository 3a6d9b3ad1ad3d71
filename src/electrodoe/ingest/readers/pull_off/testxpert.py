"""Exports of ZwickRoell's testXpert: words with values, names of columns, a row of units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.column_map import map_columns
from electrodoe.ingest.decoding import TextFile, read_text
from electrodoe.ingest.number_block import read_number_block
from electrodoe.ingest.readers.pull_off.columns import COLUMNS, UNITS
from electrodoe.ingest.readers.pull_off.curve import build_curve
from electrodoe.ingest.readers.pull_off.header import key_values, split_cells
from electrodoe.ingest.readers.pull_off.start import first_lines
from electrodoe.ingest.records import PullOffCurve

_FORMAT: Final = "testXpert export"
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
_SEPARATORS: Final = ("\t", ";", ",")
_HAS_UNIT: Final = re.compile(r"[^\d\s+.,;:eE\"|-]")
"""What every unit has and no row of numbers."""


@dataclass(frozen=True, kw_only=True)
class _Table:
    """Where names and units of columns stand; ``line`` is that of the names, from 1."""

    line: int
    separator: str
    names: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def width(self) -> int:
        """Return how many columns belong to one specimen: names that repeat belong to the next."""
        n = len(self.names)
        pairs = list(zip(self.names, self.units, strict=True))
        return next(p for p in range(1, n + 1) if n % p == 0 and pairs == pairs[:p] * (n // p))


def is_testxpert(start: bytes) -> bool:
    """Return whether a file's first bytes hold a row of units below names of columns."""
    return next(_tables(first_lines(start)), None) is not None


def read_testxpert(path: Path, area_mm2: float | None = None) -> tuple[PullOffCurve, ...]:
    """Return every specimen of an export, side by side or one below the other."""
    file = read_text(path)
    tables = list(_tables(file.lines))
    curves: list[PullOffCurve] = []
    begin = 1
    for table, following in zip(tables, [*tables[1:], None], strict=True):
        last = len(file.lines) if following is None else _last_row(file, table, following)
        above = file.lines[begin - 1 : table.line - 1]
        _refuse_numbers(file, begin, above, table.separator)
        curves += _specimens(file, table, last, above, len(curves), area_mm2)
        begin = last + 1
    return tuple(curves)


def _refuse_numbers(file: TextFile, first: int, above: Sequence[str], separator: str) -> None:
    """Raise where rows of numbers stand above a specimen's columns: their own units are missing."""
    for line, text in enumerate(above, start=first):
        cells = split_cells(text, separator)
        if len(cells) > 1 and all(_NUMBER.fullmatch(cell) for cell in cells):
            raise IngestError(
                "a row of numbers without names and units above it",
                where=file.place(line),
                fix="export the names and the units of the columns of every specimen",
            )


def _specimens(
    file: TextFile,
    table: _Table,
    last: int,
    above: Sequence[str],
    n_before: int,
    area_mm2: float | None,
) -> list[PullOffCurve]:
    """Return the curves that stand in one table."""
    columns = [str(index) for index in range(len(table.names))]
    block = read_number_block(file, table.line + 2, columns, table.separator, last=last + 1)
    curves = []
    for number, first in enumerate(range(0, len(columns), table.width)):
        own = slice(first, first + table.width)
        named = [
            f"{name} [{unit}]" if unit else name
            for name, unit in zip(table.names[own], table.units[own], strict=True)
        ]
        header = _header(table, above, first)
        found = map_columns(named, COLUMNS, file.place(table.line))
        curves.append(
            build_curve(
                file,
                replace(block, frame=block.frame[:, own]),
                found,
                format_name=_FORMAT,
                specimen=n_before + number + 1,
                header=header,
                area_mm2=area_mm2,
            )
        )
    return curves


def _header(table: _Table, above: Sequence[str], first: int) -> dict[str, str]:
    """Return what the file says of one specimen; beside others, its title stands above it."""
    if table.width == len(table.names) or not above:
        return key_values(above, table.separator)
    titles = split_cells(above[-1], table.separator)
    starts = range(0, len(table.names), table.width)
    if len(titles) <= starts[-1] or not all(titles[start] for start in starts):
        return key_values(above, table.separator)
    return {**key_values(above[:-1], table.separator), "Specimen": titles[first]}


def _tables(lines: Sequence[str]) -> Iterator[_Table]:
    """Give every place where a row of units stands below a row of names."""
    no_numbers = [index for index, row in enumerate(lines) if not "0" <= row < ":"]
    for above, index in pairwise(no_numbers):
        names, units = lines[above], lines[index]
        if index > above + 1 or not _HAS_UNIT.search(units):
            continue
        for separator in (mark for mark in _SEPARATORS if mark in names and mark in units):
            upper, lower = split_cells(names, separator), split_cells(units, separator)
            while len(upper) > 1 and not upper[-1] and not lower[-1] and len(upper) == len(lower):
                upper, lower = upper[:-1], lower[:-1]
            if _are_names_and_units(upper, lower):
                yield _Table(
                    line=index, separator=separator, names=tuple(upper), units=tuple(lower)
                )
                break


def _are_names_and_units(names: Sequence[str], units: Sequence[str]) -> bool:
    """Return whether two rows name columns and their units."""
    bare = [unit.strip("[]()") for unit in units]
    return (
        len(names) == len(units) >= 2
        and all(name and not name[0].isdigit() for name in names)
        and sum(unit in UNITS for unit in bare) >= max(2, len(bare) // 2)
        and not any(unit[:1].isdigit() for unit in bare)
    )


def _last_row(file: TextFile, table: _Table, following: _Table) -> int:
    """Return the last line of numbers before the next specimen's words."""
    for line in range(following.line - 1, table.line + 1, -1):
        cells = split_cells(file.lines[line - 1], table.separator)
        if len(cells) >= len(table.names) and cells[0][:1].isdigit():
            return line
    return table.line + 1
