"""Files that a person names: paths, folders and patterns."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from electrodoe.errors import IngestError, WorkflowError

Record = TypeVar("Record")


def read_each(
    named: Sequence[Path], read: Callable[[Path], Sequence[Record]]
) -> tuple[list[Record], tuple[IngestError, ...]]:
    """Return the records of the files that some arguments mean; a broken one stops no other.

    Parameters
    ----------
    named : sequence of Path
        As for :func:`listed_files`.
    read : callable
        From a file to its records.

    Returns
    -------
    tuple of list and tuple of IngestError
        What could be read, in order, and one error per file that could not.

    Raises
    ------
    WorkflowError
        If a folder is empty or a pattern meets no file.
    """
    records: list[Record] = []
    errors = []
    for path in listed_files(named):
        try:
            records += read(path)
        except IngestError as error:
            errors.append(error)
    return records, tuple(errors)


def listed_files(named: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files that some arguments mean.

    Parameters
    ----------
    named : sequence of Path
        A file, a folder (all files in it, hidden ones aside) or a pattern such as ``raw/*.csv``,
        where the shell has not resolved it.

    Returns
    -------
    tuple of Path
        Each once, in the order of the arguments; a name that is neither folder nor pattern is
        returned as it is, for the reader to say that it is missing.

    Raises
    ------
    WorkflowError
        If a folder is empty or a pattern meets no file.
    """
    found: list[Path] = []
    for path in named:
        if path.is_dir():
            inside = sorted(path.iterdir())
        elif not path.exists() and any(mark in path.name for mark in "*?["):
            inside = sorted(path.parent.glob(path.name))
        else:
            found.append(path)
            continue
        files = [each for each in inside if each.is_file() and not each.name.startswith(".")]
        if not files:
            raise WorkflowError("no file", where=str(path), fix="name a folder that holds files")
        found += files
    return tuple(dict.fromkeys(found))
