"""The runs of a plan in the space of two factors, or of three with lines down to the floor."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.panels.level_names import (
    axis_keys,
    level_axis,
    level_labels,
    level_names,
)
from electrodoe.report.plot import (
    PT_PER_IN,
    Axis,
    Box,
    Dots,
    Drawing,
    Mark,
    Outline,
    Panel,
    Shape,
    Stamps,
    Text,
    Words,
    drawing_of,
    in_lines,
    limits,
    panels_beside,
    sheet,
)
from electrodoe.report.plot.drawn_panel import LABEL_SIZE
from electrodoe.report.plot.shapes import LEADING, Anchor, Points, base_line, width_of
from electrodoe.report.plot.ticks import round_ticks, tick_words
from electrodoe.report.style import FAINT, FIRST, GRID, INK, MUTED, PAGE_WIDTH_IN, SECOND, SMALL
from electrodoe.study import Study

_HEIGHT_IN: Final = 4.4
"""Of the cube; chosen."""
_ROOM_PT: Final = (74.0, 78.0, 14.0, 54.0)
"""Room for numbers and labels at the left, at the right, above and below the cube."""
_NARROW_ROOM_PT: Final = (52.0, 30.0, 14.0, 54.0)
"""The same where labels are broken into lines."""
_AZIMUTH, _ELEVATION = np.radians(-58.0), np.radians(20.0)
"""From where it is seen: no two corners of a design fall together."""
_SIDES: Final = np.array([1.25, 1.1, 0.85])
"""Lengths of the sides, wider than high as a page is."""
_BELOW: Final = 0.12
"""Fraction of the height that the floor lies below the lowest run."""
_MOST_LEVELS: Final = 6
"""With more levels the axis has round ticks instead."""
_NAMES: Final = ("x0", "x1", "x2")
_MOST_PAIRS = 15
"""Panels of a page, five rows of three; six factors have as many pairs."""
_ROOM = 0.14
"""Fraction of a range beside the outermost runs, for their counts."""


def build(study: Study, plan: RunPlan, misplaced: frozenset[int] = frozenset()) -> FigureData:
    """Return the distinct settings of a plan with the number of runs at each."""
    is_misplaced = pl.col(RUN).is_in(list(misplaced)).any().alias("is_misplaced")
    counted = plan.frame.group_by(plan.factors, maintain_order=True).agg(
        pl.len().alias("n_runs"), is_misplaced
    )
    columns = {}
    for index, name in enumerate(plan.factors):
        values = counted[name]
        if values.dtype == pl.String:
            numbers = {level: number for number, level in study.levels[name].items()}
            columns[f"x{index}"] = values.replace_strict(numbers, return_dtype=pl.Float64)
        else:
            columns[f"x{index}"] = values * shown(study, name).factor
    labels = {f"x{index}": shown(study, name).axis for index, name in enumerate(plan.factors)}
    for index, name in enumerate(plan.factors):
        labels |= level_labels(study, name, f"x{index}")
    is_spatial = len(plan.factors) == 3
    view = (
        "Lines drop each run to the floor."
        if is_spatial
        else "Each panel shows two factors; a point may hide runs that differ in the others."
    )
    marked = "Orange ones are not allowed by the study. " if misplaced else ""
    return FigureData(
        name="design_space",
        title="Design space",
        caption=(
            f"{plan.n_runs} runs at {counted.height} distinct settings; a number beside a point"
            f" counts the runs there where they are more than one. {marked}{view}"
        ),
        kind="design_space",
        frame=pl.DataFrame(columns).hstack(counted.select("n_runs", "is_misplaced")),
        labels=labels,
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the cube for three factors, pairs of factors otherwise."""
    names = axis_keys(data.labels)
    if len(names) == 3:
        return _cube(data, width_in)
    pairs = list(combinations(names, 2))[:_MOST_PAIRS] or [(names[0], names[0])]
    page = sheet(width_in, len(pairs), 3, height_in=1.7, left_in=0.6, bottom_in=0.5, top_in=0.15)
    return drawing_of(
        page,
        [_pair(data, *pair, box) for pair, box in zip(pairs, page.boxes, strict=True)],
    )


def _pair(data: FigureData, first: str, second: str, box: Box) -> Panel:
    """Return the runs over two factors, with counts."""
    keys = list(dict.fromkeys((first, second)))
    met = data.frame.group_by(keys, maintain_order=True).agg(
        pl.col("n_runs").sum(), pl.col("is_misplaced").any()
    )
    counts = met.select(pl.col(first).alias("x"), pl.col(second).alias("y"), "n_runs")
    marks: list[Mark] = [
        Dots(x=rows[first], y=rows[second], color=color, size=4.5) for color, rows in _by_color(met)
    ]
    for x, y, count in counts.unique().sort("x", "y").iter_rows():
        if count > 1:
            marks.append(
                Words(
                    x=x, y=y, words=str(count), color=INK, size=SMALL, shift=(4, 3), is_on_line=True
                )
            )
    return Panel(
        box=box,
        x=_axis(data, first, met[first]),
        y=_axis(data, second, met[second]),
        marks=marks,
    )


def _axis(data: FigureData, name: str, values: pl.Series) -> Axis:
    """Return the axis of one factor."""
    ends = limits(values, room=_ROOM)
    return level_axis(data.labels, name, ends, label=data.labels[name])


def _by_color(rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the settings that the study allows and those that it does not, with their colors."""
    for color, is_misplaced in ((FIRST, False), (SECOND, True)):
        own = rows.filter(is_misplaced=is_misplaced)
        if own.height:
            yield color, own


def _cube(data: FigureData, width_in: float) -> Drawing:
    """Return three factors in space, with lines down to the floor."""
    view = _View.of(data, PT_PER_IN * width_in)
    shapes = [*_floor_and_walls(view), *_runs(data.frame, view), *_words(data, view)]
    return Drawing(width=view.width, height=view.height, shapes=shapes)


@dataclass(frozen=True, kw_only=True, eq=False)
class _View:
    """From settings to points on the drawing: parallel lines stay parallel."""

    low: Floats
    high: Floats
    ticks: tuple[list[float], ...]
    middle: Points
    per_unit: float
    width: float
    height: float

    @classmethod
    def of(cls, data: FigureData, width: float) -> "_View":
        """Return the view that fills a drawing of some width, and is no higher than it has to."""
        values = [data.frame[name].to_numpy() for name in _NAMES]
        ends = np.array([limits(each, room=0.0) for each in values])
        ends[2, 0] -= _BELOW * (ends[2, 1] - ends[2, 0])
        corners = _seen(np.array(list(np.ndindex(2, 2, 2)), dtype=np.float64))
        low, high = corners.min(axis=0), corners.max(axis=0)
        is_narrow = panels_beside(2, width / PT_PER_IN) == 1
        left, right, top, bottom = _NARROW_ROOM_PT if is_narrow else _ROOM_PT
        room = np.array([width - left - right, PT_PER_IN * _HEIGHT_IN - top - bottom])
        per_unit = float((room / (high - low)).min())
        if is_narrow:
            room[1] = per_unit * (high - low)[1]
        center = np.array([left + 0.5 * room[0], top + 0.5 * room[1]])
        ticks = tuple(_ticks(each) for each in values)
        return cls(
            low=ends[:, 0],
            high=ends[:, 1],
            ticks=ticks,
            middle=center - 0.5 * per_unit * (low + high),
            per_unit=per_unit,
            width=width,
            height=float(room[1]) + top + bottom,
        )

    def points(self, settings: Floats) -> Points:
        """Return where settings are seen."""
        fractions = (settings - self.low) / (self.high - self.low)
        return self.middle + self.per_unit * _seen(fractions)


def _seen(fractions: Floats) -> Points:
    """Return places in the cube, from 0 to 1 along each side, to the right and downwards."""
    right = np.array([-np.sin(_AZIMUTH), np.cos(_AZIMUTH), 0.0])
    ahead = np.array([np.cos(_AZIMUTH), np.sin(_AZIMUTH), 0.0])
    up = -np.sin(_ELEVATION) * ahead + np.array([0.0, 0.0, np.cos(_ELEVATION)])
    seen: Points = (fractions * _SIDES) @ np.stack([right, -up], axis=1)
    return seen


def _ticks(values: Floats) -> list[float]:
    """Return the levels of a factor, or round numbers where there are many."""
    levels = np.unique(values)
    return (
        levels.tolist()
        if len(levels) <= _MOST_LEVELS
        else round_ticks(*limits(values, room=0.0), 4)
    )


def _floor_and_walls(view: _View) -> Iterator[Shape]:
    """Yield the grid of the floor and of both walls behind, and the three axes before them."""
    (x0, y0, z0), (x1, y1, z1) = view.low, view.high
    lines = [[(x, y0, z0), (x, y1, z0), (x, y1, z1)] for x in view.ticks[0]]
    lines += [[(x1, y, z0), (x0, y, z0), (x0, y, z1)] for y in view.ticks[1]]
    lines += [[(x0, y0, z), (x0, y1, z), (x1, y1, z)] for z in view.ticks[2]]
    rings = [view.points(np.array(line)) for line in lines]
    yield Outline(rings=rings, stroke=GRID, width=0.6)
    axes = np.array([(x0, y0, z1), (x0, y0, z0), (x1, y0, z0), (x1, y1, z0)])
    yield Outline(rings=[view.points(axes)], stroke=MUTED, width=0.7)


def _runs(frame: pl.DataFrame, view: _View) -> Iterator[Shape]:
    """Yield the runs, the farthest first, each with its line, its foot and its count."""
    ahead = np.array([np.cos(_AZIMUTH), np.sin(_AZIMUTH)]) * _SIDES[:2]
    fractions = (frame.select(_NAMES).to_numpy() - view.low) / (view.high - view.low)
    order = np.argsort(fractions[:, :2] @ ahead, kind="stable")
    rows = frame.select(*_NAMES, "n_runs", "is_misplaced").rows()
    tops = np.array([rows[row][:3] for row in order])
    feet = tops.copy()
    feet[:, 2] = view.low[2]
    high, low = view.points(tops), view.points(feet)
    yield Outline(rings=list(np.stack([high, low], axis=1)), stroke=FAINT, width=0.7)
    yield Stamps(points=low, shape="circle", size=2.5, fill=FAINT)
    for row, point in zip(order, high, strict=True):
        *_, count, is_misplaced = rows[row]
        color = SECOND if is_misplaced else FIRST
        yield Stamps(points=point[None], shape="circle", size=6.5, fill=color)
        if count > 1:
            x, y = point.tolist()
            yield Text(x=x + 6.0, y=base_line(y, 8.0), words=str(count), size=8.0, color=INK)


def _words(data: FigureData, view: _View) -> Iterator[Text]:
    """Yield numbers and labels beside the three axes in front."""
    (x0, y0, z0), (x1, y1, z1) = view.low, view.high
    ends = (
        ((x0, y0, z0), (x1, y0, z0)),
        ((x1, y0, z0), (x1, y1, z0)),
        ((x0, y0, z0), (x0, y0, z1)),
    )
    looks: tuple[tuple[Anchor, tuple[float, float]], ...] = (
        ("end", (-4.0, 9.0)),
        ("start", (4.0, 9.0)),
        ("end", (-6.0, 0.0)),
    )
    for side, ((anchor, shift), (start, end)) in enumerate(zip(looks, ends, strict=True)):
        for tick, words in _ticks_with_words(data, view, side):
            place = list(start)
            place[side] = tick
            x, y = (view.points(np.array(place)) + shift).tolist()
            yield Text(
                x=x, y=base_line(y, SMALL), words=words, size=SMALL, color=INK, anchor=anchor
            )
        x, y = (0.5 * (view.points(np.array(start)) + view.points(np.array(end)))).tolist()
        yield from _label(data.labels[_NAMES[side]], x, y, side, view.width)


def _ticks_with_words(data: FigureData, view: _View, side: int) -> Iterator[tuple[float, str]]:
    """Yield the ticks of one side with their numbers, or the names of levels."""
    ticks, names = view.ticks[side], level_names(data.labels, _NAMES[side])
    words = [names[round(tick)] for tick in ticks] if names else tick_words(ticks)
    yield from zip(ticks, words, strict=True)


def _label(words: str, x: float, y: float, side: int, width: float) -> Iterator[Text]:
    """Yield the label of one side outside of its numbers, in lines of half a drawing's width."""
    if side == 2:
        yield Text(
            x=x - 38.0,
            y=y,
            words=words,
            size=LABEL_SIZE,
            color=INK,
            anchor="middle",
            is_upwards=True,
        )
        return
    shift = (-14.0, 36.0) if side == 0 else (18.0, 34.0)
    lines = in_lines(words, 0.45 * width, LABEL_SIZE).split("\n")
    half = 0.5 * max(width_of(line, LABEL_SIZE) for line in lines)
    middle = min(x + shift[0], width - half)
    for number, line in enumerate(lines):
        below = y + shift[1] + number * LEADING * LABEL_SIZE
        yield Text(x=middle, y=below, words=line, size=LABEL_SIZE, color=INK, anchor="middle")
