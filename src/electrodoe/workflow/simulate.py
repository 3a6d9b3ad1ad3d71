"""A simulated study: the virtual line's raw files, and the truth in a folder of its own."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from electrodoe.errors import SimulationError
from electrodoe.storage import write_atomically
from electrodoe.study import Study
from electrodoe.virtual_line import MARK, play
from electrodoe.workflow.manifest import MARK_FILE, is_simulated
from electrodoe.workflow.planning import plan_study
from electrodoe.workflow.run_tables import plan_on_disk, run_plan_path

FINISHED: Final = f"Everything in this folder is {MARK}.\n".encode()
UNFINISHED: Final = FINISHED + b"Some files are still to be written: simulate again.\n"
_RAW: Final = "raw"
_TRUTH: Final = "truth"


@dataclass(frozen=True, kw_only=True)
class SimulationOutcome:
    """What a simulation has left behind.

    Attributes
    ----------
    folder : Path
        The study's.
    n_bytes : int
        Of all raw files.
    counts : dict of str to int
        Files of each protocol.
    faults : tuple of str
        What was planted.
    is_planned : bool
        Whether the plan had to be made first.
    """

    folder: Path
    n_bytes: int
    counts: dict[str, int]
    faults: tuple[str, ...]
    is_planned: bool


def simulate_study(study: Study, folder: Path) -> SimulationOutcome:
    """Play the plant for a study's plan and write what its instruments would have written.

    Parameters
    ----------
    study : Study
        With factors, materials, cell, line and protocols.
    folder : Path
        The study's; ``raw`` and ``truth`` are made in it, and made anew where they are simulated
        already.

    Returns
    -------
    SimulationOutcome
        What was written.

    Raises
    ------
    ElectrodeError
        If there is no plan to be had, the plant cannot play it, or ``raw`` holds files that were
        measured.
    """
    _require_no_measurements(folder)
    is_planned = not run_plan_path(folder).is_file()
    if is_planned:
        plan_study(study, folder)
    played = play(study, plan_on_disk(study, folder))
    _clear(folder)
    for path, content in played.raw.items():
        _write(folder / path, content)
    for path, content in played.truth.items():
        _write(folder / _TRUTH / path, content)
    write_atomically(folder / MARK_FILE, FINISHED)
    return SimulationOutcome(
        folder=folder,
        n_bytes=sum(map(len, played.raw.values())),
        counts=played.counts,
        faults=played.faults,
        is_planned=is_planned,
    )


def _require_no_measurements(folder: Path) -> None:
    """Refuse to write beside, or over, what somebody else has put there."""
    for own in (folder / _RAW, folder / _TRUTH):
        if own.is_dir() and any(own.iterdir()) and not is_simulated(folder):
            raise SimulationError(
                "files that were not simulated lie here, and they are not overwritten",
                where=str(own),
                fix="copy study.toml into a folder of its own, and simulate there",
            )


def _clear(folder: Path) -> None:
    """Delete an earlier simulation; the mark outlives all of its files."""
    write_atomically(folder / MARK_FILE, UNFINISHED)
    shutil.rmtree(folder / _TRUTH, ignore_errors=True)
    for path in (folder / _RAW).iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path != folder / MARK_FILE:
            path.unlink()


def _write(path: Path, content: bytes) -> None:
    """Write one of many files; the mark tells whether all of them are there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
