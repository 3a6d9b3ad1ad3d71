"""From a table of sheets to one row of samples per sheet."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
import polars.selectors as cs

from electrodoe.arrays import Floats
from electrodoe.findings import Finding, Severity
from electrodoe.ingest import RawTable
from electrodoe.ingest import names as names_of
from electrodoe.physics import coating_mass_loading
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.sheets.checks import check_sheets, foil_findings
from electrodoe.preprocess.sheets.columns import SheetColumns, sheet_columns
from electrodoe.preprocess.sheets.values import SheetMaterial, SheetValues, sheet_values
from electrodoe.quantities import TableSchema
from electrodoe.study import SheetsProtocol

SHEETS_SCHEMA: Final = TableSchema(
    name="sheets",
    columns={
        "file": pl.String,
        "lines": pl.String,
        "rule": pl.String,
        "sheet": pl.String,
        "run": pl.String,
        "coating_mass_loading_mg_cm2": pl.Float64,
        "active_mass_loading_mg_cm2": pl.Float64,
        "planned_coating_mass_loading_mg_cm2": pl.Float64,
        "coating_thickness_um": pl.Float64,
        "coating_thickness_sd_um": pl.Float64,
        "n_thickness_readings": pl.Int64,
        "uncalendered_coating_thickness_um": pl.Float64,
        "porosity": pl.Float64,
        "compaction_rate": pl.Float64,
        "accepted": pl.Boolean,
        "flags": pl.String,
    },
)
"""One row per sheet."""

_RULE: Final = (
    "mass less foil over area; mean thickness less foil; porosity eq. 1, compaction eq. 3"
)
_OF_ELECTRODE: Final = " of coating and foil"
"""What the rule adds where the protocol says ``compaction_of = "electrode"``."""


def condense_sheets(
    table: RawTable,
    protocol: SheetsProtocol,
    material: SheetMaterial,
    planned: pl.DataFrame | None = None,
) -> Condensed:
    """Return mass loading, thickness, porosity and compaction rate of every sheet.

    Parameters
    ----------
    table : RawTable
        One row per sheet, as ``read_table`` hands it on; masses, areas and thicknesses under the
        usual headers with their units, several readings of a thickness in several columns.
    protocol : SheetsProtocol
        Area and foil, where the table does not hold them; the tolerance of the loading.
    material : SheetMaterial
        Density, active share and foil, as plain numbers.
    planned : polars.DataFrame or None
        ``run`` with ``coating_mass_loading_mg_cm2`` or ``active_mass_loading_mg_cm2``.

    Returns
    -------
    Condensed
        In the order of the table, with the columns of ``SHEETS_SCHEMA``; what cannot be said of a
        sheet is empty. Sheets are coated on one side.

    Raises
    ------
    IngestError
        If a cell is no number, or no column holds anything with its unit; with the place.
    """
    columns = sheet_columns(table.frame.columns, table.header_place)
    values = sheet_values(table, columns, protocol, material)
    sheets, runs = _named(table, columns, "sheet"), _named(table, columns, "run")
    planned_mg_cm2 = _planned(runs, planned, material)
    found = check_sheets(
        table,
        values,
        [name or f"in line {line}" for name, line in zip(sheets, table.lines, strict=True)],
        planned_mg_cm2,
        protocol,
    )
    rule = _RULE + (_OF_ELECTRODE if protocol.compaction_of == "electrode" else "")
    frame = _frame(table, values, sheets, runs, planned_mg_cm2, found)
    frame = frame.with_columns(rule=pl.lit(rule))
    findings = (*foil_findings(table, values), *found)
    return Condensed(table=SHEETS_SCHEMA.check(frame), findings=findings)


def _named(table: RawTable, columns: SheetColumns, name: str) -> list[str | None]:
    """Return the names of sheets or runs, where the table has them."""
    header = columns.names.get(name)
    return names_of(table, header) if header else [None] * table.frame.height


def _planned(
    runs: list[str | None], planned: pl.DataFrame | None, material: SheetMaterial
) -> Floats:
    """Return each sheet's planned coating loading; NaN where there is none."""
    if planned is None:
        return np.full(len(runs), np.nan)
    fraction = material.active_mass_fraction
    if "coating_mass_loading_mg_cm2" in planned.columns:
        loading = planned["coating_mass_loading_mg_cm2"].to_numpy().astype(np.float64)
    elif "active_mass_loading_mg_cm2" in planned.columns and fraction:
        active = planned["active_mass_loading_mg_cm2"].to_numpy().astype(np.float64)
        loading = coating_mass_loading(active, fraction)
    else:
        return np.full(len(runs), np.nan)
    by_run = dict(zip(planned["run"].cast(pl.String).to_list(), loading, strict=True))
    return np.array([by_run.get(run, np.nan) for run in runs], dtype=np.float64)


def _frame(
    table: RawTable,
    values: SheetValues,
    sheets: list[str | None],
    runs: list[str | None],
    planned_mg_cm2: Floats,
    found: Sequence[Finding],
) -> pl.DataFrame:
    """Return the rows with their flags."""
    flags: list[list[str]] = [[] for _ in sheets]
    accepted = np.full(len(sheets), True)
    for finding in sorted(found, key=lambda each: each.severity is not Severity.ERROR):
        row = finding.row or 0
        flags[row].append(finding.title.lower())
        accepted[row] &= finding.severity is not Severity.ERROR
    content = {
        "file": [str(table.path)] * len(sheets),
        "lines": [str(line) for line in table.lines],
        "rule": "",
        "sheet": sheets,
        "run": runs,
        "coating_mass_loading_mg_cm2": values.coating_mass_loading_mg_cm2,
        "active_mass_loading_mg_cm2": values.active_mass_loading_mg_cm2,
        "planned_coating_mass_loading_mg_cm2": planned_mg_cm2,
        "coating_thickness_um": values.coating_thickness_um,
        "coating_thickness_sd_um": values.calendered.sd_um,
        "n_thickness_readings": values.calendered.n,
        "uncalendered_coating_thickness_um": values.uncalendered_coating_thickness_um,
        "porosity": values.porosity,
        "compaction_rate": values.compaction_rate,
        "accepted": accepted,
        "flags": ["; ".join(own) for own in flags],
    }
    frame = pl.DataFrame(content, schema=dict(SHEETS_SCHEMA.columns))
    return frame.with_columns(cs.float().fill_nan(None))
