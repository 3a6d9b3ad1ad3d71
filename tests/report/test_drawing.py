"""Drawn figures: the same bytes for the same numbers, safe to stand together in one page."""

import pickle
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import polars as pl
import pytest
from tests.report.text_boxes import outside, overlaps

from electrodoe.report import build_figures, draw_figure, figure_content
from electrodoe.report.drawing import SIMULATED, shapes_of_figure, themed
from electrodoe.report.figure import FigureData
from electrodoe.report.page import picture, said_once
from electrodoe.report.publication import DOUBLE_COLUMN_MM
from electrodoe.report.style import DARK, LIGHT, PAGE_WIDTH_IN


def test_a_figure_is_drawn_to_the_same_bytes_twice(content):
    """No clock and no chance go into a picture."""
    for figure in build_figures(content)[:4]:
        assert draw_figure(figure) == draw_figure(pickle.loads(pickle.dumps(figure)))  # noqa: S301 - our own bytes


def test_every_svg_is_well_formed(content, drawn):
    """The files can be opened by others."""
    for figure in build_figures(content):
        assert ET.fromstring(drawn[figure.name]).tag.endswith("svg")  # noqa: S314 - our own text


@pytest.mark.parametrize("width_in", [PAGE_WIDTH_IN, DOUBLE_COLUMN_MM / 25.4])
def test_no_words_lie_on_others_or_leave_the_picture(content, width_in):
    """On the page as in a journal's two columns, measured in the font of the figures."""
    for figure in build_figures(replace(content, is_simulated=True)):
        drawing = shapes_of_figure(figure, width_in)

        assert overlaps(drawing) == [], figure.name
        assert outside(drawing) == [], figure.name


def test_drawing_imports_no_matplotlib():
    """A run draws hundreds of pictures; only a file for a journal needs it."""
    script = (
        "import sys, polars as pl; from electrodoe.report import FigureData, draw_figure;"
        "frame = pl.DataFrame({'plan': ['a'] * 2, 'fraction': [0.0, 1.0],"
        " 'prediction_variance': [0.2, 0.9]});"
        "draw_figure(FigureData(name='x', title='x', caption='x.', frame=frame,"
        " kind='fraction_of_design_space', labels={'x': 'x', 'y': 'y'}));"
        "print('matplotlib' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"


def test_ids_are_unique_over_all_figures(drawn):
    """Figures in one page do not use each other's marks."""
    ids = [name for svg in drawn.values() for name in re.findall(r' id="([^"]*)"', svg)]

    assert len(ids) == len(set(ids))


def test_every_reference_is_defined(drawn):
    """No mark and no clip path is lost when ids are shortened."""
    for svg in drawn.values():
        used = set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg))

        assert used <= set(re.findall(r' id="([^"]*)"', svg))


def test_colors_follow_the_page(drawn):
    """In the page no color is fixed; every role has a color in both themes."""
    assert LIGHT.keys() == DARK.keys()
    assert len(set(LIGHT.values())) == len(LIGHT)
    for svg in drawn.values():
        assert not re.search(r"#[0-9a-f]{6}\b", themed(svg))
        assert "var(--ink)" in themed(svg)


def test_the_hash_of_a_figure_follows_its_numbers(content):
    """A figure is drawn anew when a number changes."""
    first, second = build_figures(content)[:2]

    assert figure_content(first) == figure_content(first)
    assert figure_content(first) != figure_content(second)


def test_hostile_labels_and_dollar_signs_are_drawn_as_text(hostile_content):
    """A label is never read as markup or as a formula."""
    for figure in build_figures(hostile_content)[:3]:
        svg = draw_figure(figure)

        assert "<script" not in svg
        ET.fromstring(svg)  # noqa: S314 - our own text


def test_a_small_number_in_a_text_keeps_its_digits():
    """A tick at 0.005 is not printed as 0.00; only coordinates are shortened."""
    frame = pl.DataFrame(
        {
            "panel": ["Capacity"] * 2,
            "axis": ["Standard deviation (mAh)"] * 2,
            "curve": ["SVM, between refits"] * 2,
            "fraction": [0.0, 1.0],
            "spread": [0.002, 0.009],
        }
    )
    figure = FigureData(
        name="x",
        title="x",
        caption="x.",
        kind="prediction_spread",
        frame=frame,
        labels={"x": "Fraction"},
    )

    texts = re.findall(r">([\d.]+)</text>", draw_figure(figure))

    assert "0.005" in texts
    assert len(texts) == len(set(texts))


def test_a_page_leaves_out_what_its_banner_says_and_a_file_keeps_it(content):
    """The drawing on the page is as if the data were measured, to the last sign."""
    measured = build_figures(content)
    simulated = build_figures(replace(content, is_simulated=True))

    for plain, marked in zip(measured, simulated, strict=True):
        svg = draw_figure(marked)
        assert svg.count(SIMULATED) == 1
        assert themed(svg) == themed(draw_figure(plain))
        assert picture(marked, svg).caption == plain.caption


def test_a_caption_that_fits_several_pictures_is_said_once(content):
    """The title says what each is of."""
    figure = build_figures(content)[0]
    drawn = picture(figure, draw_figure(figure))

    first, again, other = said_once([drawn, drawn, replace(drawn, caption="Another.")])

    assert first == drawn
    assert again == replace(drawn, caption="To be read as above.")
    assert other.caption == "Another."
