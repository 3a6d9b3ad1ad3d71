"""Exact Shapley values sample by sample, and which inputs act together."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, input_label, shown, slug
from electrodoe.report.selection import explained_cases, explained_family, of, ranked_inputs
from electrodoe.report.style import (
    FIRST,
    INK,
    MUTED,
    RAMP,
    SMALL,
    panels,
    width_in,
    wrapped,
)

_N_BINS = 60
_N_PAIRS = 6


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario."""
    figures = []
    for target, scenario in explained_cases(content):
        family = explained_family(content, target, scenario)
        values = of(content.shapley, target, scenario).filter(pl.col("family") == family)
        if values.is_empty() or family is None:
            continue
        scale = shown(content.study, target)
        swarm = _swarm(content, values, ranked_inputs(content, target, scenario), scale.factor)
        pairs = of(content.interactions, target, scenario).filter(pl.col("family") == family)
        unit = f" ({scale.unit})" if scale.unit else ""
        figures.append(
            FigureData(
                name=slug("shapley", target, scenario),
                title=f"{scale.label}{in_scenario(content.study, scenario)}: Shapley values"
                f" of the model {family_title(family)}",
                caption=(
                    "Each dot is a sample: how far the input's value moves its prediction away from"
                    " the mean prediction, from blue (low value) to orange (high). Right: mean"
                    " |interaction|, what two inputs do beyond their separate effects, with its"
                    f" 5 to 95 % band.{_drawn_by_lot(content, values, target, scenario)}"
                ),
                kind="bee_swarm",
                frame=pl.concat([swarm, _pairs(content, pairs, scale.factor)], how="diagonal"),
                labels={"x": f"Shapley value{unit}", "pairs": f"mean |interaction|{unit}"},
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _drawn_by_lot(content: ReportContent, values: pl.DataFrame, target: str, scenario: str) -> str:
    """Return the sentence that says how many of many samples are explained one by one."""
    n_explained = values["row"].n_unique()
    scores = of(content.evaluation, target, scenario)
    n_learned = max(scores["n"].to_list(), default=n_explained)
    if n_explained == n_learned:
        return ""
    return f" {n_explained:,} of {n_learned:,} samples, drawn by lot."


def _swarm(
    content: ReportContent, values: pl.DataFrame, order: list[str], factor: float
) -> pl.DataFrame:
    """Return one row per sample and input: value, color step from 0 to 6, place in the swarm."""
    frames = []
    for position, name in enumerate(order):
        rows = values.filter(pl.col("input") == name)
        shapley = rows["shapley_value"].to_numpy() * factor
        frames.append(
            pl.DataFrame(
                {
                    "part": "sample",
                    "position": np.full(rows.height, position),
                    "label": input_label(content.study, name),
                    "value": shapley,
                    "input_value": rows["input_value"] * shown(content.study, name).factor,
                    "level": _level(rows["input_value"].to_numpy()),
                },
                schema_overrides={"position": pl.Int64, "level": pl.Int64},
            )
        )
    return pl.concat(frames)


def _level(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return each value's step on the color ramp, from its range."""
    span = float(np.ptp(values)) if len(values) else 0.0
    share = (values - values.min()) / span if span > 0.0 else np.full(len(values), 0.5)
    return np.minimum((share * len(RAMP)).astype(np.int64), len(RAMP) - 1)


def _pairs(content: ReportContent, pairs: pl.DataFrame, factor: float) -> pl.DataFrame:
    """Return the strongest pairs of inputs."""
    strongest = pairs.sort("value", descending=True, maintain_order=True).head(_N_PAIRS)
    names = [
        f"{input_label(content.study, first)} × {input_label(content.study, second)}"
        for first, second in strongest.select("input_1", "input_2").iter_rows()
    ]
    return pl.DataFrame(
        {
            "part": ["pair"] * len(names),
            "position": pl.Series(range(len(names)), dtype=pl.Int64),
            "label": pl.Series(names, dtype=pl.String),
            "value": strongest["value"] * factor,
            "low": strongest["low"] * factor,
            "high": strongest["high"] * factor,
        }
    )


def draw(data: FigureData) -> Figure:
    """Return the swarm at the left and the interactions at the right."""
    samples = data.frame.filter(pl.col("part") == "sample")
    pairs = data.frame.filter(pl.col("part") == "pair")
    n_rows = int(samples["position"].to_numpy().max()) + 1
    height = max(0.42 * n_rows, 0.34 * pairs.height, 1.0)
    figure, (swarm,) = panels(
        1, 1, height_in=height, left_in=0.0, margin_in=1.25, bottom_in=0.42, top_in=0.3
    )
    box = swarm.get_position()
    share = 0.48 if pairs.height else 0.8
    swarm.set_position((box.x0, box.y0, share - box.x0 * 0.2, box.height))
    _draw_swarm(swarm, samples)
    swarm.set_xlabel(data.labels["x"])
    _draw_ramp(figure, swarm)
    if pairs.height:
        left = 1.0 - 1.65 / width_in()
        ax = figure.add_axes((left, box.y0, 1.55 / width_in(), box.height))
        _draw_pairs(ax, pairs, 0.01 * float(np.abs(samples["value"].to_numpy()).max()))
        ax.set_xlabel(data.labels["pairs"])
        ax.set_title("Interactions")
    return figure


def _draw_swarm(ax: Axes, samples: pl.DataFrame) -> None:
    """Draw one row of dots per input."""
    ax.axvline(0.0, color=MUTED, linewidth=0.7)
    span = float(np.ptp(samples["value"].to_numpy())) or 1.0
    names = []
    for position in samples["position"].unique().sort().to_list():
        rows = samples.filter(pl.col("position") == position)
        height = position + _offsets(rows["value"].to_numpy(), span)
        for level, color in enumerate(RAMP):
            chosen = (rows["level"] == level).to_numpy()
            ax.plot(
                rows["value"].to_numpy()[chosen], height[chosen], "o", color=color, ms=3.0, mew=0
            )
        names.append(wrapped(rows["label"][0], 24))
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.45, -0.55)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.grid(visible=True, axis="x")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.set_title("Each sample's share of its prediction")


def _offsets(values: NDArray[np.float64], span: float) -> NDArray[np.float64]:
    """Return how far each dot stands above or below its row so that dots do not hide others."""
    bins = np.floor(values / span * _N_BINS).astype(np.int64)
    offsets = np.zeros(len(values))
    for number in np.unique(bins):
        members = np.flatnonzero(bins == number)
        turn = np.arange(len(members))
        offsets[members] = np.where(turn % 2 == 1, 1, -1) * ((turn + 1) // 2)
    largest = np.abs(offsets).max(initial=0.0)
    return offsets * min(0.07, 0.4 / largest) if largest else offsets


def _draw_pairs(ax: Axes, pairs: pl.DataFrame, least: float) -> None:
    """Draw the interactions as bars with their bands, on an axis of some length at least."""
    position, value = pairs["position"].to_numpy(), pairs["value"].to_numpy()
    ax.barh(position, value, height=0.45, color=FIRST)
    ax.hlines(position, pairs["low"], pairs["high"], color=INK, linewidth=1.1)
    ax.set_yticks(position, [wrapped(name, 26) for name in pairs["label"].to_list()])
    ax.set_ylim(len(position) - 0.4, -0.6)
    ends = np.nan_to_num(np.concatenate([value, pairs["high"].to_numpy()]))
    ax.set_xlim(0.0, 1.05 * float(ends.max(initial=least)) or 1.0)
    ax.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _draw_ramp(figure: Figure, ax: Axes) -> None:
    """Write what the colors mean in the room above the left labels."""
    height = float(figure.get_size_inches()[1])
    y = ax.get_position().y1 + 0.14 / height
    figure.text(0.005, y, "low", fontsize=SMALL, va="center_baseline")
    for level, color in enumerate(RAMP):
        x = 0.037 + 0.012 * level
        figure.text(x, y, "●", fontsize=SMALL, color=color, va="center_baseline")
    figure.text(0.127, y, "high", fontsize=SMALL, va="center_baseline")
