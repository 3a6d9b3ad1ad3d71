"""A table of settings that a model is asked about: columns by name and unit, rows without fault."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset.categories import Levels
from electrodoe.errors import IngestError
from electrodoe.ingest import RawTable, numbers
from electrodoe.ingest import names as names_of
from electrodoe.quantities import physical_range, split_unit, unit_of
from electrodoe.study import level_number, or_nearest

_MOST_LINES: Final = 10
"""Lines that one message names."""


def read_settings(table: RawTable, names: Sequence[str], levels: Levels | None = None) -> Floats:
    """Return the inputs of a model from a table whose columns stand in any order.

    Parameters
    ----------
    table : RawTable
        Other columns are not looked at.
    names : sequence of str
        The inputs, each with its unit in its name.
    levels : mapping of str to mapping of int to str, or None
        Of the inputs that are categories: the levels that the model has seen, by their numbers.

    Returns
    -------
    array of shape (n_rows, n_inputs)
        In the order of the names; a category as the number of its level.

    Raises
    ------
    IngestError
        If columns are missing or in another unit, a cell is no number, or rows are empty or hold
        what cannot be; with all those columns or lines.

    Examples
    --------
    >>> from pathlib import Path
    >>> import polars as pl
    >>> frame = pl.DataFrame({"porosity": [0.3], "loading_mg_cm2": [9.5]})
    >>> table = RawTable.as_written(Path("new.csv"), frame)
    >>> read_settings(table, ["loading_mg_cm2", "porosity"])
    array([[9.5, 0.3]])
    """
    _require_inputs(table, names)
    columns = [
        _levels(table, name, levels[name])
        if levels is not None and name in levels
        else _possible(table, name, numbers(table, name))
        for name in names
    ]
    return np.column_stack(columns)


def _levels(table: RawTable, name: str, levels: Mapping[int, str]) -> Floats:
    """Return a column of level names as numbers, or say which rows name none."""
    cells = names_of(table, name)
    is_empty = np.array([cell is None for cell in cells], dtype=np.bool_)
    _require_rows(table, name, is_empty, "empty", "name a level for every input")
    found = [level_number(cell or "", levels) for cell in cells]
    for row, number in enumerate(found):
        if number is None:
            raise IngestError(
                f"'{cells[row]}' is no level of '{name}' that was measured",
                where=table.place(row, name),
                fix=or_nearest(str(cells[row]), levels.values()),
            )
    return np.array(found, dtype=np.float64)


def _require_inputs(table: RawTable, names: Sequence[str]) -> None:
    """Raise where inputs are missing; one that is there in another unit is named first."""
    missing = [name for name in names if name not in table.frame.columns]
    for name in missing:
        stem, suffix = split_unit(name)
        for column in table.frame.columns:
            other = split_unit(column)
            if column not in names and other[0] == stem and other[1] != suffix:
                raise IngestError(
                    f"'{column}' is in {unit_of(column) or 'no unit'}, and the model knows"
                    f" {unit_of(name) or 'no unit'}",
                    where=f"{table.header_place}, column '{column}'",
                    fix=f"convert its values and call the column '{stem}{suffix and '_'}{suffix}'",
                )
    if missing:
        offered = or_nearest(missing[0], table.frame.columns)
        raise IngestError(
            f"no {'column' if len(missing) == 1 else 'columns'}"
            f" {', '.join(repr(name) for name in missing)}",
            where=table.header_place,
            fix=offered if len(missing) == 1 else "add them: the model needs every input",
        )


def _possible(table: RawTable, name: str, values: Floats) -> Floats:
    """Return a column that holds a possible number in every row, or say which rows do not."""
    lower, upper = physical_range(name)
    _require_rows(table, name, np.isnan(values), "empty", "give a number for every input")
    is_wrong = (values < lower) | (values > upper)
    possible = f"{lower:g} to {upper:g} {unit_of(name)}".strip()
    _require_rows(table, name, is_wrong, f"outside {possible}", "correct the cells, or their unit")
    return values


def _require_rows(table: RawTable, name: str, is_wrong: Booleans, fault: str, fix: str) -> None:
    """Raise where rows of a column are wrong, with their lines."""
    lines = [table.lines[row] for row in np.flatnonzero(is_wrong)]
    if lines:
        shown = ", ".join(str(line) for line in lines[:_MOST_LINES])
        more = f" and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
        raise IngestError(
            f"'{name}' is {fault} in {len(lines)} of {table.frame.height} rows",
            where=f"{table.path}, {'line' if len(lines) == 1 else 'lines'} {shown}{more}",
            fix=fix,
        )
