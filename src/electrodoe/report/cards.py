"""Cards of words in a figure: their lines, their height, and how they are drawn, in inches."""

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from electrodoe.design.screening.roles import Role
from electrodoe.report.plot import PT_PER_IN, Outline, Shape, Text
from electrodoe.report.plot.shapes import base_line
from electrodoe.report.style import FAINT, FIRST, INK, LIGHT, MUTED, SECOND, SMALL

MARKS: Final = {
    Role.FACTOR: FIRST,
    Role.STAND_IN: FIRST,
    Role.CANDIDATE_FACTOR: SECOND,
    Role.CANDIDATE_RESPONSE: LIGHT["third"],
}
"""Color of the bar at a card's left; other roles have a pale one."""

LINE_IN: Final = 0.135
NOTE_SIZE: Final = 6.5
LABELS_PER_IN, NOTES_PER_IN = 14.0, 18.0
"""Letters of bold labels and of notes that surely fit into an inch."""


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
