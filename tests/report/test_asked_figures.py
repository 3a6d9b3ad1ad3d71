"""Figures as a study asks for them: families, scale, order, what stands side by side."""

from dataclasses import replace

import polars as pl
import pytest
from tests.report.text_boxes import outside, overlaps, texts_of

from electrodoe.report import ReportContent, build_figures
from electrodoe.report.configuration_order import configuration_order
from electrodoe.report.drawing import shapes_of_figure
from electrodoe.report.figure import FigureData
from electrodoe.report.figures import (
    drivers,
    importance,
    parity,
    parity_grid,
    prediction_spread,
    replicates,
)
from electrodoe.report.plot import Line
from electrodoe.report.publication import DOUBLE_COLUMN_MM, SINGLE_COLUMN_MM
from electrodoe.report.selection import explained_family
from electrodoe.report.style import PAGE_WIDTH_IN
from electrodoe.study.report_request import ReportRequest

CAPACITY, LOSS = "discharge_capacity_5c_mah", "first_cycle_loss"


def asking(content: ReportContent, **wish: object) -> ReportContent:
    """Return the content of a study that asks for something."""
    study = content.study.model_copy(update={"report": ReportRequest.model_validate(wish)})
    dataset = replace(content.dataset, study=study)
    return replace(content, study=study, dataset=dataset)


def curves(figure: FigureData) -> list[str]:
    return figure.frame["curve"].unique(maintain_order=True).to_list()


def test_fds_shows_the_best_and_the_default_unasked(content: ReportContent):
    """Of this study MLR is best; the polynomial is there by least squares alone."""
    (figure,) = prediction_spread.build(asking(content))

    assert set(curves(figure)) == {
        "Polynomial, by least squares (scaled by s²)",
        "best family, between refits",
        "Ensemble, between refits",
    }


def test_fds_shows_the_families_that_are_asked_for(content: ReportContent):
    """And no other one."""
    (figure,) = prediction_spread.build(asking(content, fds=("polynomial", "mlr")))

    assert set(curves(figure)) == {
        "Polynomial, by least squares (scaled by s²)",
        "MLR, between refits",
    }


def test_fds_of_a_variance_is_in_the_square_of_the_unit(content: ReportContent):
    """0.01 mAh², which is a standard deviation of 0.1 mAh; the caption says which it is."""
    (figure,) = prediction_spread.build(asking(content, fds_scale="variance"))
    (other,) = prediction_spread.build(asking(content))

    assert figure.frame["axis"][0] == "Prediction variance (mAh²)"
    assert figure.frame["spread"].min() == pytest.approx(0.01)
    assert "square of the response's unit" in figure.caption
    assert other.frame["axis"][0] == "Standard deviation (mAh)"
    assert other.frame["spread"].min() == pytest.approx(0.1)


def test_a_curve_below_another_is_wider(content: ReportContent):
    """Two curves that coincide are both seen: the later one is narrower, least squares dashed."""
    looks = list(prediction_spread._looks(prediction_spread.build(content)[0].frame).values())

    widths = [look.width for look in looks]
    assert all(isinstance(look, Line) for look in looks)
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 2.0 * widths[-1]
    assert looks[-1].dashes
    assert not looks[0].dashes


def test_parity_shows_the_families_that_are_asked_for(content: ReportContent):
    """One panel, not three."""
    figures = parity.build(asking(content, parity=("random_forest",)))

    assert all(figure.frame["family"].unique().to_list() == ["Random forest"] for figure in figures)


def test_impurities_are_of_the_families_that_are_asked_for(content: ReportContent):
    """Of a family that has none the first one that has some stands in."""
    of_xgboost = content.explanations.filter(family="random_forest", method="mdi").with_columns(
        family=pl.lit("xgboost"), value=2.0 * pl.col("value")
    )
    more = replace(content, explanations=pl.concat([content.explanations, of_xgboost]))

    def families(**wish: object) -> list[str]:
        (figure,) = importance.build(asking(more, **wish))
        return figure.frame.filter(method="mdi")["family"].unique(maintain_order=True).to_list()

    assert families() == ["Random forest"]
    assert families(mdi=("xgboost",)) == ["XGBoost"]
    assert families(mdi=("xgboost", "random_forest")) == ["XGBoost", "Random forest"]
    assert families(mdi=("svm",)) == ["Random forest"]


def test_the_explained_family_may_be_asked_for(content: ReportContent):
    """The default without it; one that was not explained changes nothing."""
    case = (CAPACITY, "product")

    assert explained_family(asking(content), *case) == "ensemble"
    assert explained_family(asking(content, explained="random_forest"), *case) == "random_forest"
    assert explained_family(asking(content, explained="svm"), *case) == "ensemble"
    by_response = {case[0]: "random_forest"}
    assert explained_family(asking(content, explained=by_response), *case) == "random_forest"
    elsewhere = {"another_response": "random_forest"}
    assert explained_family(asking(content, explained=elsewhere), *case) == "ensemble"


def test_scenarios_of_a_response_share_a_figure(content: ReportContent):
    """Two rows of the paper's families; a response with one scenario needs none."""
    (figure,) = parity_grid.build(asking(content))

    assert figure.name == "parity-discharge_capacity_5c_mah"
    assert [label.split(":")[0] for label in figure.frame["label"].unique(maintain_order=True)] == [
        "Scenario product",
        "Scenario combined",
    ]
    assert figure.frame["family"].unique(maintain_order=True).to_list() == ["MLR", "Random forest"]


def test_a_family_without_a_model_says_so(content: ReportContent):
    """Its panel is not left empty."""
    fewer = content.predictions.filter(
        ~((pl.col("scenario") == "combined") & (pl.col("family") == "mlr"))
    )
    (figure,) = parity_grid.build(asking(replace(content, predictions=fewer)))

    words = [text.words for text in texts_of(shapes_of_figure(figure))]
    assert words.count("not determined") == 1


def test_responses_share_a_figure_where_the_study_wants_it(content: ReportContent):
    """Each with its own unit, in the one scenario that has both."""
    figures = parity_grid.build(asking(content, side_by_side=[(CAPACITY, LOSS)]))

    beside = figures[-1]
    units = beside.frame.select("label", "unit").unique(maintain_order=True).rows()
    assert units == [("Discharge capacity 5C", " (mAh)"), ("First cycle loss", " (%)")]
    assert beside.name == "parity-discharge_capacity_5c_mah-first_cycle_loss-product"


def test_drivers_hold_impurity_coefficients_and_shapley_values(content: ReportContent):
    """What the panels of the paper's Figure 9 hold, with the same numbers as the single figures."""
    (figure,) = drivers.build(asking(content, side_by_side=[(CAPACITY,)]))
    (alone,) = importance.build(asking(content))

    assert figure.frame["method"].unique(maintain_order=True).to_list() == [
        "mdi",
        "coefficient",
        "swarm",
    ]
    for method in ("mdi", "coefficient"):
        own, other = (frame.filter(method=method)["value"] for frame in (figure.frame, alone.frame))
        assert own.to_list() == other.to_list()
    assert figure.is_narrow
    assert drivers.build(asking(content, side_by_side=[(LOSS,)])) == []  # not explained


def test_a_response_that_is_not_explained_leaves_the_others_their_figure(content: ReportContent):
    """With a word about it, and under the name that was asked for."""
    (figure,) = drivers.build(asking(content, side_by_side=[(CAPACITY, LOSS)]))

    assert figure.frame["response"].unique().to_list() == ["Discharge capacity 5C"]
    assert figure.name == "drivers-discharge_capacity_5c_mah-first_cycle_loss-product"
    assert figure.caption.endswith("Not predictable, so not shown: First cycle loss.")


def test_configurations_are_ordered_and_named_by_their_settings(content: ReportContent):
    """Loading first, then temperature, then porosity; a level is the mean of what is one."""
    order = configuration_order(asking(content), CAPACITY)

    settings = [tuple(map(float, words.split(" / "))) for words in order.frame["settings"]]
    assert settings == sorted(settings)
    assert [temperature for _, temperature, _ in settings[:3]] == [85.0, 120.0, 145.0]
    assert len({loading for loading, _, _ in settings}) == 3
    assert order.frame["group"].to_list() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert order.label.endswith(" / Roll temperature (°C) / Porosity (%)")


def test_the_order_may_be_asked_for(content: ReportContent):
    """Porosity first."""
    order = configuration_order(asking(content, order_by=("porosity",)), CAPACITY)

    assert order.frame["settings"].to_list() == ["30"] * 3 + ["35"] * 3 + ["40"] * 3


@pytest.mark.parametrize(
    "width_in", [SINGLE_COLUMN_MM / 25.4, DOUBLE_COLUMN_MM / 25.4, PAGE_WIDTH_IN]
)
def test_settings_stand_below_every_configuration(content: ReportContent, width_in: float):
    """In lines where there is room, upright otherwise; no word on another one."""
    (figure,) = replicates.build(content)

    drawing = shapes_of_figure(figure, width_in)
    upright = [text for text in texts_of(drawing) if text.is_upwards and "/" in text.words]

    assert overlaps(drawing) == []
    assert outside(drawing) == []
    assert len(upright) in {0, 9}


def test_narrow_figures_have_room_in_one_column(content: ReportContent):
    """85 mm; measured in the font of the figures."""
    for figure in build_figures(replace(content, is_simulated=True)):
        if figure.is_narrow:
            drawing = shapes_of_figure(figure, SINGLE_COLUMN_MM / 25.4)

            assert overlaps(drawing) == [], figure.name
            assert outside(drawing) == [], figure.name
