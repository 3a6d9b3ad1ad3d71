"""The plant at work: from a plan to raw files, and to the truth beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from electrodoe.design.run_plan import RunPlan
from electrodoe.errors import SimulationError
from electrodoe.study import Study
from electrodoe.virtual_line.instruments.adhesion import measure_adhesion
from electrodoe.virtual_line.instruments.coil import measure_coil, run_list
from electrodoe.virtual_line.instruments.cycler import measure_cells
from electrodoe.virtual_line.instruments.impedance import measure_impedance
from electrodoe.virtual_line.instruments.sheets import measure_sheets
from electrodoe.virtual_line.production import Measured, Production, produce
from electrodoe.virtual_line.truth import truth_files

_MEASURING: Final[Mapping[str, Callable[[Production, str, Any], Measured]]] = {
    "adhesion": measure_adhesion,
    "coil": measure_coil,
    "impedance": measure_impedance,
    "rate_capability": measure_cells,
    "sheets": measure_sheets,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Played:
    """What the virtual line has left behind.

    Attributes
    ----------
    raw : dict of str to bytes
        Files of the instruments, by their path relative to the study's folder.
    truth : dict of str to bytes
        Files of the truth, relative to a folder of their own.
    counts : dict of str to int
        Files of each protocol.
    faults : tuple of str
        What was planted, in words.
    """

    raw: dict[str, bytes]
    truth: dict[str, bytes]
    counts: dict[str, int]
    faults: tuple[str, ...]


def play(study: Study, plan: RunPlan) -> Played:
    """Return what a plant would have measured, had it followed a plan.

    Parameters
    ----------
    study : Study
        Its protocols say which files the instruments leave and where; its settings hold the seed.
    plan : RunPlan
        Runs with mass loading, drying temperature and porosity.

    Returns
    -------
    Played
        The same bytes for the same study, plan and seed; every file says that it is simulated.

    Raises
    ------
    SimulationError
        If the study declares no protocol, or lacks something the plant cannot do without.
    """
    if not study.protocols:
        raise SimulationError(
            "no protocol says which instruments there are",
            where="study.toml",
            fix="declare [protocols.NAME] tables as examples/anode-coating does",
        )
    made = produce(study, plan)
    measured = {
        name: _MEASURING[protocol.instrument](made, name, protocol)
        for name, protocol in study.protocols.items()
    }
    raw = {path: content for each in measured.values() for path, content in each.files.items()}
    return Played(
        raw=raw | run_list(made),
        truth=truth_files(made, measured),
        counts={name: len(each.files) for name, each in measured.items()},
        faults=tuple(fault for each in measured.values() for fault in each.faults),
    )
