"""From impedance spectra to ionic resistances: fitted, screened, each with its doubts."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from electrodoe.findings import Finding, sort_findings
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.impedance.analysis import analyze
from electrodoe.preprocess.impedance.duplicates import duplicate_finding, duplicates
from electrodoe.preprocess.impedance.overrules import overruled
from electrodoe.preprocess.impedance.rows import SCHEMA, analyzed_rows, unfitted_row
from electrodoe.preprocess.impedance.sweeps import grouped_sweeps
from electrodoe.preprocess.impedance.tortuosities import with_tortuosity
from electrodoe.preprocess.impedance.window import LEAST_POINTS, capacitive, in_window
from electrodoe.study import ImpedanceProtocol

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
        noise, misfit, short_share``, the samples' columns, ``tortuosity`` with its interval,
        ``accepted, flags, overruled_because``.
    """
    rows: dict[int, dict[str, Any]] = {}
    findings: list[Finding] = [each for spectrum in spectra for each in spectrum.findings]
    for positions, sweeps in grouped_sweeps(spectra):
        kept = capacitive(in_window(sweeps, protocol.lowest_hz, protocol.highest_hz))
        is_enough = kept.n_used >= LEAST_POINTS
        for position, count in zip(positions[~is_enough], kept.n_used[~is_enough], strict=True):
            rows[int(position)], finding = unfitted_row(spectra[position], int(count))
            findings.append(finding)
        if is_enough.any():
            chosen = [spectra[position] for position in positions[is_enough]]
            analysis = analyze(sweeps.rows(is_enough), protocol)
            found, remarked = analyzed_rows(chosen, analysis, protocol)
            rows.update(zip(positions[is_enough].tolist(), found, strict=True))
            findings += remarked
    for copy, original in duplicates(spectra).items():
        rows[copy]["accepted"] = False
        rows[copy]["flags"] = "; ".join(filter(None, [rows[copy]["flags"], "copy"]))
        findings.append(duplicate_finding(spectra[copy], spectra[original]))
    table = pl.DataFrame([rows[position] for position in sorted(rows)], schema=SCHEMA)
    if samples is not None:
        table = table.join(samples, on="file", how="left", maintain_order="left")
    table, told = overruled(with_tortuosity(table, protocol), protocol)
    table = table.select(pl.exclude(_LAST), *_LAST)
    return Condensed(table=table, findings=sort_findings([*findings, *told]))
