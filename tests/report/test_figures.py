"""Figures as frames: the numbers, the units and the words, before anything is drawn."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from tests.report.conftest import TARGETS
from tests.report.text_boxes import texts_of

from electrodoe.dataset.dataset import SAMPLE
from electrodoe.report import FIGURES, ReportContent, build_figures, draw_figure
from electrodoe.report.drawing import shapes_of_figure
from electrodoe.report.figure import FigureData
from electrodoe.report.figures import correlations
from electrodoe.report.plot import Outline


def named(content: ReportContent, name: str) -> FigureData:
    return next(figure for figure in build_figures(content) if figure.name == name)


def test_every_kind_of_figure_is_built_and_none_is_empty(content):
    """A figure without numbers is not built."""
    figures = build_figures(content)

    assert {figure.kind for figure in figures} == set(FIGURES)
    assert all(figure.frame.height > 0 for figure in figures)
    assert all(figure.title and figure.caption.endswith(".") for figure in figures)


def test_names_are_unique_and_fit_for_files(content):
    """Two figures never overwrite each other."""
    names = [figure.name for figure in build_figures(content)]

    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").replace("_", "").isalnum() for name in names)


def test_no_label_is_a_column_name(content):
    """People read words and units."""
    columns = content.study.columns
    for figure in build_figures(content):
        words = [figure.title, figure.caption, *figure.labels.values()]
        for column in ("response", "input", "input_1", "label", "family"):
            if column in figure.frame.columns:
                words += [text for text in figure.frame[column].to_list() if text]
        for text in words:
            assert not any(name in text for name in columns if "_" in name), (figure.name, text)
            assert "_" not in text


def test_parity_has_units_on_both_axes(content):
    """The unit of the response stands on either axis."""
    figure = named(content, "parity-discharge_capacity_5c_mah-product")

    assert figure.labels == {"x": "Observed (mAh)", "y": "Predicted (mAh)"}
    assert set(figure.frame["split"]) == {"train", "test", "loco"}


def test_fractions_are_shown_in_percent(content):
    """A loss of 0.1 is 10 %."""
    figure = named(content, "parity-first_cycle_loss-product")
    stored = content.predictions.filter(pl.col("target") == "first_cycle_loss")["observed"]

    assert figure.labels["x"] == "Observed (%)"
    assert figure.frame["observed"].to_numpy().mean() == pytest.approx(100.0 * stored.mean())


def test_scatter_holds_every_repeat_and_the_left_out_score(content):
    """All random splits are shown, not a summary of them."""
    figure = named(content, "scatter-discharge_capacity_5c_mah")
    marks = figure.frame.group_by("mark").len()
    counts = dict(marks.iter_rows())

    assert counts == {"repeat": 30, "p05": 6, "p95": 6, "printed": 6, "loco": 6}


def test_matrix_has_every_pair_of_every_scenario(content):
    """Three inputs give nine cells, two give four."""
    frame = named(content, "correlations").frame

    assert dict(frame.group_by("scenario").len().iter_rows()) == {"product": 9, "combined": 4}


def test_refused_and_unpredictable_cases_are_not_explained(content):
    """Neither dependent inputs nor a model that predicts nothing is explained."""
    kinds = {"importance", "bee_swarm", "effects"}
    explained = {(f.target, f.scenario) for f in build_figures(content) if f.kind in kinds}

    assert explained == {("discharge_capacity_5c_mah", "product")}


def test_impurity_stands_beside_its_shadow(content):
    """MDI is never shown without the noise it must beat."""
    frame = named(content, "importance-discharge_capacity_5c_mah-product").frame
    shadows = frame.filter(pl.col("input").str.contains("Shadow"))

    assert shadows["method"].to_list() == ["mdi"]
    assert set(frame["method"]) == {"shapley", "permutation", "mdi", "coefficient"}


def test_set_aside_samples_stay_in_the_overview(content):
    """A sample that is not modeled is still shown."""
    frame = named(content, "configurations").frame

    assert frame["is_set_aside"].sum() == 2
    assert frame.height == 2 * content.dataset.n_samples


def test_scores_beyond_the_edge_are_written_with_their_value(content):
    """A score below -1 is never drawn as if it stood at the edge."""
    far = content.evaluation.with_columns(r2_test=pl.lit(-2.869), r2_loco=pl.lit(-1.027))
    (data, *_) = [
        figure
        for figure in build_figures(replace(content, evaluation=far))
        if figure.kind == "split_scatter"
    ]

    svg = draw_figure(data)

    assert "◂ −2.9" in svg
    assert "◂ −1.0" in svg


def test_scores_of_all_scenarios_have_one_axis(content):
    """What stands at the same place is the same score."""
    figure = named(content, "scatter-discharge_capacity_5c_mah")
    worse = figure.frame.with_columns(
        value=pl.when(scenario="combined").then(pl.col("value") - 0.7).otherwise("value")
    )

    drawing = shapes_of_figure(replace(figure, frame=worse))

    below = [text for text in texts_of(drawing) if text.anchor == "middle" and text.words != "R²"]
    ticks = [text.words for text in sorted(below, key=lambda text: text.x)]
    half = len(ticks) // 2
    assert half > 2
    assert float(ticks[0]) < 0.5  # the worst scores of the other panel have room
    assert ticks[:half] == ticks[half:]


def test_the_first_two_matrices_are_the_large_ones(content):
    """The paper shows these; a third one is smaller, cell by cell."""
    figure = named(content, "correlations")
    third = figure.frame.filter(scenario="combined").with_columns(scenario=pl.lit("third"))
    data = replace(figure, frame=pl.concat([figure.frame, third]))

    cells = [
        np.ptp(shape.rings[0], axis=0)
        for shape in correlations.draw(data).shapes
        if isinstance(shape, Outline) and shape.fill
    ]

    sizes = sorted({tuple(cell.round(1)) for cell in cells})
    assert len(sizes) == 2
    assert sizes[1][0] > 1.5 * sizes[0][0]
    assert sizes[1][1] > 1.5 * sizes[0][1]


def test_no_panel_lacks_the_label_of_an_axis(content):
    """In every figure of a report each panel, or the panel below or beside it, says what it is."""
    for figure in build_figures(content):
        drawing = shapes_of_figure(figure)
        words = " ".join(text.words for text in texts_of(drawing))
        axes = {key: label for key, label in figure.labels.items() if key[:1] in {"x", "y"}}
        for label in axes.values():
            assert all(word in words for word in label.split()), (figure.name, label)


def test_residuals_are_shown_against_each_factor_and_named(content: ReportContent, page: str):
    data = named(content, "residuals-discharge_capacity_5c_mah-product")
    frame = data.frame

    assert frame["panel"].unique(maintain_order=True).to_list() == [
        "Fitted (mAh)",
        "Normal score",
        "Run (number)",
        "Coating mass loading (mg/cm²)",
        "Roll temperature (°C)",
        "Porosity (%)",
        "Leverage",
    ]
    assert frame.filter("is_marked").height == 7
    assert frame.filter(panel="Leverage")["x"].sum() == pytest.approx(4.0)  # terms
    assert "Residuals of the linear model: run " in page
    assert page.count("standard errors") == 1


def test_the_strongest_interaction_is_drawn_at_three_values_of_the_other_input(
    content: ReportContent,
):
    """Of a plane: three parallel lines, in the shown units."""
    data = named(content, "interaction_lines-discharge_capacity_5c_mah-product")
    lines = [data.frame.filter(line=name) for name in ("lowest", "middle", "highest")]

    assert data.frame["x_label"].unique().to_list() == ["Coating mass loading (mg/cm²)"]
    assert data.frame["title"][0].startswith("Porosity (%): 30")
    gaps = (lines[2]["y"] - lines[0]["y"]).to_numpy()
    assert gaps == pytest.approx(np.full(len(gaps), 3.0 * 0.1), rel=0.02)
    assert np.all(np.diff(lines[0]["y"].to_numpy()) > 0)


def test_residuals_are_drawn_of_runs_named_by_a_sample_that_an_outlier_rule_sets_aside(
    content: ReportContent,
):
    """Tests count it: the run keeps its name and its settings."""
    dataset = content.dataset
    names = content.residuals.filter(target=TARGETS[0])["row"].to_list()
    is_flagged = dataset.frame[SAMPLE].is_in(names[:1]).to_numpy()
    flagged = replace(
        dataset,
        flagged={TARGETS[0]: is_flagged},
        set_aside={**dataset.set_aside, TARGETS[0]: dataset.set_aside[TARGETS[0]] | is_flagged},
    )
    assert names[0] not in flagged.training_data(TARGETS[0], "product").sample_names

    data = named(replace(content, dataset=flagged), f"residuals-{TARGETS[0]}-product")

    assert set(data.frame["name"]) == set(names)
