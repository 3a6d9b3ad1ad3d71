"""Residuals of the tested model of each response: against what, and which run decides."""

from typing import Final

import numpy as np
import polars as pl
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.evaluate import telling
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import in_scenario, shown, slug
from electrodoe.report.plot import (
    DASHED,
    Axis,
    Box,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    across,
    drawing_of,
    limits,
    named_axis,
    round_axis,
    sheet,
)
from electrodoe.report.scales import shown_on_scale
from electrodoe.report.selection import cases, of
from electrodoe.report.style import FAINT, FIRST, MUTED, PAGE_WIDTH_IN, SECOND, wrapped

_LEVEL: Final = 0.05
"""Chance that the largest of all clean residuals lies beyond the dashed lines."""
_NORMAL, _LEVERAGE = "Normal score", "Leverage"
"""Panels with a line of their own, and with another vertical axis."""
_Y, _COOK = "Studentized residual", "Cook's distance"

_Across = tuple[str, Floats, list[str] | None]
"""Label, places and, for a category, the names of its levels."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response and scenario whose model leaves something."""
    if content.residuals is None:
        return []
    figures = [_figure(content, *case) for case in cases(content)]
    return [figure for figure in figures if figure is not None]


def _figure(content: ReportContent, target: str, scenario: str) -> FigureData | None:
    """Return the numbers of one response in one scenario, or None."""
    assert content.residuals is not None  # noqa: S101 - build has asked
    rows = of(content.residuals, target, scenario)
    if rows.is_empty():
        return None
    model = rows["model"][0]
    return FigureData(
        name=slug("residuals", target, scenario),
        title=f"{shown(content.study, target).label}{in_scenario(content.study, scenario)}:"
        " residuals",
        caption=(
            f"What the {model} model leaves of each run, over its standard error without that run."
            " Beyond the dashed lines lies the largest of all residuals in one of twenty clean"
            f" responses.{_within(rows)} Last panel: leverage against Cook's distance, by which a"
            " run moves all coefficients; 1 is much. Orange: runs that stand out."
        ),
        kind="residuals",
        frame=_points(content, rows, target, scenario),
        labels={"limit": f"{_limit(rows):.6g}"},
        target=target,
        scenario=scenario,
    )


def _within(rows: pl.DataFrame) -> str:
    """Return what was taken out beside the terms, as a sentence."""
    names = [name for name in ("whole_plot", "block") if rows[name].null_count() == 0]
    words = " and ".join(f"{name.replace('_', ' ')}s" for name in names)
    return f" What {words} add is taken out." if words else ""


def _limit(rows: pl.DataFrame) -> float:
    """Return the size that the largest residual rarely has."""
    known = rows.drop_nulls("externally_studentized")
    n_parameters = round(float(rows["leverage"].sum()))
    degrees = max(rows.height - n_parameters - 1, 1)
    return float(scipy.stats.t.ppf(1.0 - _LEVEL / 2.0 / max(known.height, 1), degrees))


def _points(content: ReportContent, rows: pl.DataFrame, target: str, scenario: str) -> pl.DataFrame:
    """Return the points of all panels, panel by panel."""
    look = shown_on_scale(content.study, target)
    fitted = f"Fitted ({look.unit})" if look.unit else "Fitted"
    y = rows["externally_studentized"].to_numpy()
    panels: list[_Across] = [
        (fitted, rows["fitted"].to_numpy() * look.factor, None),
        (_NORMAL, rows["normal_score"].to_numpy(), None),
    ]
    if rows["run_order"].null_count() == 0:
        panels.append(("Run (number)", rows["run_order"].to_numpy(), None))
    panels += _of_factors(content, rows, target, scenario)
    for name in ("whole_plot", "block"):
        if rows[name].null_count() == 0:
            panels.append((name.replace("_", " ").capitalize(), rows[name].to_numpy(), None))
    points = [_panel_points(label, x, y, words) for label, x, words in panels]
    points.append(
        _panel_points(
            _LEVERAGE, rows["leverage"].to_numpy(), rows["cooks_distance"].to_numpy(), None
        )
    )
    marked = _marked(content, target, scenario)
    names = pl.concat(
        [rows.select(name="row", is_marked=pl.col("row").is_in(marked))] * len(points)
    )
    return pl.concat([pl.concat(points), names], how="horizontal")


def _panel_points(label: str, x: Floats, y: Floats, words: list[str] | None) -> pl.DataFrame:
    """Return the points of one panel; words name the levels of a category."""
    return pl.DataFrame(
        {"panel": label, "x": x.astype(np.float64), "y": y, "level": words},
        schema_overrides={"level": pl.String, "y": pl.Float64},
    ).with_columns(pl.col("y").fill_nan(None))


def _of_factors(
    content: ReportContent, rows: pl.DataFrame, target: str, scenario: str
) -> list[_Across]:
    """Return a panel per input, at the settings of the sample that names each row."""
    data = content.dataset.training_data(target, scenario).all_good
    place = {name: row for row, name in enumerate(data.sample_names)}
    inputs = data.inputs[[place[name] for name in rows["row"].to_list()]]
    panels: list[_Across] = []
    for column, name in enumerate(data.input_names):
        look, own = shown(content.study, name), inputs[:, column]
        levels = data.levels.get(name)
        words = None if levels is None else [levels[round(value)] for value in own]
        panels.append((look.axis, own * look.factor, words))
    return panels


def _marked(content: ReportContent, target: str, scenario: str) -> list[str]:
    """Return the rows that a sentence names."""
    if content.residual_checks is None:
        return []
    return of(telling(content.residual_checks), target, scenario)["row"].drop_nulls().to_list()


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return small multiples, four in a row."""
    panels = data.frame.partition_by("panel", maintain_order=True)
    limit = float(data.labels["limit"])
    whole = sheet(
        width_in,
        len(panels),
        4,
        height_in=1.05,
        left_in=0.52,
        bottom_in=0.56,
        top_in=0.08,
        min_in=1.6,
    )
    ends = limits(
        pl.concat(panels[:-1])["y"].drop_nulls(), [-1.08 * limit, 1.08 * limit], room=0.03
    )
    return drawing_of(
        whole,
        [
            _panel(rows, box, ends, limit, is_named=whole.is_at_left(index), width_in=width_in)
            for index, (rows, box) in enumerate(zip(panels, whole.boxes, strict=True))
        ],
    )


def _panel(
    rows: pl.DataFrame,
    box: Box,
    ends: tuple[float, float],
    limit: float,
    *,
    is_named: bool,
    width_in: float,
) -> Panel:
    """Return one panel with its points, and the lines that they are compared with."""
    label = str(rows["panel"][0])
    if label == _LEVERAGE:
        top = max(1.0, float(np.nanmax(rows["y"].to_numpy())))
        y = round_axis((0.0, 1.08 * top), 3, label=_COOK, has_grid=True)
        lines: list[Mark] = [across(y=1.0, color=MUTED, width=0.8, dashes=DASHED)]
    else:
        y = round_axis(ends, 4, label=_Y if is_named else "", has_grid=True)
        lines = [across(y=0.0, color=FAINT, width=0.8)]
        lines.append(across(y=[-limit, limit], color=MUTED, width=0.8, dashes=DASHED))
    if label == _NORMAL:
        lines.append(Line(x=ends, y=ends, color=FAINT, width=0.8))
    return Panel(
        box=box,
        x=_across_axis(rows, wrapped(label, 22, width_in)),
        y=y,
        marks=[*lines, *_dots(rows)],
    )


def _across_axis(rows: pl.DataFrame, label: str) -> Axis:
    """Return the axis below: numbers, or the levels of a category."""
    if rows["level"].null_count():
        return round_axis(limits(rows["x"]), 3, label=label)
    named = rows.select("x", "level").unique().sort("x")
    ticks = named["x"].to_list()
    words = [wrapped(word, max(3, 16 // len(ticks)), lines=1) for word in named["level"].to_list()]
    return named_axis(ticks, words, (ticks[0] - 0.5, ticks[-1] + 0.5), label=label)


def _dots(rows: pl.DataFrame) -> list[Dots]:
    """Return the runs, and those that stand out above them."""
    return [
        Dots(x=own["x"], y=own["y"], color=color, size=size)
        for own, color, size in (
            (rows.filter(~pl.col("is_marked")), FIRST, 2.6),
            (rows.filter("is_marked"), SECOND, 3.6),
        )
        if own.height
    ]
