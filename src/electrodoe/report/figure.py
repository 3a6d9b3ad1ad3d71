"""A figure is its numbers: a tidy frame and the words around it, before anything is drawn."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.plot import Drawing


@dataclass(frozen=True, kw_only=True)
class FigureData:
    """What a figure shows.

    Attributes
    ----------
    name : str
        File name without ending, and prefix of the ids inside the SVG.
    title, caption : str
        Heading and sentence below it.
    kind : str
        Key of ``electrodoe.report.FIGURES``.
    frame : polars.DataFrame
        The numbers, in the units in which they are shown; never empty.
    labels : mapping of str to str
        Texts of axes.
    target, scenario : str
        What the figure is about; empty where it is about the whole study.
    is_narrow : bool
        Whether it fits one of a journal's two columns.
    is_simulated : bool
        Whether its data were made up; the drawing itself says so.
    """

    name: str
    title: str
    caption: str
    kind: str
    frame: pl.DataFrame
    labels: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    scenario: str = ""
    is_narrow: bool = False
    is_simulated: bool = False


Pictures = tuple[tuple[FigureData, str], ...]
"""Figures, each with its drawing as SVG."""


@dataclass(frozen=True, kw_only=True)
class FigureKind:
    """One kind of figure, as two functions.

    Attributes
    ----------
    build : callable
        ``build(content) -> list of FigureData``, empty where there is nothing to show.
    draw : callable
        ``draw(data, width_in) -> Drawing``, of a page's or a journal's width in inches.
    """

    build: Callable[[ReportContent], list[FigureData]]
    draw: Callable[[FigureData, float], Drawing]


def figure_content(data: FigureData) -> bytes:
    """Return all that a figure shows as bytes, for a hash that tells whether to draw it anew."""
    words = [data.name, data.title, data.kind, dict(data.labels), data.target, data.scenario]
    return json.dumps([*words, data.is_simulated]).encode() + data.frame.write_json().encode()
