"""Figures as frames: the numbers, the units and the words, before anything is drawn."""

from dataclasses import replace

import polars as pl
import pytest

from electrodoe.report import FIGURES, ReportContent, build_figures, draw_figure
from electrodoe.report.figure import FigureData


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
