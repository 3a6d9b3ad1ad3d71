"""Cycler records condensed: one row per cell, and one row per cycle."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.findings import Finding, Severity, found, sort_findings
from electrodoe.ingest import CyclerRecord
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.cycling.c_rates import rate_token, rate_words
from electrodoe.preprocess.cycling.cycle_table import SCHEMA, cycle_table, per_gram
from electrodoe.preprocess.cycling.cycled_cell import CycledCell, cycle_cell
from electrodoe.preprocess.cycling.screening import CHECKS
from electrodoe.study import RateCapabilityProtocol

_MASS: Final = "active_mass_mg"
_LAST: Final = ("accepted", "flags")


def condense_cycling(
    records: Sequence[CyclerRecord],
    protocol: RateCapabilityProtocol,
    samples: pl.DataFrame | None = None,
) -> Condensed:
    """Return one row per cell: its capacity at each rate.

    Parameters
    ----------
    records : sequence of CyclerRecord
        One per cell.
    protocol : RateCapabilityProtocol
        How they were made, and which cycle counts.
    samples : polars.DataFrame or None
        ``file`` (the record's path as text) and ``active_mass_mg``, the cell's active material.

    Returns
    -------
    Condensed
        ``nominal_capacity_mah`` (beside which the rates are named), ``n_cycles``,
        ``n_formation_cycles``, ``formation_discharge_capacity_mah`` (of the last discharge of the
        formation, by which the paper tells a cell's capacity; empty without a formation),
        ``first_cycle_loss``, ``coulombic_efficiency`` (median of the rate test, cycles at the rate
        of the one before), ``discharge_capacity_c10_mah`` and so on for every usual rate,
        ``..._mah_g`` where the active mass is known.
    """
    cells, screened = _screened(records, protocol, samples)
    rows = [pl.DataFrame([_cell_row(*pair)]) for pair in zip(cells, screened, strict=True)]
    table = pl.concat(rows, how="diagonal_relaxed") if rows else pl.DataFrame()
    order = [name for name in table.columns if not _is_capacity(name) and name not in _LAST]
    rates = sorted({rate for cell in cells for rate in cell.tested})
    names = [_name(rate, unit) for unit in ("mah", "mah_g") for rate in rates]
    present = [name for name in names if name in table.columns and table[name].count()]
    return Condensed(
        table=table.select(*order, *present, *_LAST) if rows else table,
        findings=_findings(cells, screened),
    )


def tabulate_cycles(
    records: Sequence[CyclerRecord],
    protocol: RateCapabilityProtocol,
    samples: pl.DataFrame | None = None,
) -> Condensed:
    """Return one row per cycle, formation and rate test distinguished.

    Parameters
    ----------
    records, protocol, samples
        As for :func:`condense_cycling`.

    Returns
    -------
    Condensed
        Columns as :func:`electrodoe.preprocess.cycling.cycle_table.cycle_table` names them.
    """
    cells, screened = _screened(records, protocol, samples)
    tables = [cycle_table(*pair) for pair in zip(cells, screened, strict=True)]
    return Condensed(
        table=pl.concat(tables) if tables else pl.DataFrame(schema=SCHEMA),
        findings=_findings(cells, screened),
    )


def _screened(
    records: Sequence[CyclerRecord],
    protocol: RateCapabilityProtocol,
    samples: pl.DataFrame | None,
) -> tuple[list[CycledCell], list[list[Finding]]]:
    """Return the cells, and what is odd about each."""
    masses = _masses(samples)
    cells = [
        cycle_cell(record, protocol, masses.get(str(record.path)) or protocol.active_mass_mg)
        for record in records
    ]
    screened = [[finding for check in CHECKS for finding in check(cell)] for cell in cells]
    wanted = _wanted_rates(cells, protocol)
    for cell, of_cell in zip(cells, screened, strict=True):
        of_cell.extend(_early_end(cell, wanted))
    return cells, screened


def _masses(samples: pl.DataFrame | None) -> dict[str, float]:
    """Return the active mass of each file that has one."""
    if samples is None or _MASS not in samples.columns:
        return {}
    pairs = samples.select("file", pl.col(_MASS).cast(pl.Float64)).drop_nulls().rows()
    return {file: mass for file, mass in pairs if mass > 0.0}


def _wanted_rates(cells: Sequence[CycledCell], protocol: RateCapabilityProtocol) -> list[float]:
    """Return the rates that a test has to reach: the protocol's, or most cells' own."""
    if protocol.rates or len(cells) < 3:
        return list(protocol.rates)
    reached = [rate for cell in cells for rate in cell.tested]
    return [rate for rate in sorted(set(reached)) if 2 * reached.count(rate) > len(cells)]


def _early_end(cell: CycledCell, wanted: Sequence[float]) -> list[Finding]:
    """Return the finding about rates that a cell did not reach."""
    missing = [
        rate for rate in wanted if not any(np.isclose(rate, own, rtol=1e-3) for own in cell.tested)
    ]
    if not missing:
        return []
    words = ", ".join(map(rate_words, missing))
    ended = found(
        "D509",
        f"no cycle at {words}, which the test is meant to reach",
        cell.place(),
        flag=f"no cycle at {words}",
    )
    return [ended]


def _cell_row(cell: CycledCell, screened: Sequence[Finding]) -> dict[str, Any]:
    """Return a cell's row."""
    first = cell.cycles[0].coulombic_efficiency if cell.cycles else None
    lines = cell.record.lines
    formed = _formation_capacity(cell)
    row: dict[str, Any] = {
        "file": str(cell.record.path),
        "lines": f"{lines.min()}-{lines.max()}",
        "rule": _rule(cell),
        "nominal_capacity_mah": cell.capacity_for_rates_mah,
        "n_cycles": len(cell.cycles),
        "n_formation_cycles": cell.n_formation,
        "formation_discharge_capacity_mah": formed,
        "formation_discharge_capacity_mah_g": per_gram(formed, cell.active_mass_mg),
        "first_cycle_loss": 1.0 - first if first is not None and first <= 1.0 else None,
        "coulombic_efficiency": _efficiency(cell),
    }
    for rate, cycles in cell.tested.items():
        chosen = cycles[min(cell.protocol.cycle_at_rate, len(cycles)) - 1]
        half = cell.cycles[chosen].discharge
        capacity = half.capacity_mah if half else None
        row[_name(rate, "mah")] = capacity
        row[_name(rate, "mah_g")] = per_gram(capacity, cell.active_mass_mg)
    rejecting_first = sorted(screened, key=lambda finding: finding.severity is not Severity.ERROR)
    flags = dict.fromkeys(finding.flag for finding in rejecting_first)
    accepted = not any(finding.severity is Severity.ERROR for finding in screened)
    return {**row, "accepted": accepted, "flags": "; ".join(flags)}


def _formation_capacity(cell: CycledCell) -> float | None:
    """Return what the last discharge of the formation gave; None without one."""
    halves = [cycle.discharge for cycle in cell.cycles[: cell.n_formation]]
    given = [half.capacity_mah for half in halves if half is not None]
    return given[-1] if given else None


def _efficiency(cell: CycledCell) -> float | None:
    """Return the median efficiency of cycles that follow one at their own rate."""
    rows = range(max(cell.n_formation, 1), len(cell.cycles))
    repeated = [row for row in rows if cell.c_rates[row] == cell.c_rates[row - 1]]
    every = (cell.cycles[row].coulombic_efficiency for row in repeated)
    found = [efficiency for efficiency in every if efficiency is not None]
    return float(np.median(found)) if found else None


def _rule(cell: CycledCell) -> str:
    """Return in words how a cell's row came about."""
    n = cell.n_formation
    formation = f"formation: the first {n} cycle{'' if n == 1 else 's'}" if n else "no formation"
    known = cell.declared_capacity_mah
    rates = "rates by the declared capacity" if known else "rates by the slowest discharge"
    return f"discharge of cycle {cell.protocol.cycle_at_rate} at each rate; {formation}; {rates}"


def _name(rate: float, unit: str) -> str:
    """Return the column of a rate's discharge capacity."""
    return f"discharge_capacity_{rate_token(rate)}_{unit}"


def _is_capacity(name: str) -> bool:
    """Return whether a column holds a rate's capacity."""
    return name.startswith("discharge_capacity_")


def _findings(
    cells: Sequence[CycledCell], screened: Sequence[Sequence[Finding]]
) -> tuple[Finding, ...]:
    """Return every finding of readers, segmenting and screening."""
    of_files = [finding for cell in cells for finding in (*cell.record.findings, *cell.findings)]
    of_cells = [finding for of_cell in screened for finding in of_cell]
    return sort_findings(dict.fromkeys([*of_files, *of_cells]))
