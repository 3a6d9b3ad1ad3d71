"""How the prediction moves along each input: accumulated local effects."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.selection import (
    explained_cases,
    explained_family,
    families_in,
    of,
    ranked_inputs,
)
from electrodoe.report.style import FAINT, FIRST, MUTED, few_ticks, legend_above, panels, wrapped


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario."""
    figures = []
    for target, scenario in explained_cases(content):
        rows = of(content.effects, target, scenario)
        family = explained_family(content, target, scenario)
        if rows.is_empty() or family is None:
            continue
        scale = shown(content.study, target)
        case = f"{scale.label}{in_scenario(content.study, scenario)}"
        figures.append(
            FigureData(
                name=slug("effects", target, scenario),
                title=f"{case}: the course along each input",
                caption=(
                    "Accumulated local effects: how the mean prediction moves along one input while"
                    " the others stay as they were measured. Where the families part, the data do"
                    " not decide."
                ),
                kind="effects",
                frame=_curves(
                    content, rows, ranked_inputs(content, target, scenario), family, scale.factor
                ),
                labels={
                    "y": f"Effect ({scale.unit})" if scale.unit else "Effect",
                    "shown": family_title(family),
                },
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _curves(
    content: ReportContent, rows: pl.DataFrame, order: list[str], family: str, factor: float
) -> pl.DataFrame:
    """Return the curves in shown units, inputs by importance, the shown family last."""
    frames = []
    titles = {key: family_title(key) for key in families_in(rows)}
    for name in order:
        scale = shown(content.study, name)
        frames.append(
            rows.filter(pl.col("input") == name)
            .with_columns(is_shown=pl.col("family") == family)
            .sort("is_shown", maintain_order=True)
            .select(
                input=pl.lit(scale.axis),
                family=pl.col("family").replace(titles),
                is_shown="is_shown",
                input_value=pl.col("input_value") * scale.factor,
                effect=pl.col("effect") * factor,
            )
        )
    return pl.concat(frames)


def draw(data: FigureData) -> Figure:
    """Return a panel per input with one scale of effects."""
    inputs = data.frame["input"].unique(maintain_order=True).to_list()
    columns = 4 if len(inputs) == 4 or len(inputs) > 6 else 3
    figure, axes = panels(
        len(inputs), columns, height_in=1.25, left_in=0.55, bottom_in=0.45, top_in=0.1, head_in=0.24
    )
    effects = data.frame["effect"].to_numpy()
    room = 0.05 * (float(effects.max() - effects.min()) or 1.0)
    for ax, name in zip(axes, inputs, strict=True):
        _draw_curves(ax, data.frame.filter(pl.col("input") == name), data.labels["shown"])
        ax.set_ylim(float(effects.min()) - room, float(effects.max()) + room)
        ax.set_xlabel(wrapped(name, 42))
        ax.set_ylabel(data.labels["y"])
    legend_above(figure, axes[0])
    return figure


def _draw_curves(ax: Axes, rows: pl.DataFrame, title: str) -> None:
    """Draw the other families thin and gray, the shown one strong with its points."""
    ax.axhline(0.0, color=MUTED, linewidth=0.6)
    label = "other families"
    for family in rows.filter(~pl.col("is_shown"))["family"].unique(maintain_order=True):
        curve = rows.filter(pl.col("family") == family)
        ax.plot(curve["input_value"], curve["effect"], "-", color=FAINT, lw=0.9, label=label)
        label = "_nolegend_"
    curve = rows.filter("is_shown")
    ax.plot(
        curve["input_value"], curve["effect"], "o-", color=FIRST, lw=1.5, ms=2.6, mew=0, label=title
    )
    few_ticks(ax)
    ax.grid(visible=True)
