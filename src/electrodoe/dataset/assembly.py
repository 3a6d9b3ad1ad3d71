"""From a raw table and a declaration to a dataset."""

import re
from collections.abc import Sequence

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset.categories import input_columns
from electrodoe.dataset.dataset import (
    AFTER,
    CONFIGURATION,
    FROM_RUN,
    LINE,
    SAMPLE,
    WHOLE_PLOT,
    Dataset,
)
from electrodoe.dataset.grouping import Grouping, clumps_by_level, complete_rows, group_column
from electrodoe.dataset.level_cells import level_numbers
from electrodoe.dataset.outcomes import counts, outcomes, with_events
from electrodoe.dataset.transforms import declared_transform
from electrodoe.dataset.whole_plots import unused_groups, whole_plots, with_planned_blocks
from electrodoe.errors import DatasetError
from electrodoe.findings import KINDS, kind_of_flag
from electrodoe.ingest import (
    RawTable,
    declared_table,
    filled_names,
    names,
    numbers,
    require_columns,
    wanted_columns,
)
from electrodoe.quantities import quantity_of, split_unit
from electrodoe.study import SetAside, Study, or_nearest


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
    return assemble_declared(study, declared_table(table, wanted_columns(study)))


def assemble_declared(study: Study, table: RawTable) -> Dataset:
    """Return the same of a table whose columns have their declared names and units already."""
    _require_responses(study)
    study = with_planned_blocks(study, table)
    require_columns(table, study.columns)
    _require_free_names(study, table)
    study = with_events(study, table)
    values = {
        name: level_numbers(study, table, name)
        if name in study.levels
        else _response(study, table, name)
        if name in study.responses
        else _values(study, table, name)
        for name in study.factors | study.responses
    }
    configurations, grouping = _configurations(study, table, values)
    for name in study.levels:
        _require_one_level(study, table, name, values[name], configurations)
    columns: dict[str, pl.Series] = {
        LINE: pl.Series(table.lines, dtype=pl.Int64),
        SAMPLE: pl.Series(_sample_names(study, table), dtype=pl.String),
        CONFIGURATION: pl.Series(configurations, dtype=pl.String),
    }
    for column in study.measurements.context:
        columns[column] = pl.Series(names(table, column), dtype=pl.String)
    for name, column_values in values.items():
        columns[name] = pl.Series(column_values, dtype=pl.Float64).fill_nan(None)
    plots = whole_plots(study, table, values, configurations)
    if plots is not None:
        columns[WHOLE_PLOT] = pl.Series(plots.names, dtype=pl.String)
    frame = _sorted_by_content(pl.DataFrame(columns), tuple(values))
    return Dataset(
        study=study,
        frame=frame,
        set_aside=_set_aside(study, frame, study.set_aside),
        flagged=_flagged(study, frame),
        taken_after=_taken_after(study, table, values),
        grouping=grouping,
        whole_plots_found=plots,
        groups_asked_about=unused_groups(study, table, plots),
        from_run=_from_run(study, table, frame[LINE].to_list()),
    )


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


def _response(study: Study, table: RawTable, column: str) -> Floats:
    """Return a response as numbers: outcomes as 0 and 1, counts as whole numbers."""
    match study.kind_of(column):
        case "binary":
            return outcomes(study, table, column)
        case "count":
            return counts(table, column)
        case _:
            return _values(study, table, column)


def _values(study: Study, table: RawTable, column: str) -> Floats:
    """Return a factor or response as numbers that its quantity can have."""
    values = numbers(table, column)
    if np.all(np.isnan(values)):
        if study.protocols and column not in study.responses:
            return values  # no run has a value of it yet; who needs one is refused by name
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


def _require_one_level(
    study: Study, table: RawTable, column: str, values: Floats, configurations: list[str]
) -> None:
    """Raise where samples of one configuration have two levels of a category."""
    first: dict[str, int] = {}
    for row, configuration in enumerate(configurations):
        if np.isnan(values[row]):
            continue
        before = first.setdefault(configuration, row)
        if values[before] != values[row]:
            levels = study.levels[column]
            raise DatasetError(
                f"'{levels[int(values[row])]}' in '{configuration}', which has"
                f" '{levels[int(values[before])]}' in line {table.lines[before]}",
                where=table.place(row, column),
                fix="correct the cell, or name the column that says which samples are of one run"
                " as group in [measurements]",
            )


def _configurations(
    study: Study, table: RawTable, values: dict[str, Floats]
) -> tuple[list[str], Grouping]:
    """Return each row's configuration, and how it was found where the study names no group."""
    group = study.measurements.group
    if group is not None:
        return _named_groups(table, group), Grouping(source="declared", column=group)
    set_or_all = [name for name in study.factors if not study.is_measured_only(name)]
    set_or_all = set_or_all or list(study.factors)
    inputs = np.column_stack([values[name] for name in set_or_all]) + 0.0  # no -0
    levels = [" | ".join(_level_texts(study, set_or_all, row)) for row in inputs]
    columns = input_columns(set_or_all, study.levels)
    column = group_column(_undeclared(study, table), columns.indicators(inputs), levels)
    if column is not None:
        return _named_groups(table, column), Grouping(source="column", column=column)
    complete = complete_rows(inputs)
    numbers_of_clumps = (
        clumps_by_level(inputs[complete], columns.is_category) if complete.any() else None
    )
    if numbers_of_clumps is None:
        return levels, Grouping(source="levels")
    for row, clump in zip(np.flatnonzero(complete), numbers_of_clumps, strict=True):
        levels[row] = f"clump {clump + 1}"
    return levels, Grouping(source="clumps")


def _level_texts(study: Study, factors: list[str], row: Floats) -> list[str]:
    """Return a row's settings as text, a category by its name."""
    return [
        study.levels[name].get(int(np.nan_to_num(level, nan=-1.0)), "nan")
        if name in study.levels
        else f"{level:.10g}"
        for name, level in zip(factors, row, strict=True)
    ]


def _undeclared(study: Study, table: RawTable) -> dict[str, list[str | None]]:
    """Return the columns of a table that the study does not name, as names."""
    return {
        column: names(table, column)
        for column in table.frame.columns
        if column not in study.columns
    }


def _named_groups(table: RawTable, group: str) -> list[str]:
    """Return the run that each row is of, by a column of names."""
    fix = "write the name of the run that the sample comes from"
    return filled_names(table, group, "a configuration", fix)


def _taken_after(study: Study, table: RawTable, values: dict[str, Floats]) -> dict[str, str]:
    """Return the process step after which each response's samples were taken, where known."""
    declared = {name: each.after for name, each in study.responses.items()}
    if study.protocols and AFTER in table.frame.columns:
        steps = names(table, AFTER)
        for name in study.responses:
            own = {steps[row] for row in np.flatnonzero(~np.isnan(values[name]))}
            declared[name] = own.pop() if len(own) == 1 else declared[name]
    return {name: step for name, step in declared.items() if step is not None}


def _from_run(study: Study, table: RawTable, lines: list[int]) -> dict[str, Booleans]:
    """Return which samples, in the order of some lines, have a response from their run alone."""
    if not study.protocols or FROM_RUN not in table.frame.columns:
        return {}
    named = zip(table.lines, names(table, FROM_RUN), strict=True)
    lent = {line: (name or "").split("; ") for line, name in named}
    return {
        response: np.array([response in lent[line] for line in lines], dtype=np.bool_)
        for response in study.intermediates
    }


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


def _flagged(study: Study, frame: pl.DataFrame) -> dict[str, Booleans]:
    """Return, for each response, which samples an outlier rule takes and nothing else does.

    A value that its scale or its range forbids is no good one.
    """
    rule = [entry for entry in study.set_aside if is_by_rule(study, entry)]
    if not rule:
        return {}
    others = [entry for entry in study.set_aside if entry not in rule]
    by_rule, by_others = (_set_aside(study, frame, entries) for entries in (rule, others))
    return {
        name: by_rule[name] & ~by_others[name] & _is_possible(study, frame, name)
        for name in study.responses
    }


def is_by_rule(study: Study, entry: SetAside) -> bool:
    """Return whether the study's outlier rule has set samples aside, not a person."""
    return study.outliers.set_aside and kind_of_flag(entry.reason) is KINDS["D720"]


def _is_possible(study: Study, frame: pl.DataFrame, name: str) -> Booleans:
    """Return which values of a response are there, within its range and on its scale."""
    values, declared = frame[name].fill_null(np.nan).to_numpy(), study.responses[name]
    low, high = declared.range or (-np.inf, np.inf)
    transform = declared_transform(declared.transform, name, declared.unit)
    is_possible = (values >= low) & (values <= high)
    return is_possible if transform is None else is_possible & transform.is_possible(values)


def _set_aside(
    study: Study, frame: pl.DataFrame, entries: Sequence[SetAside]
) -> dict[str, Booleans]:
    """Return, for each response, which samples some entries leave out."""
    rows: dict[str, int] = {}
    for row, name in enumerate(frame[SAMPLE].to_list()):
        rows.setdefault(name, row)
    masks = {response: np.zeros(frame.height, dtype=np.bool_) for response in study.responses}
    for entry in entries:
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
