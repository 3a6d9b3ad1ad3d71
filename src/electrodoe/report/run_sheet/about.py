"""What the runs are about: how their order came about, and how to fill in the sheet."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from electrodoe.design.run_plan import BLOCK, WHOLE_PLOT, RunPlan
from electrodoe.report.naming import shown
from electrodoe.report.run_sheet.layout import RunSheet, SheetPart
from electrodoe.study import Study


def order_sentence(study: Study, plan: RunPlan, seed: int) -> str:
    """Return how the order was randomized: under which restriction, and from which seed.

    Parameters
    ----------
    study : Study
        Says which factors are hard to change.
    plan : RunPlan
        Says whether there are whole plots or blocks.
    seed : int
        Of the random order.

    Returns
    -------
    str
        One or two sentences for the head of a run sheet.
    """
    if plan.frame[WHOLE_PLOT].is_not_null().any():
        hard = [name for name in plan.factors if study.factors[name].hard_to_change]
        names = " and ".join(shown(study, name).label for name in hard) or "A hard-to-change factor"
        verb = "are" if len(hard) > 1 else "is"
        order = (
            "The order is random with one restriction: whole plots in random order, and the runs"
            f" within each whole plot in random order (seed {seed}). {names} {verb} set anew for"
            " each whole plot and left alone within it."
        )
        return " ".join([order, *_own_block(plan)])
    if _own_block(plan):
        return " ".join([f"The order is random (seed {seed}).", *_own_block(plan)])
    if plan.frame[BLOCK].is_not_null().any():
        return (
            "The order is random with one restriction: block after block, and the runs within each"
            f" block in random order (seed {seed})."
        )
    return (
        f"The order is random, without restriction (seed {seed}): make the runs in this order, and"
        " set every factor anew for each run."
    )


def _own_block(plan: RunPlan) -> list[str]:
    """Return that all runs are one block beside earlier ones, where they are."""
    numbers = plan.frame[BLOCK].drop_nulls().unique().to_list()
    if len(numbers) != 1 or numbers[0] == 1:
        return []
    return [f"All of them are one block of their own, number {numbers[0]}, beside earlier ones."]


if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LETTERS_PER_LINE: Final = 95  # that fit into the column's width
_LINE_PX: Final = 20
"""Height of a row of one line, Excel's default."""

_LEGEND: Final[dict[SheetPart, str]] = {
    SheetPart.PLANNED: "Planned: set these.",
    SheetPart.ALLOWED: "Minimum and maximum value that the tolerance allows.",
    SheetPart.DERIVED: "Follows from the planned: aim at it, and correct it by what is measured.",
    SheetPart.COUNTER: "The electrode that matches it in the cell.",
    SheetPart.LINE: "To fill in at the line. A measured value beyond its tolerance turns red.",
    SheetPart.LABORATORY: "To fill in from the laboratory.",
}
_HOW: Final = (
    "Write numbers only, in the unit of the column's head; words go into the remarks.",
    "A percentage may be typed as 26 or 26%.",
    "Write day and time as 2026-03-31 14:30: it tells in which order runs were made.",
    "A run made twice gets a second row with the same number. Leave a run that was not made empty.",
    "Keep the first row of the sheet 'Runs', and hand this workbook to: electrodoe plan --import",
)


def write_about(
    book: "Workbook", page: "Worksheet", sheet: RunSheet, fills: Mapping[SheetPart, str]
) -> None:
    """Write title, question, order, how to fill in, the legend of colors, and notes."""
    page.set_column_pixels(0, 0, 28)
    page.set_column_pixels(1, 1, 700)
    title = book.add_format({"bold": True, "font_size": 16, "text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "font_size": 11, "valign": "bottom"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    page.merge_range(0, 0, 0, 1, "", title)
    page.write_string(0, 0, sheet.title, title)
    page.set_row_pixels(0, 28 * _n_lines(sheet.title, 55) + 4)
    row = 1
    for head, sentences in (
        ("Question", (sheet.question,)),
        ("Order", (sheet.order,)),
        ("How to fill in", _HOW),
        ("Notes", sheet.notes),
    ):
        present = [sentence for sentence in sentences if sentence]
        if not present:
            continue
        page.set_row_pixels(row, 30)
        page.write_string(row, 0, head, heading)
        for sentence in present:
            row += 1
            page.write_string(row, 1, sentence, text)
            page.set_row_pixels(row, _LINE_PX * _n_lines(sentence, _LETTERS_PER_LINE))
        row += 1
    _write_legend(book, page, sheet, fills, row)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)


def _write_legend(
    book: "Workbook",
    page: "Worksheet",
    sheet: RunSheet,
    fills: Mapping[SheetPart, str],
    row: int,
) -> None:
    """Write what the colors of the heads mean, of those that are there."""
    page.set_row_pixels(row, 30)
    page.write_string(row, 0, "Colors", book.add_format({"bold": True, "valign": "bottom"}))
    indented = book.add_format({"indent": 1})
    for part, words in _LEGEND.items():
        if sheet.of(part):
            row += 1
            look = {"bg_color": fills[part], "border": 1, "border_color": "#8A939C"}
            page.write_blank(row, 0, None, book.add_format(look))
            page.write_string(row, 1, words, indented)


def _n_lines(text: str, letters: int) -> int:
    """Return how many lines a text needs."""
    return max(1, -(-len(text) // letters))
