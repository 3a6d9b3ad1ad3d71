"""Counterparts of the paper's Figures 1 to 3 as frames."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.report.text_boxes import overlaps, texts_of

from electrodoe.dataset import assemble
from electrodoe.ingest import read_table
from electrodoe.report import ReportContent, build_figures
from electrodoe.report.drawing import shapes_of_figure
from electrodoe.report.figures import contour, experimental_space, replicates
from electrodoe.report.panels.color_scale import scale_levels, scale_lines
from electrodoe.report.style import DARK, LIGHT
from electrodoe.study import Study


def test_a_contour_shows_the_surface_in_shown_units_with_the_measured_means(content: ReportContent):
    """Porosity in percent; nine configurations, each at the mean of its three samples."""
    (figure,) = contour.build(content)

    surface = figure.frame.filter(mark="surface")
    met = figure.frame.filter(mark="configuration")
    assert met.height == 9
    assert surface["y"].min() == pytest.approx(30.0)
    assert surface["y"].max() == pytest.approx(40.0)
    samples = content.dataset.frame.filter(pl.col("sample") != "C0")
    means = samples.group_by("configuration").agg(pl.col("discharge_capacity_5c_mah").mean())
    assert sorted(met["value"]) == pytest.approx(sorted(means["discharge_capacity_5c_mah"]))


@pytest.mark.parametrize("decades", [-3.0, 0.0, 5.0])
def test_a_contour_has_eight_to_twelve_colors_for_any_range(decades: float):
    """The ranges between two powers of ten, wherever they begin."""
    for width in np.geomspace(1.0, 10.0, 37):
        for start in (0.0, 0.37, 12.3):
            low, high = 10.0**decades * start, 10.0**decades * (start + width)

            levels = scale_levels(np.array([low, high]))

            assert 8 <= len(levels) - 1 <= 12, (low, high)
            assert levels[0] <= low + 1e-9 * high
            assert levels[-1] >= high - 1e-9 * high


def test_lines_have_their_values_where_there_is_room(content: ReportContent):
    """Half of the inner levels at least, none on a configuration, none twice in a panel."""
    (figure,) = contour.build(content)
    levels = scale_levels(figure.frame["value"].to_numpy())
    drawing = shapes_of_figure(figure)

    surface = figure.frame.filter(mark="surface")["value"]
    inner = {
        words for level, words, _ in scale_lines(levels) if surface.min() < level < surface.max()
    }
    bottom = max(text.y for text in texts_of(drawing))
    panel = [text.words for text in texts_of(drawing) if 60.0 < text.y < bottom - 25.0]
    drawn = [words for words in panel if words in inner]
    assert len(drawn) == len(set(drawn))
    assert len(drawn) >= len(inner) / 2
    assert overlaps(drawing) == []


def test_the_scale_rises_in_lightness_without_a_turn():
    """Relative luminance (WCAG 2): one way on a white page, the other way on a dark one."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    for theme, sign in ((LIGHT, -1.0), (DARK, 1.0)):
        found = [luminance(theme[f"scale-{step}"]) for step in range(12)]

        assert (sign * np.diff(found) > 0.0).all()


def test_what_was_not_run_is_marked_as_extrapolated(content: ReportContent):
    """Some of the grid's corners lie outside of the configurations, its middle inside."""
    (figure,) = contour.build(content)

    surface = figure.frame.filter(mark="surface")
    assert 0 < surface["is_inside"].sum() < surface.height
    assert surface["is_inside"][surface.height // 2]


def test_the_caption_says_where_the_other_inputs_are_held(content: ReportContent):
    """The middle of 85 to 145 °C."""
    (figure,) = contour.build(content)

    assert "Roll temperature 115\N{NO-BREAK SPACE}°C" in figure.caption


def test_no_surface_no_contour(content: ReportContent):
    """A model that is not explained has no picture."""
    assert contour.build(replace(content, surfaces=content.surfaces.clear())) == []


def test_the_experimental_space_holds_every_configuration_once(content: ReportContent):
    """Nine points over the first scenario's three inputs, porosity in percent."""
    (figure,) = experimental_space.build(content)

    assert figure.frame["n_runs"].sum() == 9
    assert list(figure.labels.values())[2] == "Porosity (%)"
    assert figure.frame["x2"].max() == pytest.approx(40.0)


def test_mean_and_spread_leave_out_what_was_set_aside(content: ReportContent):
    """The standard deviation has ddof 1, and the sample set aside is still shown."""
    (figure,) = replicates.build(content)

    first = figure.frame.filter(position=1)
    kept = first.filter(~pl.col("is_set_aside"))
    assert first.height == 3
    assert kept.height == 2
    a, b = kept["value"]
    assert first["mean"][0] == pytest.approx((a + b) / 2)
    assert first["standard_deviation"][0] == pytest.approx(abs(a - b) / 2**0.5)
    assert figure.is_narrow


def test_calendered_and_uncalendered_stand_side_by_side(content: ReportContent, tmp_path: Path):
    """One figure of two panels where the study declares both."""
    names = ("ionic_resistance_ohm", "uncalendered_ionic_resistance_ohm")
    study = Study.model_validate(
        {
            "title": "Two sides",
            "measurements": {"table": "t.csv", "group": "run"},
            "factors": {"porosity": {}},
            "responses": {name: {} for name in names},
        }
    )
    pl.DataFrame(
        {
            "run": [1, 1, 2, 2],
            "porosity": [0.3, 0.3, 0.4, 0.4],
            names[0]: [30.0, 32.0, 20.0, 21.0],
            names[1]: [10.0, 11.0, 12.0, 13.0],
        }
    ).write_csv(tmp_path / "t.csv")
    dataset = assemble(study, read_table(tmp_path / "t.csv", study.measurements))

    (figure,) = replicates.build(replace(content, study=study, dataset=dataset))

    assert figure.frame["response"].unique(maintain_order=True).to_list() == [
        "Ionic resistance (Ω)",
        "Uncalendered ionic resistance (Ω)",
    ]
    assert not figure.is_narrow


def test_figures_of_simulated_data_say_so(content: ReportContent):
    """In the caption, and as a mark in the drawing."""
    figures = build_figures(replace(content, is_simulated=True))

    assert all(figure.caption.startswith("Simulated data, not measured.") for figure in figures)
    assert all(figure.is_simulated for figure in figures)
