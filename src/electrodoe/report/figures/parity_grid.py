"""Predicted against observed, families side by side: the paper's Figures 5, 6, 8 and 12.

A row is a scenario of one response, or one of the responses that the study wants side by side.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from electrodoe.models import PAPER_FAMILIES
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import in_scenario, scenario_title, shown, slug
from electrodoe.report.panels.predictions import (
    prediction_limits,
    prediction_marks,
    prediction_points,
    shared_axis,
)
from electrodoe.report.plot import Box, Drawing, Panel, Text, Words, drawing_of, sheet
from electrodoe.report.scales import RATIOS, ratio_label
from electrodoe.report.selection import cases, of, shared_scenarios
from electrodoe.report.style import INK, MUTED, PAGE_WIDTH_IN, SMALL, wrapped

_CAPTION: Final = (
    "Gray and blue: the printed random split, whose test samples are new replicates of known"
    " configurations. Orange: each configuration predicted by a model that has not seen it. The"
    " line is perfect prediction; a row has one range."
)


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response with several scenarios, one per group side by side."""
    found = cases(content)
    figures = []
    for target in dict.fromkeys(target for target, _ in found):
        scenarios = [scenario for name, scenario in found if name == target]
        if len(scenarios) > 1:
            rows = {_heading(content, name): (target, name) for name in scenarios}
            title = f"{shown(content.study, target).label}: scenarios and families"
            figures.append(_figure(content, rows, title, slug("parity", target)))
    for group in (names for names in content.study.report.side_by_side if len(names) > 1):
        for scenario in shared_scenarios(found, group)[:1]:
            rows = {shown(content.study, target).label: (target, scenario) for target in group}
            title = f"{' beside '.join(rows)}{in_scenario(content.study, scenario)}: families"
            figures.append(_figure(content, rows, title, slug("parity", *group, scenario)))
    return [figure for figure in figures if not figure.frame.is_empty()]


def _heading(content: ReportContent, scenario: str) -> str:
    """Return what stands above a scenario's row."""
    return f"Scenario {scenario_title(content.study, scenario)}"


def _figure(
    content: ReportContent, rows: dict[str, tuple[str, str]], title: str, name: str
) -> FigureData:
    """Return the predictions of some rows, by family."""
    families = list(content.study.report.parity or PAPER_FAMILIES)
    frames, scales = [], dict[str, str]()
    for row, (label, case) in enumerate(rows.items()):
        scale = shown(content.study, case[0])
        scales |= {f"{key}{row}": kind for key, kind in ratio_label(content, *case).items()}
        own = of(content.predictions, *case).filter(pl.col("family").is_in(families))
        unit = f" ({scale.unit})" if scale.unit else ""
        frames.append(
            prediction_points(own, scale.factor).select(
                pl.lit(row).alias("row_number"),
                pl.lit(label).alias("label"),
                pl.lit(unit).alias("unit"),
                *("family", "split", "row", "observed", "predicted"),
            )
        )
    target = next(iter(rows.values()))[0]
    return FigureData(
        name=name,
        title=f"{title}, predicted against observed",
        caption=_CAPTION,
        kind="parity_grid",
        frame=pl.concat(frames),
        labels={"x": "Observed", "y": "Predicted"} | scales,
        target=target,
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return square panels: families to the right, scenarios or responses below one another."""
    families = data.frame["family"].unique(maintain_order=True).to_list()
    lines = [families[at : at + _IN_A_LINE] for at in range(0, len(families), _IN_A_LINE)]
    parts = [
        (rows, line)
        for rows in data.frame.partition_by("row_number", maintain_order=True)
        for line in lines
    ]
    columns = max(len(lines[0]), 3)
    whole = sheet(
        width_in,
        columns * len(parts),
        columns,
        height_in=(width_in - _BESIDE_IN) / columns - 0.18,
        left_in=0.1,
        margin_in=_BESIDE_IN - 0.1,
        bottom_in=0.42,
        top_in=0.48,
        head_in=0.2,
    )
    panels: list[Panel] = []
    headings = []
    for number, (rows, line) in enumerate(parts):
        boxes = whole.boxes[number * columns :][: len(line)]
        panels += _row(data, rows, line, boxes)
        if line is lines[0]:
            headings.append(_above(rows["label"][0], boxes[0].top, width_in))
    return drawing_of(whole, panels, legend=panels[0].marks, more=headings)


_IN_A_LINE: Final = 5
"""Families beside one another; the paper's fit, and six would have no room for their units."""
_BESIDE_IN: Final = 0.6
"""Room at the left for numbers and label."""
_HEADING_PT, _INDENT_PT = 20.0, 4.2
"""Between a row's panels and its heading, above the families' names, and from the left edge."""
_LETTERS: Final = 120
"""Of a heading on a page's width."""


def _above(label: str, top: float, width_in: float) -> Text:
    """Return the heading of a row: its scenario, or its response."""
    words = wrapped(label, _LETTERS, width_in).split("\n")
    line = words[0] if len(words) == 1 else f"{words[0]} …"
    return Text(x=_INDENT_PT, y=top - _HEADING_PT, words=line, size=SMALL, color=INK)


def _row(
    data: FigureData, rows: pl.DataFrame, families: list[str], boxes: tuple[Box, ...]
) -> Iterator[Panel]:
    """Yield one row's families, all with one range; a family without a model says so."""
    has_ratios = data.labels.get(f"scale{rows['row_number'][0]}") == RATIOS
    ends, unit = prediction_limits(rows, has_ratios=has_ratios), rows["unit"][0]
    for column, (family, box) in enumerate(zip(families, boxes, strict=True)):
        own = rows.filter(pl.col("family") == family)
        middle = (ends[0] * ends[1]) ** 0.5 if has_ratios else 0.5 * (ends[0] + ends[1])
        refused = Words(
            x=middle, y=middle, words="not determined", color=MUTED, size=SMALL, anchor="middle"
        )
        predicted = f"{data.labels['y']}{unit}" if column == 0 else ""
        yield Panel(
            box=box,
            x=shared_axis(
                ends, f"{data.labels['x']}{unit}", is_reported=True, has_ratios=has_ratios
            ),
            y=shared_axis(ends, predicted, is_reported=column == 0, has_ratios=has_ratios),
            marks=prediction_marks(own, ends) if own.height else [refused],
            title=wrapped(family, 22),
        )
