"""The figures of a finished run at a journal's size, in a folder of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from electrodoe.errors import WorkflowError
from electrodoe.report import FigureData, build_figures
from electrodoe.report.publication import PublicationFormat, publication_figure
from electrodoe.study import Study, or_nearest
from electrodoe.workflow.engines import Engine
from electrodoe.workflow.finished import finished_run
from electrodoe.workflow.observer import Observer, Silence
from electrodoe.workflow.run_folder import Products, RunFolder
from electrodoe.workflow.runner import RESULTS
from electrodoe.workflow.stages.content import report_content

PUBLICATION: Final = "publication"
"""Folder in ``results``."""


@dataclass(frozen=True, kw_only=True)
class PublicationTask:
    """Draw one figure for a journal.

    Attributes
    ----------
    figure : FigureData
        Its numbers and words.
    file_format : {"pdf", "svg", "png"}
        What is written.
    """

    figure: FigureData
    file_format: PublicationFormat


def publish_figures(
    study: Study,
    folder: Path,
    engine: Engine,
    *,
    file_format: PublicationFormat,
    only: Sequence[str] = (),
    observer: Observer | None = None,
) -> list[Path]:
    """Write the figures of a finished run at publication size; nothing is fitted.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        The study's.
    engine : Engine
        Where they are drawn.
    file_format : {"pdf", "svg", "png"}
        Of every file.
    only : sequence of str
        Names or kinds of figures, all where it is empty.
    observer : Observer or None
        Who is told how far it has come.

    Returns
    -------
    list of Path
        Files in ``results/publication``, in the order of the report.

    Raises
    ------
    WorkflowError
        If there is no finished run, or no figure of a name.
    """
    told = observer or Silence()
    figures = _chosen(build_figures(report_content(finished_run(study, folder))), only)
    tasks = [PublicationTask(figure=figure, file_format=file_format) for figure in figures]
    target = RunFolder(path=folder / RESULTS / PUBLICATION)
    told.stage_started("figures", len(tasks))
    with engine.run(draw_for_publication, tasks) as results:
        for _, products in results:
            target.write(products)
            told.task_done()
    return [target.path / f"{figure.name}.{file_format}" for figure in figures]


def draw_for_publication(task: PublicationTask) -> Products:
    """Return one file by its name."""
    name = f"{task.figure.name}.{task.file_format}"
    return {name: publication_figure(task.figure, task.file_format)}


def _chosen(figures: list[FigureData], only: Sequence[str]) -> list[FigureData]:
    """Return the figures that are asked for by name or by kind."""
    known = {figure.name for figure in figures} | {figure.kind for figure in figures}
    for name in only:
        if name not in known:
            raise WorkflowError(
                f"no figure '{name}'", where="--only", fix=or_nearest(name, sorted(known))
            )
    return [figure for figure in figures if not only or {figure.name, figure.kind} & {*only}]
