"""Which rows were made between two resets of the hard-to-change factors: their whole plot."""

import re
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset.run_numbers import numbers_in
from electrodoe.ingest import RawTable, filled_names, names
from electrodoe.study import Study

_WHOLE_PLOT: Final = re.compile(
    r"(whole[\s_-]*plots?|wp|hauptparzellen?|großteilstücke?)", re.IGNORECASE
)
"""How design software and textbooks head the column: JMP, Minitab, Design-Expert, German books."""
_BLOCK: Final = re.compile(r"(blocks?|blk|blöcke)", re.IGNORECASE)
_SAME_SETTING: Final = 0.02
"""Of a factor's range, where no tolerance is declared: a controller's scatter is no reset."""

Source = Literal["declared", "column", "plan", "order"]


@dataclass(frozen=True, kw_only=True)
class WholePlots:
    """The whole plots of a table, and how they were found.

    Attributes
    ----------
    names : list of str
        Whole plot of each row, in the order of the table.
    source : {"declared", "column", "plan", "order"}
        The study's ``whole_plot``; a column that says so beside factors that are hard to change;
        the sizes that ``[plan]`` gives, in the order of the rows; settings that change from row to
        row.
    column : str or None
        The column, where it is one.
    """

    names: list[str]
    source: Source
    column: str | None = None


def whole_plots(
    study: Study, table: RawTable, values: dict[str, Floats], configurations: list[str]
) -> WholePlots | None:
    """Return the whole plots of a table's rows, None where nothing is hard to change.

    Parameters
    ----------
    study : Study
        Declares ``whole_plot`` or factors that are hard to change.
    table : RawTable
        Its columns and the order of its rows.
    values : dict of str to array of shape (n_rows,)
        Factors, by name.
    configurations : list of str
        Run of each row.

    Raises
    ------
    DatasetError
        If a row has no whole plot in the column that names it.
    """
    declared = study.measurements.whole_plot
    hard = [name for name, factor in study.factors.items() if factor.hard_to_change]
    column = declared or (next(iter(_headed(study, table, _WHOLE_PLOT)), None) if hard else None)
    if column is not None:
        source: Source = "declared" if declared else "column"
        fix = "write which of the groups between two resets the run was made in"
        found = filled_names(table, column, "a whole plot", fix)
        return WholePlots(names=found, source=source, column=column)
    if not hard:
        return None
    settings = np.column_stack([_settings(study, name, values[name]) for name in hard])
    order = _run_order(study, configurations)
    planned = _planned(study, order, settings)
    if planned is not None:
        return WholePlots(names=planned, source="plan")
    rows = np.argsort(order, kind="stable")
    is_reset = np.any(np.abs(np.diff(settings[rows], axis=0)) > 1.0, axis=1)
    numbers = np.empty(len(rows), dtype=np.int64)
    numbers[rows] = np.concatenate([[1], 1 + np.cumsum(is_reset)])
    return WholePlots(names=[str(number) for number in numbers], source="order")


def _headed(study: Study, table: RawTable, words: re.Pattern[str]) -> list[str]:
    """Return the columns under some words that are no factor and no response, and not empty."""
    modeled = {*study.factors, *study.responses}
    free = [name for name in table.frame.columns if name not in modeled and words.fullmatch(name)]
    return [column for column in free if any(name is not None for name in names(table, column))]


def _settings(study: Study, name: str, values: Floats) -> Floats:
    """Return a factor in units of what counts as a reset; an empty cell is as the one before."""
    factor = study.factors[name]
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return np.zeros(len(values))
    before = known[np.maximum(np.searchsorted(known, np.arange(len(values)), "right") - 1, 0)]
    filled = values[before]
    if factor.is_categorical:
        return filled * 2.0
    tolerance = study.tolerance_of(name)
    step = _SAME_SETTING * float(np.ptp(filled))
    if tolerance:
        step = float(tolerance.allowed(filled).max())
    numbers = [level for level in factor.levels or () if isinstance(level, int | float)]
    if numbers:  # half of the way to the next level is a reset, however wide the tolerance
        step = min(step, float(np.diff(numbers).min()) / 2.0)
    return filled / step if step > 0.0 else filled


def _run_order(study: Study, configurations: list[str]) -> Integers:
    """Return each row's place in the order of runs: by their numbers, else as they first stand."""
    found, first, runs = np.unique(configurations, return_index=True, return_inverse=True)
    if study.measurements.group is not None:
        numbers = numbers_in(found.tolist())
        first = first if numbers is None else numbers
    return np.asarray(np.argsort(np.argsort(first))[runs])


def _planned(study: Study, order: Integers, settings: Floats) -> list[str] | None:
    """Return the whole plots by the sizes of the plan, where the rows have them in this order."""
    if study.plan is None or study.plan.whole_plots is None:
        return None
    n_runs = int(order.max()) + 1
    sizes = _sizes(study.plan.whole_plots, n_runs)
    if study.plan.runs != n_runs or sum(sizes) != n_runs:
        return None
    plots = np.repeat(np.arange(len(sizes)), sizes)[order]
    for number in range(len(sizes)):
        if np.any(np.ptp(settings[plots == number], axis=0) > 1.0):
            return None
    return [str(number + 1) for number in plots]


def _sizes(declared: int | tuple[int, ...], n_runs: int) -> list[int]:
    """Return the runs of each whole plot, as a plan deals them out."""
    if isinstance(declared, tuple):
        return list(declared)
    return [len(part) for part in np.array_split(np.arange(n_runs), declared)]


def numbered(plots: list[str]) -> Integers:
    """Return groups as numbers from 0."""
    return np.asarray(np.unique(plots, return_inverse=True)[1], dtype=np.int64)


def unused_groups(study: Study, table: RawTable, plots: WholePlots | None) -> tuple[str, ...]:
    """Return the columns that put rows together as whole plots or blocks, and that nothing uses."""
    own = study.measurements
    asked = [*_headed(study, table, _WHOLE_PLOT), *_headed(study, table, _BLOCK)]
    known = {own.group, own.id, own.block, None if plots is None else plots.column}
    return tuple(
        column for column in asked if column not in known and _puts_together(names(table, column))
    )


def _puts_together(found: list[str | None]) -> bool:
    """Return whether names make several groups, and some group has several rows."""
    return 1 < len(set(found)) < len(found)


def is_block(column: str) -> bool:
    """Return whether a heading says block.

    Examples
    --------
    >>> is_block("Blocks"), is_block("Whole Plot")
    (True, False)
    """
    return _BLOCK.fullmatch(column) is not None


def with_planned_blocks(study: Study, table: RawTable) -> Study:
    """Return a study whose block is the run sheet's column, where its plan has blocks.

    As the study is where it names a block itself, or has a scale on which a block has no place.
    """
    is_planned = study.plan is not None and study.plan.blocks is not None
    has_place = all(each.transform not in {"sqrt", "box-cox"} for each in study.responses.values())
    column = next(iter(_headed(study, table, _BLOCK)), None)
    if not is_planned or not has_place or column is None or study.measurements.block is not None:
        return study
    context = tuple(dict.fromkeys((*study.measurements.context, column)))
    measurements = study.measurements.model_copy(update={"block": column, "context": context})
    return study.model_copy(update={"measurements": measurements})
