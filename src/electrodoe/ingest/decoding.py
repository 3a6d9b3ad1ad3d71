"""From a text file's bytes to its lines, whatever machine wrote them."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError

MAX_TEXT_BYTES: Final = 2_000_000_000
"""A text file larger than this is a stream, and belongs to another reader."""
_SNIFFED: Final = 65_536
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, kw_only=True)
class TextFile:
    r"""A text file, decoded.

    Attributes
    ----------
    path : Path
        The file.
    text : str
        Its content with ``\n`` at the end of every line.
    encoding : str
        How its bytes were read.
    first_line : int
        Line of the file at which the text begins, where it is a part of a longer one.
    """

    path: Path
    text: str
    encoding: str
    first_line: int = 1

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines without their ends; the first is line 1 of an editor."""
        lines = self.text.split("\n")
        return lines[:-1] if lines[-1] == "" else lines

    @property
    def is_open_ended(self) -> bool:
        """Return whether the last line has no end, as where a file was cut."""
        return bool(self.text) and not self.text.endswith("\n")

    def place(self, line: int) -> str:
        """Return where a line stands, counted from 1 in this text, for a message."""
        return f"{self.path}, line {line + self.first_line - 1}"


def read_text(path: Path, encoding: str | None = None) -> TextFile:
    """Return a text file's lines.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str or None
        How it is written. Without it: what its first bytes say, else UTF-8, else Windows' Western
        code page, which is what instruments without UTF-8 write.

    Returns
    -------
    TextFile
        At least one line.

    Raises
    ------
    IngestError
        If the file is missing, empty or too large, holds a NUL, or does not fit the encoding.
    """
    raw = _bytes_of(path)
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    chosen = encoding or marked or "utf-8"
    try:
        text = raw.decode(chosen)
    except UnicodeDecodeError as error:
        if encoding or marked:
            line = raw[: error.start].count(b"\n") + 1
            raise IngestError(
                f"byte 0x{raw[error.start]:02x} is not {chosen}",
                where=f"{path}, line {line}",
                fix="export the file anew, or name its encoding",
            ) from error
        text, chosen = _western(raw)
    except LookupError as error:
        raise IngestError(
            f"unknown encoding '{chosen}'", where=str(path), fix="write 'utf-8' or 'latin-1'"
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_nul(text, path, 1)
    return TextFile(path=path, text=text, encoding=chosen)


def _western(raw: bytes) -> tuple[str, str]:
    """Return bytes as Windows' Western text, or as Latin-1 where one has no letter there."""
    try:
        return raw.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return raw.decode("latin-1"), "latin-1"


def _bytes_of(path: Path) -> bytes:
    """Return a file's bytes, or say why there are none."""
    if not path.is_file():
        raise IngestError("no such file", where=str(path), fix="correct the path")
    size = path.stat().st_size
    if size > MAX_TEXT_BYTES:
        raise IngestError(
            f"{size / 1e9:.1f} GB where at most {MAX_TEXT_BYTES / 1e9:.0f} GB are read at once",
            where=str(path),
            fix="split the file, or save it as Parquet",
        )
    raw = path.read_bytes()
    if not raw.strip():
        raise IngestError("the file is empty", where=str(path), fix="export it anew")
    return raw


def text_encoding(path: Path, encoding: str | None = None) -> str:
    """Return how a text file is written: as told, as its first bytes say, or Windows' Western.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str or None
        As told.

    Returns
    -------
    str
        A codec of Python.

    Raises
    ------
    IngestError
        If there is no such encoding.
    """
    with path.open("rb") as file:
        start = file.read(_SNIFFED)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    chosen = encoding or marked or "utf-8"
    try:
        codecs.getincrementaldecoder(chosen)().decode(start)
    except UnicodeDecodeError:
        return chosen if encoding or marked else "cp1252"
    except LookupError as error:
        raise IngestError(
            f"unknown encoding '{chosen}'", where=str(path), fix="write 'utf-8' or 'latin-1'"
        ) from error
    return chosen


def text_blocks(path: Path, encoding: str, block_bytes: int) -> Iterator[TextFile]:
    """Yield a text file in blocks of whole lines.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str
        A codec of Python.
    block_bytes : int
        Read at once; a block is longer where one line is.

    Yields
    ------
    TextFile
        Only the last may end without a line end.

    Raises
    ------
    IngestError
        If bytes do not fit the encoding, or a NUL is met; with the line.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    held, line = "", 1
    with path.open("rb") as file:
        while True:
            raw = file.read(block_bytes)
            text = held + newlines.decode(
                _decoded(decoder, raw, encoding, f"{path}", line + held.count("\n")),
                final=not raw,
            )
            _refuse_nul(text, path, line)
            whole, end, held = text.rpartition("\n") if raw else (text, "", "")
            if whole or end:
                yield TextFile(path=path, text=whole + end, encoding=encoding, first_line=line)
                line += (whole + end).count("\n")
            if not raw:
                return


def _decoded(
    decoder: codecs.IncrementalDecoder, raw: bytes, encoding: str, path: str, line: int
) -> str:
    """Return bytes as text, or say which line is written otherwise."""
    try:
        return decoder.decode(raw, final=not raw)
    except UnicodeDecodeError as error:
        bad = line + error.object[: error.start].count(b"\n")
        raise IngestError(
            f"byte 0x{error.object[error.start]:02x} is not {encoding}"
            if error.start < len(error.object)
            else f"the file breaks off within a letter of {encoding}",
            where=f"{path}, line {bad}",
            fix="export the file anew, or name its encoding",
        ) from error


def _refuse_nul(text: str, path: Path, line: int) -> None:
    """Raise where a text holds a NUL."""
    if "\x00" in text:
        raise IngestError(
            "a NUL among the text: the file is damaged or not text",
            where=f"{path}, line {line + text[: text.index(chr(0))].count(chr(10))}",
            fix="export the file anew",
        )
