"""Exact Shapley values sample by sample, and which inputs act together."""

from dataclasses import replace

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, input_label, shown, slug
from electrodoe.report.plot import (
    PT_PER_IN,
    Blocks,
    Box,
    Dots,
    Drawing,
    Mark,
    Panel,
    Segments,
    Shape,
    Stamps,
    Text,
    across,
    apart,
    drawing_of,
    limits,
    named_axis,
    round_axis,
    sheet,
)
from electrodoe.report.plot.shapes import base_line
from electrodoe.report.selection import explained_cases, explained_family, of, ranked_inputs
from electrodoe.report.style import FIRST, INK, MUTED, PAGE_WIDTH_IN, RAMP, SMALL, wrapped

_N_BINS = 60
"""Columns in which dots are stacked; chosen."""
_N_PAIRS = 6
"""Interactions that fit beside the dots; chosen."""
_PAIRS_IN = 1.65
"""Width of the panel of interactions."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario."""
    figures = []
    for target, scenario in explained_cases(content):
        family = explained_family(content, target, scenario)
        values = of(content.shapley, target, scenario).filter(pl.col("family") == family)
        if values.is_empty() or family is None:
            continue
        scale = shown(content.study, target)
        swarm = _swarm(content, values, ranked_inputs(content, target, scenario), scale.factor)
        pairs = of(content.interactions, target, scenario).filter(pl.col("family") == family)
        unit = f" ({scale.unit})" if scale.unit else ""
        figures.append(
            FigureData(
                name=slug("shapley", target, scenario),
                title=f"{scale.label}{in_scenario(content.study, scenario)}: Shapley values"
                f" of the model {family_title(family)}",
                caption=(
                    "Each dot is a sample: how far the input's value moves its prediction away from"
                    " the mean prediction, from blue (low value) to orange (high). Right: mean"
                    " |interaction|, what two inputs do beyond their separate effects, with its"
                    f" 5 to 95 % band.{_drawn_by_lot(content, values, target, scenario)}"
                ),
                kind="bee_swarm",
                frame=pl.concat([swarm, _pairs(content, pairs, scale.factor)], how="diagonal"),
                labels={"x": f"Shapley value{unit}", "pairs": f"mean |interaction|{unit}"},
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _drawn_by_lot(content: ReportContent, values: pl.DataFrame, target: str, scenario: str) -> str:
    """Return the sentence that says how many of many samples are explained one by one."""
    n_explained = values["row"].n_unique()
    scores = of(content.evaluation, target, scenario)
    n_learned = max(scores["n"].to_list(), default=n_explained)
    if n_explained == n_learned:
        return ""
    return f" {n_explained:,} of {n_learned:,} samples, drawn by lot."


def _swarm(
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
                    "label": input_label(content.study, name),
                    "value": shapley,
                    "input_value": rows["input_value"] * shown(content.study, name).factor,
                    "level": _level(rows["input_value"].to_numpy()),
                },
                schema_overrides={"position": pl.Int64, "level": pl.Int64},
            )
        )
    return pl.concat(frames)


def _level(values: Floats) -> Integers:
    """Return each value's step on the color ramp, from its range."""
    span = float(np.ptp(values)) if len(values) else 0.0
    fraction = (values - values.min()) / span if span > 0.0 else np.full(len(values), 0.5)
    return np.minimum((fraction * len(RAMP)).astype(np.int64), len(RAMP) - 1)


def _pairs(content: ReportContent, pairs: pl.DataFrame, factor: float) -> pl.DataFrame:
    """Return the strongest pairs of inputs."""
    strongest = pairs.sort("value", descending=True, maintain_order=True).head(_N_PAIRS)
    names = [
        f"{input_label(content.study, first)} × {input_label(content.study, second)}"
        for first, second in strongest.select("input_1", "input_2").iter_rows()
    ]
    return pl.DataFrame(
        {
            "part": ["pair"] * len(names),
            "position": pl.Series(range(len(names)), dtype=pl.Int64),
            "label": pl.Series(names, dtype=pl.String),
            "value": strongest["value"] * factor,
            "low": strongest["low"] * factor,
            "high": strongest["high"] * factor,
        }
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the swarm at the left and the interactions at the right."""
    samples = data.frame.filter(pl.col("part") == "sample")
    pairs = data.frame.filter(pl.col("part") == "pair")
    n_rows = int(samples["position"].to_numpy().max()) + 1
    height = max(0.42 * n_rows, 0.34 * pairs.height, 1.0)
    page = sheet(
        width_in, 1, 1, height_in=height, left_in=0.0, margin_in=1.25, bottom_in=0.42, top_in=0.3
    )
    left = page.boxes[0].left
    fraction = 0.48 if pairs.height else 0.8
    swarm = replace(page.boxes[0], width=fraction * page.width - 0.2 * left)
    panels = [_swarm_panel(samples, swarm, data.labels["x"], width_in)]
    if pairs.height:
        min_step = 0.01 * float(np.abs(samples["value"].to_numpy()).max())
        box = replace(
            swarm, left=page.width - _PAIRS_IN * PT_PER_IN, width=(_PAIRS_IN - 0.1) * PT_PER_IN
        )
        panels.append(_pairs_panel(pairs, box, data.labels["pairs"], min_step, width_in))
    return drawing_of(page, panels, more=_ramp(page.width, swarm.top - 0.14 * PT_PER_IN))


def _swarm_panel(samples: pl.DataFrame, box: Box, label: str, width_in: float) -> Panel:
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
    return Panel(
        box=box,
        x=round_axis(limits(samples["value"]), 5, label=label, has_grid=True),
        y=named_axis(range(len(names)), names, (len(names) - 0.45, -0.55)),
        marks=marks,
        title="Contributions to each sample's prediction",
    )


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


def _pairs_panel(
    pairs: pl.DataFrame, box: Box, label: str, min_step: float, width_in: float
) -> Panel:
    """Return the interactions as bars with their bands, on an axis of some length at least."""
    position, value = pairs["position"].to_numpy(), pairs["value"].to_numpy()
    ends = np.nan_to_num(np.concatenate([value, pairs["high"].to_numpy()]))
    names = [wrapped(name, 26, width_in) for name in pairs["label"].to_list()]
    return Panel(
        box=box,
        x=round_axis(apart(0.0, 1.05 * float(ends.max(initial=min_step))), 3, label=label),
        y=named_axis(position.tolist(), names, (len(position) - 0.4, -0.6)),
        marks=[
            Blocks(x=0.0, to_x=value, y=position - 0.225, to_y=position + 0.225, color=FIRST),
            Segments(
                x=pairs["low"],
                to_x=pairs["high"],
                y=position,
                to_y=position,
                color=INK,
                width=1.1,
            ),
        ],
        title="Interactions",
    )


def _ramp(width: float, middle: float) -> list[Shape]:
    """Return what the colors mean, for the room above the left labels."""
    y = base_line(middle, SMALL)
    words = [(0.005, "low"), (0.127, "high")]
    dots = [
        Stamps(
            points=np.array([((0.043 + 0.012 * level) * width, middle)]),
            shape="circle",
            size=3.8,
            fill=color,
        )
        for level, color in enumerate(RAMP)
    ]
    return [
        *(Text(x=at * width, y=y, words=word, size=SMALL, color=INK) for at, word in words),
        *dots,
    ]
