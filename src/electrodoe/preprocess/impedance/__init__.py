"""Impedance of blocking cells: fitted in batches, tested, screened, condensed."""

from electrodoe.preprocess.impedance.circuits import CIRCUITS
from electrodoe.preprocess.impedance.condense import condense_impedance, impedance_curves
from electrodoe.preprocess.impedance.fit import CircuitFit, fit_circuit
from electrodoe.preprocess.impedance.kramers_kronig import KramersKronig, kramers_kronig
from electrodoe.preprocess.impedance.sweeps import Sweeps, grouped_sweeps

__all__ = [
    "CIRCUITS",
    "CircuitFit",
    "KramersKronig",
    "Sweeps",
    "condense_impedance",
    "fit_circuit",
    "grouped_sweeps",
    "impedance_curves",
    "kramers_kronig",
]
