"""Stages 7 to 9: response surfaces, figures, and one page that tells it all."""

from collections.abc import Mapping
from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from electrodoe.dataset import TrainingData
from electrodoe.explain import SURFACE_SCHEMA, response_surface
from electrodoe.models import FittedModel
from electrodoe.report import ReportContent, build_figures
from electrodoe.report.blocks import Document
from electrodoe.report.document import report_document
from electrodoe.report.page import page_html
from electrodoe.report.selection import explained_cases, explained_family, single_inputs
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import FIGURES, Products, to_csv
from electrodoe.workflow.stages.content import SURFACES_FILE, report_content
from electrodoe.workflow.stages.models import written_model
from electrodoe.workflow.tasks import kept, model_name, run_drawing, run_part

_LEADING: Final = 3
"""Inputs of which every pair is shown."""
_MOST_PANELS: Final = 6
"""Two rows of three; a category takes a panel for each of its levels."""
_DIGITS: Final = 6
"""Of a drawn number."""


def make_surfaces(run: Run) -> Products:
    """Return the predictions of every explained model over pairs of its leading inputs."""
    content = report_content(run, with_surfaces=False)
    frames = [_surfaces(run, content, *case) for case in explained_cases(content)]
    return {SURFACES_FILE: to_csv(pl.concat([SURFACE_SCHEMA.frame([]), *frames]))}


def _surfaces(run: Run, content: ReportContent, target: str, scenario: str) -> pl.DataFrame:
    """Return one model's predictions, the most telling pair first."""
    family = explained_family(content, target, scenario)
    ranked = single_inputs(content, target, scenario)
    leading = [name for name in ranked if name not in run.study.levels][:_LEADING]
    if family is None or len(leading) < 2:
        return SURFACE_SCHEMA.frame([])
    model = written_model(run.folder, model_name(target, scenario, family))
    data = run.dataset.training_data(target, scenario)
    held = _held(data, [name for name in ranked if name in data.levels])
    pairs = list(combinations(leading, 2))[: _MOST_PANELS // len(held) or 1]
    return pl.concat(
        [_surface(data, model, pair, own, named) for pair in pairs for own, named in held]
    )


def _held(data: TrainingData, categories: list[str]) -> list[tuple[dict[int, float], str | None]]:
    """Return the levels that are drawn: each of the leading category, the commonest of others."""
    if not categories:
        return [({}, None)]
    drawn, *others = categories
    rest = {data.input_names.index(name): _commonest(data, name) for name in others}
    found: list[tuple[dict[int, float], str | None]] = []
    for number in sorted(data.levels[drawn])[:_MOST_PANELS]:
        own = {data.input_names.index(drawn): float(number), **rest}
        words = [data.value_text(data.input_names[index], own[index]) for index in sorted(own)]
        found.append((own, ", ".join(words)))
    return found


def _commonest(data: TrainingData, name: str) -> float:
    """Return the level that most samples have, the first of equals."""
    levels, counts = np.unique(data.inputs[:, data.input_names.index(name)], return_counts=True)
    return float(levels[int(np.argmax(counts))])


def _surface(
    data: TrainingData,
    model: FittedModel,
    pair: tuple[str, str],
    held: Mapping[int, float],
    named: str | None,
) -> pl.DataFrame:
    """Return one model's predictions over two inputs."""
    first, second = (model.input_names.index(name) for name in pair)
    grid, predicted, is_inside = response_surface(
        model.predict, data.inputs, (first, second), held=held
    )
    frame = pl.DataFrame(
        {
            "target": model.response_name,
            "scenario": model.scenario,
            "family": model.family,
            "input_1": pair[0],
            "input_2": pair[1],
            "value_1": grid[:, 0],
            "value_2": grid[:, 1],
            "predicted": predicted,
            "is_inside": is_inside,
            "levels": named,
        },
        schema_overrides={"levels": pl.String},
    )
    return frame.with_columns(pl.col("value_1", "value_2", "predicted").round_sig_figs(_DIGITS))


def make_figures(run: Run) -> Products:
    """Return every figure as SVG."""
    figures = build_figures(report_content(run))
    done = run.parts("figures", run_part, [kept((), run_drawing, figure) for figure in figures])
    return {
        f"{FIGURES}/{figure.name}.svg": parts["svg"]
        for figure, parts in zip(figures, done, strict=True)
    }


def make_report(run: Run) -> Products:
    """Return the report as a page."""
    return {"report.html": page_html(document_of(run)).encode()}


def document_of(run: Run) -> Document:
    """Return the report as blocks, with the figures of the stage before in it."""
    content = report_content(run)
    drawn = {
        figure.name: run.folder.read(f"{FIGURES}/{figure.name}.svg").decode()
        for figure in build_figures(content)
    }
    return report_document(content, drawn)
