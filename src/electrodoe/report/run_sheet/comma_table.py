"""The run sheet as CSV, for programs and for whoever likes it plain."""

import csv
import io

from electrodoe.design.run_plan import RunPlan
from electrodoe.design.run_sheet.derived_settings import DerivedSettings
from electrodoe.report.run_sheet.layout import (
    DERIVED_DIGITS,
    PLANNED_DIGITS,
    Part,
    SheetColumn,
    lay_out,
    plain,
)
from electrodoe.study import Study


def run_sheet_csv(study: Study, plan: RunPlan, derived: DerivedSettings) -> bytes:
    """Return the run sheet as UTF-8 text, with the columns' names in its first line.

    Parameters
    ----------
    study, plan : Study and RunPlan
        What is asked and what is to be set.
    derived : DerivedSettings
        What follows from it.

    Returns
    -------
    bytes
        Comma between cells, decimal point, fractions as such, cells to fill in empty.
    """
    sheet = lay_out(study, plan, derived, "")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in sheet.columns])
    for row in range(sheet.n_runs):
        writer.writerow([_cell(column, row) for column in sheet.columns])
    return text.getvalue().encode()


def _cell(column: SheetColumn, row: int) -> str:
    """Return a cell rounded to what can be set."""
    value = column.values[row]
    if value is None or isinstance(value, str):
        return value or ""
    return plain(value, DERIVED_DIGITS if column.part is not Part.PLANNED else PLANNED_DIGITS)
