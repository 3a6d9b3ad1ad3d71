"""Predicted against observed, as in the paper's Figures 5 to 12, for its families and more."""

from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.evaluate.judgement import Predictability
from electrodoe.models import DEFAULT_FAMILY, PAPER_FAMILIES
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.plot import (
    Axis,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    apart,
    drawing_of,
    round_axis,
    sheet,
)
from electrodoe.report.selection import best_row, cases, families_in, of, verdict
from electrodoe.report.style import FAINT, FIRST, MUTED, PAGE_WIDTH_IN, SECOND, wrapped

_LOOKS: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    ("train", {"color": MUTED, "size": 2.2}, "training samples"),
    (
        "loco",
        {"shape": "triangle", "edge": SECOND, "size": 3.2, "edge_width": 0.7},
        "left-out configurations",
    ),
    ("test", {"shape": "square", "color": FIRST, "size": 3.0}, "test samples (random split)"),
)
"""Split, sign and name in the legend, in the order of drawing."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response and scenario, with a panel per family."""
    figures = []
    for target, scenario in cases(content):
        chosen = _families(content, target, scenario)
        rows = of(content.predictions, target, scenario).filter(pl.col("family").is_in(chosen))
        if rows.is_empty():
            continue
        scale = shown(content.study, target)
        case = f"{scale.label}{in_scenario(content.study, scenario)}"
        figures.append(
            FigureData(
                name=slug("parity", target, scenario),
                title=f"{case}: predicted against observed",
                caption=(
                    "Gray and blue: the printed random split, whose test samples are new"
                    " replicates of known configurations. Orange: each configuration predicted by"
                    " a model that has not seen it. The line is perfect prediction."
                ),
                kind="parity",
                frame=_points(rows, scale.factor),
                labels={
                    "x": f"Observed ({scale.unit})" if scale.unit else "Observed",
                    "y": f"Predicted ({scale.unit})" if scale.unit else "Predicted",
                },
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _families(content: ReportContent, target: str, scenario: str) -> set[str]:
    """Return the paper's, the default and the best; the last two only where none predicts."""
    best = best_row(content, target, scenario)
    chosen = {DEFAULT_FAMILY, best["family"] if best else DEFAULT_FAMILY}
    is_hopeless = verdict(content, target, scenario) is Predictability.NOT
    return chosen if is_hopeless else {*PAPER_FAMILIES, *chosen}


def _points(rows: pl.DataFrame, factor: float) -> pl.DataFrame:
    """Return the points in the shown unit, families in the catalogue's order."""
    order = {family: index for index, family in enumerate(families_in(rows))}
    named = {family: family_title(family) for family in order}
    return (
        rows.with_columns(
            position=pl.col("family").replace_strict(order, return_dtype=pl.Int64),
            family=pl.col("family").replace(named),
            observed=pl.col("observed") * factor,
            predicted=pl.col("predicted") * factor,
        )
        .select("position", "family", "split", "row", "observed", "predicted")
        .sort("position", maintain_order=True)
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return square panels with one range for all."""
    families = data.frame.partition_by("family", maintain_order=True)
    columns = 3 if len(families) <= 6 else 4
    whole = sheet(
        width_in,
        len(families),
        columns,
        height_in=2.1 if columns == 3 else 1.58,
        left_in=0.2,
        margin_in=0.35,
        bottom_in=0.2,
        top_in=0.3,
        head_in=0.24,
        foot_in=0.24,
    )
    ends = _limits(data.frame)
    panels = [
        Panel(
            box=box,
            x=_axis(ends, data.labels["x"], is_reported=index + columns >= len(families)),
            y=_axis(ends, data.labels["y"], is_reported=index % columns == 0),
            marks=_points_of(rows, ends),
            title=wrapped(rows["family"][0], 30, width_in),
        )
        for index, (rows, box) in enumerate(zip(families, whole.boxes, strict=True))
    ]
    return drawing_of(whole, panels, legend=panels[0].marks)


def _axis(ends: tuple[float, float], label: str, *, is_reported: bool) -> Axis:
    """Return an axis with grid; numbers and label only at the sheet's edge."""
    return round_axis(
        ends, 4, label=label if is_reported else "", is_reported=is_reported, has_grid=True
    )


def _limits(frame: pl.DataFrame) -> tuple[float, float]:
    """Return a range that holds what was observed and half of its span on either side at most."""
    observed = frame["observed"].to_numpy()
    low, high = float(observed.min()), float(observed.max())
    span = (high - low) or 1.0
    everything = np.concatenate([observed, frame["predicted"].to_numpy()])
    lowest = max(float(everything.min()), low - 0.5 * span)
    highest = min(float(everything.max()), high + 0.5 * span)
    return apart(lowest - 0.04 * span, highest + 0.04 * span)


def _points_of(rows: pl.DataFrame, ends: tuple[float, float]) -> list[Mark]:
    """Return the three kinds of prediction; those beyond the range sit on its edge."""
    marks: list[Mark] = [Line(x=ends, y=ends, color=FAINT, width=0.9)]
    for split, look, label in _LOOKS:
        points = rows.filter(pl.col("split") == split)
        inside = np.clip(points["predicted"].to_numpy(), *ends)
        marks.append(Dots(x=points["observed"], y=inside, label=label, **look))
    return marks
