"""How far a plan keeps the terms of its model apart."""

import numpy as np
import polars as pl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from electrodoe.design.evaluation import PlanEvaluation
from electrodoe.report.figure import FigureData
from electrodoe.report.style import LIGHT, SMALL, SURFACE, panels, wrapped

_STEPS = (0.1, 0.3, 0.6)
_MOST_WITH_TEXT = 12


def build(evaluation: PlanEvaluation, words: dict[str, str]) -> FigureData | None:
    """Return the correlation of every two terms, or None for a single one.

    Parameters
    ----------
    evaluation : PlanEvaluation
        The correlations.
    words : dict of str to str
        Terms as people read them.
    """
    if evaluation.correlations.height < 2:
        return None
    frame = evaluation.correlations.with_columns(
        pl.col("term", "other").replace(words), r=pl.col("r").round(6)
    )
    return FigureData(
        name="term_correlations",
        title="Correlation of the model's terms",
        caption=(
            "r between the columns of the model matrix over the runs; blue is negative, orange"
            " positive, the steps are 0.1, 0.3 and 0.6. The less color, the better a plan tells"
            " the terms apart."
        ),
        kind="term_correlations",
        frame=frame,
    )


def draw(data: FigureData) -> Figure:
    """Return the matrix, with numbers where they can be read."""
    names = data.frame["term"].unique(maintain_order=True).to_list()
    n = len(names)
    r = data.frame["r"].to_numpy().reshape(n, n)
    figure, (ax,) = panels(
        1, 1, height_in=max(1.2, 0.26 * n), left_in=2.6, bottom_in=0.2, top_in=0.1
    )
    for row, column in np.ndindex(n, n):
        step = 0 if row == column else int(np.sum(np.abs(r[row, column]) >= np.array(_STEPS)))
        sign = "plus" if r[row, column] > 0 else "minus"
        color = LIGHT[f"{sign}-{step}"] if step else LIGHT["zero"]
        ax.add_patch(Rectangle((column, row), 1, 1, facecolor=color, edgecolor=SURFACE))
        if n <= _MOST_WITH_TEXT:
            text = f"{round(float(r[row, column]), 2) + 0.0:.2f}".replace("-", "−")
            ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=SMALL)
    ax.set_yticks(np.arange(n) + 0.5, [wrapped(name, 48) for name in names])
    ax.set_xticks([])
    ax.set_xlim(0, n)
    ax.set_ylim(n, 0)
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return figure
