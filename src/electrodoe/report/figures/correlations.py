"""How far the inputs of each scenario depend on one another, the paper's Figure 4."""

from string import ascii_uppercase

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from electrodoe.dataset import MAX_CORRELATION, Dependence
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.style import INK, LIGHT, SMALL, SURFACE, panels, wrapped

_STEPS = (0.1, MAX_CORRELATION, 0.7)
"""From here on a cell takes the next stronger color."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure with a matrix per scenario of two inputs or more."""
    frames = [
        _matrix(content, scenario, found)
        for scenario, found in content.dependences.items()
        if len(found.input_names) > 1
    ]
    if not frames:
        return []
    return [
        FigureData(
            name="correlations",
            title="Correlation of the inputs",
            caption=(
                "Pearson's r between the inputs of each scenario; the letters below stand for the"
                f" inputs at the left. A frame marks |r| ≥ {MAX_CORRELATION:g}: such inputs cannot"
                " be told apart."
            ),
            kind="correlations",
            frame=pl.concat(frames),
        )
    ]


def _matrix(content: ReportContent, scenario: str, found: Dependence) -> pl.DataFrame:
    """Return one row per cell of a scenario's matrix."""
    labels = [shown(content.study, name).label for name in found.input_names]
    cells = [
        {
            "scenario": scenario,
            "row": row,
            "column": column,
            "input_1": labels[row],
            "input_2": labels[column],
            "r": float(found.correlation[row, column]),
        }
        for row in range(len(labels))
        for column in range(len(labels))
    ]
    return pl.DataFrame(cells)


def draw(data: FigureData) -> Figure:
    """Return the matrices side by side, two in a row."""
    scenarios = data.frame["scenario"].unique(maintain_order=True).to_list()
    n_largest = int(data.frame["row"].to_numpy().max()) + 1
    height_in = 0.3 * max(4, n_largest)
    figure, axes = panels(
        len(scenarios), 2, height_in=height_in, left_in=1.65, bottom_in=0.3, top_in=0.35
    )
    for ax, scenario in zip(axes, scenarios, strict=True):
        _draw_matrix(ax, data.frame.filter(pl.col("scenario") == scenario))
        ax.set_title(wrapped(scenario, 40))
    return figure


def _draw_matrix(ax: Axes, cells: pl.DataFrame) -> None:
    """Draw one matrix cell by cell."""
    n_inputs = int(cells["row"].to_numpy().max()) + 1
    framed = []
    for row, column, r in cells.select("row", "column", "r").iter_rows():
        is_strong = row != column and abs(r) >= MAX_CORRELATION
        ax.add_patch(
            Rectangle(
                (column, row),
                1,
                1,
                facecolor=_color(row, column, r),
                edgecolor=SURFACE,
                linewidth=1.0,
            )
        )
        if is_strong:
            framed.append((column, row))
        ax.text(
            column + 0.5, row + 0.5, _text(r), ha="center", va="center_baseline", fontsize=SMALL
        )
    for column, row in framed:
        ax.add_patch(
            Rectangle(
                (column + 0.05, row + 0.06), 0.9, 0.88, fill=False, edgecolor=INK, linewidth=1.0
            )
        )
    labels = cells.filter(pl.col("column") == 0).sort("row")["input_1"].to_list()
    letters = [ascii_uppercase[index % 26] for index in range(n_inputs)]
    named = [f"{wrapped(words, 24)}  {letter}" for words, letter in zip(labels, letters)]  # noqa: B905 - equal by construction
    ax.set_yticks([index + 0.5 for index in range(n_inputs)], named)
    ax.set_xticks([index + 0.5 for index in range(n_inputs)], letters)
    ax.set_xlim(0, n_inputs)
    ax.set_ylim(n_inputs, 0)
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)


def _color(row: int, column: int, r: float) -> str:
    """Return a cell's color by sign and strength; the diagonal says nothing."""
    step = 0 if row == column else sum(abs(r) >= limit for limit in _STEPS)
    sign = "plus" if r > 0 else "minus"
    return LIGHT[f"{sign}-{step}"] if step else LIGHT["zero"]


def _text(r: float) -> str:
    """Return r with two decimals and a real minus sign."""
    return f"{round(r, 2) + 0.0:.2f}".replace("-", "−")
