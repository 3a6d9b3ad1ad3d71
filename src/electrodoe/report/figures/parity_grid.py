"""Predicted against observed, families side by side: the paper's Figures 5, 6, 8 and 12.

A row is a scenario of one response, or one of the responses that the study wants side by side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
from electrodoe.report.plot import (
    PT_PER_IN,
    Box,
    Drawing,
    Panel,
    Text,
    Words,
    drawing_of,
    in_lines,
    legend_room,
    panels_beside,
    sheet,
)
from electrodoe.report.plot.drawn_panel import LABEL_SIZE, TITLE_SIZE
from electrodoe.report.plot.shapes import LEADING
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
    in_a_line = panels_beside(_IN_A_LINE, width_in - _BESIDE_IN, _MIN_IN)
    lines = [families[at : at + in_a_line] for at in range(0, len(families), in_a_line)]
    parts = [
        (rows, line)
        for rows in data.frame.partition_by("row_number", maintain_order=True)
        for line in lines
    ]
    columns = max(len(lines[0]), min(3, in_a_line))
    each_in = (width_in - _BESIDE_IN) / columns
    words = _Words.of(data, PT_PER_IN * each_in - _APART_PT, width_in)
    key = prediction_marks(data.frame, (0.0, 1.0))
    whole = sheet(
        width_in,
        columns * len(parts),
        columns,
        height_in=each_in - 0.18,
        left_in=0.1,
        margin_in=_BESIDE_IN - 0.1,
        bottom_in=0.42 + _LINE_IN * words.n_more(words.observed),
        top_in=0.48 + _LINE_IN * (words.n_more(words.titles) + words.n_more(words.headings)),
        head_in=0.2 + legend_room(key, width_in) - legend_room(key, PAGE_WIDTH_IN),
        min_in=_MIN_IN,
    )
    panels: list[Panel] = []
    headings: list[Text] = []
    spared = 0.0
    for number, (rows, line) in enumerate(parts):
        has_heading = line is lines[0]
        spared += 0.0 if has_heading else PT_PER_IN * _LINE_IN * (1 + words.n_more(words.headings))
        boxes = whole.boxes[number * columns :][: len(line)]
        boxes = tuple(replace(box, top=box.top - spared) for box in boxes)
        panels += _row(data, words, rows, line, boxes)
        headings += _above(words, rows["label"][0], boxes[0].top) if has_heading else ()
    whole = replace(whole, height=whole.height - spared)
    return drawing_of(whole, panels, legend=key, more=headings)


_IN_A_LINE: Final = 5
"""Families beside one another; the paper's fit, and six would have no room for their units."""
_MIN_IN: Final = 0.9
"""Narrowest panel: three in a row on one column of a journal, squares of 19 mm."""
_BESIDE_IN: Final = 0.6
"""Room at the left for numbers and label."""
_HEADING_PT, _INDENT_PT = 20.0, 4.2
"""Between a row's panels and its heading, above the families' names, and from the left edge."""
_LINE_IN: Final = 0.135
"""Room for one more line of a title, a heading or a label."""
_APART_PT: Final = 3.0
"""Between the words of two panels."""
_LETTERS: Final = 120
"""Of a heading on a page's width."""


@dataclass(frozen=True, kw_only=True)
class _Words:
    """The words around the panels, in lines that have room.

    Families above them by name, units' labels below them, headings of rows.
    """

    titles: Mapping[str, str]
    observed: Mapping[str, str]
    headings: Mapping[str, str]

    @classmethod
    def of(cls, data: FigureData, room: float, width_in: float) -> "_Words":
        """Return the words for panels with some room, in points."""
        names = {name: data.frame[name].unique().sort() for name in ("family", "unit", "label")}
        across = PT_PER_IN * width_in - 2.0 * _INDENT_PT
        return cls(
            titles={
                name: in_lines(name, room, TITLE_SIZE, is_bold=True) for name in names["family"]
            },
            observed={
                unit: in_lines(f"{data.labels['x']}{unit}", room, LABEL_SIZE)
                for unit in names["unit"]
            },
            headings={
                label: in_lines(_cut(label, width_in), across, SMALL) for label in names["label"]
            },
        )

    @staticmethod
    def n_more(words: Mapping[str, str]) -> int:
        """Return how many lines more than one the longest of some words has."""
        return max(each.count("\n") for each in words.values())


def _cut(label: str, width_in: float) -> str:
    """Return the heading of a row, its scenario or its response, with its end left out if long."""
    words = wrapped(label, _LETTERS, width_in).split("\n")
    return words[0] if len(words) == 1 else f"{words[0]} …"


def _above(words: _Words, label: str, top: float) -> Iterator[Text]:
    """Yield the lines of a row's heading above the names of its families."""
    lines = words.headings[label].split("\n")
    last = top - _HEADING_PT - PT_PER_IN * _LINE_IN * words.n_more(words.titles)
    for number, line in enumerate(reversed(lines)):
        y = last - LEADING * SMALL * number
        yield Text(x=_INDENT_PT, y=y, words=line, size=SMALL, color=INK)


def _row(
    data: FigureData,
    words: _Words,
    rows: pl.DataFrame,
    families: list[str],
    boxes: tuple[Box, ...],
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
            x=shared_axis(ends, words.observed[unit], is_reported=True, has_ratios=has_ratios),
            y=shared_axis(ends, predicted, is_reported=column == 0, has_ratios=has_ratios),
            marks=prediction_marks(own, ends) if own.height else [refused],
            title=words.titles[family],
        )
