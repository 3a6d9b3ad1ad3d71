"""Cards of words in a figure: their lines, their height, and how they are drawn, in inches."""

import textwrap
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from electrodoe.design.screening_roles import Role
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


def draw_card(ax: Axes, x: float, y: float, width: float, card: tuple[str, str, str]) -> None:
    """Draw one card with the bar that tells its role."""
    label, note, role = card
    labels, notes = card_lines(label, note, width)
    height = card_height(label, note, width)
    is_out = role in {Role.ELIMINATED, Role.LEFT_OUT, Role.IGNORE}
    ax.add_patch(Rectangle((x, y), width - 0.16, height, facecolor=LIGHT["zero"], linewidth=0))
    mark = MARKS.get(Role(role), FAINT)
    ax.add_patch(Rectangle((x, y), 0.045, height, facecolor=mark, linewidth=0))
    ink = MUTED if is_out else INK
    write_lines(
        ax, x + 0.12, y + 0.045, labels, ink, size=SMALL, weight="normal" if is_out else "bold"
    )
    below = y + 0.045 + len(labels) * LINE_IN
    write_lines(ax, x + 0.12, below, notes, MUTED, size=NOTE_SIZE)


def write_lines(
    ax: Axes,
    x: float,
    y: float,
    lines: list[str],
    color: str,
    *,
    size: float,
    weight: str = "normal",
    style: str = "normal",
) -> None:
    """Write lines below one another, the first one's top at y."""
    for index, line in enumerate(lines):
        middle = y + (index + 0.5) * LINE_IN
        ax.text(
            x,
            middle,
            line,
            color=color,
            fontsize=size,
            fontweight=weight,
            fontstyle=style,
            va="center_baseline",
        )
