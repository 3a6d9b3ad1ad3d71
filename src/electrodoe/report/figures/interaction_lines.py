"""The two strongest interactions: a response along one input, at three values of another."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, format_number, in_scenario, shown, slug
from electrodoe.report.plot import (
    DOTTED,
    Drawing,
    Line,
    Mark,
    Panel,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.selection import explained_cases, of
from electrodoe.report.style import FIRST, MUTED, PAGE_WIDTH_IN, SECOND, wrapped
from electrodoe.ties import ascending

_MOST: Final = 2
"""Pairs that are drawn."""
_LINES: Final = (("lowest", FIRST), ("middle", MUTED), ("highest", SECOND))
"""Values of the other input, and their colors."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario whose inputs were drawn in pairs."""
    figures = [_figure(content, *case) for case in explained_cases(content)]
    return [figure for figure in figures if figure is not None]


def _figure(content: ReportContent, target: str, scenario: str) -> FigureData | None:
    """Return the numbers of one response in one scenario, or None."""
    surfaces = of(content.surfaces, target, scenario)
    if surfaces.is_empty():
        return None
    family = str(surfaces["family"][0])
    first_level = surfaces["levels"][0]
    surfaces = surfaces.filter(pl.col("levels").eq_missing(first_level))
    pairs = _strongest(of(content.interactions, target, scenario), surfaces, family)
    if not pairs:
        return None
    scale = shown(content.study, target)
    panes = [_pane(content, surfaces, pair, scale.factor) for pair in pairs]
    held = "" if first_level is None else f" For {first_level}."
    return FigureData(
        name=slug("interaction_lines", target, scenario),
        title=f"{scale.label}{in_scenario(content.study, scenario)}: strongest interactions",
        caption=(
            f"{family_title(family)}, along one input at three values of another; the strongest"
            " interaction of the leading inputs first. Parallel lines: no interaction. Dotted:"
            f" outside of what was run.{held}"
        ),
        kind="interaction_lines",
        frame=pl.concat(panes),
        labels={"y": scale.axis},
        target=target,
        scenario=scenario,
    )


def _strongest(
    strengths: pl.DataFrame, surfaces: pl.DataFrame, family: str
) -> list[tuple[str, str]]:
    """Return the pairs that interact most among those whose surface is known."""
    known = set(surfaces.select("input_1", "input_2").unique().iter_rows())
    rows = strengths.filter(pl.col("family") == family)
    rows = rows[ascending(-rows["value"].to_numpy())] if rows.height else rows
    ordered = [
        pair
        for first, second in rows.select("input_1", "input_2").iter_rows()
        for pair in ((first, second), (second, first))
        if pair in known
    ]
    return ordered[:_MOST]


def _pane(
    content: ReportContent, surfaces: pl.DataFrame, pair: tuple[str, str], factor: float
) -> pl.DataFrame:
    """Return the lines of one pair, in the shown units."""
    rows = surfaces.filter(input_1=pair[0], input_2=pair[1])
    values = rows["value_2"].unique().sort().to_list()
    at = [values[0], values[len(values) // 2], values[-1]]
    words = ", ".join(format_number(content.study, pair[1], value) for value in at)
    x = shown(content.study, pair[0])
    lines = [
        rows.filter(pl.col("value_2") == value)
        .sort("value_1")
        .select(
            x=pl.col("value_1") * x.factor,
            y=pl.col("predicted") * factor,
            is_inside="is_inside",
            line=pl.lit(name),
            x_label=pl.lit(x.axis),
            title=pl.lit(f"{shown(content.study, pair[1]).axis}: {words}"),
        )
        for value, (name, _) in zip(at, _LINES, strict=True)
    ]
    return pl.concat(lines)


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the pairs side by side, with one vertical axis."""
    panes = data.frame.partition_by("x_label", "title", maintain_order=True)
    whole = sheet(
        width_in, len(panes), 2, height_in=1.7, left_in=0.8, bottom_in=0.68, top_in=0.5,
        head_in=0.24, min_in=2.9,
    )  # fmt: skip
    ends = limits(data.frame["y"])
    label = wrapped(data.labels["y"], 24, width_in)
    panels = [
        Panel(
            box=box,
            x=round_axis(
                limits(rows["x"], room=0.0), 4, label=wrapped(rows["x_label"][0], 36, width_in)
            ),
            y=round_axis(ends, 4, label=label if whole.is_at_left(index) else "", has_grid=True),
            marks=_lines(rows),
            title=wrapped(rows["title"][0], 38, width_in),
            has_bold_title=False,
        )
        for index, (rows, box) in enumerate(zip(panes, whole.boxes, strict=True))
    ]
    return drawing_of(whole, panels, legend=panels[0].marks)


def _lines(rows: pl.DataFrame) -> list[Mark]:
    """Return three lines, dotted where nothing was run."""
    marks: list[Mark] = []
    for name, color in _LINES:
        own = rows.filter(line=name)
        inside = np.where(own["is_inside"].to_numpy(), own["y"].to_numpy(), np.nan)
        marks.append(Line(x=own["x"], y=own["y"], color=color, width=0.8, dashes=DOTTED))
        marks.append(Line(x=own["x"], y=inside, color=color, width=1.5, label=name))
    return marks
