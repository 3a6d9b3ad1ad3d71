"""Sensor logs as text, streamed block by block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.decoding import TextFile, text_blocks, text_encoding
from electrodoe.ingest.number_block import read_number_block
from electrodoe.ingest.records import LogColumns, LogRows
from electrodoe.ingest.regular_block import decimal_mark
from electrodoe.study import or_nearest
from electrodoe.study.protocols import SensorLog

_SEPARATORS: Final = (";", "\t", ",", "|")
_HEAD_BYTES: Final = 65_536
"""64 KiB that have to hold the header and the first rows; chosen."""
_BYTES_PER_ROW: Final = 64
"""Assumed length of a row, from which a block's size follows; only memory hangs on it."""
_HEADER_WITHIN: Final = 100
"""Lines among which the header is looked for; chosen, as for force tables."""
_ROWS_FOR_THE_MARK: Final = 200
"""From which decimal point or comma is recognized; chosen."""
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, kw_only=True)
class _Form:
    """How one log is written."""

    header_line: int
    header: str
    names: tuple[str, ...]
    separator: str
    decimal: str
    encoding: str
    has_dates: bool


def is_text_log(start: bytes) -> bool:
    """Return whether a file's first bytes may be text; UTF-16 says so in its first two."""
    return start.startswith(_UTF_16) or b"\x00" not in start


def read_text_log(
    path: Path, columns: LogColumns, layout: SensorLog, batch_rows: int
) -> Iterator[LogRows]:
    """Yield a text log in batches."""
    form = _form(path, columns, layout)
    units = range(form.header_line + 1, form.header_line + 1 + layout.n_unit_rows)
    for block in text_blocks(path, form.encoding, batch_rows * _BYTES_PER_ROW):
        if (rows := _rows_below(block, form, units)) is not None:
            yield _batch(rows, form, columns)


def _batch(rows: TextFile, form: _Form, columns: LogColumns) -> LogRows:
    """Return a block's rows."""
    asked = columns.numbers if form.has_dates else (columns.time, *columns.numbers)
    block = read_number_block(
        rows,
        1,
        form.names,
        form.separator,
        text=[name for name in form.names if name not in asked],
        decimal=form.decimal,
    )
    return LogRows(
        path=rows.path,
        lines=block.lines + rows.first_line - 1,
        frame=block.frame.select(columns.all).with_columns(
            pl.col(columns.names).str.strip_chars(' "')
        ),
        findings=block.findings,
    )


def _rows_below(block: TextFile, form: _Form, units: range) -> TextFile | None:
    """Return a block without what stands above the rows, and without repeated headers."""
    first = block.first_line
    if first > max(form.header_line, *units, 0) and form.header not in block.text:
        return block if block.text.strip() else None
    kept = [
        ""
        if first + index <= form.header_line or first + index in units or line == form.header
        else line
        for index, line in enumerate(block.lines)
    ]
    if not any(line.strip() for line in kept):
        return None
    end = "" if block.is_open_ended else "\n"
    return TextFile(
        path=block.path, text="\n".join(kept) + end, encoding=block.encoding, first_line=first
    )


def _form(path: Path, columns: LogColumns, layout: SensorLog) -> _Form:
    """Return how a log is written, from its first lines."""
    encoding = text_encoding(path, layout.encoding)
    head = next(text_blocks(path, encoding, _HEAD_BYTES), None)
    if head is None or not head.text.strip():
        raise IngestError("the file is empty", where=str(path), fix="export it anew")
    separators = (layout.separator,) if layout.separator else _SEPARATORS
    line, separator = _header(head, columns, separators)
    names = _cells(head.lines[line - 1], separator)
    rows = head.lines[line + layout.n_unit_rows : line + layout.n_unit_rows + _ROWS_FOR_THE_MARK]
    unique = [name if names.count(name) == 1 else f"{name} #{n}" for n, name in enumerate(names)]
    cells = [found for row in rows if len(found := _cells(row, separator)) == len(names)]
    sample = pl.DataFrame(cells, schema=dict.fromkeys(unique, pl.String), orient="row")
    decimal = layout.decimal or decimal_mark(sample, columns.numbers, separator)
    clock = names.index(columns.time)
    is_date = any(":" in row[clock] for row in cells[:1])
    return _Form(
        header_line=line,
        header=head.lines[line - 1],
        names=tuple(unique),
        separator=separator,
        decimal=decimal,
        encoding=encoding,
        has_dates=layout.time_format is not None or is_date,
    )


def _header(head: TextFile, columns: LogColumns, separators: tuple[str, ...]) -> tuple[int, str]:
    """Return the line, from 1, that names every column, and what separates its cells."""
    for number, line in enumerate(head.lines[:_HEADER_WITHIN], start=1):
        for separator in separators:
            names = _cells(line, separator)
            if all(name in names for name in columns.all):
                twice = [name for name in columns.all if names.count(name) > 1]
                if twice:
                    raise IngestError(
                        f"'{twice[0]}' names two columns",
                        where=head.place(number),
                        fix="rename or delete one of the two",
                    )
                return number, separator
    raise _no_header(head, columns, separators)


def _no_header(head: TextFile, columns: LogColumns, separators: tuple[str, ...]) -> IngestError:
    """Return what the most likely header lacks."""
    likely = [
        (sum(name in _cells(line, separator) for name in columns.all), -number, separator)
        for number, line in enumerate(head.lines[:_HEADER_WITHIN], start=1)
        for separator in separators
        if line.strip()
    ]
    _, number, separator = max(likely)
    names = _cells(head.lines[-number - 1], separator)
    missing = next(name for name in columns.all if name not in names)
    return IngestError(
        f"no column '{missing}': the header has {', '.join(repr(name) for name in names[:12])}",
        where=head.place(-number),
        fix=or_nearest(missing, names),
    )


def _cells(line: str, separator: str) -> list[str]:
    """Return a line's cells without blanks and quotation marks."""
    cells = [cell.strip(' "') for cell in line.split(separator)]
    return cells[:-1] if len(cells) > 1 and re.fullmatch(r"\s*", cells[-1]) else cells
