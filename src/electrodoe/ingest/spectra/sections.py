"""Where in a text file tables of points stand: each header, and the rows below it."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.spectra.columns import MAX_COLUMNS, is_spectrum_header, words_of

SEPARATORS: Final = ("\t", ";", ",", "|")
_HAS_WORD: Final = re.compile(r"[A-DF-Za-df-z|ΩφθΦ]")
_MAX_HEADER_LENGTH: Final = 50_000
"""Bound on time, in characters: no header is as long, and a line of data may be."""
_LOOKS_LIKE_A_NUMBER: Final = re.compile(r"\s*[+-]?[\d.,]")


@dataclass(frozen=True, kw_only=True)
class DataSection:
    """A header and the rows below it.

    Attributes
    ----------
    header_line, first, last : int
        Line of the header, first line of the rows, and the line after their last, from 1.
    headers : tuple of str
        With their units.
    separator : str
        Between the cells.
    """

    header_line: int
    first: int
    last: int
    headers: tuple[str, ...]
    separator: str


def sections(file: TextFile, separators: Sequence[str] = SEPARATORS) -> tuple[DataSection, ...]:
    """Return the tables of points in a file, by the headers that name frequency and impedance.

    Parameters
    ----------
    file : TextFile
        Any text file.
    separators : sequence of str
        Those that may part its cells, in the order in which they are tried.

    Returns
    -------
    tuple of DataSection
        Empty where no line is such a header.
    """
    found = list(_headers(file, separators))
    ends = [line for line, _, _ in found[1:]] + [len(file.lines) + 1] * bool(found)
    return tuple(
        _section(file, line, last, headers, separator)
        for (line, headers, separator), last in zip(found, ends, strict=True)
    )


def split_row(row: str, separator: str) -> tuple[str, ...]:
    """Return a header's cells, quotation marks resolved, without empty ones at the end.

    Parameters
    ----------
    row : str
        One line.
    separator : str
        One character.

    Returns
    -------
    tuple of str
        As they stand in the file; a line too long for a header is parted at every separator.

    Examples
    --------
    >>> split_row('freq,"Z"" (Ohm)",', ",")
    ('freq', 'Z" (Ohm)')
    """
    may_be_quoted = separator == "," or row.lstrip().startswith('"')
    if may_be_quoted and len(row) <= _MAX_HEADER_LENGTH:
        cells = next(csv.reader([row], delimiter=separator))
    else:
        cells = row.split(separator)
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def has_words(row: str) -> bool:
    """Return whether a line may be a header."""
    return len(row) <= _MAX_HEADER_LENGTH and _HAS_WORD.search(row) is not None


def _headers(
    file: TextFile, separators: Sequence[str]
) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Give every header of a table of points, with its line and its separator."""
    for line, row in enumerate(file.lines, start=1):
        if not has_words(row):
            continue
        for separator in separators:
            if not 2 <= row.count(separator) <= MAX_COLUMNS:
                continue
            cells = split_row(row.lstrip("#%~! "), separator)
            if is_spectrum_header(cells):
                yield line, cells, separator
                break


def _section(
    file: TextFile, line: int, last: int, headers: tuple[str, ...], separator: str
) -> DataSection:
    """Return a section, with a row of units below the header taken into it."""
    first = line + 1
    below = file.lines[line] if line < last - 1 else ""
    units = split_row(below, separator) if has_words(below) else ()
    if _are_units(headers, units):
        headers, first = with_units(headers, units), line + 2
    return DataSection(
        header_line=line, first=first, last=last, headers=headers, separator=separator
    )


def with_units(headers: Sequence[str], units: Sequence[str]) -> tuple[str, ...]:
    """Return headers with the units that stand in the row below them.

    Examples
    --------
    >>> with_units(["Pt", "Freq", "Zreal"], ["#", "Hz", "ohm"])
    ('Pt', 'Freq (Hz)', 'Zreal (ohm)')
    """
    padded = [*units, *[""] * (len(headers) - len(units))]
    return tuple(
        f"{header.strip()} ({unit.strip(' ()[]')})" if unit.strip(" ()[]#") else header
        for header, unit in zip(headers, padded, strict=False)
    )


def _are_units(headers: Sequence[str], units: Sequence[str]) -> bool:
    """Return whether the row below a header holds no number where the spectrum stands."""
    words = words_of(headers)
    cells = [units[index] for index in words if index < len(units)]
    return (
        bool(cells)
        and len(cells) == len(words)
        and all(
            not _LOOKS_LIKE_A_NUMBER.match(cell) and not word.unit
            for cell, word in zip(cells, words.values(), strict=True)
        )
    )
