"""The look that all figures share: colors that follow the page's theme, sizes, lines of words."""

import textwrap
from typing import Final

_LIGHT_SCALE: Final = (
    "#f6f8d8",
    "#d1eac2",
    "#abdbba",
    "#84cabc",
    "#5fb8bc",
    "#4aa2ba",
    "#348db6",
    "#2c76ae",
    "#2b5fa2",
    "#284891",
    "#223578",
    "#1b2260",
)
_DARK_SCALE: Final = (
    "#24305e",
    "#284178",
    "#2b5393",
    "#2d68a2",
    "#2e7eaf",
    "#3894b7",
    "#49a9b9",
    "#5cbebb",
    "#85ceb7",
    "#aaddb3",
    "#d0ebc0",
    "#f6f8d0",
)
"""Pale yellow to dark blue in equal steps of OKLab: the low end is near the page, the high far."""

LIGHT: Final[dict[str, str]] = {
    "ink": "#1c2530",
    "muted": "#66717d",
    "grid": "#e2e6ea",
    "surface": "#ffffff",
    "first": "#0067a8",
    "second": "#c25100",
    "third": "#00795a",
    "fourth": "#8a4a9e",
    "fifth": "#8a6d00",
    "faint": "#aab3bc",
    **{
        f"ramp-{step}": color
        for step, color in enumerate(
            ("#0b4f94", "#3a83c0", "#7fb0d6", "#a5a5a4", "#e0a06a", "#cc6a1e", "#963c00")
        )
    },
    **{
        f"minus-{step}": color
        for step, color in enumerate(("#dcebf7", "#b5d5ee", "#8bbce2"), start=1)
    },
    "zero": "#f3f5f7",
    **{
        f"plus-{step}": color
        for step, color in enumerate(("#fbe9da", "#f8cfae", "#f1b07e"), start=1)
    },
    **{f"scale-{step}": color for step, color in enumerate(_LIGHT_SCALE)},
}
"""Colors by role on a white page: blue and orange, distinguished by every kind of color vision."""

DARK: Final[dict[str, str]] = {
    "ink": "#e7ebef",
    "muted": "#9fabb7",
    "grid": "#303a45",
    "surface": "#161c23",
    "first": "#5cb3f0",
    "second": "#f59245",
    "third": "#3fc79d",
    "fourth": "#c99ae0",
    "fifth": "#d6c04a",
    "faint": "#5f6b77",
    **{
        f"ramp-{step}": color
        for step, color in enumerate(
            ("#3fa9ff", "#7cc0f5", "#a9cde8", "#b9b9b7", "#f0c79e", "#f5a455", "#ff7a14")
        )
    },
    **{
        f"minus-{step}": color
        for step, color in enumerate(("#1b3145", "#1d4567", "#1d5a8c"), start=1)
    },
    "zero": "#212a33",
    **{
        f"plus-{step}": color
        for step, color in enumerate(("#3a2a1d", "#5e3a1c", "#85491a"), start=1)
    },
    **{f"scale-{step}": color for step, color in enumerate(_DARK_SCALE)},
}
"""The same roles on a dark page."""

INK: Final = LIGHT["ink"]
MUTED: Final = LIGHT["muted"]
GRID: Final = LIGHT["grid"]
SURFACE: Final = LIGHT["surface"]
FIRST: Final = LIGHT["first"]
SECOND: Final = LIGHT["second"]
FAINT: Final = LIGHT["faint"]
RAMP: Final = tuple(LIGHT[f"ramp-{step}"] for step in range(7))
"""From a low to a high value of an input."""
SCALE: Final = tuple(LIGHT[f"scale-{step}"] for step in range(len(_LIGHT_SCALE)))
"""From a low to a high value of a response."""
SERIES: Final = tuple(LIGHT[role] for role in ("first", "second", "third", "fourth", "fifth"))
"""Of lines and points that are told apart by color, in this order."""

PAGE_WIDTH_IN: Final = 7.6
"""Of a figure on the report's page."""
_MIN_FRACTION: Final = 0.88
"""Of the page's letters per line that a narrower figure keeps at least; chosen."""
SMALL: Final = 7.0
"""Size of numbers and notes in points; journals ask for 7 to 8."""


def spread(colors: tuple[str, ...], n: int) -> list[str]:
    """Return some colors of a scale, the first and the last among them where there are several.

    Examples
    --------
    >>> spread(("a", "b", "c", "d", "e"), 3)
    ['a', 'c', 'e']
    """
    last = len(colors) - 1
    return [colors[(2 * step * last + n - 1) // (2 * max(n - 1, 1))] for step in range(n)]


def wrapped(text: str, letters: int, width_in: float = PAGE_WIDTH_IN, *, lines: int = 3) -> str:
    """Return a text in lines of some letters, at most so many; the rest becomes an ellipsis.

    The letters are counted for a page's width; a journal's two columns hold fewer. A narrow
    figure has a single panel, which is wide enough.
    """
    most = int(letters * max(width_in / PAGE_WIDTH_IN, _MIN_FRACTION))
    return "\n".join(textwrap.wrap(text, most, max_lines=lines, placeholder=" …")) or text
