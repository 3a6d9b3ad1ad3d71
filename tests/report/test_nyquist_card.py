"""The pictures of a card: every point where it was measured, whatever was measured."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.test_gallery import make_curves, make_page, make_table

from electrodoe.report.figures.nyquist_gallery import build, card_drawings
from electrodoe.report.gallery_page import gallery_html
from electrodoe.report.plot import Outline, Stamps, svg_of

ANY = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True))
POINTS = st.lists(st.tuples(ANY, ANY, ANY, ANY, st.booleans()), max_size=8)
CURVES = {
    **dict.fromkeys(("real_ohm", "minus_imaginary_ohm"), pl.Float64),
    **dict.fromkeys(("fit_real_ohm", "fit_minus_imaginary_ohm"), pl.Float64),
    "is_used": pl.Boolean,
}


def rows_of(points: list[tuple], **about: object) -> pl.DataFrame:
    """Return one spectrum's rows; the first is a plain point, so that there is one."""
    plain = (1.0, 1.0, 1.0, 1.0, True)
    table = make_table(["a.csv"], [True], [""]).with_columns(
        **{name: pl.lit(value, pl.Float64) for name, value in about.items()}
    )
    curves = pl.DataFrame([plain, *points], schema=CURVES, orient="row")
    return build(curves.with_columns(spectrum=pl.lit(0, pl.Int64)), table, {0: ""}).frame


@given(POINTS, ANY, ANY)
def test_whatever_was_measured_the_card_can_be_opened(points, r0_ohm, ionic_resistance_ohm):
    """Missing, endless and huge numbers, one point, no fit: each place is on the card."""
    rows = rows_of(points, r0_ohm=r0_ohm, ionic_resistance_ohm=ionic_resistance_ohm)

    for drawing in card_drawings(rows):
        svg = svg_of(drawing, "card")
        ET.fromstring(svg)  # noqa: S314 - our own text
        paths = re.findall(r' (?:d|x|y)="([^"]*)"', svg)
        places = [float(one) for path in paths for one in re.findall(r"-?\d+(?:\.\d+)?", path)]
        assert "nan" not in svg
        assert "inf" not in svg
        assert all(-100.0 <= place <= 300.0 for place in places)


def test_an_ohm_is_as_long_in_both_directions():
    """The angle of a line at 45° is 45° in both pictures."""
    curves = make_curves(1)
    rows = build(curves, make_table(["a.csv"], [True], [""]), {0: ""}).frame

    for drawing in card_drawings(rows):
        used = next(one for one in drawing.shapes if isinstance(one, Stamps) and one.fill)
        steps = np.diff(used.points, axis=0)
        np.testing.assert_allclose(steps[:, 0], -steps[:, 1])


@pytest.mark.parametrize(("accepted", "shape"), [(True, "circle"), (False, "cross")])
def test_every_point_is_there_and_its_sign_says_the_verdict(accepted: bool, shape: str):
    """Dots: accepted; crosses: rejected; rings: not used; the line is the fit."""
    curves = make_curves(1)
    rows = build(curves, make_table(["a.csv"], [accepted], [""]), {0: ""}).frame

    whole, _ = card_drawings(rows)

    rings, signs = (one for one in whole.shapes if isinstance(one, Stamps))
    assert (rings.shape, rings.fill, len(rings.points)) == ("circle", "", 1)
    assert (signs.shape, len(signs.points)) == (shape, 8)
    fit = next(one for one in whole.shapes if isinstance(one, Outline))
    assert len(fit.rings[0]) == 9


def test_a_cells_name_is_words():
    """Also one that looks like a tag."""
    name = '<b>&".csv'
    page = gallery_html(make_curves(1), make_table([name], [True], [""]), [name], ())

    assert "<b>" not in page
    assert 'aria-label="Nyquist plot of &lt;b&gt;&amp;&quot;.csv"' in page


def test_a_spectrum_without_a_curve_has_words_alone():
    """Its verdict is reported all the same."""
    page = gallery_html(
        make_curves(1), make_table(["a", "b"], [True] * 2, [""] * 2), ["a", "b"], ()
    )

    assert page.count("<article") == 2
    assert page.count("<svg") == 2


def test_the_gallery_is_the_same_bytes_twice_and_has_no_ids():
    """Two pictures a card."""
    page = make_page()

    assert page == make_page()
    assert page.count("<svg") == 8
    assert not re.findall(r"<svg.*? id=", page)
