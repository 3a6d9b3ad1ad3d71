"""What each run was set to: as it was measured at the line, else as it was planned."""

from pathlib import Path

import polars as pl

from electrodoe.design.run_plan import RUN
from electrodoe.design.run_sheet.columns import MEASURED, named_columns
from electrodoe.design.run_sheet.table_cells import RowCells
from electrodoe.errors import DatasetError
from electrodoe.findings import Finding
from electrodoe.study import Study, level_number, or_level
from electrodoe.study.protocols.raw_files import plain_name
from electrodoe.workflow.condensing.measurement import within
from electrodoe.workflow.run_tables import read_runs, run_plan_path


def run_settings(study: Study, folder: Path) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return the factors and circumstances of every run that a table of runs tells.

    With them comes what was taken as what in that table.

    ``measurements.runs`` names the table: a filled run sheet, or one of a person's own with a
    column ``run``. Without it the plan in ``results`` is taken, if there is one. A filled cell
    ``measured_NAME`` comes before what was planned.
    """
    named = study.measurements.runs
    file = folder / named if named else run_plan_path(folder)
    if named is None and not file.is_file():
        return pl.DataFrame(schema={RUN: pl.String}), ()
    table = read_runs(study, file, is_described=named is not None)
    factors = list(study.factors)
    context = list(study.circumstances)
    known = [RUN, *factors, *(MEASURED + name for name in factors), *context]
    header = named_columns(study, known, table.frame.columns)
    if RUN not in header:
        raise DatasetError(
            "no column 'run'", where=table.header_place, fix="name each row's run in a column 'run'"
        )
    rows: dict[str, dict[str, object]] = {}
    for number, cells in enumerate(table.frame.iter_rows(named=True)):
        row = RowCells(
            header=header,
            cells=cells,
            place=table.place(number),
            decimal=table.decimal or ".",
        )
        run = plain_name(row.name(RUN) or "")
        if not run or run in rows:
            raise DatasetError(
                f"run '{run}' stands twice" if run else "a row without a run",
                where=table.place(number, header[RUN]),
                fix="give every run one row and one name",
            )
        rows[run] = {RUN: run, **_settings(study, row), **_circumstances(row, context)}
    schema = {
        RUN: pl.String,
        **dict.fromkeys(factors, pl.Float64),
        **dict.fromkeys(context, pl.String),
    }
    frame = pl.DataFrame(list(rows.values()), schema=schema)
    filled = [name for name in frame.columns[1:] if frame[name].null_count() < frame.height]
    return frame.select(RUN, *filled), within(folder, table.findings)


def _settings(study: Study, row: RowCells) -> dict[str, float | None]:
    """Return a run's factors: measured where the cell is filled, else planned."""
    found = {}
    for name in study.factors:
        cells = [_setting(study, row, name, each) for each in (MEASURED + name, name)]
        found[name] = next((cell for cell in cells if cell is not None), None)
    return found


def _setting(study: Study, row: RowCells, name: str, column: str) -> float | None:
    """Return a cell of a factor, a category as the number of its level; None where it is empty."""
    if column not in row.header:
        return None
    levels = study.levels.get(name)
    if levels is None:
        return row.number(column)
    cell = row.name(column)
    number = None if cell is None else level_number(cell, levels)
    if cell is not None and number is None:
        raise DatasetError(
            f"'{cell}' is no level of '{name}'",
            where=f"{row.place}, column '{row.header[column]}'",
            fix=or_level(cell, levels, name),
        )
    return number


def _circumstances(row: RowCells, context: list[str]) -> dict[str, str | None]:
    """Return what else is known of a run."""
    return {name: row.name(name) if name in row.header else None for name in context}
