"""Stationary points, curvatures, ridge and path stand on the page with their uncertainty."""

from dataclasses import replace

from tests.report.made_up_recommendation import (
    CAPACITY,
    LOADING,
    POROSITY,
    TEMPERATURE,
    make_recommended,
)

from electrodoe.optimize import Prediction, QuadraticShape, Recommendation
from electrodoe.report.content import ReportContent
from electrodoe.report.recommendation.surface_tables import stationary_table, surface_blocks
from electrodoe.report.table import Table


def recommended(**known: object) -> Recommendation:
    point = {LOADING: 14.5, TEMPERATURE: 118.0, POROSITY: 0.34}
    step = Prediction(settings=dict(point), predicted={CAPACITY: 2.3})
    shape = QuadraticShape(
        kind="saddle",
        stationary_point=point,
        eigenvalues=(0.4, -0.1, -0.9),
        ridge=(step, step),
    )
    return replace(
        make_recommended(),
        shapes={CAPACITY: replace(shape, **known)},  # type: ignore[arg-type]
        steepest_paths={CAPACITY: (step,)},
    )


def test_a_stationary_point_stands_with_its_region_and_curvatures(content: ReportContent) -> None:
    region = {LOADING: (13.0, 16.0), TEMPERATURE: (100.0, 130.0), POROSITY: (0.3, 0.4)}
    found = recommended(region=region, is_region_known=True, eigenvalue_errors=(0.05, 0.06, 0.1))
    rows = stationary_table(content.study, found).rows

    assert rows[0][0].endswith(": saddle")
    regions = [row[3].replace("\N{NO-BREAK SPACE}", " ") for row in rows]
    assert regions == ["13.0 to 16.0 mg/cm²", "100 to 130 °C", "30 to 40 %"]
    assert [row[4:] for row in rows] == [("0.4", "0.05"), ("−0.1", "0.06"), ("−0.9", "0.1")]
    ways = [each for each in surface_blocks(content.study, found) if isinstance(each, Table)]
    assert ["Ridge" in way.caption for way in ways] == [False, True, False]
    assert "steepest ascent" in ways[-1].caption
    assert len(ways[1].rows) == 2
    assert Recommendation.from_json(found.to_json()) == found


def test_what_is_not_known_is_a_dash_and_what_lies_outside_says_so(content: ReportContent) -> None:
    unknown = stationary_table(content.study, recommended()).rows
    outside = stationary_table(content.study, recommended(is_region_known=True)).rows

    assert [row[3] for row in unknown] == ["–"] * 3
    assert [row[3] for row in outside] == ["outside"] * 3
    assert surface_blocks(content.study, make_recommended()) == ()
