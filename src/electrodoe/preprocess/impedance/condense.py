"""From spectra to ionic resistances, and the curves that a gallery draws."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Complexes
from electrodoe.findings import KINDS, Finding, sort_findings
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.impedance.analysis import analyze
from electrodoe.preprocess.impedance.circuits import CIRCUITS
from electrodoe.preprocess.impedance.overrules import duplicate_finding, duplicates, overruled
from electrodoe.preprocess.impedance.rows import SCHEMA, analyzed_rows, unfitted_row
from electrodoe.preprocess.impedance.sweeps import Sweeps, grouped_sweeps
from electrodoe.preprocess.impedance.tortuosities import with_tortuosity
from electrodoe.preprocess.impedance.window import MIN_POINTS, capacitive, in_window
from electrodoe.study import ImpedanceProtocol


def impedance_curves(
    spectra: Sequence[ImpedanceSpectrum], protocol: ImpedanceProtocol
) -> pl.DataFrame:
    """Return each spectrum's points with the fit that the table reports.

    Parameters
    ----------
    spectra : sequence of ImpedanceSpectrum
        As :func:`condense_impedance` takes them.
    protocol : ImpedanceProtocol
        The same.

    Returns
    -------
    polars.DataFrame
        ``spectrum`` (position, from 0), ``frequency_hz, real_ohm, minus_imaginary_ohm, is_used,
        fit_real_ohm, fit_minus_imaginary_ohm``; the fit is null where there is none, and outside
        the frequencies that it saw.
    """
    frames = []
    for positions, sweeps in grouped_sweeps(spectra):
        used, curve = _fitted(sweeps, protocol)
        for row, position in enumerate(positions.tolist()):
            frames.append(
                pl.DataFrame(
                    {
                        "spectrum": np.full(len(sweeps.frequency_hz), position),
                        "frequency_hz": sweeps.frequency_hz,
                        "real_ohm": sweeps.impedance_ohm[row].real,
                        "minus_imaginary_ohm": -sweeps.impedance_ohm[row].imag,
                        "is_used": used[row],
                        "fit_real_ohm": curve[row].real,
                        "fit_minus_imaginary_ohm": -curve[row].imag,
                    },
                    nan_to_null=True,
                )
            )
    return pl.concat(frames).sort("spectrum", maintain_order=True)


def _fitted(sweeps: Sweeps, protocol: ImpedanceProtocol) -> tuple[Booleans, Complexes]:
    """Return which points the fits saw, and the fits between the first and the last of them."""
    # the points that fits are made of, in spectra that have enough of them
    kept = capacitive(in_window(sweeps, protocol.lowest_hz, protocol.highest_hz))
    rows = np.flatnonzero(kept.n_used >= MIN_POINTS)
    used = np.zeros_like(kept.used)
    curve = np.full(sweeps.impedance_ohm.shape, np.nan + 0j)
    if not rows.size:
        return used, curve
    analysis = analyze(sweeps.rows(rows), protocol)
    used[rows] = analysis.sweeps.used
    # each spectrum's own circuit at all frequencies
    for name, circuit in CIRCUITS.items():
        own = analysis.choice.circuit == name
        values = analysis.choice.fit.values[own][:, : len(circuit.parameters)]
        curve[rows[own]] = circuit.evaluate(sweeps.log_omega, values)[0]
    # no curve before the first point that was used, nor after the last
    first = np.maximum.accumulate(used, axis=1)
    last = np.maximum.accumulate(used[:, ::-1], axis=1)[:, ::-1]
    return used, np.where(first & last, curve, np.nan)


_LAST: Final = ("accepted", "flags", "overruled_because")


def condense_impedance(
    spectra: Sequence[ImpedanceSpectrum],
    protocol: ImpedanceProtocol,
    samples: pl.DataFrame | None = None,
) -> Condensed:
    """Return one row per spectrum: resistances with intervals, flags, and a verdict.

    Parameters
    ----------
    spectra : sequence of ImpedanceSpectrum
        In any order, on any grids of frequencies.
    protocol : ImpedanceProtocol
        Model, window, limits, electrolyte, disc, and what a person overrules.
    samples : polars.DataFrame, optional
        ``file`` (``str(record.path)``) and what is known of each cell: ``sample``,
        ``coating_thickness_um``, ``porosity``, ``coating_thickness_uncertainty_um``,
        ``porosity_uncertainty``; all but ``file`` may be missing.

    Returns
    -------
    Condensed
        Columns ``file, sweep, lines, rule, circuit, r0_ohm, ionic_resistance_ohm`` with its
        interval (``ionic_resistance_low_ohm`` to ``..._high_ohm``) and its span over weightings and
        croppings (``..._spread_low_ohm`` to ``..._spread_high_ohm``), ``q, gamma, element, kk_rms,
        noise, misfit, short_fraction``, the samples' columns, ``tortuosity`` with its interval,
        ``accepted, flags, overruled_because``.
    """
    rows: dict[int, dict[str, Any]] = {}
    findings: list[Finding] = [each for spectrum in spectra for each in spectrum.findings]
    # grid by grid: what has too few points is reported, the rest is fitted together
    for positions, sweeps in grouped_sweeps(spectra):
        kept = capacitive(in_window(sweeps, protocol.lowest_hz, protocol.highest_hz))
        is_enough = kept.n_used >= MIN_POINTS
        for position, count in zip(positions[~is_enough], kept.n_used[~is_enough], strict=True):
            rows[int(position)], finding = unfitted_row(spectra[position], int(count))
            findings.append(finding)
        if is_enough.any():
            chosen = [spectra[position] for position in positions[is_enough]]
            analysis = analyze(sweeps.rows(is_enough), protocol)
            found, remarked = analyzed_rows(chosen, analysis, protocol)
            rows.update(zip(positions[is_enough].tolist(), found, strict=True))
            findings += remarked
    # one measurement under two names counts once
    for copy, original in duplicates(spectra).items():
        rows[copy]["accepted"] = False
        rows[copy]["flags"] = "; ".join(
            filter(None, [KINDS["D313"].flag_words, rows[copy]["flags"]])
        )
        findings.append(duplicate_finding(spectra[copy], spectra[original]))
    # back in the order of the files, with what the samples and a person add
    table = pl.DataFrame([rows[position] for position in sorted(rows)], schema=SCHEMA)
    if samples is not None:
        table = table.join(samples, on="file", how="left", maintain_order="left")
    table, reported = overruled(with_tortuosity(table, protocol), protocol)
    table = table.select(pl.exclude(_LAST), *_LAST)
    return Condensed(table=table, findings=sort_findings([*findings, *reported]))
