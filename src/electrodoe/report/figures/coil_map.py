"""A coil along its web: stretch means of every quantity, runs shaded."""

from collections.abc import Sequence

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.quantities.catalogue import quantity_of
from electrodoe.quantities.labels import label_of, label_with_unit
from electrodoe.report.figure import FigureData
from electrodoe.report.style import (
    FAINT,
    FIRST,
    GRID,
    MUTED,
    SMALL,
    few_ticks,
    legend_above,
    panels,
)

_COLUMNS = ["start_m", "end_m", "run", "accepted"]
_NARROW_SHARE = 0.035


def build(table: pl.DataFrame, quantities: Sequence[str]) -> FigureData | None:
    """Return the course of some quantities along the web.

    Parameters
    ----------
    table : polars.DataFrame
        One row per stretch, as ``read_coil`` condenses it.
    quantities : sequence of str
        Columns to show, one panel each; those that hold nothing are left out.

    Returns
    -------
    FigureData or None
        ``quantity, start_m, end_m, run, accepted, value``; None where there is nothing to show.
    """
    shown = [name for name in quantities if name in table.columns and table[name].count() > 0]
    if not shown:
        return None
    return FigureData(
        name="coil_map",
        title="The coil along its web",
        caption=(
            "Means per stretch of web, each sensor's readings shifted to the web on which they were"
            " taken. Runs are shaded; stretches that are not accepted (transitions, splices, stops,"
            " web of no run) are gray."
        ),
        kind="coil_map",
        frame=pl.concat([table.select(_label(name), *_COLUMNS, _value(name)) for name in shown]),
        labels={"x": "Web that had passed the blade (m)"},
    )


def _is_fraction(name: str) -> bool:
    """Return whether a column holds fractions, which people read in percent."""
    quantity = quantity_of(name)
    return quantity is not None and quantity.is_fraction


def _label(name: str) -> pl.Expr:
    """Return the words above a panel."""
    words = f"{label_of(name)} (%)" if _is_fraction(name) else label_with_unit(name)
    return pl.lit(words).alias("quantity")


def _value(name: str) -> pl.Expr:
    """Return a column in the unit in which it is shown."""
    factor = 100.0 if _is_fraction(name) else 1.0
    return (factor * pl.col(name).cast(pl.Float64)).alias("value")


def draw(data: FigureData) -> Figure:
    """Return a panel per quantity, one below the other, over one scale of web."""
    quantities = data.frame["quantity"].unique(maintain_order=True).to_list()
    figure, axes = panels(
        len(quantities),
        1,
        height_in=0.95,
        left_in=0.6,
        bottom_in=0.2,
        top_in=0.28,
        head_in=0.24,
        foot_in=0.2,
    )
    ends = (float(data.frame["start_m"].min() or 0.0), float(data.frame["end_m"].max() or 1.0))  # type: ignore[arg-type]
    for index, (ax, quantity) in enumerate(zip(axes, quantities, strict=True)):
        rows = data.frame.filter(pl.col("quantity") == quantity)
        _shade_runs(ax, rows, ends, with_names=index == 0)
        _draw_means(ax, rows)
        ax.set_title(quantity, pad=12.0 if index == 0 else 5.0)
        ax.set_xlim(*ends)
        ax.margins(y=0.12)
        few_ticks(ax, n_x=8, n_y=3)
        ax.grid(visible=True, axis="y")
        if quantity != quantities[-1]:
            ax.tick_params(labelbottom=False)
    axes[-1].set_xlabel(data.labels["x"])
    legend_above(figure, axes[0])
    return figure


def _draw_means(ax: Axes, rows: pl.DataFrame) -> None:
    """Draw every stretch as a level line from its start to its end."""
    for is_accepted, color, width, label in (
        (False, FAINT, 1.4, "not accepted"),
        (True, FIRST, 1.8, "mean of a stretch"),
    ):
        some = rows.filter((pl.col("accepted") == is_accepted) & pl.col("value").is_not_null())
        ax.hlines(
            some["value"], some["start_m"], some["end_m"], color=color, linewidth=width, label=label
        )


def _shade_runs(
    ax: Axes, rows: pl.DataFrame, ends: tuple[float, float], *, with_names: bool
) -> None:
    """Shade every run, and write its name above the first panel where there is room."""
    runs = rows.with_columns(piece=pl.col("run").rle_id()).filter(pl.col("run").is_not_null())
    spans = runs.group_by("piece", maintain_order=True).agg(
        pl.col("run").first(), pl.col("start_m").min(), pl.col("end_m").max()
    )
    for run, start_m, end_m in spans.select("run", "start_m", "end_m").rows():
        ax.axvspan(start_m, end_m, color=GRID, alpha=0.55, linewidth=0)
        ax.axvline(start_m, color=MUTED, linewidth=0.5)
        ax.axvline(end_m, color=MUTED, linewidth=0.5)
        if with_names and end_m - start_m >= _NARROW_SHARE * (ends[1] - ends[0]):
            ax.annotate(
                run,
                (0.5 * (start_m + end_m), 1.0),
                (0, 2),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                ha="center",
                fontsize=SMALL,
                color=MUTED,
                annotation_clip=False,
            )
