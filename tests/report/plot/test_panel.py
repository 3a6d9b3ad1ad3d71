"""Panels: numbers stand at their ticks, outside of the axes, and nothing on anything else."""

import numpy as np
import pytest
from tests.report.text_boxes import overlaps, text_box, texts_of

from electrodoe.report.plot import (
    Axis,
    Box,
    Dots,
    Line,
    Outline,
    Panel,
    Sheet,
    Stamps,
    drawing_of,
    named_axis,
    round_axis,
    sheet,
)
from electrodoe.report.style import FIRST, GRID, INK, SECOND

BOX = Box(left=40.0, top=30.0, width=100.0, height=50.0)
SHEET = Sheet(width=150.0, height=120.0, boxes=(BOX,))


def drawn(x: Axis, y: Axis, **more: object):
    return drawing_of(SHEET, [Panel(box=BOX, x=x, y=y, **more)])


@pytest.fixture
def drawing():
    x = round_axis((0.0, 10.0), 2, label="time (s)", has_grid=True)
    y = round_axis((0.0, 4.0), 2, label="force (N)")
    return drawn(x, y, title="A title", note="a note", note_color=SECOND)


def middles(drawing, *words: str) -> list[tuple[float, float]]:
    """Return where the middles of some words stand."""
    boxes = [text_box(text) for word in words for text in texts_of(drawing) if text.words == word]
    return [(0.5 * (box[0] + box[2]), 0.5 * (box[1] + box[3])) for box in boxes]


def test_numbers_stand_at_their_ticks_and_outside(drawing):
    """5 below the middle, 2 at the left of the middle; a gap to the axes."""
    below, beside = middles(drawing, "5")[0], middles(drawing, "2")[0]

    assert below[0] == pytest.approx(90.0, abs=0.5)
    assert 6.0 < below[1] - BOX.bottom < 12.0
    assert beside[1] == pytest.approx(55.0, abs=0.5)
    assert 6.0 < BOX.left - beside[0] < 12.0


def test_labels_stand_beyond_the_numbers_and_the_title_above(drawing):
    """In the order in which they are read, none on another."""
    (below,), (beside,) = middles(drawing, "time (s)"), middles(drawing, "force (N)")
    (note,), (title,) = middles(drawing, "a note"), middles(drawing, "A title")

    assert below[0] == pytest.approx(90.0, abs=0.5)
    assert below[1] > middles(drawing, "5")[0][1] + 6.0
    assert beside[0] < middles(drawing, "2")[0][0] - 6.0
    assert beside[1] == pytest.approx(55.0, abs=0.5)
    assert title[1] < note[1] - 5.0 < BOX.top
    assert overlaps(drawing) == []


def test_grid_lines_go_through_their_ticks(drawing):
    """From edge to edge, at the ticks of the axis that has a grid alone."""
    grid = next(one for one in drawing.shapes if isinstance(one, Outline) and one.stroke == GRID)

    np.testing.assert_allclose(grid.rings, [[[x, 30.0], [x, 80.0]] for x in (40.0, 90.0, 140.0)])


def test_rows_from_above_have_their_names_at_the_left():
    """The first row is the highest."""
    rows = named_axis((0, 1), ("first", "second\nrow"), (1.5, -0.5))

    heights = [
        middles(drawn(round_axis((0.0, 1.0)), rows), word)[0][1] for word in ("first", "row")
    ]

    assert heights[0] == pytest.approx(42.5, abs=1.5)
    assert heights[1] > 67.5


def test_equal_ratios_are_equal_ways_on_a_logarithmic_axis():
    """1C lies in the middle between C/10 and 10C."""
    axis = Axis(low=0.1, high=10.0, ticks=(0.1, 1.0, 10.0), is_logarithmic=True)
    drawing = drawn(axis, round_axis((0.0, 1.0)), marks=[Dots(x=[1.0], y=[0.5], color=INK)])

    (dots,) = (one for one in drawing.shapes if isinstance(one, Stamps))
    np.testing.assert_allclose(dots.points, [[90.0, 55.0]])


def test_a_legend_names_each_label_once_and_breaks_where_it_must():
    """Marks of one label share a sign; a name that would leave the picture begins a new row."""
    marks = [
        Line(x=(), y=(), color=FIRST, label="model of all samples"),
        Dots(x=(), y=(), color=FIRST, label="model of all samples"),
        Dots(x=(), y=(), color=INK, label="measured, one by one"),
        Dots(x=(), y=(), color=INK),
    ]
    drawing = drawing_of(SHEET, [], legend=marks)

    first, second = texts_of(drawing)
    assert (first.words, second.words) == ("model of all samples", "measured, one by one")
    assert second.y > first.y + 7.0
    assert len([one for one in drawing.shapes if isinstance(one, Stamps)]) == 2


def test_a_sheet_fills_its_width_row_by_row():
    """Five panels in columns of three; nothing reaches out."""
    page = sheet(7.6, 5, 3, height_in=1.0)

    lefts = [box.left for box in page.boxes]
    assert lefts[:2] == lefts[3:]
    assert page.boxes[3].top > page.boxes[0].bottom
    assert page.boxes[2].right < page.width
    assert page.boxes[4].bottom < page.height
