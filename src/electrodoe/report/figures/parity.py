"""Predicted against observed, as in the paper's Figures 5 to 12, for its families and more."""

from typing import Final

import polars as pl

from electrodoe.evaluate.judgement import Predictability
from electrodoe.models import PAPER_FAMILIES, default_family
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import in_scenario, shown, slug
from electrodoe.report.panels.predictions import (
    prediction_limits,
    prediction_marks,
    prediction_points,
    shared_axis,
)
from electrodoe.report.plot import (
    PT_PER_IN,
    Drawing,
    Panel,
    drawing_of,
    in_lines,
    legend_room,
    panels_beside,
    sheet,
)
from electrodoe.report.plot.drawn_panel import TITLE_SIZE, room_beside
from electrodoe.report.scales import RATIOS, ratio_label
from electrodoe.report.selection import best_row, cases, of, verdict
from electrodoe.report.style import PAGE_WIDTH_IN


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
                frame=prediction_points(rows, scale.factor),
                labels={
                    "x": f"Observed ({scale.unit})" if scale.unit else "Observed",
                    "y": f"Predicted ({scale.unit})" if scale.unit else "Predicted",
                }
                | ratio_label(content, target, scenario),
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _families(content: ReportContent, target: str, scenario: str) -> set[str]:
    """Return those asked for, else the paper's, the default and the best.

    The last two only where no family predicts.
    """
    if content.study.report.parity:
        return {*content.study.report.parity}
    best = best_row(content, target, scenario)
    default = default_family(content.study.kind_of(target))
    chosen = {default, best["family"] if best else default}
    is_hopeless = verdict(content, target, scenario) is Predictability.NOT
    return chosen if is_hopeless else {*PAPER_FAMILIES, *chosen}


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return square panels with one range for all."""
    families = data.frame.partition_by("family", maintain_order=True)
    columns, height_in = (3, 2.1) if len(families) <= 6 else (4, 1.58)
    has_ratios = data.labels.get("scale") == RATIOS
    ends = prediction_limits(data.frame, has_ratios=has_ratios)
    numbers = shared_axis(ends, data.labels["y"], is_reported=True, has_ratios=has_ratios)
    left_in = max(_LEFT_IN, room_beside(numbers) / PT_PER_IN - 0.2)
    room_in = width_in - left_in - 0.1
    each_in = room_in / panels_beside(columns, room_in, _MIN_IN)
    key = prediction_marks(data.frame, ends)
    whole = sheet(
        width_in,
        len(families),
        columns,
        height_in=min(height_in, 1.2 * (each_in - 0.28)),
        left_in=0.2,
        margin_in=left_in,
        bottom_in=0.42,
        top_in=0.3,
        head_in=max(0.24, legend_room(key, width_in)),
        min_in=_MIN_IN,
    )
    panels = [
        Panel(
            box=box,
            x=shared_axis(ends, data.labels["x"], is_reported=True, has_ratios=has_ratios),
            y=shared_axis(
                ends,
                data.labels["y"],
                is_reported=whole.is_at_left(index),
                has_ratios=has_ratios,
            ),
            marks=prediction_marks(rows, ends),
            title=in_lines(rows["family"][0], PT_PER_IN * each_in, TITLE_SIZE, is_bold=True),
        )
        for index, (rows, box) in enumerate(zip(families, whole.boxes, strict=True))
    ]
    return drawing_of(whole, panels, legend=key)


_LEFT_IN: Final = 0.35
"""Room at the left for numbers and label."""
_MIN_IN: Final = 1.4
"""Narrowest square: 30 mm, as five families on both columns of a journal."""
