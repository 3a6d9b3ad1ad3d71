"""The instruments that leave one file per sample: how each is read and condensed."""

from pathlib import Path
from typing import Final

from electrodoe.ingest import (
    CyclerRecord,
    ImpedanceSpectrum,
    PullOffCurve,
    read_cycler_record,
    read_pull_off,
    read_spectra,
)
from electrodoe.preprocess.adhesion import condense_adhesion
from electrodoe.preprocess.cycling import condense_cycling
from electrodoe.preprocess.impedance import condense_impedance
from electrodoe.study import AdhesionProtocol, ImpedanceProtocol, RateCapabilityProtocol
from electrodoe.workflow.condensing.galleries import (
    picture_cells,
    picture_curves,
    picture_spectra,
)
from electrodoe.workflow.condensing.specimens import Instrument


def _curves(path: Path, protocol: AdhesionProtocol) -> tuple[PullOffCurve, ...]:
    """Return a file's pull-off curves; one that holds a stress is of the protocol's area."""
    return read_pull_off(path, protocol.area_mm2)


def _spectra(path: Path, protocol: ImpedanceProtocol) -> tuple[ImpedanceSpectrum, ...]:  # noqa: ARG001 - readers share a signature
    """Return a file's sweeps."""
    return read_spectra(path)


def _cell(path: Path, protocol: RateCapabilityProtocol) -> tuple[CyclerRecord, ...]:  # noqa: ARG001 - readers share a signature
    """Return a file's cell."""
    return (read_cycler_record(path),)


INSTRUMENTS: Final[dict[str, Instrument]] = {
    "adhesion": Instrument(read=_curves, condense=condense_adhesion, picture=picture_curves),
    "impedance": Instrument(read=_spectra, condense=condense_impedance, picture=picture_spectra),
    "rate_capability": Instrument(read=_cell, condense=condense_cycling, picture=picture_cells),
}
"""By the protocol's ``instrument``."""
