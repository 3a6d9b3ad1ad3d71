"""A response over two inputs, as in the paper's Figure 2: the model, and what was measured."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.panels.color_scale import (
    scale_colors,
    scale_key,
    scale_levels,
    scale_lines,
)
from electrodoe.report.plot import (
    Dots,
    Drawing,
    Mark,
    Panel,
    drawing_of,
    limits,
    panels_beside,
    round_axis,
    sheet,
)
from electrodoe.report.plot.contours import hatching, labeled_contours, regions
from electrodoe.report.rounding import measured
from electrodoe.report.scales import RATIOS, ratio_label
from electrodoe.report.selection import explained_cases, of
from electrodoe.report.style import (
    INK,
    MUTED,
    PAGE_WIDTH_IN,
    SURFACE,
    wrapped,
)


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario, with a panel per pair of inputs."""
    figures = []
    for target, scenario in explained_cases(content):
        rows = of(content.surfaces, target, scenario)
        if rows.is_empty():
            continue
        scale = shown(content.study, target)
        data = content.dataset.training_data(target, scenario)
        pairs = list(
            rows.select("input_1", "input_2", "levels").unique(maintain_order=True).iter_rows()
        )
        panes = [_panel(content, rows, data, pair, index) for index, pair in enumerate(pairs)]
        figures.append(
            FigureData(
                name=slug("contour", target, scenario),
                title=f"{scale.label}{in_scenario(content.study, scenario)}: over two inputs",
                caption=_caption(content, data, family_title(rows["family"][0])),
                kind="contour",
                frame=pl.concat(panes),
                labels={"key": scale.axis}
                | ratio_label(content, target, scenario)
                | {f"x{i}": shown(content.study, pair[0]).axis for i, pair in enumerate(pairs)}
                | {f"y{i}": shown(content.study, pair[1]).axis for i, pair in enumerate(pairs)}
                | {f"title{i}": pair[2] for i, pair in enumerate(pairs) if pair[2] is not None},
                target=target,
                scenario=scenario,
                is_narrow=len(pairs) == 1,
            )
        )
    return figures


def _caption(content: ReportContent, data: TrainingData, family: str) -> str:
    """Return what is drawn, and at which values the other inputs are held."""
    if data.levels:
        return _caption_of_levels(content, data, family)
    middles = 0.5 * (data.inputs.min(axis=0) + data.inputs.max(axis=0))
    held = ", ".join(
        f"{scale.label} {scale.with_unit(measured(middle * scale.factor))}"
        for name, middle in zip(data.input_names, middles, strict=True)
        for scale in (shown(content.study, name),)
    )
    others = f" An input that is not shown is held at the middle of its range ({held})."
    return (
        f"Colors: {family}, fitted to all samples. Circles: configurations, filled with the mean"
        " that was measured; away from the middle of an input that is not shown, a circle may"
        " differ from its ground. Hatched: outside of what was run, the model extrapolates."
        f"{others if len(data.input_names) > 2 else ''}"
    )


def _caption_of_levels(content: ReportContent, data: TrainingData, family: str) -> str:
    """Return the same where panels are drawn for the levels of a category."""
    named = ", ".join(shown(content.study, name).label for name in data.levels)
    n_numbers = len(data.input_names) - len(data.levels)
    others = (
        " Another number is held at the middle of its range, another category at its commonest"
        " level."
        if n_numbers > 2 or len(data.levels) > 1
        else ""
    )
    return (
        f"Colors: {family}, fitted to all samples, with a panel per level ({named}). Circles:"
        " configurations with that level, filled with the mean that was measured. Hatched: outside"
        f" of what was run, the model extrapolates.{others}"
    )


def _panel(
    content: ReportContent,
    rows: pl.DataFrame,
    data: TrainingData,
    pair: tuple[str, str, str | None],
    index: int,
) -> pl.DataFrame:
    """Return one panel's grid and configurations, in the shown units."""
    first, second = (shown(content.study, name).factor for name in pair[:2])
    factor = shown(content.study, data.response_name).factor
    grid = rows.filter(
        pl.col("input_1") == pair[0],
        pl.col("input_2") == pair[1],
        pl.col("levels").eq_missing(pl.lit(pair[2], dtype=pl.String)),
    )
    data = _with_levels(data, pair[2])
    columns = [data.inputs[:, data.input_names.index(name)] for name in pair[:2]]
    met = pl.DataFrame({"number": data.configurations, "x": columns[0], "y": columns[1]})
    means = met.with_columns(value=data.response).group_by("number", maintain_order=True).mean()
    return pl.concat(
        [
            grid.select(
                mark=pl.lit("surface"), x="value_1", y="value_2", value="predicted",
                is_inside="is_inside",
            ),
            means.select(
                mark=pl.lit("configuration"), x="x", y="y", value="value", is_inside=pl.lit(True)
            ),
        ]
    ).select(
        pl.lit(index).alias("panel"),
        "mark",
        pl.col("x") * first,
        pl.col("y") * second,
        pl.col("value") * factor,
        "is_inside",
    )  # fmt: skip


def _with_levels(data: TrainingData, named: str | None) -> TrainingData:
    """Return the samples with the levels of a panel; all where it names none."""
    if named is None:
        return data
    places = [(name, place) for place, name in enumerate(data.input_names) if name in data.levels]
    words = [
        ", ".join(data.value_text(name, row[place]) for name, place in places)
        for row in data.inputs
    ]
    return data.take(np.array([own == named for own in words], dtype=np.bool_))


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the panels with one key of colors for all."""
    pairs = data.frame.partition_by("panel", maintain_order=True)
    is_single = len(pairs) == 1
    page = sheet(
        width_in,
        panels_beside(2, width_in) if is_single else len(pairs),
        3,
        height_in=2.3 if is_single else 1.62,
        left_in=0.58,
        bottom_in=0.42,
        top_in=0.28 if "title0" in data.labels else 0.12,
        head_in=0.5,
    )
    has_ratios = data.labels.get("scale") == RATIOS
    levels = scale_levels(data.frame["value"].to_numpy(), has_ratios=has_ratios)
    panels = [scale_key(page, levels, data.labels["key"])]
    for rows, box in zip(pairs, page.boxes, strict=False):
        number = rows["panel"][0]
        panel = Panel(
            box=box,
            x=round_axis(
                limits(rows["x"], room=0.0), label=wrapped(data.labels[f"x{number}"], 36, width_in)
            ),
            y=round_axis(
                limits(rows["y"], room=0.0), label=wrapped(data.labels[f"y{number}"], 30, width_in)
            ),
            title=wrapped(data.labels.get(f"title{number}", ""), 36, width_in),
        )
        marks = [*_surface(rows, levels, panel), *_configurations(rows, levels)]
        panels.append(replace(panel, marks=marks))
    return drawing_of(page, panels)


def _surface(rows: pl.DataFrame, levels: Floats, panel: Panel) -> Iterator[Mark]:
    """Yield the model as areas between lines with their values, what it extrapolates hatched."""
    grid = rows.filter(pl.col("mark") == "surface")
    n_rows = grid["x"].n_unique()
    x, y, value, inside = (
        grid[name].to_numpy().astype(np.float64).reshape(n_rows, -1).T
        for name in ("x", "y", "value", "is_inside")
    )
    surface = (x[0], y[:, 0], value)
    yield from regions(surface, levels, scale_colors(levels))
    if (inside < 1.0).any():
        yield hatching((x[0], y[:, 0], 1.0 - inside), 0.5, MUTED)
    met = rows.filter(pl.col("mark") == "configuration").select("x", "y").to_numpy()
    yield from labeled_contours(surface, scale_lines(levels), panel, met)


def _configurations(rows: pl.DataFrame, levels: Floats) -> Iterator[Dots]:
    """Yield a circle per configuration, filled by what was measured, on a pale ground."""
    met = rows.filter(pl.col("mark") == "configuration")
    yield Dots(x=met["x"], y=met["y"], color=SURFACE, size=7.4)
    colors = scale_colors(levels)
    steps = np.searchsorted(levels, met["value"].to_numpy(), side="right") - 1
    for step in np.unique(np.clip(steps, 0, len(colors) - 1)):
        own = met.filter(pl.Series(np.clip(steps, 0, len(colors) - 1) == step))
        yield Dots(x=own["x"], y=own["y"], color=colors[step], size=5.5, edge=INK, edge_width=0.6)
