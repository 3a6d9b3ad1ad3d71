"""Read and write ``study.toml``; every fault is reported with its line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from electrodoe.errors import StudyError
from electrodoe.storage import write_atomically
from electrodoe.study.faults import study_error
from electrodoe.study.study import Study

STUDY_FILE: Final = "study.toml"
MAX_STUDY_BYTES: Final = 5_000_000
"""A declaration larger than this is not one."""


def read_study(path: Path) -> Study:
    """Return the study that a folder or a ``study.toml`` declares.

    Parameters
    ----------
    path : Path
        A folder that holds ``study.toml``, or that file itself.

    Returns
    -------
    Study
        The declaration, checked for itself; its table is not opened.

    Raises
    ------
    StudyError
        If the file is missing, is not TOML, or declares something unknown or impossible.
    """
    file = path / STUDY_FILE if path.is_dir() else path
    text = _read_text(file)
    try:
        declared = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        line = getattr(error, "line", None)
        raise StudyError(
            f"not TOML: {error}",
            where=f"{file}, line {line}" if line else str(file),
            fix="write key = value; put text in quotes",
        ) from error
    try:
        return Study.model_validate(declared, context={"folder": file.parent})
    except ValidationError as error:
        raise study_error(error, text, str(file)) from error


def declare_study(declared: Mapping[str, object], source: str) -> Study:
    """Return the study that a mapping declares, as a command line or a form builds it.

    Parameters
    ----------
    declared : mapping
        The content of a ``study.toml``.
    source : str
        Where it comes from, for messages.

    Returns
    -------
    Study
        The declaration.

    Raises
    ------
    StudyError
        If it contradicts itself.
    """
    try:
        return Study.model_validate(declared)
    except ValidationError as error:
        raise study_error(error, "", source) from error


def write_study(study: Study, folder: Path) -> Path:
    """Write a study's declaration into a folder, and never over another one.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        Made where it does not exist.

    Returns
    -------
    Path
        The file ``study.toml``.

    Raises
    ------
    StudyError
        If the folder declares another study already.
    """
    file = folder / STUDY_FILE
    content = study_text(study).encode()
    if file.is_file() and file.read_bytes() != content:
        raise StudyError(
            "another study is declared here",
            where=str(file),
            fix=f"run it with 'electrodoe run {folder}', or name another folder with --out",
        )
    write_atomically(file, content)
    return file


def study_text(study: Study) -> str:
    """Return a study as the text of a ``study.toml``, without what is default.

    Parameters
    ----------
    study : Study
        Any study.

    Returns
    -------
    str
        TOML that :func:`read_study` reads back as the same study.
    """
    return tomlkit.dumps(study.model_dump(mode="json", exclude_none=True, exclude_unset=True))


def _read_text(file: Path) -> str:
    """Return the text of a declaration, or say why there is none."""
    if not file.is_file():
        raise StudyError(
            "no study here",
            where=str(file),
            fix=f"give a folder that holds {STUDY_FILE}, or make one with 'electrodoe new DIR'",
        )
    if file.stat().st_size > MAX_STUDY_BYTES:
        raise StudyError(
            f"{file.stat().st_size} bytes are too many for a declaration",
            where=str(file),
            fix="give the study.toml, not the table",
        )
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError(
            f"byte {error.start} is not UTF-8", where=str(file), fix="save the file as UTF-8"
        ) from error
