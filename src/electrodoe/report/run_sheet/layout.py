"""What stands on a run sheet, whatever it is written to: columns in order, with their numbers."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from electrodoe.design.run_plan import (
    BLOCK,
    PARTS,
    PLAN_COLUMNS,
    PURPOSE,
    REPLICATE_OF,
    RUN,
    WHOLE_PLOT,
    RunPlan,
)
from electrodoe.design.run_sheet.columns import (
    columns_to_fill_in,
    sheet_titles,
    sheet_unit,
    sheet_words,
)
from electrodoe.design.run_sheet.derived_settings import MAX, MIN, DerivedSettings
from electrodoe.quantities import is_fraction, split_unit
from electrodoe.study import Study

PLANNED_DIGITS: Final = 6
"""Significant: a planned setting is written as it was planned."""
DERIVED_DIGITS: Final = 4
"""Significant: fewer, as a derived setting follows from measured materials; chosen."""
_SHOWN_DIGITS: Final = 4
"""Of the smallest number of a column, from which its decimals follow; chosen."""
_FINEST: Final = {"um": 1, "mg_cm2": 2, "c": 1}
"""Decimals that a gauge, a balance or a dryer can follow, by unit."""


class SheetPart(StrEnum):
    """Where on the sheet a column belongs."""

    KEY = "key"
    PLANNED = "planned"
    ALLOWED = "allowed"
    DERIVED = "derived"
    COUNTER = "counter"
    NOTE = "note"
    LINE = "line"
    LABORATORY = "laboratory"


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """One column of a run sheet.

    Attributes
    ----------
    name : str
        For programs: the head of the CSV file.
    title : str
        For people: words and unit, the head of the workbook; unlike every other title.
    part : SheetPart
        Where it belongs.
    values : tuple
        Numbers in the column's unit, fractions as such; None in a cell to fill in.
    words, note, unit : str
        The title in pieces.
    is_fraction : bool
        Whether people read it in percent.
    decimals : int
        Digits behind the point as people read it.
    is_number : bool
        Whether a cell to fill in takes numbers alone; one of two outcomes takes words, too.
    """

    name: str
    title: str
    part: SheetPart
    values: tuple[float | str | None, ...]
    words: str
    note: str
    unit: str
    is_fraction: bool
    decimals: int
    is_number: bool = True

    def shown(self, row: int) -> str:
        """Return a cell as people read it, without its unit; empty where there is nothing."""
        value = self.values[row]
        if value is None or isinstance(value, str):
            return value or ""
        return f"{100.0 * value if self.is_fraction else value:.{self.decimals}f}".replace("-", "−")


@dataclass(frozen=True, kw_only=True)
class RunSheet:
    """A run sheet before it is written to anything.

    Attributes
    ----------
    title, question, order : str
        Its head.
    columns : tuple of SheetColumn
        In order, from the run's number to the last response.
    notes : tuple of str
        What was left out, and why.
    """

    title: str
    question: str
    order: str
    columns: tuple[SheetColumn, ...]
    notes: tuple[str, ...]

    @property
    def n_runs(self) -> int:
        """Return the number of runs."""
        return len(self.columns[0].values)

    def of(self, *parts: SheetPart) -> tuple[SheetColumn, ...]:
        """Return the columns of some parts."""
        return tuple(column for column in self.columns if column.part in parts)


def lay_out(study: Study, plan: RunPlan, derived: DerivedSettings, order: str) -> RunSheet:
    """Return the run sheet of a plan: its runs that are still to be made.

    Parameters
    ----------
    study, plan : Study and RunPlan
        What is asked and what is to be set.
    derived : DerivedSettings
        What follows from it.
    order : str
        How the order came about, in a sentence.

    Returns
    -------
    RunSheet
        The same for a file, a workbook and a page.
    """
    frame = plan.frame.join(derived.frame, on=RUN, how="left", maintain_order="left")
    frame = frame.filter(pl.col(PURPOSE).ne_missing("existing"))
    parts = _parts(study, plan, frame)
    titles = sheet_titles(study, list(parts))
    n_existing = plan.n_runs - frame.height
    existing = (
        (f"{n_existing} runs of the plan were made before and are not listed.",)
        if n_existing
        else ()
    )
    left_out = (f"Not derived: {found.what}; {found.fix}." for found in derived.findings)
    return RunSheet(
        title=study.title,
        question=study.question,
        order=order,
        columns=tuple(
            _column(study, name, titles[name], part, frame) for name, part in parts.items()
        ),
        notes=(*existing, *left_out),
    )


def plain(value: float, digits: int) -> str:
    """Return a number with some significant digits, without trailing zeros and exponent.

    Examples
    --------
    >>> plain(8.72340425, 4), plain(123456.0, 4), plain(50.0, 6)
    ('8.723', '123500', '50')
    """
    return f"{float(f'{value:.{digits}g}'):.15g}"


def _parts(study: Study, plan: RunPlan, frame: pl.DataFrame) -> dict[str, SheetPart]:
    """Return every column of the sheet in order, and the part that it belongs to."""
    keys = [RUN, *(name for name in (WHOLE_PLOT, BLOCK) if _is_reported(frame[name]))]
    parts = dict.fromkeys(keys, SheetPart.KEY) | dict.fromkeys(plan.factors, SheetPart.PLANNED)
    counter = study.cell.counter_role if study.cell else None
    follows = [name for name in frame.columns if name not in {*PLAN_COLUMNS, *plan.factors}]
    ends = [name for name in follows if name.startswith((MIN, MAX))]
    for name in follows:
        if name not in ends:
            is_counter = counter is not None and counter in name.split("_")
            parts[name] = SheetPart.COUNTER if is_counter else SheetPart.DERIVED
    if _is_reported(frame[REPLICATE_OF]):
        parts[REPLICATE_OF] = SheetPart.NOTE
    if frame[PURPOSE].n_unique() > 1 or frame[PURPOSE].str.starts_with(PARTS).any():
        parts[PURPOSE] = SheetPart.NOTE
    parts |= dict.fromkeys(ends, SheetPart.ALLOWED)
    for name in columns_to_fill_in(study, plan.factors):
        parts[name] = SheetPart.LABORATORY if name in study.responses else SheetPart.LINE
    return parts


def _is_reported(column: pl.Series) -> bool:
    """Return whether a column says anything."""
    return column.is_not_null().any()


def _column(
    study: Study, name: str, title: str, part: SheetPart, frame: pl.DataFrame
) -> SheetColumn:
    """Return one column with its values and how they are shown."""
    values: tuple[float | str | None, ...] = (None,) * frame.height
    if name in frame.columns and part not in (SheetPart.LINE, SheetPart.LABORATORY):
        values = tuple(frame[name].to_list())
    fraction = is_fraction(name)
    words, note = sheet_words(study, name)
    unit = sheet_unit(study, name)
    return SheetColumn(
        name=name,
        title=title,
        part=part,
        values=values,
        words=words,
        note=note,
        unit=unit,
        is_fraction=fraction,
        decimals=_decimals(name, part, values, 100.0 if fraction else 1.0),
        is_number=name not in study.responses or study.kind_of(name) != "binary",
    )


def _decimals(
    name: str, part: SheetPart, values: Sequence[float | str | None], scale: float
) -> int:
    """Return how many decimals show four digits of the smallest value; no zeros."""
    numbers = [scale * abs(v) for v in values if isinstance(v, int | float) and v]
    if not numbers:
        return 0
    finest = _FINEST.get(split_unit(name)[1], 6)
    decimals = max(0, min(6, _SHOWN_DIGITS - 1 - math.floor(math.log10(min(numbers)))))
    if part in (SheetPart.DERIVED, SheetPart.COUNTER):
        return min(decimals, finest)
    while decimals and all(abs(n - round(n, decimals - 1)) < 1e-9 * n for n in numbers):
        decimals -= 1
    return decimals


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
    return plain(value, DERIVED_DIGITS if column.part is not SheetPart.PLANNED else PLANNED_DIGITS)
