"""The run sheet as a workbook: the runs on its first sheet, what they are about on its second."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.design.run_sheet.columns import MADE_ON, MEASURED, REMARKS
from electrodoe.design.run_sheet.derived_settings import MAX, MIN, DerivedSettings
from electrodoe.report.run_sheet.about import write_about
from electrodoe.report.run_sheet.layout import (
    PLANNED_DIGITS,
    RunSheet,
    SheetColumn,
    SheetPart,
    lay_out,
    plain,
)
from electrodoe.study import Study

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FILLS: Final[dict[SheetPart, str]] = {
    SheetPart.KEY: "#E3E8EC",
    SheetPart.PLANNED: "#CFE3F2",
    SheetPart.ALLOWED: "#E4EFF8",
    SheetPart.DERIVED: "#EDEFF1",
    SheetPart.COUNTER: "#DFEBDF",
    SheetPart.NOTE: "#E3E8EC",
    SheetPart.LINE: "#FCEFC9",
    SheetPart.LABORATORY: "#FBE3D3",
}
"""Color of a head, by what stands below it."""

_PAGES: Final = {SheetPart.ALLOWED: 1, SheetPart.LINE: 1, SheetPart.LABORATORY: 2}
"""Printed page of a part; those that are not named here come first."""
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the same plan gives the same bytes on every day
_PAGE_PX: Final = 980
"""Width of A4 across at 96 dots an inch, less its margins and what another font may add."""
_RED: Final = {"font_color": "#9C0006", "bg_color": "#FFC7CE"}


def run_sheet_xlsx(study: Study, plan: RunPlan, derived: DerivedSettings, order: str) -> bytes:
    """Return the run sheet as a workbook to fill in.

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
    bytes
        XLSX. Its first sheet has one head and then the runs, so that it can be read back as it
        is; its second says what they are about. The same plan gives the same bytes.
    """
    return workbook_bytes(lay_out(study, plan, derived, order))


def workbook_bytes(sheet: RunSheet) -> bytes:
    """Return a run sheet, empty or filled in, as a workbook."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _options()) as book:
        book.set_properties({"title": sheet.title, "created": _CREATED})
        _write_runs(book, book.add_worksheet("Runs"), sheet)
        write_about(book, book.add_worksheet("About"), sheet, FILLS)
    return content.getvalue()


def _options() -> dict[str, Any]:
    """Return the writer's options, anew each time, since the writer changes them."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }


def _write_runs(book: "Workbook", page: "Worksheet", sheet: RunSheet) -> None:
    """Write the table, its widths, its rules and its print set-up."""
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.title, book.add_format(_head(column)))
        page.set_column_pixels(index, index, _width_px(column))
        cell = book.add_format(_cell(column))
        for row, value in enumerate(column.values):
            if value is None:
                page.write_blank(row + 1, index, None, cell)
            elif isinstance(value, str):
                page.write_string(row + 1, index, value, cell)
            else:
                page.write_number(row + 1, index, float(plain(value, PLANNED_DIGITS)), cell)
        _guide(book, page, sheet, index)
    page.set_row_pixels(0, 84)
    for row in range(sheet.n_runs):
        page.set_row_pixels(row + 1, 32)
    page.freeze_panes(1, len(sheet.of(SheetPart.KEY, SheetPart.PLANNED)))
    _set_up_print(page, sheet)


def _guide(book: "Workbook", page: "Worksheet", sheet: RunSheet, index: int) -> None:
    """Let a column to fill in take numbers only, and turn red beyond its tolerance."""
    column = sheet.columns[index]
    if column.part not in (SheetPart.LINE, SheetPart.LABORATORY) or sheet.n_runs == 0:
        return
    factor = column.name.removeprefix(MEASURED)
    is_measured = factor != column.name
    planned = next((c for c in sheet.of(SheetPart.PLANNED) if c.name == factor), None)
    is_category = planned is not None and isinstance(planned.values[0], str)
    is_result = column.part is SheetPart.LABORATORY and column.is_number
    if is_result or (is_measured and not is_category):
        page.data_validation(1, index, sheet.n_runs, index, _numbers_only(column))
    names = [each.name for each in sheet.columns]
    if is_measured and MIN + factor in names:
        measured, smallest, largest = (
            f"${_letters(at)}2"
            for at in (index, names.index(MIN + factor), names.index(MAX + factor))
        )
        beyond = f"OR({measured}<{smallest}-1E-9,{measured}>{largest}+1E-9)"
        rule = f"=AND(ISNUMBER({measured}),{beyond})"
        settings = {"type": "formula", "criteria": rule, "format": book.add_format(_RED)}
        page.conditional_format(1, index, sheet.n_runs, index, settings)


def _numbers_only(column: SheetColumn) -> dict[str, Any]:
    """Return the rule of a cell that holds a number, and what is said to anything else."""
    limits = {"minimum": -0.5, "maximum": 1.5} if column.is_fraction else {}
    how = "Type 26 or 26%." if column.is_fraction else "Words go into the remarks."
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -1e12,
        "maximum": 1e12,
        "error_title": "A number is meant",
        "error_message": f"{column.title[:120]}: {how}",
    } | limits


def _set_up_print(page: "Worksheet", sheet: RunSheet) -> None:
    """Set A4 across, a repeated head, and one page per part: to set, at the line, laboratory."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.center_horizontally()
    keys = sheet.of(SheetPart.KEY, SheetPart.PLANNED)
    page.repeat_rows(0)
    page.repeat_columns(0, len(keys) - 1)
    beside = sum(map(_width_px, keys))
    parts = [
        sum(map(_width_px, columns)) + beside
        for columns in (
            sheet.of(SheetPart.DERIVED, SheetPart.COUNTER, SheetPart.NOTE),
            sheet.of(SheetPart.ALLOWED, SheetPart.LINE),
            sheet.of(SheetPart.LABORATORY),
        )
        if columns
    ]
    page.set_print_scale(max(35, min(100, 100 * _PAGE_PX // max(parts))))
    pages = [_PAGES.get(column.part, 0) for column in sheet.columns]
    page.set_v_pagebreaks([i for i in range(1, len(pages)) if pages[i] != pages[i - 1]])
    title = sheet.title.replace("&", "&&")[:200]
    page.set_header(f"&L&B{' ' if title[:1].isdigit() else ''}{title}&RRun sheet")
    order = sheet.order if len(sheet.order) <= 200 else sheet.order.split(". ", maxsplit=1)[0] + "."
    order = order.replace("&", "&&")[:200]
    page.set_footer(f"&L&8 {order}&R&8 &P of &N")


def _head(column: SheetColumn) -> dict[str, Any]:
    """Return the look of a head."""
    return {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "border_color": "#8A939C",
        "bg_color": FILLS[column.part],
        "font_size": 9,
    }


def _cell(column: SheetColumn) -> dict[str, Any]:
    """Return the look of a cell: its number format is what its title says."""
    look: dict[str, Any] = {"valign": "vcenter", "border": 1, "border_color": "#B4BBC2"}
    look["align"] = "left" if column.name == REMARKS else "center"
    if column.name == REMARKS:
        look["text_wrap"] = True
    if column.part is SheetPart.PLANNED or column.name == RUN:
        look["bold"] = True
    point = f"0.{'0' * column.decimals}" if column.decimals else "0"
    if column.name == MADE_ON:
        look["num_format"] = "yyyy-mm-dd hh:mm"
    elif column.is_fraction:
        is_empty = column.part in (SheetPart.LINE, SheetPart.LABORATORY)
        look["num_format"] = "0.0%" if is_empty else f"{point}%"
    elif column.part not in (SheetPart.LINE, SheetPart.LABORATORY):
        look["num_format"] = point
    return look


def _width_px(column: SheetColumn) -> int:
    """Return a column's width: its longest word, and room for its values."""
    if column.name in (REMARKS, MADE_ON):
        return 210 if column.name == REMARKS else 130
    longest = max(len(word) for word in column.title.split())
    texts = max((len(column.shown(row)) for row in range(len(column.values))), default=0)
    return max(50 if column.part is SheetPart.KEY else 78, 7 * longest + 12, 8 * texts + 12)


def _letters(index: int) -> str:
    """Return a column's letters in a formula: A, B, ..., Z, AA."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(65 + rest) + letters
        index -= 1
    return letters
