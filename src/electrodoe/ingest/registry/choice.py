"""The choice of a reader by a file's first bytes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from electrodoe.errors import IngestError

Record = TypeVar("Record")
Readers = Mapping[str, tuple[Callable[[bytes], bool], Callable[[Path], Record]]]
"""By format: whether a file's first bytes are of it, and its reader."""

_SNIFFED: Final = 65_536


def read_with(readers: Readers[Record], path: Path, what: str) -> Record:
    """Return what the first reader that knows the file makes of it.

    Parameters
    ----------
    readers : mapping
        In the order in which they are asked.
    path : Path
        The file.
    what : str
        What is looked for, for a message: ``impedance spectrum``.

    Returns
    -------
    Record
        The reader's answer.

    Raises
    ------
    IngestError
        If the file is missing or empty, or no reader knows it.
    """
    if not path.is_file():
        raise IngestError("no such file", where=str(path), fix="correct the path")
    with path.open("rb") as file:
        start = file.read(_SNIFFED)
    if not start.strip():
        raise IngestError("the file is empty", where=str(path), fix="export it anew")
    for is_format, read in readers.values():
        if is_format(start):
            return read(path)
    raise IngestError(
        f"not an {what} in a known format"
        if what[0] in "aeiou"
        else f"not a {what} in a known format",
        where=str(path),
        fix=f"export it as one of: {', '.join(readers)}",
    )
