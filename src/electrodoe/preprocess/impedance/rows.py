"""What a table says of each spectrum."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.findings import KINDS, Finding, Severity, found
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.preprocess.impedance.analysis import Analysis
from electrodoe.preprocess.impedance.screening import screened_cells, screened_signals
from electrodoe.preprocess.impedance.window import MIN_POINTS
from electrodoe.study import ImpedanceProtocol

_NUMBERS: Final = (
    "r0_ohm",
    "ionic_resistance_ohm",
    "ionic_resistance_low_ohm",
    "ionic_resistance_high_ohm",
    "ionic_resistance_spread_low_ohm",
    "ionic_resistance_spread_high_ohm",
    "q",
    "gamma",
    "element",
    "kk_rms",
    "noise",
    "misfit",
    "short_fraction",
)

SCHEMA: Final[dict[str, Any]] = {
    "file": pl.String,
    "sweep": pl.Int64,
    "lines": pl.String,
    "rule": pl.String,
    "circuit": pl.String,
    **dict.fromkeys(_NUMBERS, pl.Float64),
    "accepted": pl.Boolean,
    "flags": pl.String,
}
"""Columns of the table, before samples and overrules."""


def analyzed_rows(
    spectra: Sequence[ImpedanceSpectrum], analysis: Analysis, protocol: ImpedanceProtocol
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """Return the rows of spectra on one grid, and what was found in them."""
    checks = screened_cells(analysis, protocol) + screened_signals(analysis, protocol)
    numbers = [_nullable(values) for values in _numbers(analysis)]
    rows, findings = [], []
    for row, spectrum in enumerate(spectra):
        of_row = [replace(check[row], where=spectrum.place) for check in checks if row in check]
        findings += of_row
        of_row.sort(key=lambda finding: finding.severity is Severity.NOTE)  # what rejects, first
        rows.append(
            {
                **_place(spectrum),
                "rule": _rule(analysis, protocol, row),
                "circuit": str(analysis.choice.circuit[row]),
                **dict(zip(_NUMBERS, (values[row] for values in numbers), strict=True)),
                "accepted": all(finding.severity is Severity.NOTE for finding in of_row),
                "flags": "; ".join(finding.flag for finding in of_row),
            }
        )
    return rows, findings


def unfitted_row(spectrum: ImpedanceSpectrum, n_used: int) -> tuple[dict[str, Any], Finding]:
    """Return the row of a spectrum that no fit can be made of, and the reason."""
    row = {
        **dict.fromkeys(SCHEMA),
        **_place(spectrum),
        "rule": "not fitted",
        "accepted": False,
        "flags": KINDS["D314"].flag_words,
    }
    finding = found(
        "D314",
        f"{n_used} capacitive points lie in the window where {MIN_POINTS} are needed",
        spectrum.place,
    )
    return row, finding


def _numbers(analysis: Analysis) -> tuple[Floats, ...]:
    """Return the table's numbers in the order of their columns."""
    choice, fit = analysis.choice, analysis.choice.fit
    return (
        fit.r0_ohm,
        fit.r_ion_ohm,
        fit.r_ion_low_ohm,
        fit.r_ion_high_ohm,
        analysis.spread_low_ohm,
        analysis.spread_high_ohm,
        fit.q,
        fit.gamma,
        choice.element,
        analysis.test.rms,
        analysis.points.noise,
        choice.misfit,
        choice.short_fraction,
    )


def _nullable(values: Floats) -> list[float | None]:
    """Return numbers as Python's, those that are none as None."""
    return [value if np.isfinite(value) else None for value in values.tolist()]


def _place(spectrum: ImpedanceSpectrum) -> dict[str, Any]:
    """Return where a spectrum stands."""
    return {
        "file": str(spectrum.path),
        "sweep": spectrum.sweep,
        "lines": f"{spectrum.lines.min()}-{spectrum.lines.max()}",
    }


def _rule(analysis: Analysis, protocol: ImpedanceProtocol, row: int) -> str:
    """Return how a row's values were found."""
    used = analysis.sweeps.used[row]
    seen = analysis.sweeps.frequency_hz[used]
    return (
        f"{analysis.choice.circuit[row]}, {protocol.weighting} weighting,"
        f" {seen.min():.4g} to {seen.max():.6g} Hz, {used.sum()} of {len(used)} points"
    )
