"""Panels and where they stand on a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from electrodoe.report.plot.axis import Axis
from electrodoe.report.plot.marks import Mark

PT_PER_IN: Final = 72.0
"""Points in an inch, in PDF, CSS and desktop publishing."""
_MIN_IN: Final = 2.2
"""Narrowest panel with its labels: a third of a journal's two columns, for which most words are
broken into lines; panels with few words ask for less."""


def panels_beside(most: int, room_in: float, min_in: float = _MIN_IN) -> int:
    """Return how many panels stand side by side: letters keep their size, so panels need a width.

    Parameters
    ----------
    most : int
        In a row where there is room for all.
    room_in : float, inches
        Of the drawing, without its margins.
    min_in : float, inches
        Narrowest panel with its labels.

    Examples
    --------
    Of 85 and of 174 mm:

    >>> [panels_beside(3, width_mm / 25.4) for width_mm in (85, 174)]
    [1, 3]
    >>> [panels_beside(4, width_mm / 25.4, min_in=1.6) for width_mm in (85, 174)]
    [2, 4]
    """
    return min(most, max(1, int(room_in / min_in)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle of a drawing, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One pair of axes with what stands between them.

    Attributes
    ----------
    box : Box
        Where the axes are.
    x, y : Axis
        To the right and upwards.
    marks : sequence of Mark
        The first at the back.
    title, note : str
        Above the axes, bold and plain; each may have more lines than one.
    note_color : str
        Of the note.
    title_gap : float, points
        Between the axes and the title, or the note.
    has_bold_title : bool
        Whether the title is bold.
    """

    box: Box
    x: Axis
    y: Axis
    marks: Sequence[Mark] = ()
    title: str = ""
    note: str = ""
    note_color: str = ""
    title_gap: float = 5.0
    has_bold_title: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A drawing's size in points and the boxes of its panels."""

    width: float
    height: float
    boxes: tuple[Box, ...]

    def is_at_left(self, index: int) -> bool:
        """Return whether a box is the first one of its row."""
        return self.boxes[index].left == self.boxes[0].left


def sheet(
    width_in: float,
    n_panels: int,
    columns: int,
    *,
    height_in: float,
    left_in: float = 0.55,
    bottom_in: float = 0.45,
    top_in: float = 0.32,
    margin_in: float = 0.0,
    head_in: float = 0.0,
    foot_in: float = 0.0,
    min_in: float = _MIN_IN,
) -> Sheet:
    """Return equal boxes whose margins are fixed in inches; on a narrow drawing fewer in a row.

    Parameters
    ----------
    width_in : float, inches
        Width of the whole.
    n_panels, columns : int
        Boxes are filled row by row, with so many in a row at most.
    height_in : float, inches
        Height of one panel's axes.
    left_in, bottom_in, top_in : float, inches
        Room of each panel for its labels and its title.
    margin_in : float, inches
        More room at the left edge of the whole.
    head_in, foot_in : float, inches
        Room above all panels for a legend, and below for the labels of the lowest.
    min_in : float, inches
        Narrowest panel with its labels; see :func:`panels_beside`.

    Returns
    -------
    Sheet
        With one box per panel.
    """
    room_in = width_in - margin_in - 0.1
    columns = min(panels_beside(columns, room_in, min_in), n_panels)
    n_rows = -(-n_panels // columns)
    cell_height = height_in + bottom_in + top_in
    cell_width = room_in / columns
    boxes = tuple(
        Box(
            left=PT_PER_IN * (margin_in + index % columns * cell_width + left_in),
            top=PT_PER_IN * (head_in + index // columns * cell_height + top_in),
            width=PT_PER_IN * (cell_width - left_in - 0.08),
            height=PT_PER_IN * height_in,
        )
        for index in range(n_panels)
    )
    total_in = n_rows * cell_height + head_in + foot_in + 0.05
    return Sheet(width=PT_PER_IN * width_in, height=PT_PER_IN * total_in, boxes=boxes)
