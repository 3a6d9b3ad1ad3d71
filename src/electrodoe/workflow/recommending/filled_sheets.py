"""Run sheets that somebody has filled in are never written over: they are set aside first."""

import json
from pathlib import PurePath
from typing import Final

from electrodoe.storage import digest
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE, RUN_SHEETS
from electrodoe.workflow.run_folder import RunFolder

_ASIDE: Final = "filled_in"


def set_filled_sheets_aside(folder: RunFolder) -> tuple[str, ...]:
    """Rename the sheets of next runs that are no longer as they were written.

    Parameters
    ----------
    folder : RunFolder
        With or without a recommendation.

    Returns
    -------
    tuple of str
        New names: ``next_runs_filled_in_`` and the beginning of the content's hash.
    """
    aside = []
    for name, written in _written(folder).items():
        file = folder.path / name
        found = digest(file.read_bytes()) if file.is_file() else written
        if found != written:
            path = PurePath(name)
            aside.append(f"{path.stem}_{_ASIDE}_{found[:8]}{path.suffix}")
            file.replace(folder.path / aside[-1])
    return tuple(aside)


def _written(folder: RunFolder) -> dict[str, str]:
    """Return the hash of each sheet as it was written; none where nothing was recommended."""
    try:
        sheets = json.loads(folder.read(RECOMMENDATION_FILE))["run_sheets"]
        return {name: str(sheets[name]) for name in RUN_SHEETS}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
