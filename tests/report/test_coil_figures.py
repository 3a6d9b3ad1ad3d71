"""The map of a coil and the lags of its sensors."""

import polars as pl
import pytest

from electrodoe.preprocess.coil import SensorLags
from electrodoe.report import draw_figure
from electrodoe.report.figures import coil_map, sensor_lags

TABLE = pl.DataFrame(
    {
        "start_m": [0.0, 0.5, 1.0],
        "end_m": [0.5, 1.0, 1.5],
        "run": ["1", "1", None],
        "accepted": [True, False, False],
        "coating_gap_um": [180.0, 181.0, None],
        "solid_content": [0.52, 0.53, None],
        "dryer_2_temperature_c": [None, None, None],
    },
    schema_overrides={"dryer_2_temperature_c": pl.Float64},
)
LAGS = SensorLags(
    table=pl.DataFrame(
        {
            "sensor": ["dry_mass_loading", "dryer_2_temperature"],
            "reference": ["coating_gap_left"] * 2,
            "declared_m": [5.3, 3.0],
            "estimated_m": [5.598, None],
            "low_m": [5.573, None],
            "high_m": [5.623, None],
            "correlation": [0.99, 0.4],
            "is_estimable": [True, False],
        }
    ),
    curves=pl.DataFrame(
        {
            "sensor": ["dry_mass_loading"] * 3 + ["dryer_2_temperature"] * 3,
            "distance_m": [5.0, 5.6, 6.0, 2.0, 3.0, 4.0],
            "correlation": [0.1, 0.99, 0.2, 0.1, 0.4, 0.2],
        }
    ),
)


def test_the_map_shows_percent_and_leaves_out_what_is_empty():
    """A solid content of 0.52 is 52 %; a sensor without readings has no panel."""
    figure = coil_map.build(TABLE, ["coating_gap_um", "solid_content", "dryer_2_temperature_c"])

    assert figure is not None
    assert figure.frame["quantity"].unique(maintain_order=True).to_list() == [
        "Coating gap (µm)",
        "Solid content (%)",
    ]
    assert figure.frame.filter(pl.col("quantity") == "Solid content (%)")["value"][
        0
    ] == pytest.approx(52.0)


def test_a_map_of_nothing_is_not_built():
    """Nor a picture of no lags."""
    assert coil_map.build(TABLE, ["dryer_2_temperature_c"]) is None
    assert sensor_lags.build(SensorLags(table=LAGS.table[:0], curves=LAGS.curves[:0])) is None


def test_lags_are_reported_in_words_beside_the_declared_distance():
    """The estimate in mm, or that there is none."""
    figure = sensor_lags.build(LAGS)

    assert figure is not None
    svg = draw_figure(figure)
    assert "Dry mass loading: 5598 ± 25 mm" in svg
    assert "Dryer 2 temperature: no clear peak" in svg


def test_both_are_drawn_to_the_same_bytes_twice():
    """No clock and no chance go into a picture."""
    for figure in (coil_map.build(TABLE, ["coating_gap_um"]), sensor_lags.build(LAGS)):
        assert figure is not None
        assert draw_figure(figure) == draw_figure(figure)
