"""How far a plan keeps the terms of its model apart."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from electrodoe.design.assessment.evaluation import PlanEvaluation
from electrodoe.report.figure import FigureData
from electrodoe.report.plot import (
    Blocks,
    Drawing,
    Mark,
    Panel,
    Words,
    drawing_of,
    named_axis,
    sheet,
)
from electrodoe.report.style import INK, LIGHT, PAGE_WIDTH_IN, SMALL, SURFACE, wrapped

_STEPS = (0.1, 0.3, 0.6)
"""Of |r|, at which the color changes: chosen; 0.3 is the limit of weak (`MAX_CORRELATION`)."""
_MOST_WITH_TEXT = 12
"""Terms up to which a number fits into its field."""


def build(evaluation: PlanEvaluation, words: dict[str, str]) -> FigureData | None:
    """Return the correlation of every two terms, or None for a single one."""
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


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the matrix, with numbers where they can be read."""
    names = data.frame["term"].unique(maintain_order=True).to_list()
    n = len(names)
    r = data.frame["r"].to_numpy().reshape(n, n)
    page = sheet(
        width_in, 1, 1, height_in=max(1.2, 0.26 * n), left_in=2.6, bottom_in=0.2, top_in=0.1
    )
    middles = [index + 0.5 for index in range(n)]
    panel = Panel(
        box=page.boxes[0],
        x=named_axis((), (), (0.0, float(n))),
        y=named_axis(middles, [wrapped(name, 48, width_in) for name in names], (float(n), 0.0)),
        marks=[
            mark
            for row, column in np.ndindex(n, n)
            for mark in _cell(row, column, float(r[row, column]), n)
        ],
    )
    return drawing_of(page, [panel])


def _cell(row: int, column: int, r: float, n: int) -> Iterator[Mark]:
    """Yield one cell's color and, where it can be read, its number."""
    step = 0 if row == column else sum(abs(r) >= limit for limit in _STEPS)
    sign = "plus" if r > 0 else "minus"
    color = LIGHT[f"{sign}-{step}"] if step else LIGHT["zero"]
    yield Blocks(
        x=column, to_x=column + 1, y=row, to_y=row + 1, color=color, edge=SURFACE, width=1.0
    )
    if n <= _MOST_WITH_TEXT:
        text = f"{round(r, 2) + 0.0:.2f}".replace("-", "−")
        yield Words(x=column + 0.5, y=row + 0.5, words=text, color=INK, size=SMALL, anchor="middle")
