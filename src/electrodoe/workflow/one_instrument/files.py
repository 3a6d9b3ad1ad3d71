"""Files that a person names: paths, folders and patterns."""

from collections.abc import Sequence
from pathlib import Path

from electrodoe.errors import WorkflowError


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
