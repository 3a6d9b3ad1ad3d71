"""Which specification binds where: the predictions at their limits, over two factors at a time."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from electrodoe.optimize import Goal, OptimizationResult
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.panels.factor_pairs import main_pairs
from electrodoe.report.plot import (
    DASHED,
    DOTTED,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.plot.contours import Grid, contour_lines, regions
from electrodoe.report.rounding import significant
from electrodoe.report.style import FIRST, INK, LIGHT, PAGE_WIDTH_IN, SECOND
from electrodoe.study import Study

_N: Final = 41
"""Points along each factor: chosen, 0.05 apart in coded units."""
_COLORS: Final = (FIRST, SECOND, LIGHT["third"], INK)
_DASHES: Final[tuple[tuple[float, ...], ...]] = ((), DASHED, DOTTED)


def build(study: Study, found: OptimizationResult) -> FigureData | None:
    """Return the predictions over pairs of factors, or None where nothing is specified."""
    decision, names = found.drifting, found.drifting.region.names
    specified = [j for j, goal in enumerate(decision.goals) if goal.has_specification]
    if not specified or len(names) < 2:
        return None
    frames = []
    for i, j in main_pairs(found):
        ticks = np.linspace(-1.0, 1.0, _N)
        points = np.tile(found.drifting_point, (_N * _N + 1, 1))
        points[1:, i], points[1:, j] = np.repeat(ticks, _N), np.tile(ticks, _N)
        settings = decision.settings(points)[:, decision.free]
        predicted = decision.predictions(points)
        predicted[0] = np.nan
        for goal_number in specified:
            goal = decision.goals[goal_number]
            factor = shown(study, goal.response_name).factor
            frames.append(
                pl.DataFrame(
                    {
                        "x_factor": names[i],
                        "y_factor": names[j],
                        "response": goal.response_name,
                        "x": settings[:, i] * shown(study, names[i]).factor,
                        "y": settings[:, j] * shown(study, names[j]).factor,
                        "predicted": predicted[:, goal_number] * factor,
                        "lower": goal.lower * factor,
                        "upper": goal.upper * factor,
                    },
                    nan_to_null=True,
                )
            )
    words = {decision.goals[j].response_name: _limits(study, decision.goals[j]) for j in specified}
    return FigureData(
        name="specification_overlay",
        title="Which specification binds",
        caption=(
            "Lines are predictions at a limit; the shaded side keeps all of them. On a line a"
            " product fails every second time: the operating window stays away from it by the"
            " uncertainty. The cross is the recommended setting, where other factors stand as well."
        ),
        kind="specification_overlay",
        frame=pl.concat(frames),
        labels={**{name: shown(study, name).axis for name in names}, **words},
    )


def _limits(study: Study, goal: Goal) -> str:
    """Return a specification in words."""
    quantity = shown(study, goal.response_name)
    lower, upper = (significant(end * quantity.factor) for end in (goal.lower, goal.upper))
    if np.isinf(goal.lower):
        words = f"at most {upper}"
    elif np.isinf(goal.upper):
        words = f"at least {lower}"
    else:
        words = f"{lower} to {upper}"
    return f"{quantity.label} {quantity.with_unit(words)}"


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return one panel per pair of factors."""
    pairs = data.frame.partition_by("x_factor", "y_factor", maintain_order=True)
    responses = data.frame["response"].unique(maintain_order=True).to_list()
    page = sheet(
        width_in,
        len(pairs),
        3,
        height_in=1.95,
        left_in=0.6,
        bottom_in=0.5,
        top_in=0.1,
        head_in=0.1 + 0.18 * -(-len(responses) // 3),
    )
    panels = [
        Panel(
            box=box,
            x=round_axis(limits(rows["x"], room=0.0), label=data.labels[rows["x_factor"][0]]),
            y=round_axis(limits(rows["y"], room=0.0), label=data.labels[rows["y_factor"][0]]),
            marks=list(_marks(rows, responses)),
        )
        for rows, box in zip(pairs, page.boxes, strict=True)
    ]
    return drawing_of(page, panels, legend=_legend(data, responses), legend_columns=3)


def _legend(data: FigureData, responses: list[str]) -> list[Line]:
    """Return a line per response."""
    lines = []
    for number, name in enumerate(responses):
        color, dashes = _look(number)
        label = data.labels[name]
        lines.append(Line(x=(), y=(), color=color, width=1.2, dashes=dashes, label=label))
    return lines


def _look(number: int) -> tuple[str, tuple[float, ...]]:
    """Return the color and the dashes of a response."""
    return _COLORS[number % len(_COLORS)], _DASHES[number // len(_COLORS) % len(_DASHES)]


def _marks(rows: pl.DataFrame, responses: list[str]) -> Iterator[Mark]:
    """Yield the side that keeps all limits, the limits, and the recommended settings."""
    is_kept = np.ones((_N, _N), dtype=np.bool_)
    lines: list[Mark] = []
    grid: Grid | None = None
    for number, name in enumerate(responses):
        own = rows.filter(pl.col("response") == name)
        grid = _grid(own)
        lower, upper = float(own["lower"][0]), float(own["upper"][0])
        is_kept &= (grid[2] >= lower) & (grid[2] <= upper)
        color, dashes = _look(number)
        for limit in (lower, upper):
            if np.isfinite(limit):
                lines += contour_lines(grid, limit, color, 1.2, dashes)
    if grid is not None:
        fraction = is_kept.astype(np.float64)
        yield from regions((*grid[:2], fraction), (0.5, 1.5), (LIGHT["minus-1"],))
    yield from lines
    point = rows.filter(pl.col("predicted").is_null()).head(1)
    yield Dots(x=point["x"], y=point["y"], color=SECOND, shape="cross", size=7.0, edge_width=1.8)


def _grid(own: pl.DataFrame) -> Grid:
    """Return the settings of both axes and the predictions at all their pairs."""
    surface = own.filter(pl.col("predicted").is_not_null())
    x, y = (surface[axis].unique(maintain_order=True).to_numpy() for axis in ("x", "y"))
    return x, y, surface["predicted"].to_numpy().reshape(_N, _N).T
