"""How much the score of a random split depends on luck, beside the score on new configurations."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, shown, slug
from electrodoe.report.plot import (
    PT_PER_IN,
    Axis,
    Box,
    Dots,
    Drawing,
    Panel,
    Segments,
    Words,
    across,
    apart,
    drawing_of,
    in_lines,
    legend_room,
    named_axis,
    panels_beside,
    round_axis,
    sheet,
)
from electrodoe.report.plot.drawn_panel import TITLE_SIZE
from electrodoe.report.plot.shapes import width_of
from electrodoe.report.rounding import measured
from electrodoe.report.selection import families_in
from electrodoe.report.style import (
    FIRST,
    GRID,
    MUTED,
    PAGE_WIDTH_IN,
    SECOND,
    SMALL,
    SURFACE,
)

_LEFT_EDGE = -1.0
"""Scores below are written beside an arrow at the edge."""
_ROOM_PT = 30.0
"""Room for one such score."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response, with a panel per scenario."""
    figures = []
    for target in content.study.responses:
        repeats = content.repeats.filter(pl.col("target") == target).drop_nans("r2_test")
        scores = content.evaluation.filter(pl.col("target") == target)
        if repeats.is_empty():
            continue
        n_repeats = repeats["repeat"].n_unique()
        figures.append(
            FigureData(
                name=slug("scatter", target),
                title=f"{shown(content.study, target).label}: random splits and new configurations",
                caption=(
                    f"R² of {n_repeats} random splits per family (new replicates of known"
                    " configurations), the bar from 5 to 95 % of them, and R² on new"
                    " configurations (leave one configuration out)."
                ),
                kind="split_scatter",
                frame=_marks(repeats, scores),
                labels={"x": "R²"},
                target=target,
            )
        )
    return figures


def _marks(repeats: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Return one row per mark: every repeat, the bar's ends, the printed split, left out."""
    keys = ["scenario", "family"]
    every = repeats.select(*keys, mark=pl.lit("repeat"), value="r2_test")
    renamed = {"r2_test_p05": "p05", "r2_test_p95": "p95", "r2_test": "printed", "r2_loco": "loco"}
    others = (
        scores.rename(renamed)
        .unpivot(list(renamed.values()), index=keys, variable_name="mark", value_name="value")
        .drop_nulls("value")
    )
    order = {family: index for index, family in enumerate(families_in(repeats))}
    marks = pl.concat([every, others.select(every.columns)]).filter(pl.col("value").is_not_nan())
    position = pl.col("family").replace_strict(order, default=None, return_dtype=pl.Int64)
    named = pl.col("family").replace({family: family_title(family) for family in order})
    return marks.with_columns(position=position, family=named).drop_nulls("position")


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the families one below the other, scenarios side by side."""
    frame = data.frame
    scenarios = frame.partition_by("scenario", maintain_order=True)
    names = frame.select("position", "family").unique().sort("position")["family"].to_list()
    ticks = frame["position"].unique().sort().to_list()
    is_many = len(scenarios) > 1
    ends = (max(ticks) + 0.6, min(ticks) - 0.6)
    scores = round_axis(apart(_lowest(frame), 1.0), 6, label=data.labels["x"], has_grid=True)
    key = list(_scores(scenarios[0], scores.low))
    margin_in = 0.85 if is_many else 1.15
    each_in = (width_in - margin_in) / panels_beside(2, width_in - margin_in)
    room = PT_PER_IN * (each_in - 0.3)
    titles = [
        in_lines(f"Scenario {rows['scenario'][0]}", room, TITLE_SIZE, is_bold=True)
        for rows in scenarios
    ]
    whole = sheet(
        width_in,
        len(scenarios),
        2,
        height_in=0.19 * len(names) + 0.1,
        left_in=0.3 if is_many else 0.0,
        margin_in=margin_in,
        bottom_in=0.38,
        top_in=0.28 + 0.135 * max(words.count("\n") for words in titles),
        head_in=max(0.24, legend_room(key, width_in)),
    )
    panels = [
        _panel(
            rows,
            box,
            scores,
            named_axis(ticks, names if whole.is_at_left(index) else (), ends),
            titles[index] if is_many else "",
        )
        for index, (rows, box) in enumerate(zip(scenarios, whole.boxes, strict=True))
    ]
    return drawing_of(whole, panels, legend=key)


def _lowest(frame: pl.DataFrame) -> float:
    """Return where the scores of all panels begin."""
    smallest = float(frame["value"].to_numpy().min())
    return max(_LEFT_EDGE, smallest - 0.05 * (1.0 - smallest))


def _panel(rows: pl.DataFrame, box: Box, scores: Axis, families: Axis, title: str) -> Panel:
    """Return dots, bars and the two scores of one scenario."""
    lowest = scores.low
    zero = [across(x=0.0, color=MUTED, width=0.6)] if lowest < 0.0 else []
    return Panel(
        box=box,
        x=scores,
        y=replace(families, has_line=True),
        marks=[*zero, _bars(rows, lowest), *_scores(rows, lowest), *_beyond(rows, lowest)],
        title=title,
    )


def _bars(rows: pl.DataFrame, lowest: float) -> Segments:
    """Return a bar per family from the 5th to the 95th percentile of its random splits."""
    ends = {mark: rows.filter(pl.col("mark") == mark) for mark in ("p05", "p95")}
    lows = dict(ends["p05"].select("position", "value").iter_rows())
    high = ends["p95"]["value"].to_numpy()
    position = ends["p95"]["position"].to_numpy()
    low = [lows.get(row, end) for row, end in zip(position.tolist(), high.tolist(), strict=True)]
    return Segments(
        x=np.maximum(low, lowest),
        y=position,
        to_x=np.maximum(high, lowest),
        to_y=position,
        color=GRID,
        width=5.0,
    )


def _scores(rows: pl.DataFrame, lowest: float) -> Iterator[Dots]:
    """Yield the random splits, the printed one, and the score of left-out configurations."""
    for mark, look in _LOOKS.items():
        own = rows.filter(pl.col("mark") == mark)
        if mark == "repeat":
            own = own.with_columns(pl.col("value").clip(lower_bound=lowest))
        own = own.filter(pl.col("value") >= lowest)
        yield Dots(x=own["value"], y=own["position"], **look)


def _beyond(rows: pl.DataFrame, lowest: float) -> Iterator[Words]:
    """Yield the two scores that lie beyond the left edge, one behind the other."""
    beyond = rows.filter(pl.col("mark").is_in(list(_BEYOND)), pl.col("value") < lowest)
    for _, scores in beyond.group_by("position", maintain_order=True):
        shift = 4.0
        for score in scores.iter_rows(named=True):
            written = f"◂ {measured(score['value'], 2)}"
            yield Words(
                x=lowest,
                y=score["position"],
                words=written,
                color=_BEYOND[score["mark"]],
                size=SMALL,
                shift=(shift, 0.0),
                ground=SURFACE,
            )
            shift += max(_ROOM_PT, width_of(written, SMALL) + 4.0)


_BEYOND: Final = {"loco": SECOND, "printed": FIRST}
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "repeat": {
        "color": MUTED,
        "shape": "tick",
        "size": 4.5,
        "edge_width": 0.7,
        "label": "random splits (bar: 5–95 %)",
    },
    "printed": {
        "color": FIRST,
        "shape": "diamond",
        "size": 5.6,
        "label": "the printed random split",
    },
    "loco": {"color": SECOND, "size": 5.0, "label": "new configurations"},
}
