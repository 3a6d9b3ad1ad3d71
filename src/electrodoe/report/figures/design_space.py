"""Where the runs of a plan lie among all possible settings (Figure 1 of the paper)."""

from collections.abc import Iterator
from itertools import combinations

import polars as pl

from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.report.cube import cube
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.plot import (
    Box,
    Dots,
    Drawing,
    Mark,
    Panel,
    Words,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.style import FIRST, INK, PAGE_WIDTH_IN, SECOND, SMALL
from electrodoe.study import Study

_MOST_PAIRS = 15
_ROOM = 0.14
"""Share of a range beside the outermost runs, for their counts."""


def build(study: Study, plan: RunPlan, misplaced: frozenset[int] = frozenset()) -> FigureData:
    """Return the distinct settings of a plan with the number of runs at each."""
    is_misplaced = pl.col(RUN).is_in(list(misplaced)).any().alias("is_misplaced")
    counted = plan.frame.group_by(plan.factors, maintain_order=True).agg(
        pl.len().alias("n_runs"), is_misplaced
    )
    columns = {}
    for index, name in enumerate(plan.factors):
        values = counted[name]
        if values.dtype == pl.String:
            columns[f"x{index}"] = values.rank("dense").cast(pl.Float64)
        else:
            columns[f"x{index}"] = values * shown(study, name).factor
    labels = {f"x{index}": shown(study, name).axis for index, name in enumerate(plan.factors)}
    is_spatial = len(plan.factors) == 3
    view = (
        "Lines drop each run to the floor."
        if is_spatial
        else "Each panel shows two factors; a point may hide runs that differ in the others."
    )
    marked = "Orange ones are not allowed by the study. " if misplaced else ""
    return FigureData(
        name="design_space",
        title="Design space",
        caption=(
            f"{plan.n_runs} runs at {counted.height} distinct settings; a number beside a point"
            f" counts the runs there where they are more than one. {marked}{view}"
        ),
        kind="design_space",
        frame=pl.DataFrame(columns).hstack(counted.select("n_runs", "is_misplaced")),
        labels=labels,
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the cube for three factors, pairs of factors otherwise."""
    names = list(data.labels)
    if len(names) == 3:
        return cube(data, width_in)
    pairs = list(combinations(names, 2))[:_MOST_PAIRS] or [(names[0], names[0])]
    page = sheet(width_in, len(pairs), 3, height_in=1.7, left_in=0.6, bottom_in=0.5, top_in=0.15)
    return drawing_of(
        page,
        [_pair(data, *pair, box) for pair, box in zip(pairs, page.boxes, strict=True)],
    )


def _pair(data: FigureData, first: str, second: str, box: Box) -> Panel:
    """Return the runs over two factors, with counts."""
    keys = list(dict.fromkeys((first, second)))
    met = data.frame.group_by(keys, maintain_order=True).agg(
        pl.col("n_runs").sum(), pl.col("is_misplaced").any()
    )
    counts = met.select(pl.col(first).alias("x"), pl.col(second).alias("y"), "n_runs")
    marks: list[Mark] = [
        Dots(x=rows[first], y=rows[second], color=color, size=4.5) for color, rows in _by_color(met)
    ]
    for x, y, count in counts.unique().sort("x", "y").iter_rows():
        if count > 1:
            marks.append(
                Words(
                    x=x, y=y, words=str(count), color=INK, size=SMALL, shift=(4, 3), is_on_line=True
                )
            )
    return Panel(
        box=box,
        x=round_axis(limits(met[first], room=_ROOM), label=data.labels[first], has_grid=True),
        y=round_axis(limits(met[second], room=_ROOM), label=data.labels[second], has_grid=True),
        marks=marks,
    )


def _by_color(rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the settings that the study allows and those that it does not, with their colors."""
    for color, is_misplaced in ((FIRST, False), (SECOND, True)):
        own = rows.filter(is_misplaced=is_misplaced)
        if own.height:
            yield color, own
