"""The chance that all specifications hold, over two factors at a time, with the window's box."""

from itertools import combinations
from typing import Final

import numpy as np
import polars as pl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from electrodoe.optimize import Recommendation
from electrodoe.quantities import TableSchema
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.recommendation.recommended import Recommended
from electrodoe.report.rounding import percent
from electrodoe.report.style import INK, LIGHT, SECOND, SMALL, SURFACE, few_ticks, panels
from electrodoe.study import Study

OPERATING_WINDOW_SCHEMA: Final = TableSchema(
    name="operating_window",
    columns={
        **dict.fromkeys(("x_factor", "y_factor", "kind"), pl.String),
        **dict.fromkeys(("x", "y", "probability"), pl.Float64),
    },
)
"""Kinds: ``map``, ``assured`` (what of it can be said with confidence), ``box`` (two corners),
``set_point``, ``run``; x and y as they are shown."""

_LEVELS: Final = (0.0, 0.5, 0.7, 0.9, 1.0001)
_ASSURED: Final = 0.9
_COLORS: Final = tuple(LIGHT[name] for name in ("zero", "minus-1", "minus-2", "minus-3"))
_MOST_PANELS: Final = 6


def build(study: Study, found: Recommendation) -> FigureData | None:
    """Return the map's slices through the window's middle, or None where there is no map.

    Parameters
    ----------
    study : Study
        Labels of the factors.
    found : Recommendation
        With a map.

    Returns
    -------
    FigureData or None
        Its frame is of :data:`OPERATING_WINDOW_SCHEMA`.
    """
    names = found.decision.region.names
    if found.search is None or len(names) < 2:
        return None
    window, point = found.window, found.set_point.point
    middle = point if window is None else (window.low + window.high) / 2.0
    pairs = list(combinations(range(len(names)), 2))[:_MOST_PANELS]
    frames = [_panel(study, found, middle, i, j) for i, j in pairs]
    others = (
        ""
        if len(names) == 2
        else " Other factors stand in the middle of the window."
        if window
        else " Other factors stand at the recommended settings."
    )
    box = "The box is the operating window; " if window else "There is no operating window; "
    frame = pl.concat(frames)
    confidence = percent(found.search.sure.confidence or 0.0)
    assured = f"nowhere here is it 90 % with {confidence} confidence"
    if _is_assured(frame):
        assured = (
            f"inside the dashed line it is 90 % or more with {confidence} confidence at each"
            " setting"
        )
    return FigureData(
        name="operating_window",
        title="Where all specifications hold",
        caption=(
            "At least the chance that one new product keeps every specification, with the"
            f" uncertainty of the prediction and the tolerances of the settings; {assured}. {box}"
            "the cross is the recommended setting, dots are runs made, seen through other"
            f" factors.{others}"
        ),
        kind="operating_window",
        frame=frame,
        labels={name: shown(study, name).axis for name in names},
    )


def of_report(content: ReportContent) -> list[FigureData]:
    """Return the map of the study's recommendation, where it has one."""
    told = content.recommendation
    if not isinstance(told, Recommended) or told.window_map is None:
        return []
    drawn = told.window_map
    return [
        FigureData(
            name="operating_window",
            title=drawn.title,
            caption=drawn.caption,
            kind="operating_window",
            frame=drawn.frame,
            labels=drawn.labels,
        )
    ]


def _panel(study: Study, found: Recommendation, middle: np.ndarray, i: int, j: int) -> pl.DataFrame:
    """Return the rows of two factors."""
    decision, search = found.decision, found.search
    assert search is not None  # noqa: S101 - asked before
    first, second = search.map.nodes[i], search.map.nodes[j]
    points = np.tile(middle, (len(first) * len(second), 1))
    points[:, i], points[:, j] = np.repeat(first, len(second)), np.tile(second, len(first))
    rows = [("map", points, search.map.at(points)), ("assured", points, search.sure.at(points))]
    if search.window is not None:
        corners = np.stack([search.window.low, search.window.high])
        rows.append(("box", corners, np.full(2, np.nan)))
    rows.append(("set_point", found.set_point.point[None], np.full(1, np.nan)))
    runs = decision.coded(np.unique(np.round(decision.data[0].inputs, 9), axis=0))
    rows.append(("run", runs, np.full(len(runs), np.nan)))
    name_x, name_y = decision.region.names[i], decision.region.names[j]
    frames = []
    for kind, coded, chances in rows:
        settings = decision.settings(coded)
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


def draw(data: FigureData) -> Figure:
    """Return one panel per pair of factors."""
    pairs = data.frame.select("x_factor", "y_factor").unique(maintain_order=True)
    figure, axes = panels(
        pairs.height, 3, height_in=1.95, left_in=0.6, bottom_in=0.5, top_in=0.1, head_in=0.3
    )
    for ax, (x_factor, y_factor) in zip(axes, pairs.iter_rows(), strict=True):
        _draw_panel(ax, data.frame.filter(x_factor=x_factor, y_factor=y_factor))
        ax.set_xlabel(data.labels[x_factor])
        ax.set_ylabel(data.labels[y_factor])
    texts = ["below 50 %", "50 to 70 %", "70 to 90 %", "90 % and more"]
    handles: list[Artist] = [
        Rectangle((0, 0), 1, 1, facecolor=color, edgecolor=LIGHT["faint"], linewidth=0.5)
        for color in _COLORS
    ]
    if _is_assured(data.frame):
        texts.append("90 %, assured")
        handles.append(Line2D([], [], color=INK, linewidth=1.0, linestyle="--"))
    figure.legend(
        handles, texts, loc="upper left", ncols=5, frameon=False, fontsize=SMALL, borderaxespad=0.2
    )
    return figure


def _draw_panel(ax: Axes, rows: pl.DataFrame) -> None:
    """Draw the maps, the runs, the box and the recommended setting."""
    ax.contourf(*_grid(rows.filter(kind="map")), _LEVELS, colors=_COLORS)
    if _is_assured(rows):
        sure = _grid(rows.filter(kind="assured"))
        ax.contour(*sure, [_ASSURED], colors=INK, linewidths=1.0, linestyles="--")
    runs, point = rows.filter(kind="run"), rows.filter(kind="set_point")
    ax.plot(runs["x"], runs["y"], "o", color=SURFACE, mec=INK, ms=2.6, mew=0.6, clip_on=False)
    box = rows.filter(kind="box")
    if box.height:
        (left, right), (low, high) = box["x"], box["y"]
        ax.add_patch(
            Rectangle(
                (left, low), right - left, high - low, fill=False, ec=SECOND, lw=1.4, clip_on=False
            )
        )
    ax.plot(point["x"], point["y"], "x", color=SECOND, ms=7, mew=1.8, clip_on=False)
    few_ticks(ax)


def _is_assured(rows: pl.DataFrame) -> bool:
    """Return whether 90 % can be said with confidence anywhere in some rows."""
    return not rows.filter(
        (pl.col("kind") == "assured") & (pl.col("probability") >= _ASSURED)
    ).is_empty()


def _grid(rows: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the settings of both axes and the chances at all their pairs."""
    x = rows["x"].unique(maintain_order=True).to_numpy()
    y = rows["y"].unique(maintain_order=True).to_numpy()
    return x, y, rows["probability"].to_numpy().reshape(len(x), len(y)).T
