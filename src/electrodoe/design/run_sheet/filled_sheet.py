"""A run sheet that was filled in: its cells as numbers, names and times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.design.run_sheet.columns import (
    MADE_ON,
    MEASURED,
    columns_to_fill_in,
    named_columns,
    sheet_titles,
)
from electrodoe.design.run_sheet.table_cells import RowCells
from electrodoe.errors import DesignError
from electrodoe.study import Study, or_nearest
from electrodoe.tables import DecimalMark

Cell = float | str | None


@dataclass(frozen=True, kw_only=True)
class FilledRow:
    """One row of a filled run sheet.

    Attributes
    ----------
    line : int
        Where it stands in the file.
    run : int or None
        The run's number; None where the cell is empty.
    planned, measured : dict
        A factor's planned value as the file repeats it, and the measured one; None where empty.
    has_result : bool
        Whether a response was filled in.
    made_on : datetime or None
        When the run was made, where that can be read.
    """

    line: int
    run: int | None
    planned: dict[str, Cell]
    measured: dict[str, Cell]
    has_result: bool
    made_on: datetime | None

    @property
    def is_made(self) -> bool:
        """Return whether anything says that the run was made."""
        is_measured = any(value is not None for value in self.measured.values())
        return is_measured or self.has_result or self.made_on is not None


def read_rows(
    study: Study,
    plan: RunPlan,
    filled: pl.DataFrame,
    lines: Sequence[int],
    source: str,
    decimal: DecimalMark,
) -> tuple[FilledRow, ...]:
    """Return the rows of a filled run sheet."""
    header = _header(study, plan, filled.columns, source)
    rows = []
    for cells, line in zip(filled.iter_rows(named=True), lines, strict=True):
        row = RowCells(header=header, cells=cells, place=f"{source}, line {line}", decimal=decimal)
        measured = [name for name in study.responses if name not in plan.factors]
        results = [row.number(name) for name in measured if name in header]
        rows.append(
            FilledRow(
                line=line,
                run=row.run(),
                planned=_factors(plan, row, ""),
                measured=_factors(plan, row, MEASURED),
                has_result=any(result is not None for result in results),
                made_on=row.time(MADE_ON),
            )
        )
    return tuple(rows)


def _header(study: Study, plan: RunPlan, columns: Sequence[str], source: str) -> dict[str, str]:
    """Return the file's header by our names, or say which column is not there."""
    to_fill_in = columns_to_fill_in(study, plan.factors)
    known = (RUN, *plan.factors, *to_fill_in)
    header = named_columns(study, known, columns)
    titles = sheet_titles(study, known)
    for name in (RUN, *(MEASURED + factor for factor in plan.factors)):
        if name not in header:
            raise DesignError(
                f"no column '{name}' and none titled '{titles[name]}'",
                where=source,
                fix=f"fill in the run sheet of this plan; {or_nearest(name, columns)}",
            )
    return header


def _factors(plan: RunPlan, row: RowCells, prefix: str) -> dict[str, Cell]:
    """Return a row's cells of the factors, each as the factor's kind: number or category."""
    return {
        name: row.number(prefix + name)
        if plan.frame[name].dtype.is_numeric()
        else row.name(prefix + name)
        for name in plan.factors
    }
