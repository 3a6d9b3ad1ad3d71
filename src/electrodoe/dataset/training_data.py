"""The inputs and the one response that a model learns from, and the means of configurations."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.categories import InputColumns, Levels, column_names, input_columns
from electrodoe.dataset.transforms import Transform
from electrodoe.study import ResponseKind

Column = TypeVar("Column", Floats, Integers)


@dataclass(frozen=True, kw_only=True)
class TrainingData:
    """Samples with their inputs, one response and the configuration each belongs to.

    Attributes
    ----------
    scenario, response_name : str
        What is modeled from what.
    input_names : tuple of str
        Columns of ``inputs``.
    inputs : array of shape (n_samples, n_inputs)
        Each column in the unit of its name; a category as the number of its level.
    response : array of shape (n_samples,)
        In the unit of its name.
    configurations : array of shape (n_samples,), int
        Number of each sample's configuration, from 0 in the dataset's order.
    sample_names : tuple of str
        What the table calls each sample.
    levels : mapping of str to mapping of int to str
        Names of the levels of the inputs that are categories, by their numbers.
    blocks : array of shape (n_samples,), int, or None
        Number of the block (coil, day) that each sample was made in, where a block is declared.
    block_kind : {"fixed", "random"}
        How the blocks' effects are estimated.
    block_offsets : array of shape (n_samples,), or None
        What a block added to the response as measured; ``response`` is without it. On the scale of
        the transform, where there is one: a factor of logarithms.
    whole_plots : array of shape (n_samples,), int, or None
        Number of the whole plot, the group between two resets of the hard-to-change factors, that
        each sample was made in; None where every run was set anew.
    kind : {"number", "binary", "count"}
        What a value of the response is; of a binary one it is 0 or 1.
    transform : Transform or None
        On whose scale models see the response, which stands here in its own unit.
    runs : array of shape (n_samples,), int, or None
        Number of the run, the unit of randomization, that each sample is of; None where every
        configuration is one run.
    settings : array of shape (n_samples,), int, or None
        Number of the setting that each sample's run was made at, which several runs may share;
        None where every configuration is one setting.
    is_run_assumed : bool
        Whether ``runs`` is an assumption: rows of equal settings, and nothing says what they are.
    is_planned_quadratic : bool
        Whether the runs were planned for a model with the squares of these inputs.
    flagged : TrainingData or None
        Good samples of the same configurations that an outlier rule keeps from the models: they
        count in pure error, tests and intervals (decision 0034).
    """

    scenario: str
    response_name: str
    input_names: tuple[str, ...]
    inputs: Floats
    response: Floats
    configurations: Integers
    sample_names: tuple[str, ...]
    levels: Levels = field(default_factory=dict)
    blocks: Integers | None = None
    block_kind: Literal["fixed", "random"] = "fixed"
    block_offsets: Floats | None = None
    transform: Transform | None = None
    whole_plots: Integers | None = None
    runs: Integers | None = None
    settings: Integers | None = None
    is_run_assumed: bool = False
    is_planned_quadratic: bool = False
    flagged: "TrainingData | None" = None

    @property
    def run_numbers(self) -> Integers:
        """Return the run of each sample; samples of one run are no replicates of its setting."""
        return self.configurations if self.runs is None else self.runs

    @property
    def setting_numbers(self) -> Integers:
        """Return the setting of each sample; runs of one setting are its replicates."""
        return self.configurations if self.settings is None else self.settings

    kind: ResponseKind = "number"

    @property
    def all_good(self) -> "TrainingData":
        """Return the samples with those that an outlier rule keeps from the models."""
        if self.flagged is None:
            return self
        return _joined(replace(self, flagged=None), self.flagged)

    def with_flagged_apart(self, is_flagged: Booleans) -> "TrainingData":
        """Return the samples with some of them kept from the models, though they are good."""
        if not is_flagged.any():
            return self
        return replace(self.take(~is_flagged), flagged=self.take(is_flagged))

    @property
    def measured_response(self) -> Floats:
        """Return the response as it was measured, with what its blocks added."""
        if self.block_offsets is None:
            return self.response
        return self.with_offsets(self.response, self.block_offsets)

    def with_offsets(self, response: Floats, offsets: Floats) -> Floats:
        """Return a response with what blocks add to it, on the scale of the transform, if any."""
        transform = self.transform
        if transform is None:
            return response + offsets
        if self.blocks is None:
            return response
        return transform.inverse(transform.forward(response) + offsets)

    @property
    def columns(self) -> InputColumns:
        """Return which columns stand for which input."""
        return input_columns(self.input_names, self.levels)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of these columns; the inputs' own where none is a category."""
        return column_names(self.input_names, self.levels)

    def value_text(self, name: str, value: float) -> str:
        """Return a value of an input as people read it: a number, or the name of a level."""
        return self.levels[name][round(value)] if name in self.levels else f"{value:g}"

    @property
    def n_samples(self) -> int:
        """Return the number of samples."""
        return len(self.response)

    @property
    def n_configurations(self) -> int:
        """Return the number of distinct configurations."""
        return len(np.unique(self.configurations))

    def on_scale(self, transform: Transform | None) -> "TrainingData":
        """Return the samples with their response on the scale of a transform, if there is one."""
        if transform is None:
            return self
        flagged = None if self.flagged is None else self.flagged.on_scale(transform)
        response = transform.forward(self.response)
        return replace(self, response=response, transform=None, flagged=flagged)

    def take(self, rows: Integers | Booleans) -> "TrainingData":
        """Return the samples at some rows, in that order; a row may come twice.

        Parameters
        ----------
        rows : array of int, or of bool with shape (n_samples,)
            Positions, or which samples to keep.

        Returns
        -------
        TrainingData
            Same columns, other rows; of the flagged samples those of the same configurations.
        """
        positions = np.arange(self.n_samples)[rows]
        flagged = self.flagged
        if flagged is not None:
            kept = np.isin(flagged.configurations, self.configurations[positions])
            flagged = flagged.take(kept) if kept.any() else None
        return replace(
            self,
            flagged=flagged,
            inputs=self.inputs[positions],
            response=self.response[positions],
            configurations=self.configurations[positions],
            sample_names=tuple(map(self.sample_names.__getitem__, positions.tolist())),
            whole_plots=None if self.whole_plots is None else self.whole_plots[positions],
            blocks=None if self.blocks is None else self.blocks[positions],
            block_offsets=None if self.block_offsets is None else self.block_offsets[positions],
            runs=None if self.runs is None else self.runs[positions],
            settings=None if self.settings is None else self.settings[positions],
        )

    def one_per_configuration(self, names: Sequence[str]) -> "TrainingData":
        """Return the means over the samples of each configuration, under the names of these.

        Parameters
        ----------
        names : sequence of str
            Of the configuration of each sample.
        """
        first = np.unique(self.configurations, return_index=True)[1]
        return replace(
            self.take(first),
            inputs=configuration_means(self.inputs, self.configurations),
            response=configuration_means(self.response[:, None], self.configurations)[:, 0],
            sample_names=tuple(names[row] for row in first),
            runs=None,
            is_run_assumed=False,
        )


def _joined(one: TrainingData, other: TrainingData) -> TrainingData:
    """Return the samples of both; everything but the rows is that of the first."""
    return replace(
        one,
        inputs=np.concatenate([one.inputs, other.inputs]),
        response=np.concatenate([one.response, other.response]),
        configurations=np.concatenate([one.configurations, other.configurations]),
        sample_names=one.sample_names + other.sample_names,
        blocks=_both(one.blocks, other.blocks),
        block_offsets=_both(one.block_offsets, other.block_offsets),
        whole_plots=_both(one.whole_plots, other.whole_plots),
        runs=_both(one.runs, other.runs),
        settings=_both(one.settings, other.settings),
    )


def _both(one: Column | None, other: Column | None) -> Column | None:
    """Return two columns as one, where both are there."""
    return None if one is None or other is None else np.concatenate([one, other])


def configuration_medians(values: Floats, configurations: Integers) -> Floats:
    """Return the median of each configuration's samples, empty cells passed over.

    Parameters
    ----------
    values : array of shape (n_samples,)
        NaN where a cell is empty.
    configurations : array of shape (n_samples,), int
        Configuration of each sample, from 0; every number occurs.

    Returns
    -------
    array of shape (n_configurations,)
        NaN where all cells are empty.

    Examples
    --------
    >>> porosity = np.array([0.1, 0.2, 0.6, np.nan, 0.4])
    >>> configuration_medians(porosity, np.array([0, 0, 0, 1, 1])).tolist()
    [0.2, 0.4]
    """
    frame = pl.DataFrame({"group": configurations, "value": values})
    median = pl.col("value").fill_nan(None).median()
    of_each = frame.group_by("group").agg(median).sort("group")["value"]
    return of_each.cast(pl.Float64).fill_null(np.nan).to_numpy()


def configuration_means(values: Floats, configurations: Integers) -> Floats:
    """Return the mean of each configuration's samples, in the order of the configurations' numbers.

    Distances from each configuration's first sample are averaged, so that replicates with one
    setting have exactly that setting as their mean, however many they are.

    Parameters
    ----------
    values : array of shape (n_samples, n_columns)
        Inputs or responses, each column in its own unit.
    configurations : array of shape (n_samples,), int
        Configuration of each sample; any numbers will do.

    Returns
    -------
    array of shape (n_configurations, n_columns)
        Means in the units of the columns.

    Examples
    --------
    >>> porosity = np.array([[0.1], [0.1], [0.1], [0.3], [0.4]])
    >>> configuration_means(porosity, np.array([4, 4, 4, 7, 7])).tolist()
    [[0.1], [0.35]]
    """
    _, row, position = np.unique(configurations, return_index=True, return_inverse=True)
    first = values[row]
    sums = [np.bincount(position, weights=column) for column in (values - first[position]).T]
    return np.asarray(first + np.column_stack(sums) / np.bincount(position)[:, None])
