"""Where the words of a drawing stand, measured in the font that they are set in."""

from functools import cache
from itertools import combinations

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from electrodoe.report.plot import Drawing, Text

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points."""


@cache
def _ink(words: str, size: float, is_bold: bool) -> Box:
    """Return what words cover, from the start of their base line, upwards negative."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if is_bold else "normal")
    box = TextPath((0, 0), words.replace("$", r"\$"), size=size, prop=font).get_extents()
    return box.x0, -box.y1, box.x1, -box.y0


def text_box(text: Text) -> Box:
    """Return what a line of words covers on its drawing."""
    left, top, right, bottom = _ink(text.words, text.size, text.is_bold)
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor] * right
    left, right = left - shift, right - shift
    if text.is_upwards:  # to the right becomes upwards, upwards becomes to the left
        return text.x + top, text.y - right, text.x + bottom, text.y - left
    return text.x + left, text.y + top, text.x + right, text.y + bottom


def texts_of(drawing: Drawing) -> list[Text]:
    """Return the lines of words that have a letter."""
    return [shape for shape in drawing.shapes if isinstance(shape, Text) and shape.words.strip()]


def overlaps(drawing: Drawing, slack: float = 0.5) -> list[tuple[str, str]]:
    """Return the pairs of words that lie on each other."""
    boxes = [(text.words, text_box(text)) for text in texts_of(drawing)]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack
    ]


def outside(drawing: Drawing, slack: float = 0.5) -> list[str]:
    """Return the words that leave the drawing."""
    return [
        text.words
        for text in texts_of(drawing)
        for left, top, right, bottom in [text_box(text)]
        if left < -slack or top < -slack
        or right > drawing.width + slack or bottom > drawing.height + slack
    ]  # fmt: skip
