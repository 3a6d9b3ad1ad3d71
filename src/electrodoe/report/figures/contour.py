"""A response over two inputs, as in the paper's Figure 2: the model, and what was measured."""

from typing import Any

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.rounding import measured
from electrodoe.report.selection import explained_cases, of
from electrodoe.report.style import INK, RAMP, SURFACE, few_ticks, panels, width_in, wrapped


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario, with a panel per pair of inputs."""
    figures = []
    for target, scenario in explained_cases(content):
        rows = of(content.surfaces, target, scenario)
        if rows.is_empty():
            continue
        scale = shown(content.study, target)
        data = content.dataset.training_data(target, scenario)
        pairs = list(rows.select("input_1", "input_2").unique(maintain_order=True).iter_rows())
        panes = [_panel(content, rows, data, pair, index) for index, pair in enumerate(pairs)]
        figures.append(
            FigureData(
                name=slug("contour", target, scenario),
                title=f"{scale.label}{in_scenario(content.study, scenario)}: over two inputs",
                caption=_caption(content, data, family_title(rows["family"][0])),
                kind="contour",
                frame=pl.concat(panes),
                labels={"key": scale.axis}
                | {f"x{i}": shown(content.study, pair[0]).axis for i, pair in enumerate(pairs)}
                | {f"y{i}": shown(content.study, pair[1]).axis for i, pair in enumerate(pairs)},
                target=target,
                scenario=scenario,
                is_narrow=len(pairs) == 1,
            )
        )
    return figures


def _caption(content: ReportContent, data: TrainingData, family: str) -> str:
    """Return what is drawn, and at which values the other inputs are held."""
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


def _panel(
    content: ReportContent,
    rows: pl.DataFrame,
    data: TrainingData,
    pair: tuple[str, str],
    index: int,
) -> pl.DataFrame:
    """Return one panel's grid and configurations, in the shown units."""
    first, second = (shown(content.study, name).factor for name in pair)
    factor = shown(content.study, data.response_name).factor
    grid = rows.filter(pl.col("input_1") == pair[0], pl.col("input_2") == pair[1])
    columns = [data.inputs[:, data.input_names.index(name)] for name in pair]
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


def draw(data: FigureData) -> Figure:
    """Return the panels with one key of colors for all."""
    numbers = data.frame["panel"].unique(maintain_order=True).to_list()
    figure, axes = panels(
        len(numbers), 3, height_in=1.62, left_in=0.58, bottom_in=0.42, top_in=0.12, head_in=0.5
    )
    levels = _levels(data.frame["value"].to_numpy())
    for ax, number in zip(axes, numbers, strict=True):
        _draw_surface(ax, data.frame.filter(pl.col("panel") == number), levels)
        ax.set_xlabel(wrapped(data.labels[f"x{number}"], 36))
        ax.set_ylabel(wrapped(data.labels[f"y{number}"], 30))
        few_ticks(ax)
    _draw_key(figure, levels, data.labels["key"])
    return figure


def _levels(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return round borders between at most as many colors as the ramp has."""
    steps = [1, 2, 2.5, 4, 5, 10]
    low, high = float(values.min()), float(values.max())
    for n_bins in range(len(RAMP), 0, -1):
        found = np.asarray(MaxNLocator(n_bins, steps=steps).tick_values(low, high))
        if len(found) - 1 <= len(RAMP):
            return found
    return np.linspace(low, high, len(RAMP) + 1)


def _colors(levels: NDArray[np.float64]) -> ListedColormap:
    """Return one color per step, spread over the ramp."""
    chosen = np.round(np.linspace(0, len(RAMP) - 1, len(levels) - 1)).astype(int)
    return ListedColormap([RAMP[index] for index in chosen])


def _draw_surface(ax: Axes, rows: pl.DataFrame, levels: NDArray[np.float64]) -> None:
    """Draw the model as filled contours, what it extrapolates hatched, configurations on top."""
    grid = rows.filter(pl.col("mark") == "surface")
    n_rows = grid["x"].n_unique()
    x, y, value = (grid[name].to_numpy().reshape(n_rows, -1) for name in ("x", "y", "value"))
    colors = _colors(levels)
    look: dict[str, Any] = {"cmap": colors, "norm": BoundaryNorm(levels, len(levels) - 1)}
    ax.contourf(x, y, value, levels=levels, **look)
    ax.contour(x, y, value, levels=levels, colors=SURFACE, linewidths=0.5)
    outside = 1.0 - grid["is_inside"].to_numpy().astype(float).reshape(n_rows, -1)
    if outside.any():
        with_hatch = ax.contourf(x, y, outside, levels=[0.5, 1.5], colors="none", hatches=["////"])
        with_hatch.set(edgecolor=INK, linewidth=0.0)
    met = rows.filter(pl.col("mark") == "configuration")
    ax.plot(met["x"], met["y"], "o", color=SURFACE, ms=7.4, mew=0, clip_on=False)
    ax.scatter(
        met["x"],
        met["y"],
        c=met["value"],
        s=30,
        edgecolors=INK,
        linewidths=0.6,
        zorder=3,
        clip_on=False,
        **look,
    )
    ax.margins(0.05)


def _draw_key(figure: Figure, levels: NDArray[np.float64], title: str) -> None:
    """Draw the colors in a row with their borders above the panels."""
    width, height = width_in(), figure.get_figheight()
    ax = figure.add_axes(
        (0.58 / width, 1.0 - 0.36 / height, 0.5 * (1 - 0.58 / width), 0.1 / height)
    )
    edges = np.arange(len(levels))
    ax.pcolormesh(edges, [0, 1], edges[:-1][None, :], cmap=_colors(levels), edgecolor=SURFACE)
    ax.set_xticks(edges, [f"{level:g}".replace("-", "−") for level in levels])
    ax.set_yticks([])
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_title(title, fontweight="normal")
