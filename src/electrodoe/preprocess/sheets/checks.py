"""What is odd about a sheet."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.findings import Finding, Severity
from electrodoe.ingest import RawTable
from electrodoe.preprocess.sheets.values import MOST_POROUS, SheetValues
from electrodoe.study import SheetsProtocol

_SCATTER: Final = 0.1
RowFindings = list[tuple[int, Finding]]
"""Findings, each with its row."""


def check_sheets(
    table: RawTable,
    values: SheetValues,
    sheets: Sequence[str],
    planned_mg_cm2: NDArray[np.float64],
    protocol: SheetsProtocol,
) -> RowFindings:
    """Return what is odd about each sheet.

    Parameters
    ----------
    table : RawTable
        For the places.
    values : SheetValues
        What was computed.
    sheets : sequence of str, shape (n_sheets,)
        Names.
    planned_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Planned coating loading; NaN where there is no plan.
    protocol : SheetsProtocol
        With the tolerance.

    Returns
    -------
    list of (int, Finding)
        By row.
    """
    found: RowFindings = []
    counts = Counter(sheets)
    loading = values.coating_mass_loading_mg_cm2
    off = loading / planned_mg_cm2 - 1.0
    spread = values.calendered.sd_um / values.calendered.mean_um
    for row, name in enumerate(sheets):
        place = f"{table.place(row)}, sheet {name}"
        if abs(off[row]) > protocol.loading_tolerance:
            found.append((row, _off_plan(place, loading[row], planned_mg_cm2[row], off[row])))
        if values.is_impossible[row]:
            found.append((row, _impossible(place, values, row)))
        if spread[row] > _SCATTER:
            found.append((row, _scatter(place, values, row)))
        if counts[name] > 1:
            found.append((row, _twice(place, name, counts[name])))
        if values.compaction_rate[row] < 0.0:
            found.append((row, _thicker(place, values, row)))
        left = (loading, values.coating_thickness_um, values.uncalendered_coating_thickness_um)
        if any(each[row] <= 0.0 for each in left):
            found.append((row, _no_coating(place, values, row)))
        missing = _missing(values, row)
        if missing:
            found.append((row, _missing_value(place, missing)))
    return found


def _off_plan(place: str, found: float, planned: float, off: float) -> Finding:
    """Return the warning about a loading that is not the planned one."""
    return Finding(
        code="D701",
        severity=Severity.WARNING,
        title="Loading beyond its tolerance",
        what=f"{found:.4g} mg/cm² where {planned:.4g} mg/cm² are planned ({off:+.1%})",
        where=place,
        fix="keep the measured loading as the input; make the run again if the plan needs it",
    )


def _impossible(place: str, values: SheetValues, row: int) -> Finding:
    """Return the error about a sheet that cannot be."""
    loading, thickness = values.coating_mass_loading_mg_cm2[row], values.coating_thickness_um[row]
    return Finding(
        code="D702",
        severity=Severity.ERROR,
        title="Impossible sheet",
        what=f"{loading:.4g} mg/cm² in {thickness:.4g} µm is denser than the solids, or emptier"
        f" than {MOST_POROUS:.0%}",
        where=place,
        fix="check mass, thickness, area, foil and their units",
    )


def _scatter(place: str, values: SheetValues, row: int) -> Finding:
    """Return the warning about readings that differ."""
    sd, mean = values.calendered.sd_um[row], values.calendered.mean_um[row]
    return Finding(
        code="D703",
        severity=Severity.WARNING,
        title="Thickness readings scatter",
        what=f"{values.calendered.n[row]} readings of {mean:.4g} µm spread by {sd:.3g} µm",
        where=place,
        fix="measure the sheet again",
    )


def _twice(place: str, name: str, n: int) -> Finding:
    """Return the warning about a name that stands in several rows."""
    return Finding(
        code="D706",
        severity=Severity.WARNING,
        title="Sheet measured twice",
        what=f"{n} rows are of the sheet '{name}'",
        where=place,
        fix="name the sheets apart, or delete the row that is wrong",
    )


def _thicker(place: str, values: SheetValues, row: int) -> Finding:
    """Return the warning about a coating that the calender made thicker."""
    after = values.coating_thickness_um[row]
    before = values.uncalendered_coating_thickness_um[row]
    return Finding(
        code="D707",
        severity=Severity.WARNING,
        title="Thicker after the calender",
        what=f"{after:.4g} µm after and {before:.4g} µm before calendering",
        where=place,
        fix="check that the two columns are not swapped",
    )


def _no_coating(place: str, values: SheetValues, row: int) -> Finding:
    """Return the error about a sheet that is no heavier or no thicker than its foil."""
    loading, thickness = values.coating_mass_loading_mg_cm2[row], values.coating_thickness_um[row]
    before = values.uncalendered_coating_thickness_um[row]
    return Finding(
        code="D708",
        severity=Severity.ERROR,
        title="No coating left",
        what=f"less the foil, {loading:.4g} mg/cm² and {thickness:.4g} µm are left"
        f" ({before:.4g} µm before calendering)",
        where=place,
        fix="check the foil's mass and thickness, and the units of the columns",
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
    return Finding(
        code="D705",
        severity=Severity.WARNING,
        title="Value missing",
        what=f"no {' and no '.join(missing)}; what needs it stays empty",
        where=place,
        fix="weigh and measure the sheet, or leave it out of the table",
    )


def foil_findings(table: RawTable, values: SheetValues) -> tuple[Finding, ...]:
    """Return the warnings about a foil that nobody has declared.

    Parameters
    ----------
    table : RawTable
        For the place.
    values : SheetValues
        What was computed.

    Returns
    -------
    tuple of Finding
        At most one for its mass and one for its thickness.
    """
    needed = (
        (values.needs_foil_mass, "mass", "foil_mass_loading_mg_cm2"),
        (values.needs_foil_thickness, "thickness", "foil_thickness_um"),
    )
    return tuple(
        Finding(
            code="D704",
            severity=Severity.WARNING,
            title="Foil not known",
            what=f"the {name} is of coating and foil together, and the foil's is not known",
            where=table.header_place,
            fix=f"say {key} in the protocol, or add a column for it",
        )
        for is_needed, name, key in needed
        if is_needed
    )
