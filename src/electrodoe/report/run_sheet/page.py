"""The run sheet as a page to print on A4 and to fill in by hand."""

from typing import Final

from electrodoe.design.run_plan import PURPOSE, REPLICATE_OF, RunPlan
from electrodoe.design.run_sheet.columns import MADE_ON, OPERATOR, REMARKS
from electrodoe.design.run_sheet.derived_settings import MAX, MIN, DerivedSettings
from electrodoe.report.page import render
from electrodoe.report.run_sheet.layout import RunSheet, SheetColumn, SheetPart, lay_out, plain
from electrodoe.study import Study

_WIDTHS_MM: Final = {REMARKS: 60.0, MADE_ON: 32.0, OPERATOR: 24.0}
_BOX_MM: Final = 20.0
"""Width to write a number into by hand; chosen."""
_PAGE_MM: Final = 277.0
"""Width of A4 across, less its margins."""


def run_sheet_html(study: Study, plan: RunPlan, derived: DerivedSettings, order: str) -> str:
    """Return the run sheet as a self-contained page: what to set, then boxes to write into.

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
    str
        HTML that loads nothing from elsewhere, laid out for A4 across.
    """
    sheet = lay_out(study, plan, derived, order)
    return render(
        "run_sheet.html.j2",
        sheet=sheet,
        keys=sheet.of(SheetPart.KEY),
        planned=sheet.of(SheetPart.PLANNED),
        groups=_groups(study, sheet),
        allowed=_allowed(sheet),
        notes=[_note(sheet, row) for row in range(sheet.n_runs)],
        records=[("At the line", page) for page in _pages(sheet, SheetPart.LINE)]
        + [("In the laboratory", page) for page in _pages(sheet, SheetPart.LABORATORY)],
        width_of=_width_mm,
    )


def _note(sheet: RunSheet, row: int) -> str:
    """Return what stands below a run's number: which run it repeats, or why it is there."""
    reported = {column.name: column.shown(row) for column in sheet.of(SheetPart.NOTE)}
    if reported.get(REPLICATE_OF):
        return f"as run {reported[REPLICATE_OF]}"
    purpose = reported.get(PURPOSE, "")
    return "" if purpose == "planned" else purpose.replace("_", " ")


def _groups(study: Study, sheet: RunSheet) -> list[tuple[str, tuple[SheetColumn, ...]]]:
    """Return derived columns under the words that stand above them."""
    cell = study.cell
    own = f" for the {cell.role}" if cell else ""
    groups = [
        (f"Follows{own}", sheet.of(SheetPart.DERIVED)),
        (f"Matching {cell.counter_role if cell else 'electrode'}", sheet.of(SheetPart.COUNTER)),
    ]
    return [(title, columns) for title, columns in groups if columns]


def _allowed(sheet: RunSheet) -> dict[str, list[str]]:
    """Return what each factor's tolerance allows in every run, as people read it."""
    columns = {column.name: column for column in sheet.of(SheetPart.ALLOWED)}
    return {
        factor.name: [
            allowed_text(columns[MIN + factor.name], columns[MAX + factor.name], row)
            for row in range(sheet.n_runs)
        ]
        for factor in sheet.of(SheetPart.PLANNED)
        if MIN + factor.name in columns
    }


def allowed_text(lower: SheetColumn, upper: SheetColumn, row: int) -> str:
    """Return the ends of what is allowed in a run, as people read them."""
    scale = 100.0 if lower.is_fraction else 1.0
    ends = (column.values[row] for column in (lower, upper))
    texts = [plain(scale * end, 4) for end in ends if isinstance(end, int | float)]
    return " to ".join(texts).replace("-", "−")


def _pages(sheet: RunSheet, part: SheetPart) -> list[tuple[SheetColumn, ...]]:
    """Return columns to fill in, as many to a page as leave room to write."""
    beside = sum(_width_mm(column) for column in sheet.of(SheetPart.KEY, SheetPart.PLANNED))
    room = max(_PAGE_MM - beside, 3 * _BOX_MM)
    pages: list[tuple[SheetColumn, ...]] = []
    for column in sheet.of(part):
        last = pages[-1] if pages else ()
        if last and sum(map(_width_mm, last)) + _width_mm(column) <= room:
            pages[-1] = (*last, column)
        else:
            pages.append((column,))
    return pages


def _width_mm(column: SheetColumn) -> float:
    """Return the width that a column needs on paper."""
    if column.part is SheetPart.KEY:
        return 14.0
    return _WIDTHS_MM.get(column.name, _BOX_MM)
