"""A cycler's text format by declaration, and the one way in which all of them are read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.column_map import FileColumn, FoundColumn, map_columns
from electrodoe.ingest.cycling.assembly import assemble_record
from electrodoe.ingest.cycling.cells import elapsed_seconds, read_cells
from electrodoe.ingest.cycling.head import first_lines, separator_of
from electrodoe.ingest.decoding import TextFile, read_text
from electrodoe.ingest.number_block import NumberBlock
from electrodoe.ingest.records import CyclerRecord

NO_UNIT: Final = float("nan")
"""Factor of a time whose header names no unit: the dates beside it tell it."""
STATE: Final = "state"
"""A column of text that says whether a row charges or discharges; no column of the record."""
DATE: Final = "date"
"""A column of text with dates; no column of the record."""
_TIMES: Final = ("test_time_second", "step_time_second")
_DATES: Final = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%d-%b-%y %I:%M:%S %p")
_UNITS: Final = {1.0: "seconds", 60.0: "minutes", 3600.0: "hours"}
_CLOSE: Final = 0.02
"""Times and dates that agree within it: dates are written to the second."""


@dataclass(frozen=True, kw_only=True)
class CyclerText:
    """How one vendor's text files of cycled cells are written.

    Attributes
    ----------
    name : str
        What the format is called.
    columns : tuple of FileColumn
        Ours and their headers; :data:`STATE` and :data:`DATE` among them where there are such.
    is_header : callable
        Whether the cells of a line, without blanks and in lower case, name the columns.
    is_first : bool
        Whether only the first line that is not blank can name them.
    separator : str
        One character; empty for the one that parts the header most often.
    mark : str
        What stands in front of the lines above the header, and of the header itself.
    counted : re.Pattern or None
        In a preamble's first lines: how many lines there are down to the header.
    titles : tuple of str
        First lines of a file with such a preamble.
    charge, discharge : str
        What the column of the state says, in lower case, of a row that charges or discharges.
    """

    name: str
    columns: tuple[FileColumn, ...]
    is_header: Callable[[Sequence[str]], bool]
    is_first: bool = False
    separator: str = "\t"
    mark: str = ""
    counted: re.Pattern[str] | None = None
    titles: tuple[str, ...] = ()
    charge: str = ""
    discharge: str = ""

    def is_format(self, start: bytes) -> bool:
        """Return whether a file's first bytes are of this format."""
        lines = [line for line in first_lines(start) if line.strip()]
        asked = lines[:1] if self.is_first else lines
        is_marked = bool(lines) and lines[0].startswith(self.mark)
        return is_marked and any(map(self._names_columns, asked))

    def read(self, path: Path) -> CyclerRecord:
        """Return what a file of this format holds.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        CyclerRecord
            All columns of the file; the current is positive on charge.

        Raises
        ------
        IngestError
            If there is no header, a column is missing, a row is damaged, or the unit of a time
            cannot be determined.
        """
        file = read_text(path)
        line = self._header_line(file)
        headers = self._cells(file.head[line - 1])
        place = file.place(line)
        check_header(headers, place)
        at = map_columns(headers, self.columns, place)
        about = {name: headers[at.pop(name).index] for name in (STATE, DATE) if name in at}
        separator = self._separator(file.head[line - 1])
        first = next((row for row in file.head[line:] if row.strip()), "").split(separator)
        clocks = [headers[at[name].index] for name in _TIMES if _is_clock(first, at.get(name))]
        texts = [*about.values(), *clocks]
        numeric = [headers[each.index] for each in at.values() if headers[each.index] not in texts]
        block = read_cells(file, line + 1, headers, separator, numeric=numeric, text=texts)
        cells = block.frame.with_columns(elapsed_seconds(block.frame[name]) for name in clocks)
        block = replace(block, frame=cells)
        at, findings = _with_units(file, block, at, clocks, about.get(DATE))
        state = about.get(STATE)
        states = None if state is None else cells[state].str.strip_chars().str.to_lowercase()
        return assemble_record(
            path,
            self.name,
            cells,
            at,
            block.lines,
            charges=None if states is None else (states == self.charge).to_numpy(),
            discharges=None if states is None else (states == self.discharge).to_numpy(),
            findings=(*block.findings, *findings),
        )

    def _separator(self, line: str) -> str:
        """Return what parts the cells of a header."""
        return self.separator or separator_of(line)

    def _cells(self, line: str) -> list[str]:
        """Return the cells of a header, without an open last one."""
        cells = line.removeprefix(self.mark).split(self._separator(line))
        cells = [cell.strip(' "') for cell in cells]
        return cells[:-1] if cells[-1] == "" else cells

    def _names_columns(self, line: str) -> bool:
        """Return whether a line is the header."""
        return line.startswith(self.mark) and self.is_header(
            [cell.lower() for cell in self._cells(line)]
        )

    def _header_line(self, file: TextFile) -> int:
        """Return the line that names the columns: the one a preamble counts to, or the first."""
        if file.head[0].strip() in self.titles:
            return self._counted_line(file)
        for number, line in enumerate(file.head, start=1):
            if self._names_columns(line):
                return number
            if not line.startswith(self.mark):
                break
        raise IngestError(
            f"no line of {self.name} that names the columns",
            where=file.place(1),
            fix="export the file anew, with the header",
        )

    def _counted_line(self, file: TextFile) -> int:
        """Return the line that a preamble counts to, or say that the columns are not there."""
        assert self.counted is not None  # noqa: S101 - a format with titles counts
        match = next((m for line in file.head[:5] if (m := self.counted.fullmatch(line))), None)
        number = int(match[1]) if match else 0
        if 1 <= number <= len(file.head) and self._names_columns(file.head[number - 1]):
            return number
        raise IngestError(
            f"no column names in line {number}, where 'Nb header lines' says they are"
            if match
            else "the preamble does not say 'Nb header lines'",
            where=file.place(2),
            fix="export the file anew; lines were added or deleted",
        )


def _is_clock(first: Sequence[str], at: FoundColumn | None) -> bool:
    """Return whether a time is written as hours, minutes and seconds, by the first row."""
    return at is not None and at.index < len(first) and ":" in first[at.index]


def _with_units(
    file: TextFile,
    block: NumberBlock,
    at: Mapping[str, FoundColumn],
    clocks: Sequence[str],
    date: str | None,
) -> tuple[dict[str, FoundColumn], tuple[Finding, ...]]:
    """Return where columns are with every factor known, and how that of times was found."""
    cells = block.frame
    time = cells.columns[at["test_time_second"].index]
    is_nameless = {name: bool(np.isnan(each.factor)) for name, each in at.items()}
    # a clock is in seconds already; only a plain test time without a unit asks the dates
    is_told = time in clocks or not is_nameless["test_time_second"]
    factor = 1.0 if is_told else _factor_by_date(file, cells, time, date)
    whole = {
        name: replace(each, factor=1.0 if cells.columns[each.index] in clocks else factor)
        if is_nameless[name]
        else each
        for name, each in at.items()
    }
    if is_told:
        return whole, ()
    finding = found(
        "D223",
        f"'{time}' has no unit; beside the dates it counts {_UNITS[factor]}",
        file.place(int(block.lines[0])),
    )
    return whole, (finding,)


def _factor_by_date(file: TextFile, cells: pl.DataFrame, name: str, date: str | None) -> float:
    """Return the factor to seconds by which times agree with dates, or say that none does."""
    dates = cells[date].str.strip_chars() if date else pl.Series([], dtype=pl.String)
    for form in _DATES if date else ():
        parsed = dates.str.to_datetime(form, strict=False)
        pair = pl.DataFrame({"time": cells[name], "date": parsed.dt.epoch("s")}).drop_nulls()
        if pair.height < cells.height / 2 or pair.height < 2:
            continue
        steps = np.diff(pair.to_numpy(), axis=0)
        moves = steps[:, 0] > 0
        ratio = float(np.median(steps[moves, 1] / steps[moves, 0])) if moves.any() else 0.0
        for factor in _UNITS:
            if abs(ratio / factor - 1.0) < _CLOSE:
                return factor
    raise IngestError(
        f"'{name}' has no unit, and no dates tell it",
        where=str(file.path),
        fix="export the column 'DPT Time' too, or a time with its unit: Test Time (sec)",
    )
