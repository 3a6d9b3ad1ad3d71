"""Tortuosity over porosity, category by category, as in the paper's Figure 10."""

from collections.abc import Iterator

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.plot import (
    DASH_DOTTED,
    DASHED,
    DOTTED,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.selection import cases, of
from electrodoe.report.style import FIRST, INK, MUTED, PAGE_WIDTH_IN, SECOND, wrapped
from electrodoe.verify.bruggeman import EQUATION_4, MEASURED, OWN, SHARED

_PERCENT = 100.0
"""Percent in a fraction of one."""


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


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per category, all with one scale."""
    categories = data.frame.partition_by("category", maintain_order=True)
    n_boxes = max(len(categories), 2)  # a single panel as wide as the page would be no help
    whole = sheet(width_in, n_boxes, 3, height_in=1.7, left_in=0.45, bottom_in=0.45, head_in=0.26)
    tortuosity = round_axis(_limits(data.frame), label=data.labels["y"], has_grid=True)
    panels = [
        Panel(
            box=box,
            x=round_axis(limits(rows["porosity"]), label=data.labels["x"], has_grid=True),
            y=tortuosity,
            marks=list(_curves_of(rows, data.labels["model"])),
            title=wrapped(rows["category"][0], 34, width_in),
        )
        for rows, box in zip(categories, whole.boxes, strict=False)
    ]
    return drawing_of(whole, panels, legend=panels[0].marks)


def _limits(frame: pl.DataFrame) -> tuple[float, float]:
    """Return a range that holds points, model and eq. (4), and most of the steep fits."""
    steady = frame.filter(pl.col("curve").is_in([MEASURED, "model", EQUATION_4]))["tortuosity"]
    return limits(steady, room=0.06)


def _curves_of(rows: pl.DataFrame, model: str) -> Iterator[Mark]:
    """Yield the four curves and the points of one category."""
    looks = {
        EQUATION_4: (DOTTED, MUTED, 1.1, "eq. (4)"),
        OWN: (DASHED, SECOND, 1.3, "own exponent"),
        SHARED: (DASH_DOTTED, INK, 1.0, "shared exponent"),
        "model": ((), FIRST, 1.6, model),
    }
    for curve, (dashes, color, width, label) in looks.items():
        own = rows.filter(pl.col("curve") == curve)
        x, y = own["porosity"], own["tortuosity"]
        yield Line(x=x, y=y, color=color, width=width, dashes=dashes, label=label)
    points = rows.filter(pl.col("curve") == MEASURED)
    yield Dots(x=points["porosity"], y=points["tortuosity"], color=INK, size=2.8, label="measured")
