"""From a text file's bytes to its lines, block by block, however long it is."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.decoding.text_file import MARKS, TextFile, refuse_nul

_SNIFFED: Final = 65_536
"""64 KiB from which the encoding is recognized; chosen, far more than a header needs."""


def text_encoding(path: Path, encoding: str | None = None) -> str:
    """Return how a text file is written: as given, as its first bytes say, or Windows' Western.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str or None
        As given.

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
    marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
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
            refuse_nul(text, path, line)
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
