"""How the prediction moves along each input: accumulated local effects."""

from typing import Any, Final

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.panels.level_names import level_axis, level_labels, level_names
from electrodoe.report.plot import (
    PT_PER_IN,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    Segments,
    across,
    drawing_of,
    in_lines,
    legend_room,
    limits,
    panels_beside,
    round_axis,
    sheet,
)
from electrodoe.report.plot.drawn_panel import LABEL_SIZE
from electrodoe.report.selection import (
    explained_cases,
    explained_family,
    families_in,
    of,
    single_inputs,
)
from electrodoe.report.style import FAINT, FIRST, MUTED, PAGE_WIDTH_IN

_BANDS: Final = " Thin and blue: 5 to 95 % of the bootstraps over configurations."
_OF_LEVELS: Final = (
    " Levels of a category have no order to go along: each point is the mean prediction with that"
    " level, less the mean of all."
)


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
                    f" not decide.{_remarks(content, rows, scenario)}"
                ),
                kind="effects",
                frame=_curves(
                    content, rows, single_inputs(content, target, scenario), family, scale.factor
                ),
                labels={
                    "y": f"Effect ({scale.unit})" if scale.unit else "Effect",
                    "shown": family_title(family),
                }
                | {
                    key: level
                    for name in content.study.scenarios[scenario].inputs
                    for key, level in level_labels(
                        content.study, name, shown(content.study, name).axis
                    ).items()
                },
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _remarks(content: ReportContent, rows: pl.DataFrame, scenario: str) -> str:
    """Return what bands and points of levels are, where there are some."""
    bands = _BANDS if rows["low"].null_count() < rows.height else ""
    return bands + (_OF_LEVELS if _has_levels(content, scenario) else "")


def _has_levels(content: ReportContent, scenario: str) -> bool:
    """Return whether an input of a scenario is a category."""
    return any(name in content.study.levels for name in content.study.scenarios[scenario].inputs)


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
                low=pl.col("low") * factor,
                high=pl.col("high") * factor,
            )
        )
    return pl.concat(frames)


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per input with one scale of effects."""
    inputs = data.frame.partition_by("input", maintain_order=True)
    columns, min_in = (4, 1.6) if len(inputs) == 4 or len(inputs) > 6 else (3, 2.2)
    is_level = [bool(level_names(data.labels, rows["input"][0])) for rows in inputs]
    first = inputs[is_level.index(False) if False in is_level else 0]
    key = _marks(data, first)
    each_in = (width_in - 0.1) / panels_beside(columns, width_in - 0.1, min_in)
    names = [
        in_lines(rows["input"][0], PT_PER_IN * each_in - _APART_PT, LABEL_SIZE) for rows in inputs
    ]
    whole = sheet(
        width_in,
        len(inputs),
        columns,
        height_in=1.25,
        left_in=0.55,
        bottom_in=0.45 + 0.125 * max(name.count("\n") for name in names),
        top_in=0.1,
        head_in=max(0.24, legend_room(key, width_in)),
        min_in=min_in,
    )
    ends = pl.concat([data.frame[name] for name in ("effect", "low", "high")])
    effects = round_axis(limits(ends.drop_nulls()), label=data.labels["y"], has_grid=True)
    panels = [
        Panel(
            box=box,
            x=level_axis(
                data.labels,
                rows["input"][0],
                limits(rows["input_value"]),
                label=name,
            ),
            y=effects,
            marks=_marks(data, rows),
        )
        for rows, name, box in zip(inputs, names, whole.boxes, strict=True)
    ]
    return drawing_of(whole, panels, legend=key)


_APART_PT = 16.0
"""Between the names below two panels, or beyond the last one: they stand right of their cells."""


def _marks(data: FigureData, rows: pl.DataFrame) -> list[Mark]:
    """Return the points of a category, or the curves of a number."""
    is_level = bool(level_names(data.labels, rows["input"][0]))
    return (_points_of if is_level else _curves_of)(rows, data.labels["shown"])


def _points_of(rows: pl.DataFrame, title: str) -> list[Mark]:
    """Return a point per level: those of other families pale and small, the shown one strong."""
    others, shown_one = rows.filter(~pl.col("is_shown")), rows.filter("is_shown")
    return [
        across(y=0.0, color=MUTED, width=0.6),
        Dots(
            x=others["input_value"],
            y=others["effect"],
            color=FAINT,
            size=3.2,
            label="other families",
        ),
        Segments(
            x=shown_one["input_value"],
            to_x=shown_one["input_value"],
            y=shown_one["low"],
            to_y=shown_one["high"],
            color=FIRST,
            width=0.7,
        ),
        Dots(x=shown_one["input_value"], y=shown_one["effect"], color=FIRST, size=5.0, label=title),
    ]


def _curves_of(rows: pl.DataFrame, title: str) -> list[Mark]:
    """Return the other families thin and gray, the shown one strong with its points."""
    others = rows.filter(~pl.col("is_shown")).partition_by("family", maintain_order=True)
    shown_one = rows.filter("is_shown")
    place: dict[str, Any] = {"x": shown_one["input_value"], "y": shown_one["effect"]}
    return [
        across(y=0.0, color=MUTED, width=0.6),
        *(
            Line(
                x=curve["input_value"],
                y=curve["effect"],
                color=FAINT,
                width=0.9,
                label="other families",
            )
            for curve in others
        ),
        *(
            Line(x=shown_one["input_value"], y=shown_one[end], color=FIRST, width=0.7)
            for end in ("low", "high")
        ),
        Line(color=FIRST, width=1.5, label=title, **place),
        Dots(color=FIRST, size=2.6, label=title, **place),
    ]
