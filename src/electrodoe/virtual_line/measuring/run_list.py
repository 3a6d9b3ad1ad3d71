"""The list of runs as the operator filled it in, with their places on the coil."""

from typing import Final

from electrodoe.virtual_line.files.comma_table import hand_table
from electrodoe.virtual_line.production import Production
from electrodoe.virtual_line.sections import PLANNED

_OURS: Final = "raw/"


def run_list(made: Production) -> dict[str, bytes]:
    """Return the table of runs that a study names in its raw folder, or nothing.

    Parameters
    ----------
    made : Production
        Its study says in ``measurements.runs`` where the table lies; one that lies elsewhere is a
        person's own and is not written.

    Returns
    -------
    dict of str to bytes
        ``run``, the planned factors and ``coil_position_m``: where the run's web begins.
    """
    file = made.study.measurements.runs
    if file is None or not file.startswith(_OURS):
        return {}
    table = made.coil.runs.rename({"start_m": "coil_position_m"})
    return {file: hand_table(table.select("run", *PLANNED, "coil_position_m"), file)}
