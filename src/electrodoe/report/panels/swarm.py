"""Exact Shapley values as dots, one row per input, colored by the input's value."""

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import input_label, shown
from electrodoe.report.plot import (
    Box,
    Dots,
    Mark,
    Panel,
    Shape,
    Stamps,
    Text,
    across,
    in_lines,
    limits,
    named_axis,
    panels_beside,
    round_axis,
)
from electrodoe.report.plot.drawn_panel import TITLE_SIZE
from electrodoe.report.plot.shapes import base_line
from electrodoe.report.style import INK, MUTED, RAMP, SMALL, wrapped

_N_BINS = 60
"""Columns in which dots are stacked; chosen."""


def swarm_samples(
    content: ReportContent, values: pl.DataFrame, order: list[str], factor: float
) -> pl.DataFrame:
    """Return one row per sample and input: value, color step from 0 to 6, place in the swarm."""
    frames = []
    for position, name in enumerate(order):
        rows = values.filter(pl.col("input") == name)
        shapley = rows["shapley_value"].to_numpy() * factor
        frames.append(
            pl.DataFrame(
                {
                    "part": "sample",
                    "position": np.full(rows.height, position),
                    "label": _row_label(content, name),
                    "value": shapley,
                    "input_value": rows["input_value"] * _factor(content, name),
                    "level": _level(rows["input_value"].to_numpy()),
                },
                schema_overrides={"position": pl.Int64, "level": pl.Int64},
            )
        )
    return pl.concat(frames)


def _row_label(content: ReportContent, name: str) -> str:
    """Return an input's words; of a category with its levels in the order of the colors."""
    levels = content.study.levels.get(name)
    words = input_label(content.study, name)
    return words if levels is None else f"{words} ({', '.join(levels.values())})"


def _factor(content: ReportContent, name: str) -> float:
    """Return what a stored value is shown by; inputs that count as one have no value."""
    is_single = name in content.study.factors or name in content.study.responses
    return shown(content.study, name).factor if is_single else 1.0


def _level(values: Floats) -> Integers:
    """Return each value's step on the color ramp, from its range; the middle for a group's."""
    span = float(np.nan_to_num(np.ptp(values))) if len(values) else 0.0
    fraction = (values - values.min()) / span if span > 0.0 else np.full(len(values), 0.5)
    return np.minimum((fraction * len(RAMP)).astype(np.int64), len(RAMP) - 1)


def swarm_panel(samples: pl.DataFrame, box: Box, label: str, width_in: float) -> Panel:
    """Return one row of dots per input."""
    span = float(np.ptp(samples["value"].to_numpy())) or 1.0
    inputs = samples.sort("position", maintain_order=True).partition_by(
        "position", maintain_order=True
    )
    marks: list[Mark] = [across(x=0.0, color=MUTED, width=0.7)]
    for rows in inputs:
        height = rows["position"].to_numpy() + _offsets(rows["value"].to_numpy(), span)
        for level, color in enumerate(RAMP):
            own = (rows["level"] == level).to_numpy()
            marks.append(Dots(x=rows["value"].to_numpy()[own], y=height[own], color=color))
    names = [wrapped(rows["label"][0], 24, width_in) for rows in inputs]
    room = box.width if panels_beside(2, width_in) == 1 else _OVER * box.width
    return Panel(
        box=box,
        x=round_axis(limits(samples["value"]), 5, label=label, has_grid=True),
        y=named_axis(range(len(names)), names, (len(names) - 0.45, -0.55)),
        marks=marks,
        title=in_lines(_TITLE, room, TITLE_SIZE, is_bold=True),
    )


_TITLE = "Contributions to each sample's prediction"
_OVER = 1.2
"""Of a panel's width, what its title may take where something else stands at its right."""


def _offsets(values: Floats, span: float) -> Floats:
    """Return how far each dot stands above or below its row so that dots do not hide others."""
    bins = np.floor(values / span * _N_BINS).astype(np.int64)
    offsets = np.zeros(len(values))
    for number in np.unique(bins):
        members = np.flatnonzero(bins == number)
        turn = np.arange(len(members))
        offsets[members] = np.where(turn % 2 == 1, 1, -1) * ((turn + 1) // 2)
    largest = np.abs(offsets).max(initial=0.0)
    return offsets * min(0.07, 0.4 / largest) if largest else offsets


def ramp_key(middle: float) -> list[Shape]:
    """Return what the colors mean, for the room above the left labels, at a height in points."""
    y = base_line(middle, SMALL)
    points = [np.array([(_FIRST_PT + _STEP_PT * level, middle)]) for level in range(len(RAMP))]
    return [
        *(Text(x=x, y=y, words=word, size=SMALL, color=INK) for x, word in _ENDS_PT),
        *(
            Stamps(points=point, shape="circle", size=3.8, fill=color)
            for point, color in zip(points, RAMP, strict=True)
        ),
    ]


_ENDS_PT = ((2.7, "low"), (69.5, "high"))
"""Where the words of the key begin."""
_FIRST_PT, _STEP_PT = 23.5, 6.5
"""Where its first dot is, and how far the next one."""
