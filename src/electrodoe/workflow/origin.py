"""Where a study's samples come from: from instruments, or made up."""

from pathlib import Path
from typing import Final

from electrodoe.study import Study

MARK_FILE: Final = "raw/SIMULATED.txt"
"""What the virtual line leaves beside the files that it has written."""


def is_simulated_study(study: Study, folder: Path) -> bool:
    """Return whether samples were made up: as the study says, or as the virtual line has marked.

    Parameters
    ----------
    study : Study
        ``measurements.simulated`` says it of a table or of any files.
    folder : Path
        The study's folder, in which the virtual line leaves its mark beside raw files.

    Returns
    -------
    bool
        Whether every page and picture has to say so.
    """
    if study.measurements.simulated or not study.protocols:
        return study.measurements.simulated
    return is_simulated(folder)


def is_simulated(folder: Path) -> bool:
    """Return whether a study's raw files come from the virtual line, all of them or a part."""
    return (folder / MARK_FILE).is_file()
