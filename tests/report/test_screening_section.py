"""The section on a screening design: what is active, what is aliased, what parts it."""

from dataclasses import replace

import polars as pl
import pytest
from tests.evaluate.screening.textbook_designs import (
    EYE_FOCUS,
    anything,
    eye_focus_design,
    full,
    training_data,
)

from electrodoe.design.classical.screening import definitive_screening
from electrodoe.evaluate import screening_tables
from electrodoe.report.drawing import draw_figure, shapes_of_figure
from electrodoe.report.figures import screening as figure
from electrodoe.report.sections.screening import runs_table, screening_sentences
from electrodoe.study import Study

NAMES = ("loading_mg_cm2", "gap_um", "speed_m_min", "dryer_c", "solids", "load_n_mm", "roll_c")
STUDY = Study.model_validate(
    {
        "title": "Screening",
        "factors": {name: {} for name in NAMES},
        "responses": {"strength_kpa": {}},
        "scenarios": {"product": {"inputs": NAMES}},
    }
)


def tables(coded, response):
    names = NAMES[: coded.shape[1]]
    return screening_tables(training_data(coded, response, names=names), anything)


def told(found):
    return " ".join(screening_sentences(STUDY, found.summary.row(0, named=True), found.effects))


def test_active_effects_are_named_with_what_they_may_be_instead():
    """The eye focus time under our names: loading, gap and dryer; eight runs part them."""
    found = tables(eye_focus_design(), EYE_FOCUS)
    words = told(found)

    assert "active are Loading, Gap and Dryer; possibly active Roll." in words
    assert "do not part Loading from Gap × Dryer; Gap from Loading × Dryer" in words
    assert "Next: 8 runs (foldover" in words
    table = runs_table(STUDY, found.summary.row(0, named=True), found.runs)
    assert table is not None
    assert len(table.rows) == 8


def test_noise_is_called_noise():
    """Without effects nothing stands out, and nothing is to be parted."""
    found = tables(full(3), [1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98, 1.0])

    assert "no effect stands out from noise" in told(found)
    assert "Next:" not in told(found)


def test_second_order_is_found_among_heirs():
    """Definitive screening with fake factors: an interaction of active factors."""
    X = definitive_screening(10)[:, :6]
    wobble = 0.1 * (-1.0) ** (X.cumsum(axis=0).sum(axis=1) // 2)
    found = tables(X, 5.0 * X[:, 0] + 4.0 * X[:, 1] + 6.0 * X[:, 0] * X[:, 1] + wobble)

    assert "Loading × Gap" in told(found)
    assert "Squares and interactions of active factors alone are looked for" in told(found)


@pytest.mark.parametrize("width_in", [85 / 25.4, 174 / 25.4])
def test_the_figure_fits_both_columns(content, width_in):
    """Panels beside one another on a page, below one another in a column; nothing stands out."""
    data = next(iter(figure.build(content)))
    drawing = shapes_of_figure(data, width_in)

    assert drawing.width == pytest.approx(72.0 * width_in)
    assert data.frame["size"].is_sorted(descending=True)
    assert draw_figure(data).startswith("<svg") or "<svg" in draw_figure(data)


def test_a_report_without_a_screening_design_has_no_section(content):
    """The section is left out where the runs are no such design."""
    from electrodoe.report.page import DrawnFigures
    from electrodoe.report.sections.screening import screening_section

    drawn = DrawnFigures(figures=(), drawings={})
    empty = pl.DataFrame(schema=content.screening.schema)

    assert screening_section(replace(content, screening=empty), drawn) is None
    assert screening_section(content, drawn) is not None
