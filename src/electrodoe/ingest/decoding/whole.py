"""From a text file's bytes to its lines, all at once."""

from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.decoding.text_file import MARKS, TextFile, refuse_nul

MAX_TEXT_BYTES: Final = 2_000_000_000
"""A text file larger than this is a stream, and belongs to another reader."""


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
    marked = next((name for mark, name in MARKS if raw.startswith(mark)), None)
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
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_nul(text, path, 1)
    return TextFile(path=path, text=text, encoding=chosen)


def start_text(start: bytes) -> str:
    """Return a file's first bytes as text, for a look at its format.

    Parameters
    ----------
    start : bytes
        As many as were read; the last letter may be cut.

    Returns
    -------
    str
        Letters outside ASCII may be wrong; those that name a format are not.

    Examples
    --------
    >>> start_text("EXPLAIN".encode("utf-16"))
    'EXPLAIN'
    """
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "latin-1")
    return start.decode(marked, errors="replace")


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
    if not raw or raw.isspace():
        raise IngestError("the file is empty", where=str(path), fix="export it anew")
    return raw
