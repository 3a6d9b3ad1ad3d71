"""Existing runs, as they stand in a person's table."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.design.region.region import DesignRegion
from electrodoe.errors import DesignError
from electrodoe.findings import Finding
from electrodoe.study import level_number, or_nearest
from electrodoe.tables import DecimalMark, numbers_of


@dataclass(frozen=True, kw_only=True)
class ExistingRuns:
    """Existing runs.

    Attributes
    ----------
    design : array of shape (n_existing, n_factors)
        Coded settings.
    groups : array of shape (n_existing,), int, or None
        Whole plots or blocks, numbered from 0.
    findings : tuple of Finding
        What was taken as what in their table.
    """

    design: Floats
    groups: Integers | None = None
    findings: tuple[Finding, ...] = ()


def coded_settings(
    region: DesignRegion, frame: pl.DataFrame, source: str, decimal: DecimalMark = "."
) -> Floats:
    """Return a table of settings in coded units.

    Parameters
    ----------
    region : DesignRegion
        The factors; each must be a column.
    frame : polars.DataFrame
        One row per run, in the factors' own units; text cells are read as numbers.
    source : str
        The table, for messages.
    decimal : {".", ","}
        Decimal mark of text cells.

    Returns
    -------
    array of shape (n_runs, n_factors)
        Coded settings; they may lie outside the region.

    Raises
    ------
    DesignError
        If a factor has no column, or a cell is empty or no category of its factor.
    IngestError
        If a cell is no number, see :func:`electrodoe.tables.number_of`.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.region.region import region_of
    >>> region = region_of([FactorAxis(name="porosity", low=0.25, high=0.45)])
    >>> coded_settings(region, pl.DataFrame({"porosity": [0.25, 0.4]}), "here").round(9)
    array([[-1. ],
           [ 0.5]])
    """
    for name in region.names:
        if name not in frame.columns:
            raise DesignError(
                f"no column is called '{name}'",
                where=source,
                fix=or_nearest(name, frame.columns) if frame.columns else "give a table of runs",
            )
    if not frame.height:
        raise DesignError("the table has no runs", where=source, fix="give one row per run")
    columns = []
    for axis in region.axes:
        cells = frame[axis.name].cast(pl.String).str.strip_chars().to_list()
        if axis.is_categorical:
            columns.append(
                [
                    _category(cell, axis.categories, axis.name, row, source)
                    for row, cell in enumerate(cells, start=1)
                ]
            )
        else:
            numbers = _settings(frame[axis.name], axis.name, source, decimal)
            columns.append(axis.coded(numbers).tolist())
    return np.array(columns, dtype=np.float64).T


def _settings(cells: pl.Series, name: str, source: str, decimal: DecimalMark) -> Floats:
    """Return a column as numbers, none of them missing."""

    def place(row: int) -> str:
        return f"{source}, run {row + 1}, column '{name}'"

    numbers = numbers_of(cells.to_list(), place, decimal, name)
    if np.isnan(numbers).any():
        raise DesignError(
            "an empty cell where a number is meant",
            where=place(int(np.isnan(numbers).argmax())),
            fix="give the setting of every run as a number",
        )
    return numbers


def _category(
    cell: str | None, categories: tuple[str, ...], name: str, row: int, source: str
) -> float:
    """Return the position of a category."""
    number = None if cell is None else level_number(cell, dict(enumerate(categories)))
    if number is None:
        raise DesignError(
            f"{'an empty cell' if not cell else repr(cell)} is no category of '{name}'",
            where=f"{source}, run {row}, column '{name}'",
            fix=or_nearest(cell or "", categories),
        )
    return float(number)


def groups_of(frame: pl.DataFrame, column: str, source: str) -> Integers:
    """Return the whole plot or block of each run, numbered from 0 in the order of appearance.

    Raises
    ------
    DesignError
        If the column is missing or has an empty cell.

    Examples
    --------
    >>> groups_of(pl.DataFrame({"whole_plot": [7, 7, 3]}), "whole_plot", "here")
    array([0, 0, 1])
    """
    if column not in frame.columns or frame[column].null_count():
        raise DesignError(
            f"the column '{column}' does not say which runs belong together",
            where=source,
            fix=f"add the column '{column}' with a number for each group of runs",
        )
    cells = frame[column].cast(pl.String).to_list()
    numbers = {cell: number for number, cell in enumerate(dict.fromkeys(cells))}
    return np.array([numbers[cell] for cell in cells], dtype=np.int64)
