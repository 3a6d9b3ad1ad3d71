"""What is odd about a sheet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.findings import Finding, found
from electrodoe.ingest import RawTable
from electrodoe.preprocess.sheets.values import MOST_POROUS, SheetValues
from electrodoe.study import SheetsProtocol

_SCATTER: Final = 0.1
"""Readings of a thickness apart by more of their mean: the sheet, not the gauge."""


def check_sheets(
    table: RawTable,
    values: SheetValues,
    sheets: Sequence[str],
    planned_mg_cm2: Floats,
    protocol: SheetsProtocol,
) -> list[Finding]:
    """Return what is odd about each sheet."""
    seen: list[tuple[int, Finding]] = []
    counts = Counter(sheets)
    # over all sheets at once: distance from the plan, and scatter of the readings
    loading = values.coating_mass_loading_mg_cm2
    off = loading / planned_mg_cm2 - 1.0
    spread = values.calendered.sd_um / values.calendered.mean_um
    # sheet by sheet: every finding stands beside the row it is about
    for row, name in enumerate(sheets):
        place = f"{table.place(row)}, sheet {name}"
        if abs(off[row]) > protocol.loading_tolerance:
            seen.append((row, _off_plan(place, loading[row], planned_mg_cm2[row], off[row])))
        if values.is_impossible[row]:
            seen.append((row, _impossible(place, values, row)))
        if spread[row] > _SCATTER:
            seen.append((row, _scatter(place, values, row)))
        if counts[name] > 1:
            seen.append((row, _twice(place, name, counts[name])))
        if values.compaction_rate[row] < 0.0:
            seen.append((row, _thicker(place, values, row)))
        left = (loading, values.coating_thickness_um, values.uncalendered_coating_thickness_um)
        if any(each[row] <= 0.0 for each in left):
            seen.append((row, _no_coating(place, values, row)))
        missing = _missing(values, row)
        if missing:
            seen.append((row, _missing_value(place, missing)))
    return [replace(finding, row=row) for row, finding in seen]


def _off_plan(place: str, seen: float, planned: float, off: float) -> Finding:
    """Return the warning about a loading that is not the planned one."""
    return found(
        "D701", f"{seen:.4g} mg/cm² where {planned:.4g} mg/cm² are planned ({off:+.1%})", place
    )


def _impossible(place: str, values: SheetValues, row: int) -> Finding:
    """Return the error about a sheet that cannot be."""
    loading, thickness = values.coating_mass_loading_mg_cm2[row], values.coating_thickness_um[row]
    return found(
        "D702",
        f"{loading:.4g} mg/cm² in {thickness:.4g} µm is denser than the solids, or emptier"
        f" than {MOST_POROUS:.0%}",
        place,
    )


def _scatter(place: str, values: SheetValues, row: int) -> Finding:
    """Return the warning about readings that differ."""
    sd, mean = values.calendered.sd_um[row], values.calendered.mean_um[row]
    return found(
        "D703", f"{values.calendered.n[row]} readings of {mean:.4g} µm spread by {sd:.3g} µm", place
    )


def _twice(place: str, name: str, n: int) -> Finding:
    """Return the warning about a name that stands in several rows."""
    return found("D706", f"{n} rows are of the sheet '{name}'", place)


def _thicker(place: str, values: SheetValues, row: int) -> Finding:
    """Return the warning about a coating that the calender made thicker."""
    after = values.coating_thickness_um[row]
    before = values.uncalendered_coating_thickness_um[row]
    return found("D707", f"{after:.4g} µm after and {before:.4g} µm before calendering", place)


def _no_coating(place: str, values: SheetValues, row: int) -> Finding:
    """Return the error about a sheet that is no heavier or no thicker than its foil."""
    loading, thickness = values.coating_mass_loading_mg_cm2[row], values.coating_thickness_um[row]
    before = values.uncalendered_coating_thickness_um[row]
    return found(
        "D708",
        f"less the foil, {loading:.4g} mg/cm² and {thickness:.4g} µm are left"
        f" ({before:.4g} µm before calendering)",
        place,
    )


def _missing(values: SheetValues, row: int) -> tuple[str, ...]:
    """Return what a sheet has not, where the others have it."""
    held = {
        "mass loading": values.coating_mass_loading_mg_cm2,
        "thickness": values.coating_thickness_um,
        "thickness before calendering": values.uncalendered_coating_thickness_um,
    }
    return tuple(
        name for name, each in held.items() if np.isnan(each[row]) and np.isfinite(each).any()
    )


def _missing_value(place: str, missing: Sequence[str]) -> Finding:
    """Return the warning about a sheet that lacks what others have."""
    return found("D705", f"no {' and no '.join(missing)}; what needs it stays empty", place)


def foil_findings(table: RawTable, values: SheetValues) -> tuple[Finding, ...]:
    """Return the warnings about a foil that nobody has declared.

    At most one for its mass and one for its thickness.
    """
    needed = (
        (values.needs_foil_mass, "mass", "foil_mass_loading_mg_cm2"),
        (values.needs_foil_thickness, "thickness", "foil_thickness_um"),
    )
    return tuple(
        found(
            "D704",
            f"the {name} is given or asked for with the foil, and the foil's is not known",
            table.header_place,
            fix=f"say {key} in the protocol, or add a column for it",
        )
        for is_needed, name, key in needed
        if is_needed
    )
