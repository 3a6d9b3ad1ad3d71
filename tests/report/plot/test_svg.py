"""SVG written plainly: known bytes, and safe whatever stands in it."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from electrodoe.report.plot import (
    Blocks,
    Box,
    Dots,
    Drawing,
    Line,
    Outline,
    Panel,
    Segments,
    Sheet,
    Stamps,
    Text,
    Words,
    across,
    drawing_of,
    limits,
    round_axis,
    svg_of,
)
from electrodoe.report.plot.shapes import Stamp
from electrodoe.report.style import FIRST, INK

ANY = st.floats(allow_nan=True, allow_infinity=True)
BOX = Box(left=20.0, top=10.0, width=100.0, height=50.0)
SHEET = Sheet(width=130.0, height=80.0, boxes=(BOX,))
SIGNS: tuple[Stamp, ...] = ("circle", "square", "diamond", "triangle", "cross", "tick", "bar")
KNOWN = (
    '<svg role="img" aria-label="&lt;b&gt;&amp;&quot;" font-family="Segoe UI, Helvetica Neue,'
    ' Arial, DejaVu Sans, sans-serif" xmlns="http://www.w3.org/2000/svg" width="40.00pt"'
    ' height="20.00pt" viewBox="0 0 40.00 20.00" version="1.1">\n'
    '<path d="M0 0H40.00V20.00H0Z" fill="#ffffff"/>\n'
    '<path d="M0.00 1.00 2.50 3.00M4.00 5.00 6.00 7.12" fill="none" stroke="#1c2530"'
    ' stroke-width="0.7" stroke-dasharray="2.00 1.00" stroke-linejoin="round"/>\n'
    '<path d="M8.00 10.00a2 2 0 1 0 4 0a2 2 0 1 0 -4 0Z" fill="#0067a8"/>\n'
    '<text x="1.00" y="2.00" font-size="7" fill="#1c2530" text-anchor="end" font-weight="bold"'
    ' transform="rotate(-90 1.00 2.00)">&lt;b&gt;&amp;"</text>\n'
    "</svg>\n"
)


def panel(*marks, x=(0.0, 10.0), y=(0.0, 5.0)) -> Drawing:
    return drawing_of(SHEET, [Panel(box=BOX, x=round_axis(x), y=round_axis(y), marks=marks)])


def numbers(svg: str) -> list[float]:
    """Return all places that a drawing's paths and texts name."""
    paths = re.findall(r' (?:d|x|y|transform)="([^"]*)"', svg)
    return [float(each) for path in paths for each in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_known_shapes_are_known_bytes():
    """Every attribute, its order and its digits: what a change of the template would alter."""
    line = Outline(
        rings=[np.array([[-0.0, 1.0], [2.5, 3.0]]), np.array([[4.0, 5.0], [6.0, 7.123]])],
        stroke=INK,
        width=0.7,
        dashes=(2.0, 1.0),
    )
    dot = Stamps(points=np.array([[10.0, 10.0]]), shape="circle", size=4.0, fill=FIRST)
    words = Text(
        x=1.0, y=2.0, words='<b>&"', size=7.0, color=INK, anchor="end", is_bold=True,
        is_upwards=True,
    )  # fmt: skip

    svg = svg_of(Drawing(width=40.0, height=20.0, shapes=[line, dot, words]), '<b>&"')

    assert svg == KNOWN


def test_values_stand_where_the_axes_say():
    """The lower left corner, the upper right one, and the middle."""
    drawing = panel(Dots(x=[0.0, 10.0, 5.0], y=[0.0, 5.0, 2.5], color=INK))

    (dots,) = (shape for shape in drawing.shapes if isinstance(shape, Stamps))
    np.testing.assert_allclose(dots.points, [[20.0, 60.0], [120.0, 10.0], [70.0, 35.0]])


def test_an_end_at_infinity_is_the_panels_edge():
    """A line across, and a segment that is shaded from top to bottom."""
    endless = float("inf")
    drawing = panel(
        across(y=2.5, color=FIRST, width=1.0),
        Blocks(x=2.0, to_x=4.0, y=-endless, to_y=endless, color=FIRST),
    )

    line, block = (
        each for each in drawing.shapes if isinstance(each, Outline) and FIRST in each.__repr__()
    )
    np.testing.assert_allclose(line.rings[0], [[20.0, 35.0], [120.0, 35.0]])
    assert block.rings[0].min(axis=0).tolist() == [40.0, 10.0]
    assert block.rings[0].max(axis=0).tolist() == [60.0, 60.0]


def test_signs_are_distinguished_without_color():
    """Seven signs, seven paths."""
    drawn = {
        re.sub(r"^M[\d.]+ [\d.]+", "", re.findall(r' d="([^"]*)"', svg)[1])
        for sign in SIGNS
        for svg in [
            svg_of(
                Drawing(
                    width=9.0,
                    height=9.0,
                    shapes=[Stamps(points=np.zeros((1, 2)), shape=sign, size=4.0, fill=INK)],
                ),
                "x",
            )
        ]
    }

    assert len(drawn) == len(SIGNS)


@given(st.text())
def test_any_words_are_words(words: str):
    """Neither a tag nor an attribute nor a sign that no XML may hold comes out of them."""
    text = Text(x=1.0, y=1.0, words=words, size=7.0, color=INK)

    root = ET.fromstring(svg_of(Drawing(width=9.0, height=9.0, shapes=[text]), words))  # noqa: S314 - our own text

    assert [child.tag.rpartition("}")[2] for child in root] == ["path", "text"]
    kept = "".join(root[1].itertext())
    assert len(kept.replace("\n", "")) == len(
        words.replace("\r\n", "").replace("\r", "").replace("\n", "")
    )


@given(
    arrays(np.float64, st.tuples(st.integers(0, 9), st.just(4)), elements=ANY),
    st.sampled_from(SIGNS),
)
def test_whatever_the_numbers_every_place_is_on_the_page(values: np.ndarray, sign: Stamp):
    """NaN, infinity, one point, none, and numbers as large as there are."""
    x, y, to_x, to_y = values.T
    look = {"color": INK, "width": 1.0}
    drawing = panel(
        Line(x=x, y=y, **look),
        Dots(x=x, y=y, color=INK, shape=sign, may_reach_out=False),
        Segments(x=x, y=y, to_x=to_x, to_y=to_y, **look),
        Blocks(x=x, y=y, to_x=to_x, to_y=to_y, **look),
        *(Words(x=a, y=b, words="w", color=INK, size=7.0) for a, b in zip(x, y, strict=True)),
        x=limits(x, to_x),
        y=limits(y, to_y),
    )

    svg = svg_of(drawing, "any")

    ET.fromstring(svg)  # noqa: S314 - our own text
    assert "nan" not in svg
    assert "inf" not in svg
    assert "-0.00" not in svg
    assert all(-50.0 <= number <= 200.0 for number in numbers(svg))


@pytest.mark.parametrize("reaches_out", [True, False])
def test_dots_beyond_the_limits_are_drawn_only_where_they_may_be(reaches_out):
    """A parity plot's edge shows them whole, a zoom leaves them out."""
    drawing = panel(Dots(x=[5.0, 11.0], y=[1.0, 1.0], color=INK, may_reach_out=reaches_out))

    (dots,) = (shape for shape in drawing.shapes if isinstance(shape, Stamps))
    assert len(dots.points) == 1 + reaches_out
