"""Figures for a journal: exact widths, fonts within, the same bytes twice."""

import io
import re
import struct
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from electrodoe.report import FigureData, ReportContent, build_figures
from electrodoe.report.drawing import shapes_of_figure
from electrodoe.report.publication import publication_figure


@pytest.fixture
def figure(content: ReportContent) -> FigureData:
    return next(each for each in build_figures(content) if each.kind == "replicates")


def _page_mm(pdf: bytes) -> float:
    """Return the width of a PDF's page."""
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+)", pdf)
    assert box is not None
    return float(box[1]) / 72.0 * 25.4


def test_a_narrow_figure_is_one_column_wide_and_another_two(figure: FigureData):
    """85 and 174 mm, as journals print."""
    narrow = publication_figure(figure, "pdf")
    wide = publication_figure(replace(figure, is_narrow=False), "pdf")

    assert _page_mm(narrow) == pytest.approx(85.0, abs=0.05)
    assert _page_mm(wide) == pytest.approx(174.0, abs=0.05)


def test_any_figure_may_be_as_wide_as_is_asked(content: ReportContent):
    """One column of a journal: fewer panels in a row, so that the page is higher."""
    wide = next(each for each in build_figures(content) if each.kind == "effects")

    assert not wide.is_narrow
    assert _page_mm(publication_figure(wide, "pdf", 90.0)) == pytest.approx(90.0, abs=0.05)
    heights = [shapes_of_figure(wide, width_mm / 25.4).height for width_mm in (85.0, 174.0)]
    assert heights[0] > 1.3 * heights[1]


def test_pixels_are_600_per_inch(figure: FigureData):
    """85 mm are 2007 pixels and a part of one."""
    png = publication_figure(figure, "png")

    width, _ = struct.unpack(">II", png[16:24])
    assert width == int(85.0 / 25.4 * 600)


def test_letters_are_embedded(figure: FigureData):
    """As TrueType in the PDF, as outlines in the SVG."""
    assert b"/FontFile2" in publication_figure(figure, "pdf")
    assert b"<text" not in publication_figure(figure, "svg")


@pytest.mark.parametrize("file_format", ["pdf", "svg"])
def test_the_same_numbers_give_the_same_file(figure: FigureData, file_format):
    """No date goes in."""
    assert publication_figure(figure, file_format) == publication_figure(figure, file_format)


def test_a_figure_of_simulated_data_is_marked_and_keeps_its_width(figure: FigureData):
    """The mark is below, and needs more height only."""
    plain = publication_figure(figure, "pdf")
    marked = publication_figure(replace(figure, is_simulated=True), "pdf")

    assert _page_mm(marked) == pytest.approx(_page_mm(plain), abs=0.05)
    assert marked != plain


def test_every_kind_of_figure_becomes_a_file(content: ReportContent):
    """No shape is drawn on the page and missing on paper."""
    kinds = {each.kind: each for each in build_figures(content)}

    for each in kinds.values():
        assert publication_figure(each, "pdf").startswith(b"%PDF-")


def test_pixels_show_what_is_drawn(figure: FigureData):
    """The colors of the marks are on the paper, and most of it is white."""
    pixels = np.asarray(Image.open(io.BytesIO(publication_figure(figure, "png"))).convert("RGB"))

    assert (pixels == (0, 0x67, 0xA8)).all(axis=2).sum() > 1000
    assert (pixels == 255).all(axis=2).mean() > 0.8
