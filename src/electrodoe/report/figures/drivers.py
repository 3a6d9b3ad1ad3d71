"""What drives responses, side by side by every method: the paper's Figures 7, 9, 13 and 14."""

from dataclasses import replace
from typing import Final

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, listed, shown, slug
from electrodoe.report.panels.method_bars import METHODS, bars_panel, method_bars, method_labels
from electrodoe.report.panels.swarm import ramp_key, swarm_panel, swarm_samples
from electrodoe.report.plot import (
    PT_PER_IN,
    Box,
    Drawing,
    Panel,
    Sheet,
    drawing_of,
    in_lines,
    named_axis,
    panels_beside,
)
from electrodoe.report.plot.drawn_panel import TITLE_SIZE
from electrodoe.report.plot.shapes import LEADING
from electrodoe.report.selection import (
    explained_cases,
    explained_family,
    of,
    ranked_inputs,
)
from electrodoe.report.style import MUTED, PAGE_WIDTH_IN, wrapped

_METHODS: Final = ("mdi", "coefficient")
"""Bars above the swarm, as far as there are any."""
_SWARM: Final = "swarm"
_HEAD_PT, _TITLE_PT, _FOOT_PT = 22.0, 32.0, 33.0
"""Room above all panels, above each for two lines of its title, and below for numbers and label."""
_NAMES_PT, _GAP_PT, _EDGE_PT = 92.0, 8.0, 6.0
"""Room at the left of a panel for the inputs' names, between two columns, and at the right."""
_IN_A_ROW: Final = 2
"""Responses beside one another, each with its inputs' names."""
_MIN_IN: Final = 3.0
"""Narrowest column: the names, and beside them the method and family above a panel."""
_ROW_PT: Final = {"mdi": 17.0, "coefficient": 17.0, _SWARM: 26.0}
"""Height of one input."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per group of responses that the study wants side by side.

    Of the first scenario that explains most of them; a response that nothing predicts is left out.
    """
    cases = explained_cases(content)
    figures = []
    for group in content.study.report.side_by_side:
        own = {
            scenario: [each for each in group if (each, scenario) in cases] for _, scenario in cases
        }
        scenario = max(own, key=lambda name: len(own[name]), default=None)
        if scenario is not None and own[scenario]:
            figures.append(_figure(content, group, tuple(own[scenario]), scenario))
    return figures


def _figure(
    content: ReportContent, asked: tuple[str, ...], group: tuple[str, ...], scenario: str
) -> FigureData:
    """Return bars and Shapley values of those of the asked responses that are explained."""
    frames = [
        part.with_columns(
            column=pl.lit(number), response=pl.lit(shown(content.study, target).label)
        )
        for number, target in enumerate(group)
        for part in _parts(content, target, scenario)
    ]
    labels: dict[str, str] = {}
    for number, target in enumerate(group):
        scale = shown(content.study, target)
        labels |= {f"{name}{number}": words for name, words in method_labels(scale).items()}
        labels[f"{_SWARM}{number}"] = f"Shapley value{f' ({scale.unit})' if scale.unit else ''}"
    beside = " beside ".join(shown(content.study, target).label for target in group)
    missing = [shown(content.study, each).label for each in asked if each not in group]
    return FigureData(
        name=slug("drivers", *asked, scenario),
        title=f"{beside}{in_scenario(content.study, scenario)}: what matters",
        caption=(
            "One column per response, its inputs in the order of their Shapley values. Bars: of all"
            " samples, with a line from 5 to 95 % of the bootstraps over configurations and how"
            " often the input came first; orange is negative. Dots: Shapley values sample by"
            " sample, from blue (low value of the input) to orange (high)."
            + (f" Not predictable, so not shown: {listed(missing)}." if missing else "")
        ),
        kind="drivers",
        frame=pl.concat(frames, how="diagonal"),
        labels=labels,
        target=group[0],
        scenario=scenario,
        is_narrow=len(group) == 1,
    )


def _parts(content: ReportContent, target: str, scenario: str) -> list[pl.DataFrame]:
    """Return the bars of one response, and its swarm."""
    scale, family = shown(content.study, target), explained_family(content, target, scenario)
    bars = method_bars(content, target, scenario, scale).filter(pl.col("method").is_in(_METHODS))
    values = of(content.shapley, target, scenario).filter(pl.col("family") == family)
    order = ranked_inputs(content, target, scenario)
    swarm = swarm_samples(content, values, order, scale.factor)
    own = {"method": pl.lit(_SWARM), "family": pl.lit(family_title(family or ""))}
    return [bars, swarm.with_columns(**own).rename({"label": "input"})]


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a column per response and a row per method; two responses side by side with room."""
    responses = data.frame.partition_by("column", maintain_order=True)
    in_a_row = panels_beside(_IN_A_ROW, width_in, _MIN_IN)
    n_columns = min(len(responses), in_a_row)
    width = (PT_PER_IN * width_in - _GAP_PT * (n_columns - 1)) / n_columns
    panels: list[Panel] = []
    top = _HEAD_PT
    for first in range(0, len(responses), in_a_row):
        for row in _rows(responses[first : first + in_a_row]):
            method = row[0][1]["method"][0]
            height = _ROW_PT[method] * max(rows["position"].n_unique() for _, rows in row)
            titles = [_title(rows, width) for _, rows in row]
            top += TITLE_SIZE * LEADING * max(0, *(title.count("\n") - 1 for title in titles))
            for (column, rows), title in zip(row, titles, strict=True):
                box = Box(
                    left=column * (width + _GAP_PT) + _NAMES_PT,
                    top=top + _TITLE_PT,
                    width=width - _NAMES_PT - _EDGE_PT,
                    height=height,
                )
                label = data.labels[f"{method}{first + column}"]
                panel = _panel(rows, box, label, width_in)
                panels.append(replace(panel, title=title))
            top += _TITLE_PT + height + _FOOT_PT
    page = Sheet(width=PT_PER_IN * width_in, height=top, boxes=())
    return drawing_of(page, panels, more=ramp_key(0.45 * _HEAD_PT))


def _rows(responses: list[pl.DataFrame]) -> list[list[tuple[int, pl.DataFrame]]]:
    """Return what stands side by side: the parts of one method, by the number of the response."""
    rows = []
    for method in (*_METHODS, _SWARM):
        stacks = [
            own.filter(pl.col("method") == method).partition_by("family", maintain_order=True)
            for own in responses
        ]
        for place in range(max(map(len, stacks))):
            parts = enumerate(stack[place : place + 1] for stack in stacks)
            rows.append([(column, part[0]) for column, part in parts if part])
    return rows


def _title(rows: pl.DataFrame, width: float) -> str:
    """Return the name of a response in lines for a column of some width, in points."""
    room = width - _NAMES_PT + _EDGE_PT
    return in_lines(rows["response"][0], room, TITLE_SIZE, is_bold=True)


def _panel(rows: pl.DataFrame, box: Box, label: str, width_in: float) -> Panel:
    """Return one method of one response; the note names it."""
    method = rows["method"][0]
    if method == _SWARM:
        panel = swarm_panel(rows.rename({"input": "label"}), box, label, width_in)
        words = "Shapley values"
    else:
        inputs = rows.select("position", "input").unique().sort("position")
        positions = inputs["position"].to_list()
        names = [wrapped(name, 24, width_in) for name in inputs["input"].to_list()]
        axis = named_axis(positions, names, (max(positions) + 0.55, -0.55))
        panel, words = bars_panel(rows, box, axis, label), METHODS[method].title
    return replace(
        panel,
        note=f"{words}, {rows['family'][0]}",
        note_color=MUTED,
    )
