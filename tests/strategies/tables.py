"""Hypothesis strategies for tables of numbers, and the three formats they are written in."""

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
import xlsxwriter
from hypothesis import strategies as st

NUMBERS = st.floats(-1e12, 1e12, allow_subnormal=False).map(
    lambda number: float(f"{number:.15g}") + 0.0
)
"""Fifteen digits, the most that a spreadsheet keeps; zero has no sign."""

Rows = list[list[float | str | None]]


@st.composite
def number_tables(draw: st.DrawFn, n_columns: int = 3) -> list[list[float | None]]:
    """Return rows of numbers with some empty cells, none of them empty altogether."""
    row = st.lists(NUMBERS | st.none(), min_size=n_columns, max_size=n_columns).filter(
        lambda cells: any(cell is not None for cell in cells)
    )
    return draw(st.lists(row, min_size=1, max_size=12))


def write_csv(path: Path, header: list[str], rows: Rows) -> None:
    """Write a text table; an empty cell is empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def write_xlsx(path: Path, header: list[str], rows: Rows) -> None:
    """Write a workbook of one sheet."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])


def write_parquet(path: Path, header: list[str], rows: Rows) -> None:
    """Write a Parquet file."""
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    pl.DataFrame({name: list(cells) for name, cells in columns.items()}).write_parquet(path)


WRITERS: dict[str, Callable[[Path, list[str], Rows], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
}
