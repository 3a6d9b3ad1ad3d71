"""The rows of a cycler's text file: numbers, elapsed times, and text."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.number_block import NumberBlock, read_number_block

_ELAPSED: Final = r"^\s*(?:(\d+)\s*d\s*)?(\d+):(\d{1,2}):(\d{1,2}(?:[.,]\d*)?)\s*$"
_SECONDS: Final = (86_400.0, 3_600.0, 60.0, 1.0)
"""In a day, an hour, a minute and a second."""


def elapsed_seconds(cells: pl.Series) -> pl.Series:
    """Return times such as ``0d 00:00:01.00`` or ``12:30:00`` as seconds.

    Examples
    --------
    >>> elapsed_seconds(pl.Series(["0d 00:00:01.50", "1d 01:00:00", "25:00:00"])).to_list()
    [1.5, 90000.0, 90000.0]
    """
    parts = cells.str.extract_groups(_ELAPSED).struct.unnest()
    numbers = [
        parts.to_series(index).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        for index in range(4)
    ]
    days = numbers[0].fill_null(0.0)
    return sum(
        (part * seconds for part, seconds in zip(numbers[1:], _SECONDS[1:], strict=True)),
        days * _SECONDS[0],
    ).rename(cells.name)


_SAMPLED: Final = 50
"""Rows by which a column's type is guessed; all are read again where a later row contradicts."""
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def read_cells(
    file: TextFile,
    first: int,
    headers: Sequence[str],
    separator: str,
    *,
    numeric: Collection[str],
    text: Collection[str] = (),
) -> NumberBlock:
    """Return all columns of the rows below a header.

    Any other column as numbers where every cell of it is one, else as text.
    """
    open_ones = [name for name in headers if name not in numeric and name not in text]
    guessed = [
        *text,
        *_texts(file.head[first - 1 : first - 1 + _SAMPLED], headers, separator, open_ones),
    ]
    try:
        return read_number_block(file, first, headers, separator, text=guessed)
    except IngestError:
        block = read_number_block(file, first, headers, separator, text=[*text, *open_ones])
    columns = {name: _as_numbers(block.frame[name]) for name in open_ones}
    return replace(block, frame=block.frame.with_columns(**columns))


def _texts(
    rows: Sequence[str], headers: Sequence[str], separator: str, names: Sequence[str]
) -> list[str]:
    """Return the columns whose first cells are no numbers."""
    cells = [row.split(separator) for row in rows]
    whole = [row for row in cells if len(row) >= len(headers)]
    found = []
    for name in names:
        index = headers.index(name)
        odd = [row[index] for row in whole if not _PLAIN_NUMBER.fullmatch(row[index])]
        if odd and _as_numbers(pl.Series(name, odd, dtype=pl.String)).dtype == pl.String:
            found.append(name)
    return found


def _as_numbers(cells: pl.Series) -> pl.Series:
    """Return a column as numbers, or as it is where a cell is none."""
    plain = cells.str.strip_chars(' "').str.replace(",", ".", literal=True)
    numbers = plain.cast(pl.Float64, strict=False)
    is_number = numbers.is_not_null() | (plain == "")
    return numbers.fill_nan(None) if is_number.all() else cells
