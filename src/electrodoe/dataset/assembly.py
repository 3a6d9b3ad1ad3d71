"""From a raw table and a declaration to a dataset."""

import re

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset.dataset import CONFIGURATION, LINE, SAMPLE, Dataset
from electrodoe.errors import DatasetError
from electrodoe.ingest import (
    RawTable,
    declared_table,
    names,
    numbers,
    require_columns,
    wanted_columns,
)
from electrodoe.quantities import quantity_of, split_unit
from electrodoe.study import Study, or_nearest


def assemble(study: Study, table: RawTable) -> Dataset:
    """Return the samples of a study, checked cell by cell and sorted by content.

    Parameters
    ----------
    study : Study
        The declaration.
    table : RawTable
        As a reader handed it on.

    Returns
    -------
    Dataset
        Every row of the table, none dropped.

    Raises
    ------
    IngestError
        If a declared column is missing or holds text where a number is meant.
    DatasetError
        If no response is declared, a row has no configuration, a row's name stands twice, a
        fraction is written in percent, a row to set aside does not exist, or a column is called
        like the dataset's own.
    """
    _require_responses(study)
    table = declared_table(table, wanted_columns(study))
    require_columns(table, study.columns)
    _require_free_names(study, table)
    values = {name: _values(table, name) for name in (*study.factors, *study.responses)}
    configurations = _configurations(study, table, values)
    columns: dict[str, pl.Series] = {
        LINE: pl.Series(table.lines, dtype=pl.Int64),
        SAMPLE: pl.Series(_sample_names(study, table), dtype=pl.String),
        CONFIGURATION: pl.Series(configurations, dtype=pl.String),
    }
    for column in study.measurements.context:
        columns[column] = pl.Series(names(table, column), dtype=pl.String)
    for name, column_values in values.items():
        columns[name] = pl.Series(column_values, dtype=pl.Float64).fill_nan(None)
    frame = _sorted_by_content(pl.DataFrame(columns), tuple(values))
    return Dataset(study=study, frame=frame, set_aside=_set_aside(study, frame))


def _require_responses(study: Study) -> None:
    """Raise where nothing is to be predicted, as in a study that is still being planned."""
    if not study.responses:
        raise DatasetError(
            "no response is declared",
            where="study.toml",
            fix="add [responses.NAME], with NAME the column that was measured",
        )


def _require_free_names(study: Study, table: RawTable) -> None:
    """Raise where a column is called like one of the dataset's own."""
    for column in (*study.measurements.context, *study.factors, *study.responses):
        if column in (LINE, SAMPLE, CONFIGURATION):
            raise DatasetError(
                f"'{column}' is a column of every result",
                where=f"{table.header_place}, column '{column}'",
                fix=f"call it otherwise: '{column}_name'",
            )


def _values(table: RawTable, column: str) -> Floats:
    """Return a factor or response as numbers that its quantity can have."""
    values = numbers(table, column)
    if np.all(np.isnan(values)):
        raise DatasetError(
            "the column is empty",
            where=f"{table.path}, column '{column}'",
            fix="fill it in, or take it out of the study",
        )
    quantity = quantity_of(column)
    if quantity is not None and quantity.is_fraction:
        row = int(np.nanargmax(np.abs(values)))
        if split_unit(column)[1] == "pct" and 0.0 < values[row] <= 1.0:
            raise DatasetError(
                f"at most {values[row]:g} where percent are meant: a fraction?",
                where=table.place(row, column),
                fix=f"multiply the column by 100, or call it '{split_unit(column)[0]}'",
            )
    return values


def _configurations(study: Study, table: RawTable, values: dict[str, Floats]) -> list[str]:
    """Return each row's configuration: its group's name, or its distinct factor levels."""
    group = study.measurements.group
    if group is None:
        levels = np.column_stack([values[name] for name in study.factors])
        return [" | ".join(f"{level:.10g}" for level in row + 0.0) for row in levels]  # no -0
    found = names(table, group)
    for row, name in enumerate(found):
        if name is None:
            raise DatasetError(
                "a row without a configuration",
                where=table.place(row, group),
                fix="write the name of the run that the sample comes from",
            )
    return [name for name in found if name is not None]


def _sample_names(study: Study, table: RawTable) -> list[str]:
    """Return each row's name, or its line where the study declares none."""
    column = study.measurements.id
    if column is None:
        return [str(line) for line in table.lines]
    found = [name or f"line {table.lines[row]}" for row, name in enumerate(names(table, column))]
    seen: dict[str, int] = {}
    for row, name in enumerate(found):
        if name in seen:
            raise DatasetError(
                f"'{name}' names two rows, the first in line {table.lines[seen[name]]}",
                where=table.place(row, column),
                fix="give every sample its own name, or take 'id' out of [measurements]",
            )
        seen[name] = row
    return found


def _sorted_by_content(frame: pl.DataFrame, values: tuple[str, ...]) -> pl.DataFrame:
    """Return the rows in an order that follows from what they hold, not from the file's."""
    order = pl.Series([_natural(name) for name in frame[CONFIGURATION].to_list()])
    sorting = frame.with_columns(order.alias("_order"))
    keys = ["_order", CONFIGURATION, *values, SAMPLE, LINE]
    return sorting.sort(keys, nulls_last=True).drop("_order")


def _natural(name: str) -> str:
    """Return a name that sorts run 2 before run 10."""
    return re.sub(r"\d+", lambda match: match[0].zfill(12), name)


def _set_aside(study: Study, frame: pl.DataFrame) -> dict[str, Booleans]:
    """Return, for each response, which samples the study leaves out."""
    rows: dict[str, int] = {}
    for row, name in enumerate(frame[SAMPLE].to_list()):
        rows.setdefault(name, row)
    masks = {response: np.zeros(frame.height, dtype=np.bool_) for response in study.responses}
    for entry in study.set_aside:
        for name in entry.rows:
            if name not in rows:
                raise DatasetError(
                    f"no row '{name}' to set aside",
                    where="study.toml, set_aside",
                    fix=or_nearest(name, rows),
                )
            for response in entry.responses or study.responses:
                masks[response][rows[name]] = True
    return masks
