"""A category's cells: which level each row of a table has, and which columns hold names."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import DatasetError
from electrodoe.ingest import RawTable, names
from electrodoe.study import Study, level_number, or_level
from electrodoe.tables import is_missing, is_numeric

_FEW_LEVELS: Final = 3
"""So many are accepted of any number of configurations."""
_MOST_OF_CONFIGURATIONS: Final = 3
"""Configurations for each level at least, on average: fewer say nothing of a level but its own."""
_MOSTLY: Final = 0.5
"""Fraction of a column's cells from which text is what is meant, and no slip among numbers."""


def level_numbers(study: Study, table: RawTable, column: str) -> Floats:
    """Return the number of each row's level; an empty cell is NaN.

    Parameters
    ----------
    study : Study
        Declares the levels.
    table : RawTable
        As a reader handed it on.
    column : str
        A factor that is a category.

    Returns
    -------
    array of shape (n_rows,)
        Positions among the declared levels.

    Raises
    ------
    DatasetError
        If a cell names no level, with its row and the nearest level.
    """
    levels = study.levels[column]
    numbers = np.full(len(table.lines), np.nan)
    for row, name in enumerate(names(table, column)):
        if name is None:
            continue
        number = level_number(name, levels)
        if number is None and is_missing(name):
            continue
        if number is None:
            raise DatasetError(
                f"'{name}' is no level of '{column}'",
                where=table.place(row, column),
                fix=or_level(name, levels, column),
            )
        numbers[row] = number
    return numbers


def levels_found(
    table: RawTable, columns: Iterable[str], group: str | None = None
) -> dict[str, tuple[str, ...]]:
    """Return the levels of those columns that hold names where numbers are the rule.

    Parameters
    ----------
    table : RawTable
        As a reader handed it on.
    columns : iterable of str
        Inputs; those that are not in the table are left to others.
    group : str or None
        Column that names the configuration; without it, rows with equal inputs are one.

    Returns
    -------
    dict of str to tuple of str
        In the order of the alphabet, so that the order of rows means nothing.

    Raises
    ------
    DatasetError
        If a column has one name alone, or more than a third as many as there are configurations.
    """
    known = [column for column in columns if column in table.frame.columns]
    found = {column: names(table, column) for column in known if _holds_names(table, column)}
    if not found:
        return {}
    n_configurations = _n_configurations(table, known, group)
    return {
        column: _levels(table, column, cells, n_configurations) for column, cells in found.items()
    }


def _holds_names(table: RawTable, column: str) -> bool:
    """Return whether at least half of a column's cells are no numbers."""
    if table.frame[column].dtype.is_numeric():
        return False
    cells = [cell for cell in names(table, column) if cell is not None]
    n_text = sum(not is_numeric(cell) for cell in cells)
    return bool(cells) and n_text >= _MOSTLY * len(cells)


def _n_configurations(table: RawTable, inputs: Sequence[str], group: str | None) -> int:
    """Return how many runs a table holds, by their names or by their inputs."""
    by = [group] if group is not None and group in table.frame.columns else list(inputs)
    return table.frame.select(by).n_unique()


def _levels(
    table: RawTable, column: str, cells: Sequence[str | None], n_configurations: int
) -> tuple[str, ...]:
    """Return a column's levels, or say why it is no category."""
    levels = tuple(sorted({cell for cell in cells if cell is not None and not is_missing(cell)}))
    where = f"{table.header_place}, column '{column}'"
    if len(levels) == 1:
        raise DatasetError(
            f"'{column}' is '{levels[0]}' in every row",
            where=where,
            fix="take it out of the inputs",
        )
    if len(levels) > max(_FEW_LEVELS, n_configurations // _MOST_OF_CONFIGURATIONS):
        raise DatasetError(
            f"'{column}' holds {len(levels)} names in {n_configurations} configurations, such as"
            f" '{levels[0]}' and '{levels[1]}': too many for a category",
            where=where,
            fix="take it out of the inputs (as --group or --id, if it names runs or samples), or"
            " replace the names by a number that they stand for",
        )
    return levels
