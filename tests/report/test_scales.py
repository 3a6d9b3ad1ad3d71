"""A response on another scale: what the report says, and how its figures are drawn."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from electrodoe.evaluate import Predictability
from electrodoe.report import ReportContent
from electrodoe.report.drawing import shapes_of_figure
from electrodoe.report.figures import contour, parity, parity_grid, prediction_spread
from electrodoe.report.panels.color_scale import scale_key, scale_levels, scale_lines
from electrodoe.report.panels.predictions import prediction_limits
from electrodoe.report.plot import sheet
from electrodoe.report.plot.ticks import ratio_ticks
from electrodoe.report.scales import RATIOS, explained_in, scale_of_tests, scale_sentences
from electrodoe.report.sections.significance import anova_table, coefficient_table
from electrodoe.report.sections.verification_tables import variance_table
from electrodoe.report.selection import verdict

TARGET = "discharge_capacity_5c_mah"


def on_scale(content: ReportContent, transform: str) -> ReportContent:
    """Return the same content, its capacity modeled on another scale, R² 0.77 there."""
    study = content.study
    response = study.responses[TARGET].model_copy(update={"transform": transform})
    study = study.model_copy(update={"responses": {**study.responses, TARGET: response}})
    scores = content.evaluation.with_columns(
        r2_loco_on_scale=pl.when(pl.col("target") == TARGET).then(0.77)
    )
    dataset = replace(content.dataset, study=study)
    return replace(content, study=study, dataset=dataset, evaluation=scores)


@pytest.mark.parametrize(
    ("transform", "words", "sign"),
    [
        ("log", "natural logarithm", "ln"),
        ("sqrt", "square root", "√"),
        ("box-cox", "Box–Cox power", "Box–Cox scale"),
    ],
)
def test_every_part_says_its_scale(content: ReportContent, transform: str, words: str, sign: str):
    """Models and explanations in mAh; tests of terms and variances on the scale, and so called."""
    scaled = on_scale(content, transform)

    (sentence,) = scale_sentences(scaled, TARGET)
    assert f"Modeled on the scale of its {words}" in sentence
    assert "medians in mAh" in sentence
    assert "R² and RMSE are of mAh; the verdict goes by R²" in sentence
    assert "on the scale of the models, 0.77" in sentence
    assert verdict(scaled, TARGET, "product") is Predictability.FAIRLY
    assert verdict(content, TARGET, "product") is Predictability.WELL
    assert ("95 % interval" in sentence) == (transform == "box-cox")
    assert words in str(explained_in(scaled, TARGET))
    assert words in scale_of_tests(scaled.study, TARGET)
    for table in (anova_table, coefficient_table):
        shown = table(scaled, TARGET, "product")
        heads = " ".join(column.title for column in shown.columns)
        assert f"({sign}" in heads
        assert "mAh" not in heads
        assert words in shown.caption
    assert f"({sign})" in str(variance_table(scaled).rows)
    axes = " ".join(
        axis for figure in prediction_spread.build(scaled) for axis in figure.frame["axis"]
    )
    assert f"Standard deviation ({sign})" in axes


def test_nothing_is_said_of_a_response_on_its_own_scale(content: ReportContent):
    """No sentence, no other unit, no ratios."""
    assert scale_sentences(content, TARGET) == []
    assert explained_in(content, TARGET) is None
    assert scale_of_tests(content.study, TARGET) == ""
    assert "mAh²" in str(anova_table(content, TARGET, "product").columns)
    for figure in (*contour.build(content), *parity.build(content), *parity_grid.build(content)):
        assert RATIOS not in figure.labels.values()


def test_logarithms_are_drawn_in_ratios(content: ReportContent):
    """Predicted against observed on logarithmic axes; the numbers stay in mAh."""
    scaled = on_scale(content, "log")
    figures = [*parity.build(scaled), *contour.build(scaled)]

    own = [figure for figure in figures if figure.target == TARGET]
    assert own
    assert {figure.labels["scale"] for figure in own} == {RATIOS}
    assert all("scale" not in figure.labels for figure in figures if figure.target != TARGET)
    assert "Observed (mAh)" in own[0].labels["x"]
    for figure in (*own, *parity_grid.build(scaled)):
        assert shapes_of_figure(figure).shapes


def test_limits_of_ratios_hold_what_was_observed():
    """Half of its span of logarithms beyond at most."""
    frame = pl.DataFrame({"observed": [0.3, 30.0, 900.0], "predicted": [1e-9, 40.0, 700.0]})

    low, high = prediction_limits(frame, has_ratios=True)

    assert 0.3 / np.sqrt(3000.0) * 0.6 < low < 0.3
    assert 900.0 < high < 2000.0


def test_levels_in_ratios_are_round_and_few():
    """For spans of a factor of three to a million: five to twelve colors that hold both ends."""
    for span in np.geomspace(3.0, 1e6, 41):
        for low in (0.013, 1.0, 470.0):
            levels = scale_levels(np.array([low, low * span]), has_ratios=True)

            assert 5 <= len(levels) - 1 <= 12, (low, span)
            assert levels[0] <= low * (1 + 1e-9)
            assert levels[-1] >= low * span * (1 - 1e-9)
            words = [word for _, word, _ in scale_lines(levels)]
            assert len(set(words)) == len(words)
            assert float(words[0].replace("×10", "e").translate(_PLAIN)) == pytest.approx(levels[1])


_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def test_levels_of_a_narrow_or_a_signed_response_are_even():
    """A factor below three, or a value at zero: as without ratios."""
    for values in ([10.0, 25.0], [0.0, 50.0], [-5.0, 50.0]):
        np.testing.assert_array_equal(
            scale_levels(np.array(values), has_ratios=True), scale_levels(np.array(values))
        )


def test_ratio_ticks_need_no_more_than_they_may():
    """Over twelve decades powers of ten are thinned out."""
    ticks = ratio_ticks(1e-6, 1e6, 4)

    assert len(ticks) <= 5
    assert np.ptp(np.diff(np.log10(ticks))) < 1e-9
    assert scale_key(
        sheet(7.0, 1, 1, height_in=1.0), np.array(ratio_ticks(0.2, 1000.0, 12)), "Key"
    ).x.words[:3] == ("0.2", "0.5", "1")
