"""Text tables: comma, semicolon, tab or bar between the cells."""

import codecs
import csv
import io
import re
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.records import RawTable
from electrodoe.study import Measurements

SEPARATORS: Final = (",", ";", "\t", "|")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_delimited_table(start: bytes) -> bool:
    """Return whether a file's first bytes may be text; UTF-16 says so in its first two."""
    return start.startswith(_UTF_16) or b"\x00" not in start


def read_delimited_table(path: Path, measurements: Measurements) -> RawTable:
    """Return a text table, every cell as text."""
    text = _decoded(path, measurements.encoding)
    separator = measurements.separator or _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    header: list[str] | None = None
    header_line, before = 0, 0
    try:
        for cells in reader:
            first_line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                header_line = first_line
                check_header(header, f"{path}, line {first_line}")
                continue
            _check_width(cells, header, f"{path}, line {first_line}")
            rows.append(cells)
            lines.append(first_line)
    except csv.Error as error:
        raise IngestError(
            f"not a table: {error}",
            where=f"{path}, line {before + 1}",
            fix="close the quotation mark, or write the table anew as CSV",
        ) from error
    if header is None:
        raise IngestError("the file is empty", where=str(path), fix="write a header and rows")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row")
    return RawTable(path=path, frame=frame, lines=tuple(lines), header_line=header_line)


def _decoded(path: Path, encoding: str) -> str:
    """Return the file's text, or say which line is written otherwise."""
    raw = path.read_bytes()
    codec = "utf-8-sig" if re.sub("[-_ ]", "", encoding.lower()) == "utf8" else encoding
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        likely = "utf-16" if raw.startswith(_UTF_16) else "latin-1"
        raise IngestError(
            f"byte 0x{raw[error.start]:02x} is not {encoding}",
            where=f"{path}, line {line}",
            fix=(
                f'save the table as UTF-8, or say encoding = "{likely}" in [measurements] of'
                f" study.toml (--encoding {likely} on the command line)"
            ),
        ) from error
    except (LookupError, ValueError) as error:
        raise IngestError(
            f"unknown encoding '{encoding}'", where=str(path), fix="write 'utf-8' or 'latin-1'"
        ) from error


def _separator(text: str) -> str:
    """Return the mark that parts the first filled line most often, outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=re.sub('"[^"]*"', "", first).count)


def _check_width(cells: list[str], header: list[str], place: str) -> None:
    """Raise where a line does not have one cell per column."""
    if len(cells) != len(header):
        raise IngestError(
            f"{len(cells)} cells where the header has {len(header)} columns",
            where=place,
            fix="add or delete cells; put text that holds the separator in quotation marks",
        )
