"""Exact Shapley values sample by sample, and which inputs act together."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, input_label, shown, slug
from electrodoe.report.panels.swarm import ramp_key, swarm_panel, swarm_samples
from electrodoe.report.plot import (
    PT_PER_IN,
    Blocks,
    Box,
    Drawing,
    Panel,
    Segments,
    apart,
    drawing_of,
    named_axis,
    round_axis,
    sheet,
)
from electrodoe.report.plot.shapes import width_of
from electrodoe.report.selection import explained_cases, explained_family, of, ranked_inputs
from electrodoe.report.style import FIRST, INK, PAGE_WIDTH_IN, SMALL, wrapped

_N_PAIRS = 6
"""Interactions that fit beside the dots; chosen."""
_GAP_PT = 12.0
"""Between the dots and the pairs' names, and from these to their bars."""
_PAIRS_IN = 1.5
"""Width of the panel of interactions."""
_BESIDE_IN = 6.0
"""From this width on, both stand side by side: less leaves no room for the dots."""
_ROOM_IN: Final = {"left_in": 0.0, "margin_in": 1.25, "bottom_in": 0.42, "top_in": 0.3}
"""Around a panel, for the names at the left, and for its title, numbers and label."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario."""
    figures = []
    for target, scenario in explained_cases(content):
        family = explained_family(content, target, scenario)
        values = of(content.shapley, target, scenario).filter(pl.col("family") == family)
        if values.is_empty() or family is None:
            continue
        scale = shown(content.study, target)
        swarm = swarm_samples(
            content, values, ranked_inputs(content, target, scenario), scale.factor
        )
        pairs = of(content.interactions, target, scenario).filter(pl.col("family") == family)
        unit = f" ({scale.unit})" if scale.unit else ""
        figures.append(
            FigureData(
                name=slug("shapley", target, scenario),
                title=f"{scale.label}{in_scenario(content.study, scenario)}: Shapley values"
                f" of the model {family_title(family)}",
                caption=(
                    "Each dot is a sample: how far the input's value moves its prediction away from"
                    " the mean prediction, from blue (low value) to orange (high)"
                    f"{_of_levels(content, scenario)}. Right: mean"
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


def _of_levels(content: ReportContent, scenario: str) -> str:
    """Return what the colors of a category mean, where there is one."""
    names = content.study.scenarios[scenario].inputs
    if not any(name in content.study.levels for name in names):
        return ""
    return ", a category's levels in the order beside its name"


def _drawn_by_lot(content: ReportContent, values: pl.DataFrame, target: str, scenario: str) -> str:
    """Return the sentence that says how many of many samples are explained one by one."""
    n_explained = values["row"].n_unique()
    scores = of(content.evaluation, target, scenario)
    n_learned = max(scores["n"].to_list(), default=n_explained)
    if n_explained == n_learned:
        return ""
    return f" {n_explained:,} of {n_learned:,} samples, drawn by lot."


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
    """Return the swarm and the interactions at its right, or below it where that is narrow."""
    samples = data.frame.filter(pl.col("part") == "sample")
    pairs = data.frame.filter(pl.col("part") == "pair")
    n_rows = int(samples["position"].to_numpy().max()) + 1
    if pairs.height and width_in < _BESIDE_IN:
        return _stacked(data, samples, pairs, width_in)
    height = max(0.42 * n_rows, 0.34 * pairs.height, 1.0)
    page = sheet(width_in, 1, 1, height_in=height, **_ROOM_IN)
    left = page.boxes[0].left
    right = page.width - (_PAIRS_IN * PT_PER_IN + _names_room(pairs, width_in))
    alone = min(0.8 * page.width - 0.2 * left, page.boxes[0].width)
    width = right - left if pairs.height else alone
    swarm = replace(page.boxes[0], width=width)
    panels = [swarm_panel(samples, swarm, data.labels["x"], width_in)]
    if pairs.height:
        box = replace(
            swarm, left=page.width - _PAIRS_IN * PT_PER_IN, width=(_PAIRS_IN - 0.1) * PT_PER_IN
        )
        panels.append(_pairs_panel(pairs, box, data.labels["pairs"], _min_step(samples), width_in))
    return drawing_of(page, panels, more=ramp_key(swarm.top - 0.14 * PT_PER_IN))


def _stacked(
    data: FigureData, samples: pl.DataFrame, pairs: pl.DataFrame, width_in: float
) -> Drawing:
    """Return the interactions below the swarm, their names below the inputs'."""
    n_rows = int(samples["position"].to_numpy().max()) + 1
    upper = sheet(width_in, 1, 1, height_in=max(0.42 * n_rows, 1.0), head_in=0.15, **_ROOM_IN)
    lower = sheet(width_in, 1, 1, height_in=0.38 * pairs.height, **_ROOM_IN)
    box = replace(lower.boxes[0], top=lower.boxes[0].top + upper.height)
    return drawing_of(
        replace(upper, height=upper.height + lower.height),
        [
            swarm_panel(samples, upper.boxes[0], data.labels["x"], width_in),
            _pairs_panel(pairs, box, data.labels["pairs"], _min_step(samples), width_in),
        ],
        more=ramp_key(upper.boxes[0].top - 0.14 * PT_PER_IN),
    )


def _min_step(samples: pl.DataFrame) -> float:
    """Return the shortest axis of interactions: a hundredth of the largest contribution."""
    return 0.01 * float(np.abs(samples["value"].to_numpy()).max())


def _pair_names(pairs: pl.DataFrame, width_in: float) -> list[str]:
    """Return the pairs' names in lines."""
    return [wrapped(name, 26, width_in) for name in pairs["label"].to_list()]


def _names_room(pairs: pl.DataFrame, width_in: float) -> float:
    """Return what the pairs' names need beside their bars, in points."""
    lines = [line for name in _pair_names(pairs, width_in) for line in name.split("\n")]
    return max((width_of(line, SMALL) for line in lines), default=0.0) + _GAP_PT


def _pairs_panel(
    pairs: pl.DataFrame, box: Box, label: str, min_step: float, width_in: float
) -> Panel:
    """Return the interactions as bars with their bands, on an axis of some length at least."""
    position, value = pairs["position"].to_numpy(), pairs["value"].to_numpy()
    ends = np.nan_to_num(np.concatenate([value, pairs["high"].to_numpy()]))
    names = _pair_names(pairs, width_in)
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
