"""Which inputs matter, by four methods side by side, each with its band."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import Shown, family_title, in_scenario, input_label, shown, slug
from electrodoe.report.plot import (
    Axis,
    Blocks,
    Box,
    Drawing,
    Panel,
    Segments,
    Words,
    across,
    apart,
    drawing_of,
    named_axis,
    round_axis,
    sheet,
)
from electrodoe.report.rounding import percent
from electrodoe.report.selection import (
    explained_cases,
    explained_family,
    families_in,
    of,
    ranked_inputs,
)
from electrodoe.report.style import FAINT, FIRST, INK, MUTED, PAGE_WIDTH_IN, SECOND, SMALL, wrapped


@dataclass(frozen=True, kw_only=True)
class _Method:
    """One method: its panel's title, what its bars measure, and the unit they have."""

    title: str
    axis: str
    has_unit: bool


_METHODS: Final = {
    "shapley": _Method(title="Shapley values", axis="mean |Shapley value|", has_unit=True),
    "permutation": _Method(title="Permutation", axis="rise of RMSE", has_unit=True),
    "mdi": _Method(title="Impurity (MDI)", axis="fraction of decrease", has_unit=False),
    "coefficient": _Method(title="Coefficients", axis="normalized, signed", has_unit=False),
}
"""In the order of the panels."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario."""
    return [_figure(content, *case) for case in explained_cases(content)]


def _figure(content: ReportContent, target: str, scenario: str) -> FigureData:
    """Return the numbers of one response and scenario."""
    scale = shown(content.study, target)
    frame = _bars(content, target, scenario, scale)
    return FigureData(
        name=slug("importance", target, scenario),
        title=f"{scale.label}{in_scenario(content.study, scenario)}: what matters",
        caption=(
            "Bars: all samples; lines: 5 to 95 % of the bootstraps over configurations; at the"
            " right: how often the input came first. An impurity no larger than its shadow's,"
            " which is pure noise, says nothing. Coefficients are divided by their Euclidean norm;"
            " orange is negative."
        ),
        kind="importance",
        frame=frame,
        labels={
            method: f"{look.axis} ({scale.unit})" if look.has_unit and scale.unit else look.axis
            for method, look in _METHODS.items()
        },
        target=target,
        scenario=scenario,
    )


def _bars(content: ReportContent, target: str, scenario: str, scale: Shown) -> pl.DataFrame:
    """Return one row per method and input, in the shown unit, inputs by rank."""
    rows = of(content.explanations, target, scenario)
    order = [*ranked_inputs(content, target, scenario), "shadow"]
    preferred = explained_family(content, target, scenario)
    frames = []
    for method, look in _METHODS.items():
        found = rows.filter(pl.col("method") == method, pl.col("input").is_in(order))
        families = families_in(found)
        if not families:
            continue
        family = preferred if preferred in families else families[0]
        factor = scale.factor if look.has_unit else 1.0
        frames.append(
            found.filter(pl.col("family") == family)
            .with_columns(pl.col("value", "low", "high") * factor)
            .select(
                method=pl.lit(method),
                family=pl.lit(family_title(family or "")),
                position=pl.col("input").replace_strict(
                    {name: index for index, name in enumerate(order)}, return_dtype=pl.Int64
                ),
                input=pl.col("input").replace(
                    {name: input_label(content.study, name) for name in order}
                ),
                value="value",
                low="low",
                high="high",
                p_rank_1="p_rank_1",
            )
            .sort("position")
        )
    return pl.concat(frames)


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per method with the same inputs in the same rows."""
    methods = data.frame.partition_by("method", maintain_order=True)
    inputs = data.frame.select("position", "input").unique().sort("position")
    labels = {name: wrapped(label, 26, width_in) for name, label in data.labels.items()}
    n_lines = max(label.count("\n") for label in labels.values()) + 1
    whole = sheet(
        width_in,
        len(methods),
        4,
        height_in=0.3 * max(3, inputs.height),
        left_in=0.14,
        margin_in=1.25,
        bottom_in=0.42 + 0.125 * (n_lines - 1),
        top_in=0.46,
    )
    names = [wrapped(name, 24, width_in) for name in inputs["input"].to_list()]
    positions = inputs["position"].to_list()
    panels = [
        _panel(
            rows,
            box,
            named_axis(positions, () if index else names, (max(positions) + 0.55, -0.55)),
            labels[rows["method"][0]],
        )
        for index, (rows, box) in enumerate(zip(methods, whole.boxes, strict=True))
    ]
    return drawing_of(whole, panels)


def _panel(rows: pl.DataFrame, box: Box, inputs: Axis, label: str) -> Panel:
    """Return one method's bars, bands and rank probabilities."""
    position, value = rows["position"].to_numpy(), rows["value"].to_numpy()
    low, high = rows["low"].to_numpy(), rows["high"].to_numpy()
    ends = np.nan_to_num(np.concatenate([value, low, high]))
    left, right = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    span = (right - left) or 1.0
    return Panel(
        box=box,
        x=round_axis(apart(left - 0.04 * span, right + 0.42 * span), 3, label=label),
        y=inputs,
        marks=[
            *_bars_of(position, value, rows["input"].str.starts_with("Shadow").to_numpy()),
            Segments(x=low, y=position, to_x=high, to_y=position, color=INK, width=1.1),
            across(x=0.0, color=MUTED, width=0.7),
            *_fractions(rows, right + 0.4 * span),
        ],
        title=f"{_METHODS[rows['method'][0]].title}\n{rows['family'][0]}",
    )


def _bars_of(position: Floats, value: Floats, is_shadow: Booleans) -> list[Blocks]:
    """Return the bars: pale for noise, orange for negative ones, blue for the others."""
    looks = (
        (FAINT, is_shadow),
        (SECOND, ~is_shadow & (value < 0.0)),
        (FIRST, ~is_shadow & ~(value < 0.0)),
    )
    return [
        Blocks(
            x=0.0,
            to_x=value[own],
            y=position[own] - 0.25,
            to_y=position[own] + 0.25,
            color=color,
        )
        for color, own in looks
    ]


def _fractions(rows: pl.DataFrame, right: float) -> list[Words]:
    """Return how often each input came first."""
    return [
        Words(
            x=right,
            y=position,
            words=percent(fraction),
            size=SMALL,
            color=INK if fraction >= 0.5 else MUTED,
            anchor="end",
        )
        for position, name, fraction in rows.select("position", "input", "p_rank_1").iter_rows()
        if fraction is not None and not name.startswith("Shadow")
    ]
