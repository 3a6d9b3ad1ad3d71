"""Which specification binds where: the predictions at their limits, over two factors at a time."""

from itertools import combinations
from typing import Final, Literal

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from electrodoe.optimize import Goal, Recommendation
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.rounding import significant
from electrodoe.report.style import FIRST, INK, LIGHT, SECOND, SMALL, few_ticks, panels
from electrodoe.study import Study

_N: Final = 41
_MOST_PANELS: Final = 6
_COLORS: Final = (FIRST, SECOND, LIGHT["third"], INK)
_DASHES: Final[tuple[Literal["-", "--", ":"], ...]] = ("-", "--", ":")


def build(study: Study, found: Recommendation) -> FigureData | None:
    """Return the predictions over pairs of factors, or None where nothing is specified.

    Parameters
    ----------
    study : Study
        Labels.
    found : Recommendation
        What was found.

    Returns
    -------
    FigureData or None
        ``x_factor, y_factor, response, x, y, predicted, least, greatest``; other factors stand at
        the recommended settings. Rows without a prediction are the recommended settings.
    """
    decision, names = found.decision, found.decision.region.names
    specified = [j for j, goal in enumerate(decision.goals) if goal.has_specification]
    if not specified or len(names) < 2:
        return None
    frames = []
    for i, j in list(combinations(range(len(names)), 2))[:_MOST_PANELS]:
        ticks = np.linspace(-1.0, 1.0, _N)
        points = np.tile(found.set_point.point, (_N * _N + 1, 1))
        points[1:, i], points[1:, j] = np.repeat(ticks, _N), np.tile(ticks, _N)
        settings, predicted = decision.settings(points), decision.predictions(points)
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
                        "least": goal.least * factor,
                        "greatest": goal.greatest * factor,
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
    least, greatest = (significant(end * quantity.factor) for end in (goal.least, goal.greatest))
    if np.isinf(goal.least):
        words = f"at most {greatest}"
    elif np.isinf(goal.greatest):
        words = f"at least {least}"
    else:
        words = f"{least} to {greatest}"
    return f"{quantity.label} {quantity.with_unit(words)}"


def draw(data: FigureData) -> Figure:
    """Return one panel per pair of factors."""
    pairs = data.frame.select("x_factor", "y_factor").unique(maintain_order=True)
    responses = data.frame["response"].unique(maintain_order=True).to_list()
    n_lines = -(-len(responses) // 3)
    figure, axes = panels(
        pairs.height,
        3,
        height_in=1.95,
        left_in=0.6,
        bottom_in=0.5,
        top_in=0.1,
        head_in=0.1 + 0.18 * n_lines,
    )
    for ax, (x_factor, y_factor) in zip(axes, pairs.iter_rows(), strict=True):
        _draw_panel(ax, data.frame.filter(x_factor=x_factor, y_factor=y_factor), responses)
        ax.set_xlabel(data.labels[x_factor])
        ax.set_ylabel(data.labels[y_factor])
    handles = [
        Line2D([], [], color=color, linestyle=dashes, linewidth=1.2)
        for color, dashes in map(_look, range(len(responses)))
    ]
    figure.legend(
        handles,
        [data.labels[name] for name in responses],
        loc="upper left",
        ncols=min(3, len(responses)),
        frameon=False,
        fontsize=SMALL,
        borderaxespad=0.2,
    )
    return figure


def _look(number: int) -> tuple[str, Literal["-", "--", ":"]]:
    """Return the color and the dashes of a response."""
    return _COLORS[number % len(_COLORS)], _DASHES[number // len(_COLORS) % len(_DASHES)]


def _draw_panel(ax: Axes, rows: pl.DataFrame, responses: list[str]) -> None:
    """Draw the side that keeps all limits, the limits, and the recommended settings."""
    is_kept = np.ones((_N, _N), dtype=np.bool_)
    for number, name in enumerate(responses):
        own = rows.filter(pl.col("response") == name)
        surface = own.filter(pl.col("predicted").is_not_null())
        x, y = (surface[axis].unique(maintain_order=True).to_numpy() for axis in ("x", "y"))
        values = surface["predicted"].to_numpy().reshape(_N, _N).T
        least, greatest = float(own["least"][0]), float(own["greatest"][0])
        is_kept &= (values >= least) & (values <= greatest)
        color, dashes = _look(number)
        for limit in (least, greatest):
            _draw_limit(ax, (x, y, values), limit, color, dashes)
    share = is_kept.astype(np.float64)
    ax.contourf(x, y, share, [0.5, 1.5], colors=[LIGHT["minus-1"]], zorder=0)
    point = rows.filter(pl.col("predicted").is_null()).head(1)
    ax.plot(point["x"], point["y"], "x", color=SECOND, ms=7, mew=1.8, clip_on=False)
    few_ticks(ax)


def _draw_limit(
    ax: Axes, surface: tuple[NDArray[np.float64], ...], limit: float, color: str, dashes: str
) -> None:
    """Draw where a prediction is at a limit, if it is anywhere."""
    x, y, values = surface
    if values.min() < limit < values.max():
        ax.contour(x, y, values, [limit], colors=[color], linestyles=[dashes], linewidths=1.2)
