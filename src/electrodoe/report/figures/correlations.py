"""How far the inputs of each scenario depend on one another, the paper's Figure 4."""

from dataclasses import replace
from string import ascii_uppercase

import polars as pl

from electrodoe.dataset import MAX_CORRELATION, Dependence
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.plot import (
    PT_PER_IN,
    Blocks,
    Box,
    Drawing,
    Mark,
    Panel,
    Sheet,
    Words,
    drawing_of,
    named_axis,
    panels_beside,
    sheet,
)
from electrodoe.report.plot.shapes import width_of
from electrodoe.report.style import INK, LIGHT, PAGE_WIDTH_IN, SMALL, SURFACE, wrapped

_LARGE, _SMALL = (0.62, 0.42), (0.37, 0.24)
"""Width and height of a cell in inches: of the first two scenarios, as in the paper, and others."""
_MOST_BESIDE = 6
"""Inputs of matrices that stand side by side; of more, the numbers would have no room."""
_NUMBER_PT = 20.0
"""Width of a cell in which a number has room."""
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
                f" inputs at the left. A frame marks |r| ≥ {MAX_CORRELATION:g}: that is no"
                " longer weak."
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


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the matrices two in a row: the first two large, the others small below."""
    scenarios = data.frame.partition_by("scenario", maintain_order=True)
    is_wide = int(data.frame["row"].to_numpy().max()) + 1 > _MOST_BESIDE
    in_a_row = 1 if is_wide else panels_beside(2, width_in)
    boxes: list[Box] = []
    height = 0.0
    for first in range(0, len(scenarios), in_a_row):
        size = _LARGE if first < 2 else _SMALL
        row = _row(width_in, scenarios[first : first + in_a_row], in_a_row, size)
        boxes += [replace(box, top=box.top + height) for box in row.boxes]
        height += row.height
    return drawing_of(
        replace(row, height=height),
        [_panel(cells, box, width_in) for cells, box in zip(scenarios, boxes, strict=True)],
    )


def _row(
    width_in: float, scenarios: list[pl.DataFrame], columns: int, cell_in: tuple[float, float]
) -> Sheet:
    """Return a box for each of some matrices whose cells have a size."""
    n_inputs = [int(cells["row"].to_numpy().max()) + 1 for cells in scenarios]
    across, down = cell_in
    page = sheet(
        width_in,
        columns,
        columns,
        height_in=down * max(n_inputs),
        left_in=_names_in(scenarios, width_in),
        bottom_in=0.3,
        top_in=0.35,
    )
    boxes = [
        replace(box, width=min(box.width, PT_PER_IN * across * n), height=PT_PER_IN * down * n)
        for box, n in zip(page.boxes, n_inputs, strict=False)
    ]
    return replace(page, boxes=tuple(boxes))


def _names_in(scenarios: list[pl.DataFrame], width_in: float) -> float:
    """Return the room for the inputs' names, in inches; narrower than a page what they need."""
    if width_in >= PAGE_WIDTH_IN:
        return _NAMES_IN
    names = [name for cells in scenarios for name in _names(cells, width_in)]
    widest = max(width_of(line, SMALL) for name in names for line in name.split("\n"))
    return min(_NAMES_IN, widest / PT_PER_IN + 0.1)


def _names(cells: pl.DataFrame, width_in: float) -> list[str]:
    """Return the names of a matrix' inputs in lines, each with its letter."""
    labels = cells.filter(pl.col("column") == 0).sort("row")["input_1"].to_list()
    return [
        f"{wrapped(words, 24, width_in, lines=2)}  {ascii_uppercase[index % 26]}"
        for index, words in enumerate(labels)
    ]


_NAMES_IN = 1.65
"""Room for the inputs' names in inches, at most."""


def _panel(cells: pl.DataFrame, box: Box, width_in: float) -> Panel:
    """Return one matrix, its inputs named at the left and by letters below."""
    named = _names(cells, width_in)
    n = len(named)
    letters = [ascii_uppercase[index % 26] for index in range(n)]
    middles = [index + 0.5 for index in range(n)]
    return Panel(
        box=box,
        x=named_axis(middles, letters, (0.0, float(n))),
        y=named_axis(middles, named, (float(n), 0.0)),
        marks=_cells(cells, has_numbers=box.width >= _NUMBER_PT * n),
        title=wrapped(cells["scenario"][0], 40, width_in),
    )


def _cells(cells: pl.DataFrame, *, has_numbers: bool) -> list[Mark]:
    """Return one matrix cell by cell; strong ones have a frame."""
    grounds: list[Mark] = []
    words: list[Mark] = []
    frames: list[Mark] = []
    for row, column, r in cells.select("row", "column", "r").iter_rows():
        color = _color(row, column, r)
        grounds.append(
            Blocks(
                x=column, to_x=column + 1, y=row, to_y=row + 1, color=color, edge=SURFACE, width=1.0
            )
        )
        words.append(
            Words(
                x=column + 0.5, y=row + 0.5, words=_text(r), color=INK, size=SMALL, anchor="middle"
            )
        )
        if row != column and abs(r) >= MAX_CORRELATION:
            x, y = column + 0.05, row + 0.06
            frames.append(Blocks(x=x, to_x=x + 0.9, y=y, to_y=y + 0.88, edge=INK, width=1.0))
    return [*grounds, *(words if has_numbers else ()), *frames]


def _color(row: int, column: int, r: float) -> str:
    """Return a cell's color by sign and strength; the diagonal says nothing."""
    step = 0 if row == column else sum(abs(r) >= limit for limit in _STEPS)
    sign = "plus" if r > 0 else "minus"
    return LIGHT[f"{sign}-{step}"] if step else LIGHT["zero"]


def _text(r: float) -> str:
    """Return r with two decimals and a real minus sign."""
    return f"{round(r, 2) + 0.0:.2f}".replace("-", "−")
