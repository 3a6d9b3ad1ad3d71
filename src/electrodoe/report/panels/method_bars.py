"""Bars of what matters by one method, each input with its band."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import Shown, family_title, input_label
from electrodoe.report.plot import (
    Axis,
    Blocks,
    Box,
    Panel,
    Segments,
    Words,
    across,
    apart,
    round_axis,
)
from electrodoe.report.rounding import percent
from electrodoe.report.selection import explained_family, families_in, of, ranked_inputs
from electrodoe.report.style import FAINT, FIRST, INK, MUTED, SECOND, SMALL


@dataclass(frozen=True, kw_only=True)
class Method:
    """One method: its panel's title, what its bars measure, and the unit they have."""

    title: str
    axis: str
    has_unit: bool


METHODS: Final = {
    "shapley": Method(title="Shapley values", axis="mean |Shapley value|", has_unit=True),
    "permutation": Method(title="Permutation", axis="rise of RMSE", has_unit=True),
    "mdi": Method(title="Impurity (MDI)", axis="fraction of decrease", has_unit=False),
    "coefficient": Method(title="Coefficients", axis="normalized, signed", has_unit=False),
}
"""In the order of the panels."""


def method_labels(scale: Shown) -> dict[str, str]:
    """Return what each method's bars measure, with the response's unit where they have it."""
    return {
        method: f"{look.axis} ({scale.unit})" if look.has_unit and scale.unit else look.axis
        for method, look in METHODS.items()
    }


def method_bars(content: ReportContent, target: str, scenario: str, scale: Shown) -> pl.DataFrame:
    """Return one row per method, family and input, in the shown unit, inputs by rank."""
    rows = of(content.explanations, target, scenario)
    order = [*ranked_inputs(content, target, scenario), "shadow"]
    positions = {name: index for index, name in enumerate(order)}
    labels = {name: input_label(content.study, name) for name in order}
    frames = []
    for method, look in METHODS.items():
        found = rows.filter(pl.col("method") == method, pl.col("input").is_in(order))
        factor = scale.factor if look.has_unit else 1.0
        frames += [
            found.filter(pl.col("family") == family)
            .with_columns(pl.col("value", "low", "high") * factor)
            .select(
                method=pl.lit(method),
                family=pl.lit(family_title(family)),
                position=pl.col("input").replace_strict(positions, return_dtype=pl.Int64),
                input=pl.col("input").replace(labels),
                value="value",
                low="low",
                high="high",
                p_rank_1="p_rank_1",
            )
            .sort("position")
            for family in _drawn(content, method, families_in(found), (target, scenario))
        ]
    return pl.concat(frames)


def _drawn(
    content: ReportContent, method: str, families: list[str], case: tuple[str, str]
) -> list[str]:
    """Return whose bars a method shows: those asked for, the explained one, else the first."""
    asked = content.study.report.mdi if method == "mdi" else None
    wanted = [family for family in asked or () if family in families]
    preferred = explained_family(content, *case)
    return wanted or ([preferred] if preferred in families else families[:1])


def bars_panel(rows: pl.DataFrame, box: Box, inputs: Axis, label: str) -> Panel:
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
        title=f"{METHODS[rows['method'][0]].title}\n{rows['family'][0]}",
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
