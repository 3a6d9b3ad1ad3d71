"""The portfolio: every candidate parameter as a card, by its importance and its complexity."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from electrodoe.design.screening.relevance import ADVICE, SCORE_OF_RATING
from electrodoe.design.screening.roles import Role, in_words, inside
from electrodoe.design.screening.screening import Screening
from electrodoe.quantities import label_of
from electrodoe.report.figure import FigureData
from electrodoe.report.plot import PT_PER_IN, Drawing, Outline, Shape, Text
from electrodoe.report.plot.shapes import base_line
from electrodoe.report.style import (
    FAINT,
    FIRST,
    GRID,
    INK,
    LIGHT,
    MUTED,
    PAGE_WIDTH_IN,
    SECOND,
    SMALL,
)

MARKS: Final = {
    Role.FACTOR: FIRST,
    Role.STAND_IN: FIRST,
    Role.CANDIDATE_FACTOR: SECOND,
    Role.CANDIDATE_RESPONSE: LIGHT["third"],
}
"""Color of the bar at a card's left; other roles have a pale one."""
LINE_IN: Final = 0.135  # of a line of text on a card
NOTE_SIZE: Final = 6.5
"""In points: smaller than a label, still readable in print; chosen."""
LABELS_PER_IN, NOTES_PER_IN = 14.0, 18.0
"""Letters of bold labels and of notes that surely fit into an inch."""
_LEVELS: Final = ("low", "medium", "high")
_ORDER: Final = (
    Role.FACTOR,
    Role.STAND_IN,
    Role.CANDIDATE_FACTOR,
    Role.CANDIDATE_RESPONSE,
    Role.RECORD,
    Role.ELIMINATED,
    Role.LEFT_OUT,
    Role.IGNORE,
)
"""From the top of a field to its foot; equal roles by rank."""
_LEFT_IN, _RIGHT_IN, _TOP_IN, _BOTTOM_IN = 0.72, 0.06, 0.06, 0.5
_EMPTY_FRACTION: Final = 0.5
"""Width of a column without cards, over that of one with cards; chosen."""
_PAD_IN, _GAP_IN = 0.07, 0.06


def build(screening: Screening) -> FigureData:
    """Return the portfolio of a screening.

    Parameters
    ----------
    screening : Screening
        Ranked parameters with their roles.

    Returns
    -------
    FigureData
        One row per card: its place, its words, its role.
    """
    labels = dict(screening.table.select("parameter", "label").iter_rows())
    labels = {factor.name: factor.label for factor in screening.selection} | labels
    has_numbers = not set(screening.table["importance"]) <= set(SCORE_OF_RATING.values())
    cards = [
        {
            "importance_level": row["importance_level"],
            "complexity_level": row["complexity_level"],
            "rank": row["rank"],
            "label": row["label"],
            "note": _note(row, labels, has_numbers=has_numbers),
            "role": row["role"],
        }
        for row in screening.table.iter_rows(named=True)
    ]
    order = {str(role): place for place, role in enumerate(_ORDER)}
    cards.sort(key=lambda card: (order[str(card["role"])], card["rank"]))
    return FigureData(
        name="portfolio",
        title="Portfolio of parameters",
        caption=(
            "Each card is a candidate parameter, placed by its importance to the quality of the"
            " product and the complexity of its digitalization; at the top of each field is what"
            " the place advises. Bars: blue for what the plan varies, orange for candidate"
            " factors, green for candidate responses, pale for the rest."
        ),
        kind="portfolio",
        frame=pl.DataFrame(cards),
        labels={"x": "Complexity of digitalization", "y": "Importance"},
    )


def _note(row: dict[str, object], labels: dict[str, str], *, has_numbers: bool) -> str:
    """Return the second line of a card."""
    label, process, role = str(row["label"]), str(row["process"]), str(row["role"])
    reported = role
    if role == Role.STAND_IN:
        factor = str(row["factor"])
        reported = f"{inside(labels.get(factor, label_of(factor)))} stands for it"
    elif role == Role.ELIMINATED:
        bases = str(row["follows_from"]).split(", ")
        reported = f"follows from {in_words([inside(labels.get(b, label_of(b))) for b in bases])}"
    parts = [reported] if f"({process})" in label else [process, reported]
    if has_numbers:
        parts.append(f"{row['importance']:.2f}")
    if row["sources_disagree"]:
        parts.append("sources disagree")
    return " · ".join(parts)


@dataclass(frozen=True, kw_only=True)
class _Board:
    """Edges of the fields in inches, from the left and from the top."""

    lefts: tuple[float, ...]
    tops: tuple[float, ...]

    def width(self, column: int) -> float:
        """Return the width of a column."""
        return self.lefts[column + 1] - self.lefts[column]


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a board of three by three fields, each as high as its cards need."""
    board = _board(data.frame, width_in)
    shapes: list[Shape] = []
    for row, importance in enumerate(reversed(_LEVELS)):
        for column, complexity in enumerate(_LEVELS):
            shapes += _field(board, row, column, _cards(data.frame, importance, complexity))
    return Drawing(
        width=PT_PER_IN * width_in,
        height=PT_PER_IN * (board.tops[-1] + _BOTTOM_IN),
        shapes=[*shapes, *_names(board, data)],
    )


def _cards(frame: pl.DataFrame, importance: str, complexity: str) -> pl.DataFrame:
    """Return the cards of one field."""
    return frame.filter(
        (pl.col("importance_level") == importance) & (pl.col("complexity_level") == complexity)
    )


def _board(frame: pl.DataFrame, width_in: float) -> _Board:
    """Return how wide and how high the fields must be."""
    used = set(frame["complexity_level"])
    fractions = [1.0 if level in used else _EMPTY_FRACTION for level in _LEVELS]
    unit = (width_in - _LEFT_IN - _RIGHT_IN) / sum(fractions)
    lefts = tuple(_LEFT_IN + unit * sum(fractions[:index]) for index in range(4))
    widths = [right - left for left, right in pairwise(lefts)]
    tops = [_TOP_IN]
    for importance in reversed(_LEVELS):
        heights = [
            _field_height(importance, complexity, _cards(frame, importance, complexity), width)
            for complexity, width in zip(_LEVELS, widths, strict=True)
        ]
        tops.append(tops[-1] + max(heights))
    return _Board(lefts=lefts, tops=tuple(tops))


def _field_height(importance: str, complexity: str, cards: pl.DataFrame, width: float) -> float:
    """Return the height that a field needs for its advice and its cards."""
    head = len(_advice(importance, complexity, width)) * LINE_IN + 2 * _PAD_IN
    return head + sum(
        card_height(label, note, width) + _GAP_IN
        for label, note in cards.select("label", "note").iter_rows()
    )


def _advice(importance: str, complexity: str, width: float) -> list[str]:
    """Return a field's advice in lines."""
    return textwrap.wrap(ADVICE[importance, complexity], int((width - 0.16) * NOTES_PER_IN))


def _field(board: _Board, row: int, column: int, cards: pl.DataFrame) -> Iterator[Shape]:
    """Yield one field's frame, advice and cards."""
    left, top, width = board.lefts[column], board.tops[row], board.width(column)
    height = board.tops[row + 1] - top
    yield rectangle_in(left, top, width, height, edge=GRID)
    lines = _advice(_LEVELS[2 - row], _LEVELS[column], width)
    look = Text(x=0.0, y=0.0, words="", size=NOTE_SIZE, color=MUTED, is_italic=True)
    yield from lines_in(left + 0.08, top + _PAD_IN, lines, look)
    y = top + 2 * _PAD_IN + len(lines) * LINE_IN
    for label, note, role in cards.select("label", "note", "role").iter_rows():
        yield from card_shapes(left + 0.08, y, width, (label, note, role))
        y += card_height(label, note, width) + _GAP_IN


def _names(board: _Board, data: FigureData) -> Iterator[Text]:
    """Yield the levels beside and below the board, and what the two directions mean."""
    bottom = board.tops[-1]
    level_look = Text(x=0.0, y=0.0, words="", size=7.5, color=INK, anchor="middle")
    for index, level in enumerate(_LEVELS):
        x = board.lefts[index] + board.width(index) / 2
        yield text_in(x, bottom + 0.14, level.capitalize(), level_look)
        row = 2 - index
        y = (board.tops[row] + board.tops[row + 1]) / 2
        beside = replace(level_look, anchor="end")
        yield text_in(board.lefts[0] - 0.08, y, level.capitalize(), beside)
    middle = (board.lefts[0] + board.lefts[-1]) / 2
    bold = replace(level_look, is_bold=True)
    yield text_in(middle, bottom + 0.35, data.labels["x"], bold)
    y = (board.tops[0] + bottom) / 2
    yield replace(
        bold, x=0.13 * PT_PER_IN, y=y * PT_PER_IN, words=data.labels["y"], is_upwards=True
    )


def card_lines(label: str, note: str, width: float) -> tuple[list[str], list[str]]:
    """Return a card's label and note in lines that fit the width of its field."""
    inner = width - 0.36
    return (
        textwrap.wrap(label, int(inner * LABELS_PER_IN), max_lines=2, placeholder=" …"),
        textwrap.wrap(note, int(inner * NOTES_PER_IN), max_lines=3, placeholder=" …"),
    )


def card_height(label: str, note: str, width: float) -> float:
    """Return the height of a card."""
    return sum(map(len, card_lines(label, note, width))) * LINE_IN + 0.09


def card_shapes(x: float, y: float, width: float, card: tuple[str, str, str]) -> Iterator[Shape]:
    """Yield one card with the bar that tells its role."""
    label, note, role = card
    labels, notes = card_lines(label, note, width)
    height = card_height(label, note, width)
    is_out = role in {Role.ELIMINATED, Role.LEFT_OUT, Role.IGNORE}
    yield rectangle_in(x, y, width - 0.16, height, color=LIGHT["zero"])
    yield rectangle_in(x, y, 0.045, height, color=MARKS.get(Role(role), FAINT))
    ink = MUTED if is_out else INK
    name = Text(x=0.0, y=0.0, words="", size=SMALL, color=ink, is_bold=not is_out)
    yield from lines_in(x + 0.12, y + 0.045, labels, name)
    below = y + 0.045 + len(labels) * LINE_IN
    yield from lines_in(
        x + 0.12, below, notes, replace(name, size=NOTE_SIZE, color=MUTED, is_bold=False)
    )


def lines_in(x: float, y: float, lines: list[str], look: Text) -> Iterator[Text]:
    """Yield lines below one another in a look, the first one's top at y."""
    for index, line in enumerate(lines):
        yield text_in(x, y + (index + 0.5) * LINE_IN, line, look)


def text_in(x: float, middle: float, words: str, look: Text) -> Text:
    """Return words in a look, their middle at a height in inches."""
    y = base_line(PT_PER_IN * middle, look.size)
    return replace(look, x=PT_PER_IN * x, y=y, words=words)


def rectangle_in(
    x: float, y: float, width: float, height: float, *, color: str = "", edge: str = ""
) -> Outline:
    """Return a rectangle whose place is given in inches."""
    corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    return Outline(
        rings=[PT_PER_IN * corners],
        fill=color,
        stroke=edge,
        width=0.8 if edge else 0.0,
        is_closed=True,
    )
