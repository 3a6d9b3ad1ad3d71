"""The portfolio: every candidate parameter as a card, by its importance and its complexity."""

import textwrap
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from electrodoe.design.relevance import ADVICE, SCORE_OF_RATING
from electrodoe.design.screening import Screening
from electrodoe.design.screening_roles import Role, in_words, inside
from electrodoe.quantities import label_of
from electrodoe.report.cards import (
    LINE_IN,
    NOTE_SIZE,
    NOTES_PER_IN,
    card_height,
    draw_card,
    write_lines,
)
from electrodoe.report.figure import FigureData
from electrodoe.report.style import GRID, MUTED, width_in

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
_EMPTY_SHARE: Final = 0.5
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
    told = role
    if role == Role.STAND_IN:
        factor = str(row["factor"])
        told = f"{inside(labels.get(factor, label_of(factor)))} stands for it"
    elif role == Role.ELIMINATED:
        bases = str(row["follows_from"]).split(", ")
        told = f"follows from {in_words([inside(labels.get(b, label_of(b))) for b in bases])}"
    parts = [told] if f"({process})" in label else [process, told]
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


def draw(data: FigureData) -> Figure:
    """Return a board of three by three fields, each as high as its cards need."""
    board = _board(data.frame)
    height = board.tops[-1] + _BOTTOM_IN
    figure = Figure(figsize=(width_in(), height))
    ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set_xlim(0.0, width_in())
    ax.set_ylim(height, 0.0)
    ax.set_axis_off()
    for row, importance in enumerate(reversed(_LEVELS)):
        for column, complexity in enumerate(_LEVELS):
            _draw_field(ax, board, row, column, _cards(data.frame, importance, complexity))
    _draw_names(ax, board, data)
    return figure


def _cards(frame: pl.DataFrame, importance: str, complexity: str) -> pl.DataFrame:
    """Return the cards of one field."""
    return frame.filter(
        (pl.col("importance_level") == importance) & (pl.col("complexity_level") == complexity)
    )


def _board(frame: pl.DataFrame) -> _Board:
    """Return how wide and how high the fields must be."""
    used = set(frame["complexity_level"])
    shares = [1.0 if level in used else _EMPTY_SHARE for level in _LEVELS]
    unit = (width_in() - _LEFT_IN - _RIGHT_IN) / sum(shares)
    lefts = tuple(_LEFT_IN + unit * sum(shares[:index]) for index in range(4))
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


def _draw_field(ax: Axes, board: _Board, row: int, column: int, cards: pl.DataFrame) -> None:
    """Draw one field's frame, advice and cards."""
    left, top, width = board.lefts[column], board.tops[row], board.width(column)
    height = board.tops[row + 1] - top
    ax.add_patch(Rectangle((left, top), width, height, fill=False, edgecolor=GRID, linewidth=0.8))
    lines = _advice(_LEVELS[2 - row], _LEVELS[column], width)
    write_lines(ax, left + 0.08, top + _PAD_IN, lines, MUTED, size=NOTE_SIZE, style="italic")
    y = top + 2 * _PAD_IN + len(lines) * LINE_IN
    for label, note, role in cards.select("label", "note", "role").iter_rows():
        draw_card(ax, left + 0.08, y, width, (label, note, role))
        y += card_height(label, note, width) + _GAP_IN


def _draw_names(ax: Axes, board: _Board, data: FigureData) -> None:
    """Write the levels beside and below the board, and what the two directions mean."""
    bottom = board.tops[-1]
    for index, level in enumerate(_LEVELS):
        x = board.lefts[index] + board.width(index) / 2
        ax.text(x, bottom + 0.14, level.capitalize(), ha="center", va="center_baseline")
        row = 2 - index
        y = (board.tops[row] + board.tops[row + 1]) / 2
        ax.text(board.lefts[0] - 0.08, y, level.capitalize(), ha="right", va="center_baseline")
    middle = (board.lefts[0] + board.lefts[-1]) / 2
    ax.text(
        middle, bottom + 0.35, data.labels["x"], ha="center", va="center_baseline", weight="bold"
    )
    y = (board.tops[0] + bottom) / 2
    ax.text(0.1, y, data.labels["y"], rotation=90, ha="center", va="center", weight="bold")
