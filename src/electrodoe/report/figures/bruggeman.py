"""Tortuosity over porosity, category by category, as in the paper's Figure 10."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.selection import cases, of
from electrodoe.report.style import (
    FIRST,
    INK,
    MUTED,
    SECOND,
    few_ticks,
    legend_above,
    panels,
    wrapped,
)
from electrodoe.verify.bruggeman import EQUATION_4, MEASURED, OWN, SHARED

_PERCENT = 100.0


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per tortuosity that has categories, with a panel per category."""
    figures = []
    for target, scenario in cases(content):
        rows = of(content.verification["bruggeman_curves"], target, scenario)
        if rows.is_empty():
            continue
        label = f"{shown(content.study, target).label}{in_scenario(content.study, scenario)}"
        family = next(
            name
            for name in rows["curve"].unique(maintain_order=True)
            if name not in (MEASURED, OWN, SHARED, EQUATION_4)
        )
        figures.append(
            FigureData(
                name=slug("bruggeman", target, scenario),
                title=f"{label} over porosity",
                caption=(
                    "Each panel holds the configurations that share everything but the porosity."
                    " Dashed: the modified relation τ = a ε⁻ᵇ with an exponent of its own;"
                    " through two porosities it passes whatever they are. Dash-dotted: with the one"
                    " exponent that all share. Solid: the model. Dotted: eq. (4), τ = ε⁻⁰·⁵."
                ),
                kind="bruggeman",
                frame=_curves(rows, family),
                labels={
                    "x": "Porosity (%)",
                    "y": shown(content.study, target).axis,
                    "model": family_title(family),
                },
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _curves(rows: pl.DataFrame, family: str) -> pl.DataFrame:
    """Return the curves in percent of porosity; the family's is called the model's."""
    return rows.select(
        "category",
        curve=pl.col("curve").replace({family: "model"}),
        porosity=pl.col("porosity") * _PERCENT,
        tortuosity="tortuosity",
    )


def draw(data: FigureData) -> Figure:
    """Return a panel per category, all with one scale."""
    categories = data.frame["category"].unique(maintain_order=True).to_list()
    figure, axes = panels(
        max(len(categories), 2), 3, height_in=1.7, left_in=0.45, bottom_in=0.45, head_in=0.26
    )
    low, high = _limits(data.frame)
    for spare in axes[len(categories) :]:  # a single panel as wide as the page would be no help
        spare.remove()
    for ax, category in zip(axes, categories, strict=False):
        _draw_curves(ax, data.frame.filter(pl.col("category") == category), data.labels["model"])
        ax.set_title(wrapped(category, 34))
        ax.set_ylim(low, high)
        ax.set_xlabel(data.labels["x"])
        ax.set_ylabel(data.labels["y"])
    legend_above(figure, axes[0])
    return figure


def _limits(frame: pl.DataFrame) -> tuple[float, float]:
    """Return a range that holds points, model and eq. (4), and most of the steep fits."""
    steady = frame.filter(pl.col("curve").is_in([MEASURED, "model", EQUATION_4]))["tortuosity"]
    values = steady.to_numpy()
    room = 0.06 * float(values.max() - values.min())
    return float(values.min()) - room, float(values.max()) + room


def _draw_curves(ax: Axes, rows: pl.DataFrame, model: str) -> None:
    """Draw the points and the four curves of one category."""
    looks = {
        EQUATION_4: (":", MUTED, 1.1, "eq. (4)"),
        OWN: ("--", SECOND, 1.3, "own exponent"),
        SHARED: ("-.", INK, 1.0, "shared exponent"),
        "model": ("-", FIRST, 1.6, model),
    }
    for curve, (dash, color, width, label) in looks.items():
        line = rows.filter(pl.col("curve") == curve)
        ax.plot(line["porosity"], line["tortuosity"], dash, color=color, lw=width, label=label)
    points = rows.filter(pl.col("curve") == MEASURED)
    ax.plot(
        points["porosity"],
        points["tortuosity"],
        "o",
        color=INK,
        ms=2.8,
        mew=0,
        label="measured",
    )
    few_ticks(ax)
    ax.grid(visible=True)
