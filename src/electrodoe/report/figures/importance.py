"""Which inputs matter, by four methods side by side, each with its band."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import Shown, family_title, in_scenario, input_label, shown, slug
from electrodoe.report.rounding import percent
from electrodoe.report.selection import (
    explained_cases,
    explained_family,
    families_in,
    of,
    ranked_inputs,
)
from electrodoe.report.style import (
    FAINT,
    FIRST,
    INK,
    MUTED,
    SECOND,
    SMALL,
    few_ticks,
    panels,
    wrapped,
)


@dataclass(frozen=True, kw_only=True)
class _Method:
    """One method: its panel's title, what its bars measure, and the unit they have."""

    title: str
    axis: str
    has_unit: bool


_METHODS: Final = {
    "shapley": _Method(title="Shapley values", axis="mean |Shapley value|", has_unit=True),
    "permutation": _Method(title="Permutation", axis="rise of RMSE", has_unit=True),
    "mdi": _Method(title="Impurity (MDI)", axis="share of decrease", has_unit=False),
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


def draw(data: FigureData) -> Figure:
    """Return a panel per method with the same inputs in the same rows."""
    methods = data.frame["method"].unique(maintain_order=True).to_list()
    inputs = data.frame.select("position", "input").unique().sort("position")
    figure, axes = panels(
        len(methods),
        4,
        height_in=0.3 * max(3, inputs.height),
        left_in=0.14,
        margin_in=1.25,
        bottom_in=0.42,
        top_in=0.46,
    )
    names = [wrapped(name, 24) for name in inputs["input"].to_list()]
    for ax, method in zip(axes, methods, strict=True):
        rows = data.frame.filter(pl.col("method") == method)
        _draw_bars(ax, rows)
        ax.set_title(f"{_METHODS[method].title}\n{rows['family'][0]}")
        ax.set_xlabel(data.labels[method])
        ax.set_yticks(inputs["position"].to_list(), names if ax is axes[0] else [""] * len(names))
        ax.set_ylim(inputs["position"].to_numpy().max() + 0.55, -0.55)
    return figure


def _draw_bars(ax: Axes, rows: pl.DataFrame) -> None:
    """Draw one method's bars, bands and rank probabilities."""
    position, value = rows["position"].to_numpy(), rows["value"].to_numpy()
    low, high = rows["low"].to_numpy(), rows["high"].to_numpy()
    is_shadow = rows["input"].str.starts_with("Shadow").to_list()
    colors = [
        FAINT if shadow else (SECOND if height < 0 else FIRST)
        for shadow, height in zip(is_shadow, value, strict=True)
    ]
    ax.barh(position, value, height=0.5, color=colors)
    ax.hlines(position, low, high, color=INK, linewidth=1.1)
    ax.axvline(0.0, color=MUTED, linewidth=0.7)
    ends = np.nan_to_num(np.concatenate([value, low, high]))
    left, right = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    span = (right - left) or 1.0
    ax.set_xlim(left - 0.04 * span, right + 0.42 * span)
    few_ticks(ax, n_x=3)
    for row, share, shadow in zip(position, rows["p_rank_1"].to_list(), is_shadow, strict=True):
        if share is not None and not shadow:
            ax.text(
                right + 0.4 * span,
                row,
                percent(share),
                ha="right",
                va="center_baseline",
                fontsize=SMALL,
                color=INK if share >= 0.5 else MUTED,
            )
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
