"""Where a protocol looks for its files, and so where the plant puts them."""

from pathlib import PurePosixPath
from typing import Final

from electrodoe.errors import SimulationError
from electrodoe.study import RawFiles

_PLAIN: Final = "run{run}_sample{sample}"
_WILD: Final = "*?["


def specimen_file(name: str, protocol: RawFiles, run: str, sample: str) -> str:
    """Return the file of one specimen, relative to the study's folder.

    Parameters
    ----------
    name : str
        The protocol's, for a message.
    protocol : RawFiles
        Its first pattern gives folder and ending, its template the name.
    run, sample : str
        Whole numbers get a zero before.

    Returns
    -------
    str
        With forward slashes.

    Raises
    ------
    SimulationError
        If the pattern leaves open where a file could lie.

    Examples
    --------
    >>> files = RawFiles(files=["raw/eis/*.mpt"], name="run{run}_cell{sample}{any}")
    >>> specimen_file("eis", files, "7", "2")
    'raw/eis/run07_cell2.mpt'
    """
    folder, pattern = _folder_and_pattern(name, protocol.files[0])
    stem = (protocol.name or _PLAIN).format(run=_padded(run), sample=sample, any="")
    if "{sample}" not in (protocol.name or _PLAIN):
        stem = f"{stem}_{sample}"
    before, after = pattern.split("*", 1)
    return str(folder / f"{before}{stem}{after}")


def only_file(name: str, protocol: RawFiles, plain: str) -> str:
    """Return the one file of a protocol that has one for all, such as a coater's log.

    Examples
    --------
    >>> only_file("coil", RawFiles(files=["raw/coil/*.csv"]), "log")
    'raw/coil/log.csv'
    >>> only_file("coil", RawFiles(files=["raw/coil/coater.csv"]), "log")
    'raw/coil/coater.csv'
    """
    if not any(sign in protocol.files[0] for sign in _WILD):
        return protocol.files[0]
    folder, pattern = _folder_and_pattern(name, protocol.files[0])
    return str(folder / pattern.replace("*", plain, 1))


def _folder_and_pattern(name: str, pattern: str) -> tuple[PurePosixPath, str]:
    """Return a pattern's folder and the pattern of the file's name."""
    path = PurePosixPath(pattern)
    is_open = any(sign in str(path.parent) for sign in _WILD)
    if is_open or path.name.count("*") != 1 or "?" in path.name or "[" in path.name:
        raise SimulationError(
            f"'{pattern}' leaves open where a file would lie",
            where=f"study.toml, protocols.{name}, key 'files'",
            fix="name the folder and use one star for the file's name: raw/impedance/*.mpt",
        )
    return path.parent, path.name


def _padded(run: str) -> str:
    """Return a run's name as files sort well."""
    return f"{int(run):02d}" if run.isascii() and run.isdigit() else run
