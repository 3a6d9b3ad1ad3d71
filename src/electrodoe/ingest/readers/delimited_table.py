"""Text tables: comma, semicolon, tab or bar between the cells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.laid_out import WrittenSheet, laid_out_table, layout_of
from electrodoe.ingest.records import RawTable
from electrodoe.study import Measurements
from electrodoe.tables import Layout, folded, heading_of, is_blank

_LAST_ASCII: Final = 0x7E
"""What follows is no ASCII that is seen."""
_WRITTEN: Final = frozenset(
    "äöüÄÖÜßàâáåãæçèéêëìíîïñòóôõøùúûÀÂÁÅÃÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛœŒšŠžŽýÝµ°²³¹±×÷·–—‘’“”„…‰§«»½¼¾\xa0"
)
"""Letters and signs that tables of western languages hold; others are bytes that were damaged."""
SEPARATORS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 65_536
"""Letters that are asked for the separator: the first 64 KiB, as for the format."""
_HEAD: Final = 50
"""Filled lines among which the header stands; chosen, far below any title."""
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_delimited_table(start: bytes) -> bool:
    """Return whether a file's first bytes may be text; UTF-16 says so in its first two."""
    return start.startswith(_UTF_16) or b"\x00" not in start


def read_delimited_table(
    path: Path, measurements: Measurements, wanted: Collection[str] = ()
) -> RawTable:
    """Return a text table, every cell as text; ``wanted`` names help to find its header."""
    text, taken = _decoded(path, measurements.encoding)
    separator = measurements.separator or separator_of(text, wanted)
    rows, lines = _records(path, text, separator)
    if all(map(is_blank, chain.from_iterable(rows))):
        raise IngestError("the file is empty", where=str(path), fix="write a header and rows")
    sheet = WrittenSheet(path=path, place=str(path), rows=rows, lines=lines)
    layout = layout_of(sheet, measurements.header_row, measurements.units_row, wanted)
    cells = [_of_table(sheet, layout, row) for row in layout.rows]
    names = [str(column) for column in layout.columns]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    table = laid_out_table(sheet, layout, frame, decimal=measurements.decimal, separator=separator)
    return replace(table, findings=(*taken, *table.findings))


def _records(path: Path, text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    """Return the cells of every record, and the line in which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    before = 0
    try:
        for cells in reader:
            rows.append(cells)
            lines.append(before + 1)
            before = reader.line_num
    except csv.Error as error:
        raise IngestError(
            f"not a table: {error}",
            where=f"{path}, line {before + 1}",
            fix="close the quotation mark, or write the table anew as CSV",
        ) from error
    return rows, lines


def _of_table(sheet: WrittenSheet, layout: Layout, row: int) -> list[str | None]:
    """Return the cells of a row in the table's columns, or say that it has too many or too few."""
    cells = list(map(str, sheet.rows[row]))
    n_columns = len(sheet.rows[layout.header])
    if len(cells) == n_columns == len(layout.columns):
        return [*cells]
    named = [column for column in layout.columns if column not in layout.unnamed]
    if len(cells) <= named[-1] or any(cell.strip() for cell in cells[n_columns:]):
        raise IngestError(
            f"{len(cells)} cells where the header has {n_columns} columns",
            where=f"{sheet.place}, line {sheet.lines[row]}",
            fix="add or delete cells; put text that holds the separator in quotation marks",
        )
    return [cells[column] if column < len(cells) else None for column in layout.columns]


def _decoded(path: Path, encoding: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the file's text, and what it was taken for where it is not as declared."""
    raw = path.read_bytes()
    is_usual = re.sub("[-_ ]", "", encoding.lower()) == "utf8"
    try:
        return raw.decode("utf-8-sig" if is_usual else encoding), ()
    except UnicodeDecodeError as error:
        other = "utf-16" if raw.startswith(_UTF_16) else "cp1252"
        taken = _text_or_none(raw, other) if is_usual else None
        if taken is not None:
            return taken, (
                found("D250", f"the file is no UTF-8, and is read as {other}", str(path)),
            )
        line = raw[: error.start].count(b"\n") + 1
        raise IngestError(
            f"byte 0x{raw[error.start]:02x} is not {encoding}",
            where=f"{path}, line {line}",
            fix=(
                'save the table as UTF-8, or say encoding = "latin-1" in [measurements] of'
                " study.toml (--encoding latin-1 on the command line)"
            ),
        ) from error
    except (LookupError, ValueError) as error:
        raise IngestError(
            f"unknown encoding '{encoding}'", where=str(path), fix="write 'utf-8' or 'latin-1'"
        ) from error


def _text_or_none(raw: bytes, encoding: str) -> str | None:
    """Return bytes as text, or None where they do not fit or are no words of a laboratory."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = {letter for letter in text if ord(letter) > _LAST_ASCII}
    return text if odd <= _WRITTEN or encoding == "utf-16" else None


def separator_of(text: str, wanted: Collection[str] = ()) -> str:
    r"""Return the mark that stands equally often in most lines, outside quotation marks.

    The first lines may be a title, and decimal commas part nothing: a mark that parts ``wanted``
    names comes first, and among equals any but the comma.

    Examples
    --------
    >>> separator_of("Study 12, May\nrun;gap;strength\nR01;0,5;1,5\nR02;0,5;1,7")
    ';'
    >>> separator_of("Loading, dry;gap\n100,5;60"), separator_of("a;b\n1,5;2,5")
    (';', ';')
    """
    bare = re.sub('"[^"]*"', "", text[:_LOOKED_AT])
    lines = [line for line in bare.splitlines() if line.strip()]
    names = {folded(name) for name in wanted}

    def score(mark: str) -> tuple[int, int, int, bool]:
        counts = [line.count(mark) for line in lines]
        return _n_named(lines[:_HEAD], mark, names), *_regularity(counts), mark != ","

    return max(SEPARATORS, key=score)


def _n_named(lines: Sequence[str], mark: str, names: set[str]) -> int:
    """Return how many names stand as cells of one line, with units or without."""
    cells = ([heading_of(cell) for cell in line.split(mark)] for line in lines if names)
    known = ([{folded(one.written), folded(one.words)} for one in row] for row in cells)
    return max((sum(bool(names & texts) for texts in row) for row in known), default=0)


def _regularity(counts: Sequence[int]) -> tuple[int, int]:
    """Return how many lines have a mark the most frequent number of times, and that number."""
    often = Counter(count for count in counts if count)
    return max(((lines, count) for count, lines in often.items()), default=(0, 0))
