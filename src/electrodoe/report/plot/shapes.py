"""What a drawing is made of once every place is known: lines, stamps and words, in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from electrodoe.arrays import Floats

Points = Floats
"""Shape (n, 2): to the right and downwards from the drawing's upper left corner, in points."""

Stamp = Literal["circle", "square", "diamond", "triangle", "cross", "tick", "bar"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """Lines, or the border of an area: one or more rings of points.

    Attributes
    ----------
    rings : sequence of array
        Every ring's points; a ring inside another is a hole.
    stroke, fill : str
        Colors; empty where there is none.
    width : float, points
        Of the stroke.
    dashes : tuple of float, points
        Stroke, gap, …; empty for a whole line.
    is_closed, is_hatched : bool
        Whether the last point leads to the first, and whether slanting lines fill the area.
    opacity : float
        Of the fill, from 0 to 1.
    """

    rings: Sequence[Points]
    stroke: str = ""
    fill: str = ""
    width: float = 0.0
    dashes: tuple[float, ...] = ()
    is_closed: bool = False
    is_hatched: bool = False
    opacity: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamps:
    """One sign at many places.

    Attributes
    ----------
    points : array
        Middles.
    shape : str
        The sign; they are distinguished without color.
    size : float, points
        Height of the sign.
    stroke, fill, width
        As of :class:`Outline`.
    """

    points: Points
    shape: Stamp
    size: float
    stroke: str = ""
    fill: str = ""
    width: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One line of words.

    Attributes
    ----------
    x, y : float, points
        Where its anchor stands on the base line.
    words : str
        Plain text; nothing in it is markup.
    size : float, points
        Of its letters.
    color : str
        Of its letters.
    anchor : {"start", "middle", "end"}
        Which part of the line stands at x.
    is_bold, is_italic, is_upwards : bool
        Look; whether it is read from below.
    """

    x: float
    y: float
    words: str
    size: float
    color: str
    anchor: Anchor = "start"
    is_bold: bool = False
    is_italic: bool = False
    is_upwards: bool = False


Shape = Outline | Stamps | Text


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A figure as shapes, the first at the back.

    Attributes
    ----------
    width, height : float, points
        Of the whole.
    shapes : sequence of Shape
        What there is to see.
    """

    width: float
    height: float
    shapes: Sequence[Shape]


_NARROW: Final = "ijlI.,:;|!'()[]/ft "
_WIDE: Final = "mwMW%@—…×±"
_FRACTIONS: Final = dict.fromkeys(_NARROW, 0.36) | dict.fromkeys(_WIDE, 0.92)
"""Width over size of DejaVu Sans' letters, in three groups; a page's other fonts are narrower."""
_OTHER: Final = 0.63
"""As above, of all other letters."""
_BOLD: Final = 1.1
"""Width of bold letters over that of plain ones; a test measures all words in the real font."""
CAP_HEIGHT: Final = 0.73
"""Height of capitals and digits over the size, in DejaVu Sans."""
ASCENT, DESCENT = 0.76, 0.24
"""What letters need above and below their base line, over the size."""
LEADING: Final = 1.2
"""From one base line to the next, over the size."""


def width_of(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return about how wide words are, in points: rather too wide than too narrow."""
    fractions = sum(_FRACTIONS.get(letter, _OTHER) for letter in words)
    return fractions * size * (_BOLD if is_bold else 1.0)


def in_lines(words: str, room: float, size: float, *, is_bold: bool = False) -> str:
    r"""Return words broken into lines that have room, in points; a longer word stays whole.

    Examples
    --------
    >>> in_lines("Fraction of the region", 60.0, 7.5).split("\n")
    ['Fraction of the', 'region']
    """
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and width_of(longer, size, is_bold=is_bold) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def base_line(middle: float, size: float) -> float:
    """Return the base line of digits and capitals whose middle stands at a height."""
    return middle + 0.5 * CAP_HEIGHT * size
