"""The figures of a finished run at a journal's size, in a folder of their own."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from electrodoe.errors import WorkflowError
from electrodoe.report import FigureData, build_figures
from electrodoe.report.publication import PublicationFormat, publication_figure
from electrodoe.study import Study, or_nearest
from electrodoe.workflow.engines import Engine
from electrodoe.workflow.finished import finished_run
from electrodoe.workflow.run import Observer, Silence
from electrodoe.workflow.run_folder import RESULTS, Products, RunFolder
from electrodoe.workflow.stages.content import report_content

PUBLICATION: Final = "publication"
"""Folder in ``results``."""


def publish_figures(
    study: Study,
    folder: Path,
    engine: Engine,
    *,
    file_format: PublicationFormat,
    only: Sequence[str] = (),
    width_mm: float | None = None,
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
    width_mm : float or None, mm
        Of every figure; 85 or 174 without it.
    observer : Observer or None
        Who is informed how far it has come.

    Returns
    -------
    list of Path
        Files in ``results/publication``, in the order of the report.

    Raises
    ------
    WorkflowError
        If there is no finished run, or no figure of a name.
    """
    reported = observer or Silence()
    figures = _chosen(build_figures(report_content(finished_run(study, folder))), only)
    target = RunFolder(path=folder / RESULTS / PUBLICATION)
    reported.stage_started("figures", len(figures))
    with engine.run(
        partial(_drawn, file_format=file_format, width_mm=width_mm), figures
    ) as results:
        for _, products in results:
            target.write(products)
            reported.task_done()
    return [target.path / f"{figure.name}.{file_format}" for figure in figures]


def _drawn(figure: FigureData, file_format: PublicationFormat, width_mm: float | None) -> Products:
    """Return one file by its name."""
    return {f"{figure.name}.{file_format}": publication_figure(figure, file_format, width_mm)}


def _chosen(figures: list[FigureData], only: Sequence[str]) -> list[FigureData]:
    """Return the figures that are asked for by name or by kind."""
    known = {figure.name for figure in figures} | {figure.kind for figure in figures}
    for name in only:
        if name not in known:
            raise WorkflowError(
                f"no figure '{name}'", where="--only", fix=or_nearest(name, sorted(known))
            )
    return [figure for figure in figures if not only or {figure.name, figure.kind} & {*only}]
