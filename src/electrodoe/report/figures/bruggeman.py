"""Tortuosity over porosity, a color per category, as in the paper's Figure 10."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.plot import (
    DASH_DOTTED,
    DOTTED,
    Axis,
    Box,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    drawing_of,
    legend_room,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.plot.shapes import Stamp
from electrodoe.report.selection import cases, of
from electrodoe.report.style import INK, MUTED, PAGE_WIDTH_IN, SERIES
from electrodoe.verify.bruggeman import EQUATION_4, EQUATION_5, MEASURED, OWN, SHARED

_PERCENT: Final = 100.0
"""Percent in a fraction of one."""
_MODEL: Final = "model"
_STAMPS: Final[tuple[Stamp, ...]] = ("circle", "square", "triangle", "diamond", "circle")
"""Of the categories, in the order of their colors."""
_PUBLISHED: Final = {
    EQUATION_5: (DASH_DOTTED, "published: 2.3 ε⁻⁰·³¹ (NCM, eq. (5))"),
    EQUATION_4: (DOTTED, "Bruggeman: ε⁻⁰·⁵ (eq. (4))"),
}
_FITS: Final = {OWN: "exponents of their own", SHARED: "one exponent for all"}
"""Panels: which fit stands beside the model."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per tortuosity that has categories."""
    figures = []
    for target, scenario in cases(content):
        rows = of(content.verification["bruggeman_curves"], target, scenario)
        if rows.is_empty():
            continue
        label = f"{shown(content.study, target).label}{in_scenario(content.study, scenario)}"
        family = next(
            name
            for name in rows["curve"].unique(maintain_order=True)
            if name not in (MEASURED, *_FITS, *_PUBLISHED)
        )
        figures.append(
            FigureData(
                name=slug("bruggeman", target, scenario),
                title=f"{label} over porosity",
                caption=(
                    "A color holds the configurations that share everything but the porosity."
                    f" Thin, solid: the model {family_title(family)}. Wide, dashed: the modified"
                    " relation τ = a ε⁻ᵇ; where it lies on the model, the line runs through its"
                    " dashes. Left: with an exponent of its own for each color; through two"
                    " porosities it passes whatever they are. Right: with the one exponent that all"
                    " share. The published curve is that of Mayilvahanan et al. (2021) for NCM"
                    " electrodes, eq. (5) of Haghi et al. (2023)."
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
        curve=pl.col("curve").replace({family: _MODEL}),
        porosity=pl.col("porosity") * _PERCENT,
        tortuosity="tortuosity",
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per fit; with more categories than colors, a row per handful of them."""
    categories = data.frame.partition_by("category", maintain_order=True)
    handfuls = [
        categories[first : first + len(SERIES)] for first in range(0, len(categories), len(SERIES))
    ]
    key = [*_key(data.labels["model"]), *_points(categories)]
    whole = sheet(
        width_in,
        len(_FITS) * len(handfuls),
        len(_FITS),
        height_in=2.5,
        left_in=0.55,
        bottom_in=0.45,
        top_in=0.26,
        head_in=legend_room(key, width_in),
    )
    porosity = round_axis(limits(data.frame["porosity"]), 5, label=data.labels["x"], has_grid=True)
    tortuosity = round_axis(_limits(data.frame), 6, label=data.labels["y"], has_grid=True)
    cells = [(handful, fit) for handful in handfuls for fit in _FITS]
    panels = [
        _panel(handful, fit, box, porosity, tortuosity)
        for (handful, fit), box in zip(cells, whole.boxes, strict=True)
    ]
    return drawing_of(whole, panels, legend=key)


def _panel(
    categories: list[pl.DataFrame], fit: str, box: Box, porosity: Axis, tortuosity: Axis
) -> Panel:
    """Return some categories with one kind of fit, the model and what is published."""
    marks = [
        mark
        for color, rows in zip(SERIES, categories, strict=False)
        for mark in _curves_of(rows, fit, color)
    ]
    return Panel(
        box=box,
        x=porosity,
        y=tortuosity,
        marks=[*_published(categories[0]), *marks, *_points(categories)],
        title=f"Fits with {_FITS[fit]}",
    )


def _limits(frame: pl.DataFrame) -> tuple[float, float]:
    """Return a range that holds points, model and what is published, and most of steep fits."""
    steady = [MEASURED, _MODEL, *_PUBLISHED]
    return limits(frame.filter(pl.col("curve").is_in(steady))["tortuosity"], room=0.06)


def _line(rows: pl.DataFrame, curve: str, look: Line) -> Line:
    """Return one curve."""
    own = rows.filter(pl.col("curve") == curve)
    return Line(
        x=own["porosity"],
        y=own["tortuosity"],
        color=look.color,
        width=look.width,
        dashes=look.dashes,
        label=look.label,
    )


def _curves_of(rows: pl.DataFrame, fit: str, color: str) -> Iterator[Mark]:
    """Yield a category's fit, wide and dashed, and the model through it, thin and solid."""
    yield _line(rows, fit, Line(x=(), y=(), color=color, width=2.8, dashes=_WIDE_DASHES))
    yield _line(rows, _MODEL, Line(x=(), y=(), color=color, width=1.0))


_WIDE_DASHES: Final = (1.6, 1.6)
"""Of a wide line, in its widths: as long as those of a thin one."""


def _published(rows: pl.DataFrame) -> Iterator[Mark]:
    """Yield the curves that are no fits."""
    for curve, (dashes, _) in _PUBLISHED.items():
        yield _line(rows, curve, Line(x=(), y=(), color=MUTED, width=1.1, dashes=dashes))


def _points(categories: list[pl.DataFrame]) -> Iterator[Mark]:
    """Yield the measured points, a sign and a color per category."""
    for index, rows in enumerate(categories):
        points = rows.filter(pl.col("curve") == MEASURED)
        yield Dots(
            x=points["porosity"],
            y=points["tortuosity"],
            color=SERIES[index % len(SERIES)],
            shape=_STAMPS[index % len(_STAMPS)],
            size=4.0,
            label=rows["category"][0],
        )


def _key(model: str) -> Iterator[Mark]:
    """Yield what the kinds of lines are called."""
    yield Line(x=(), y=(), color=INK, width=1.0, label=model)
    yield Line(x=(), y=(), color=INK, width=2.8, dashes=_WIDE_DASHES, label="fit τ = a ε⁻ᵇ")
    for dashes, label in _PUBLISHED.values():
        yield Line(x=(), y=(), color=MUTED, width=1.1, dashes=dashes, label=label)
