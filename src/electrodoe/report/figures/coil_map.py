"""A coil along its web: web-segment means of every quantity, runs shaded."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from electrodoe.quantities import is_fraction, label_of, label_with_unit
from electrodoe.report.figure import FigureData
from electrodoe.report.plot import (
    Blocks,
    Drawing,
    Mark,
    Panel,
    Segments,
    Words,
    across,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.style import FAINT, FIRST, GRID, MUTED, PAGE_WIDTH_IN, SMALL

_COLUMNS = ["start_m", "end_m", "run", "accepted"]
_NARROW_FRACTION = 0.035
"""Of the axis: a shorter run has no room for its name; chosen."""


def build(table: pl.DataFrame, quantities: Sequence[str]) -> FigureData | None:
    """Return the course of some quantities along the web.

    ``quantity, start_m, end_m, run, accepted, value``; None where there is nothing to show.
    """
    shown = [name for name in quantities if name in table.columns and table[name].count() > 0]
    if not shown:
        return None
    return FigureData(
        name="coil_map",
        title="The coil along its web",
        caption=(
            "Means per web segment, each sensor's readings shifted to the web on which they were"
            " taken. Runs are shaded; segments that are not accepted (transitions, splices, stops,"
            " web of no run) are gray."
        ),
        kind="coil_map",
        frame=pl.concat([table.select(_label(name), *_COLUMNS, _value(name)) for name in shown]),
        labels={"x": "Web that had passed the blade (m)"},
    )


def _label(name: str) -> pl.Expr:
    """Return the words above a panel."""
    words = f"{label_of(name)} (%)" if is_fraction(name) else label_with_unit(name)
    return pl.lit(words).alias("quantity")


def _value(name: str) -> pl.Expr:
    """Return a column in the unit in which it is shown."""
    factor = 100.0 if is_fraction(name) else 1.0
    return (factor * pl.col(name).cast(pl.Float64)).alias("value")


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per quantity, one below the other, over one scale of web."""
    quantities = data.frame.partition_by("quantity", maintain_order=True)
    page = sheet(
        width_in,
        len(quantities),
        1,
        height_in=0.95,
        left_in=0.6,
        bottom_in=0.2,
        top_in=0.28,
        head_in=0.24,
        foot_in=0.2,
    )
    ends = limits(data.frame["start_m"], data.frame["end_m"], room=0.0)
    web = round_axis(ends, 8, label=data.labels["x"])
    panels = [
        Panel(
            box=box,
            x=web if index + 1 == len(quantities) else replace(web, words=(), label=""),
            y=round_axis(limits(rows["value"], room=0.12), 3, has_grid=True),
            marks=[*_runs(rows, ends, with_names=index == 0), *_means(rows)],
            title=rows["quantity"][0],
            title_gap=12.0 if index == 0 else 5.0,
        )
        for index, (rows, box) in enumerate(zip(quantities, page.boxes, strict=True))
    ]
    return drawing_of(page, panels, legend=panels[0].marks)


def _means(rows: pl.DataFrame) -> Iterator[Segments]:
    """Yield every segment as a level line from its start to its end."""
    for is_accepted, color, width, label in (
        (False, FAINT, 1.4, "not accepted"),
        (True, FIRST, 1.8, "mean of a segment"),
    ):
        some = rows.filter((pl.col("accepted") == is_accepted) & pl.col("value").is_not_null())
        y = some["value"]
        yield Segments(
            x=some["start_m"], to_x=some["end_m"], y=y, to_y=y,
            color=color, width=width, label=label,
        )  # fmt: skip


def _runs(rows: pl.DataFrame, ends: tuple[float, float], *, with_names: bool) -> Iterator[Mark]:
    """Yield every run's shade, and its name above the first panel where there is room."""
    runs = rows.with_columns(piece=pl.col("run").rle_id()).filter(pl.col("run").is_not_null())
    spans = runs.group_by("piece", maintain_order=True).agg(
        pl.col("run").first(), pl.col("start_m").min(), pl.col("end_m").max()
    )
    top = float("inf")
    for run, start_m, end_m in spans.select("run", "start_m", "end_m").rows():
        yield Blocks(x=start_m, to_x=end_m, y=-top, to_y=top, color=GRID, opacity=0.55)
        yield across(x=[start_m, end_m], color=MUTED, width=0.5)
        if with_names and end_m - start_m >= _NARROW_FRACTION * (ends[1] - ends[0]):
            yield Words(
                x=0.5 * (start_m + end_m), y=top, words=run, color=MUTED, size=SMALL,
                anchor="middle", shift=(0.0, 2.0), is_on_line=True,
            )  # fmt: skip
