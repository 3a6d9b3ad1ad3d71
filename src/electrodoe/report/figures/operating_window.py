"""The chance that all specifications hold, over two factors at a time, with the window's box."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from electrodoe.optimize import Decision, OptimizationResult, Recommendation
from electrodoe.quantities import TableSchema
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.plot import (
    DASHED,
    Blocks,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    drawing_of,
    legend_room,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.plot.contours import Grid, contour_lines, regions
from electrodoe.report.rounding import percent
from electrodoe.report.style import FAINT, INK, LIGHT, PAGE_WIDTH_IN, SECOND, SURFACE
from electrodoe.study import Study

OPERATING_WINDOW_SCHEMA: Final = TableSchema(
    name="operating_window",
    columns={
        **dict.fromkeys(("x_factor", "y_factor", "kind"), pl.String),
        **dict.fromkeys(("x", "y", "probability"), pl.Float64),
    },
)
"""Kinds: ``map``, ``guaranteed`` (what of it can be said with confidence), ``box`` (two corners),
``set_point``, ``run``; x and y as they are shown."""

_NAME: Final = "operating_window"
_LEVELS: Final = (0.0, 0.5, 0.7, 0.9, 1.0001)
"""Borders of the steps below; the last is above 1, so that a certain chance has a color."""
_GUARANTEED: Final = 0.9
"""The default of `probability` and `confidence` in a study's goals (decision 0014)."""
_COLORS: Final = tuple(LIGHT[name] for name in ("zero", "minus-1", "minus-2", "minus-3"))
_STEPS: Final = ("below 50 %", "50 to 70 %", "70 to 90 %", "90 % and more")
_MOST_PANELS: Final = 6
"""Four factors have six pairs; with more the figure would not fit a page."""


def build(study: Study, found: OptimizationResult) -> FigureData | None:
    """Return the map's slices through the window's middle, or None where there is no map."""
    names = found.drifting.region.names
    if found.search is None or len(names) < 2:
        return None
    window, point = found.window, found.drifting_point
    middle = point if window is None else (window.low + window.high) / 2.0
    pairs = list(combinations(range(len(names)), 2))[:_MOST_PANELS]
    frames = [_panel(study, found, middle, i, j) for i, j in pairs]
    others = (
        ""
        if len(names) == 2
        else " Other factors stand at the center of the window."
        if window
        else " Other factors stand at the recommended settings."
    )
    box = "The box is the operating window; " if window else "There is no operating window; "
    frame = pl.concat(frames)
    confidence = percent(found.search.sure.confidence or 0.0)
    guaranteed = f"nowhere here is it 90 % with {confidence} confidence"
    if _is_guaranteed(frame):
        guaranteed = (
            f"inside the dashed line it is 90 % or more with {confidence} confidence at each"
            " setting"
        )
    return FigureData(
        name=_NAME,
        title="Where all specifications hold",
        caption=(
            "Estimated chance that one new product keeps every specification, with the"
            f" uncertainty of the prediction and the tolerances of the settings; {guaranteed}."
            f" {box}"
            "the cross is the recommended setting, dots are existing runs, seen through other"
            f" factors.{others}"
        ),
        kind=_NAME,
        frame=frame,
        labels={name: shown(study, name).axis for name in names},
    )


def of_report(content: ReportContent) -> list[FigureData]:
    """Return the map of the study's recommendation, where it has one."""
    recommendation, frame = content.recommendation, content.window_map
    if not isinstance(recommendation, Recommendation) or frame is None:
        return []
    words = asdict(recommendation.pictures[_NAME])
    return [FigureData(name=_NAME, kind=_NAME, frame=frame, **words)]


def _panel(
    study: Study, found: OptimizationResult, middle: np.ndarray, i: int, j: int
) -> pl.DataFrame:
    """Return the rows of two factors."""
    decision, search = found.drifting, found.search
    assert search is not None  # noqa: S101 - asked before
    first, second = search.map.nodes[i], search.map.nodes[j]
    points = np.tile(middle, (len(first) * len(second), 1))
    points[:, i], points[:, j] = np.repeat(first, len(second)), np.tile(second, len(first))
    rows = [("map", points, search.map.at(points)), ("guaranteed", points, search.sure.at(points))]
    if search.window is not None:
        corners = np.stack([search.window.low, search.window.high])
        rows.append(("box", corners, np.full(2, np.nan)))
    rows.append(("set_point", found.drifting_point[None], np.full(1, np.nan)))
    runs = decision.coded(np.unique(np.round(_inputs_there(decision), 9), axis=0))
    rows.append(("run", runs, np.full(len(runs), np.nan)))
    name_x, name_y = decision.region.names[i], decision.region.names[j]
    frames = []
    for kind, coded, chances in rows:
        settings = decision.settings(coded)[:, decision.free]
        frames.append(
            pl.DataFrame(
                {
                    "x_factor": name_x,
                    "y_factor": name_y,
                    "kind": kind,
                    "x": settings[:, i] * shown(study, name_x).factor,
                    "y": settings[:, j] * shown(study, name_y).factor,
                    "probability": chances,
                },
                nan_to_null=True,
            )
        )
    return pl.concat(frames)


def _inputs_there(decision: Decision) -> np.ndarray:
    """Return the measured inputs with the levels of the categories that are held."""
    data = decision.data[0]
    is_there = np.ones(data.n_samples, dtype=np.bool_)
    for number, value in decision.held.items():
        if data.input_names[number] in data.levels:
            is_there &= data.inputs[:, number] == value
    return data.inputs[is_there]


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return one panel per pair of factors."""
    pairs = data.frame.partition_by("x_factor", "y_factor", maintain_order=True)
    key = _legend(data.frame)
    page = sheet(
        width_in,
        len(pairs),
        3,
        height_in=1.95,
        left_in=0.6,
        bottom_in=0.5,
        top_in=0.1,
        head_in=max(0.3, legend_room(key, width_in, _IN_A_ROW)),
    )
    panels = [
        Panel(
            box=box,
            x=round_axis(limits(rows["x"], room=0.0), label=data.labels[rows["x_factor"][0]]),
            y=round_axis(limits(rows["y"], room=0.0), label=data.labels[rows["y_factor"][0]]),
            marks=list(_marks(rows)),
        )
        for rows, box in zip(pairs, page.boxes, strict=True)
    ]
    return drawing_of(page, panels, legend=key, legend_columns=_IN_A_ROW)


_IN_A_ROW: Final = 5
"""Names of the legend in a row: the steps of the chance, the line below them."""


def _legend(frame: pl.DataFrame) -> list[Mark]:
    """Return the steps of the chance, and the line where there is one."""
    steps = zip(_COLORS, _STEPS, strict=True)
    marks: list[Mark] = [
        Blocks(x=0, y=0, to_x=1, to_y=1, color=color, edge=FAINT, width=0.5, label=label)
        for color, label in steps
    ]
    if _is_guaranteed(frame):
        marks.append(
            Line(x=(), y=(), color=INK, width=1.0, dashes=DASHED, label="90 %, guaranteed")
        )
    return marks


def _marks(rows: pl.DataFrame) -> Iterator[Mark]:
    """Yield the maps, the runs, the box and the recommended setting."""
    yield from regions(_grid(rows.filter(kind="map")), _LEVELS, _COLORS)
    if _is_guaranteed(rows):
        guaranteed = _grid(rows.filter(kind="guaranteed"))
        yield from contour_lines(guaranteed, _GUARANTEED, INK, 1.0, DASHED)
    runs, point = rows.filter(kind="run"), rows.filter(kind="set_point")
    yield Dots(x=runs["x"], y=runs["y"], color=SURFACE, edge=INK, size=2.6, edge_width=0.6)
    box = rows.filter(kind="box")
    if box.height:
        (left, right), (low, high) = box["x"], box["y"]
        yield Blocks(x=left, to_x=right, y=low, to_y=high, edge=SECOND, width=1.4)
    yield Dots(x=point["x"], y=point["y"], color=SECOND, shape="cross", size=7.0, edge_width=1.8)


def _is_guaranteed(rows: pl.DataFrame) -> bool:
    """Return whether 90 % can be said with confidence anywhere in some rows."""
    return not rows.filter(
        (pl.col("kind") == "guaranteed") & (pl.col("probability") >= _GUARANTEED)
    ).is_empty()


def _grid(rows: pl.DataFrame) -> Grid:
    """Return the settings of both axes and the chances at all their pairs."""
    x = rows["x"].unique(maintain_order=True).to_numpy()
    y = rows["y"].unique(maintain_order=True).to_numpy()
    return x, y, rows["probability"].to_numpy().reshape(len(x), len(y)).T
