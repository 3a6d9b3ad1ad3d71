"""Where a study's samples come from: from instruments, or made up."""

from pathlib import Path

from electrodoe.study import Study


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
    from electrodoe.workflow.simulate import is_simulated

    return is_simulated(folder)
