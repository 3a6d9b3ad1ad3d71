"""The samples of a study in canonical order, with everything declared about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.blocks import without_effects
from electrodoe.dataset.categories import Levels, input_columns
from electrodoe.dataset.dependence import Dependence, dependence
from electrodoe.dataset.grouping import DECLARED, Grouping
from electrodoe.dataset.rejected import impossible_on_scale, require_accepted, require_enough
from electrodoe.dataset.run_settings import settings_of_runs
from electrodoe.dataset.training_data import TrainingData, configuration_means
from electrodoe.dataset.transforms import Transform, declared_transform
from electrodoe.dataset.whole_plots import WholePlots, numbered
from electrodoe.errors import DatasetError
from electrodoe.study import Study

LINE, SAMPLE, CONFIGURATION = "line", "sample", "configuration"
AFTER: Final = "after"
"""Column of a condensed table: the process step after which a sample was taken."""
WHOLE_PLOT: Final = "whole_plot"
"""Column of a dataset whose factors are hard to change: the group between two resets."""
FROM_RUN: Final = "from_run"
"""Column of a condensed table: responses that a sample has from its run, as inputs."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A study's samples, sorted by content so that the order of the file means nothing.

    Attributes
    ----------
    study : Study
        The declaration.
    frame : polars.DataFrame
        Columns ``line`` (in the file), ``sample``, ``configuration``, then the context columns
        as text, then factors and responses as numbers, a category as the number of its level; an
        empty cell is null.
    set_aside : mapping of str to array of bool, shape (n_samples,)
        For each response, the samples that the study leaves out of its models.
    flagged : mapping of str to array of bool, shape (n_samples,)
        Those of them that an outlier rule took for their value alone: they count in pure error.
    grouping : Grouping
        How rows were taken together as configurations.
    taken_after : mapping of str to str
        The process step after which the samples of a response were taken, where it is known.
    whole_plots_found : WholePlots or None
        How whole plots were found, whose column is then in the frame; None where there are none.
    groups_asked_about : tuple of str
        Columns whose heading says whole plot or block, of which the study says nothing.
    from_run : mapping of str to array of bool, shape (n_samples,)
        For a response that other scenarios have as an input: samples that were not measured for it
        and have it from their run.
    """

    study: Study
    frame: pl.DataFrame
    set_aside: dict[str, Booleans]
    flagged: Mapping[str, Booleans] = field(default_factory=dict)
    grouping: Grouping = DECLARED
    taken_after: Mapping[str, str] = field(default_factory=dict)
    from_run: Mapping[str, Booleans] = field(default_factory=dict)
    whole_plots_found: WholePlots | None = None
    groups_asked_about: tuple[str, ...] = ()

    @property
    def n_samples(self) -> int:
        """Return the number of samples."""
        return self.frame.height

    @property
    def n_configurations(self) -> int:
        """Return the number of distinct configurations."""
        return self.frame[CONFIGURATION].n_unique()

    def values(self, column: str) -> Floats:
        """Return a factor or a response as an array of shape (n_samples,); empty is NaN."""
        if column not in self._columns:
            self._columns[column] = self.frame[column].fill_null(np.nan).to_numpy().view()
            self._columns[column].flags.writeable = False  # it is everybody's
        return self._columns[column]

    @cached_property
    def _columns(self) -> dict[str, Floats]:
        """Return the columns that were asked for: checks ask for one some hundred times."""
        return {}

    def response(self, name: str) -> Floats:
        """Return a response where it was measured, shape (n_samples,); elsewhere NaN.

        A sample that has a value from its run, as an input, was not measured for it.
        """
        values = self.values(name)
        return np.where(self.from_run[name], np.nan, values) if name in self.from_run else values

    def factor_values(self) -> Floats:
        """Return all declared factors as an array of shape (n_samples, n_factors)."""
        return np.column_stack([self.values(name) for name in self.study.factors])

    @property
    def is_category(self) -> Booleans:
        """Return which declared factors are categories, shape (n_factors,)."""
        return input_columns(tuple(self.study.factors), self.study.levels).is_category

    @property
    def named_frame(self) -> pl.DataFrame:
        """Return the frame with the names of levels in place of their numbers."""
        named = [
            pl.col(name).cast(pl.Int64).replace_strict(dict(levels), return_dtype=pl.String)
            for name, levels in self.study.levels.items()
        ]
        return self.frame.with_columns(named)

    def is_modeled(self, response: str) -> Booleans:
        """Return which samples were measured for a response and are not set aside for it."""
        return ~np.isnan(self.response(response)) & ~self.set_aside[response]

    def measured_rows(self, scenario: str) -> Booleans:
        """Return which samples have a response of a scenario, whether its inputs are there or not.

        Samples that are set aside for a response do not have it.
        """
        rows = np.zeros(self.n_samples, dtype=np.bool_)
        for response in self.study.responses_of(scenario):
            rows |= self.is_modeled(response)
        return rows

    def rows(self, scenario: str) -> Booleans:
        """Return which samples are a scenario's: those with all its inputs and a response of it.

        Whatever describes a scenario (ranges, correlations, pictures, checks) is made of these,
        and of no others: samples of another response may have been made at other settings.
        """
        is_complete = ~np.isnan(self._all_inputs(scenario)).any(axis=1)
        return np.asarray(self.measured_rows(scenario) & is_complete)

    def rows_with(self, factor: str) -> Booleans:
        """Return the samples of all scenarios that see a factor; every one where none does."""
        return self._union(self.rows, factor)

    def rows_that_need(self, factor: str) -> Booleans:
        """Return the samples that a scenario could model if only they had the factor.

        Every one where no scenario sees it; a sample without any response may become one.
        """
        is_empty = np.all([np.isnan(self.response(each)) for each in self.study.responses], axis=0)
        return np.asarray(self._union(self.measured_rows, factor) | is_empty)

    @property
    def modeled_rows(self) -> Booleans:
        """Return the samples of all scenarios together."""
        return np.asarray(np.any([self.rows(each) for each in self.study.scenarios], axis=0))

    def inputs(self, scenario: str) -> Floats:
        """Return the inputs of a scenario's rows, shape (n_rows, n_inputs), without a gap."""
        return self._all_inputs(scenario)[self.rows(scenario)]

    def is_two_valued_measurement(self, context: str, rows: Booleans) -> bool:
        """Return whether some rows of a context column hold two measured numbers, not 1 and 2."""
        found = self.frame[context].filter(rows).drop_nulls().unique()
        numbers = found.cast(pl.Float64, strict=False)
        if len(found) != 2 or numbers.null_count():
            return False
        are_counted = all(value.is_integer() for value in numbers)
        return not (are_counted and abs(numbers[0] - numbers[1]) == 1.0)

    def _union(self, rows_of: Callable[[str], Booleans], factor: str) -> Booleans:
        """Return the rows of all scenarios that see a factor; every one where none does."""
        scenarios = self.study.scenarios_with(factor)
        if not scenarios:
            return np.ones(self.n_samples, dtype=np.bool_)
        return np.asarray(np.any([rows_of(scenario) for scenario in scenarios], axis=0))

    def _all_inputs(self, scenario: str) -> Floats:
        """Return a scenario's inputs in every sample, shape (n_samples, n_inputs)."""
        names = self.study.scenarios[scenario].inputs
        return np.column_stack([self.values(name) for name in names])

    def configuration_numbers(self) -> Integers:
        """Return each sample's configuration as a number from 0, in canonical order."""
        return self._numbers

    def numbers_among(self, rows: Booleans) -> Integers:
        """Return the configurations of some samples as numbers from 0, without gaps.

        Canonical order depends on names alone, so that other samples of the table change nothing.
        """
        return np.asarray(np.unique(self._numbers[rows], return_inverse=True)[1].ravel())

    @cached_property
    def _numbers(self) -> Integers:
        """Return the configurations' numbers, which every response asks for."""
        _, numbers = np.unique(self.frame[CONFIGURATION].to_numpy(), return_inverse=True)
        first = np.full(numbers.max() + 1, len(numbers))
        np.minimum.at(first, numbers, np.arange(len(numbers)))
        rank = np.empty_like(first)
        rank[np.argsort(first)] = np.arange(len(first))
        return rank[numbers]

    def training_data(self, response: str, scenario: str) -> TrainingData:
        """Return the complete samples of one response with one scenario's inputs.

        Parameters
        ----------
        response : str
            A declared response. One measured per configuration gives one row per
            configuration, with the mean of its inputs.
        scenario : str
            A declared scenario.

        Returns
        -------
        TrainingData
            Samples that have all inputs and the response and are not set aside.

        Raises
        ------
        DatasetError
            If no sample of the response has an input, fewer than three configurations remain, the
            response does not vary, or a value has no place on its declared scale. Where samples
            that are set aside would make more, the error names their commonest reason.
        """
        self._require_inputs(response, scenario)
        self._require_accepted(response, scenario)
        self._require_transformable(response)
        data = self.complete_samples(response, scenario)
        require_enough(data, Path(self.study.measurements.table).name)
        return data

    def _require_accepted(self, response: str, scenario: str) -> None:
        """Raise where too many complete samples are set aside."""
        is_complete = ~np.isnan(self._all_inputs(scenario)).any(axis=1)
        is_complete &= ~np.isnan(self.values(response))
        is_aside = self.set_aside[response][is_complete]
        require_accepted(self.study, scenario, response, self.frame.filter(is_complete), is_aside)

    def scale(self, response: str) -> Transform | None:
        """Return the scale that the study declares of a response; None for its own."""
        declared = self.study.responses[response]
        return declared_transform(declared.transform, response, declared.unit)

    def _require_transformable(self, response: str) -> None:
        """Raise where a value has no place on the scale that is declared for it."""
        transform = self.scale(response)
        if transform is None:
            return
        values = self.values(response)
        is_wrong = ~transform.is_possible(values) & self.is_modeled(response)
        if is_wrong.any():
            table = Path(self.study.measurements.table).name
            raise impossible_on_scale(transform, response, self.frame, values, is_wrong, table)

    def _require_inputs(self, response: str, scenario: str) -> None:
        """Raise where an input is empty in every sample of a response."""
        has_response = self.is_modeled(response)
        for name in self.study.scenarios[scenario].inputs:
            if not has_response.any() or not np.isnan(self.values(name)[has_response]).all():
                continue
            raise DatasetError(
                f"'{name}' is empty in all {has_response.sum()} samples of"
                f" '{response}'{self._why_empty(name, response)}",
                where=f"study.toml, scenario '{scenario}'",
                fix=f"give '{response}' a scenario without '{name}' and take it out of the"
                f" responses of '{scenario}', or measure '{name}' on these samples",
            )

    def _why_empty(self, name: str, response: str) -> str:
        """Return that an input was set only after the samples of a response were taken, if so."""
        after, step = self.taken_after.get(response), self.study.process.step_of(name)
        if after is None or self.study.process.holds(name, after):
            return ""
        return f": they were taken after {after}, and a run has it from {step} on"

    def complete_samples(self, response: str, scenario: str) -> TrainingData:
        """Return the same samples as :meth:`training_data`, however few they are.

        Configurations are numbered from 0 among these samples, so that samples of another response
        change nothing.
        """
        inputs = self._all_inputs(scenario)
        is_used = self._is_used(response, scenario)
        is_flagged = self._is_flagged(response, scenario, is_used)
        is_there = is_used | is_flagged
        data = TrainingData(
            scenario=scenario,
            response_name=response,
            input_names=self.study.scenarios[scenario].inputs,
            inputs=inputs,
            response=self.response(response),
            configurations=self.configuration_numbers(),
            sample_names=tuple(self.frame[SAMPLE].to_list()),
            transform=self.scale(response),
            kind=self.study.kind_of(response),
            levels=self.levels(response, scenario),
            blocks=self._blocks,
            block_kind=self.study.measurements.block_effects,
            whole_plots=self.whole_plots,
            runs=self.runs,
            settings=self.settings,
            is_run_assumed=self.is_run_assumed,
            is_planned_quadratic=self.study.is_planned_quadratic(scenario),
        ).take(is_there)
        data = replace(
            data,
            configurations=_from_zero(data.configurations),
            runs=None if data.runs is None else _from_zero(data.runs),
            settings=None if data.settings is None else _from_zero(data.settings),
        )
        if self.is_one_per_configuration(response) and data.n_samples:
            kept = self.frame.filter(is_used)[CONFIGURATION].to_list()
            data = data.one_per_configuration(kept)
        data = without_effects(data) if data.n_samples else data
        return data.with_flagged_apart(is_flagged[is_there]) if is_flagged.any() else data

    def _is_flagged(self, response: str, scenario: str, is_used: Booleans) -> Booleans:
        """Return the samples that are kept from models, and count beside others of their run."""
        if response not in self.flagged or self.is_one_per_configuration(response):
            return np.zeros(self.n_samples, dtype=np.bool_)
        is_complete = ~np.isnan(self._all_inputs(scenario)).any(axis=1)
        has_others = np.isin(self._numbers, self._numbers[is_used])
        return np.asarray(self.flagged[response] & is_complete & has_others)

    def is_one_per_configuration(self, response: str) -> bool:
        """Return whether a response is one value of a configuration, however many rows it has."""
        return self.study.responses[response].measured_per == "configuration"

    def _is_used(self, response: str, scenario: str) -> Booleans:
        """Return which samples have a response that is modeled, and all inputs of a scenario."""
        is_complete = ~np.isnan(self._all_inputs(scenario)).any(axis=1)
        return np.asarray(self.is_modeled(response) & is_complete)

    def levels(self, response: str, scenario: str) -> Levels:
        """Return the levels of a scenario's categories that occur among a response's samples."""
        return self.levels_among(self._is_used(response, scenario), scenario)

    def levels_among(self, rows: Booleans, scenario: str) -> Levels:
        """Return the levels of a scenario's categories that occur among some samples."""
        return {
            name: {
                number: level
                for number, level in self.study.levels[name].items()
                if np.any(self.values(name)[rows] == number)
            }
            for name in self.study.scenarios[scenario].inputs
            if name in self.study.levels
        }

    def dependence(self, scenario: str) -> Dependence:
        """Return how the inputs of a scenario's rows depend on one another."""
        rows = self.rows(scenario)
        names = self.study.scenarios[scenario].inputs
        return dependence(names, self.inputs(scenario), self.levels_among(rows, scenario))

    @cached_property
    def whole_plots(self) -> Integers | None:
        """Return the number of each sample's whole plot, None where nothing is hard to change."""
        if self.whole_plots_found is None:
            return None
        return numbered(self.frame[WHOLE_PLOT].to_list())

    @cached_property
    def runs(self) -> Integers | None:
        """Return the run of each row where rows of one configuration are runs; else None.

        As ``rows`` in ``[measurements]`` says; where it does not, a row is a run of its own unless
        a group, or clumps of nearly equal inputs, say that rows are samples of one.
        """
        declared = self.study.measurements.rows
        is_run = declared == "runs" or (declared is None and self.grouping.source == "levels")
        has_repeats = self.n_configurations < self.n_samples
        return np.arange(self.n_samples) if is_run and has_repeats else None

    @property
    def is_run_assumed(self) -> bool:
        """Return whether rows are taken as runs because nothing says what they are."""
        return self.runs is not None and self.study.measurements.rows is None

    def setting_numbers(self) -> Integers:
        """Return the setting of each row."""
        return self.configuration_numbers() if self.settings is None else self.settings

    @cached_property
    def settings(self) -> Integers | None:
        """Return the setting of each row where several configurations have one; else None."""
        factors = [name for name in self.study.factors if not self.study.is_measured_only(name)]
        columns = input_columns(tuple(factors), self.study.levels)
        inputs = np.column_stack([self.values(name) for name in factors]) if factors else None
        if inputs is None:
            return None
        numbers = self.configuration_numbers()
        found = settings_of_runs(configuration_means(inputs, numbers), columns.is_category)
        return found[numbers] if found.max() + 1 < self.n_configurations else None

    @cached_property
    def _blocks(self) -> Integers | None:
        """Return the number of each sample's block among all of the table, if one is declared."""
        column = self.study.measurements.block
        if column is None:
            return None
        names = self.frame[column].fill_null("(empty)").to_numpy()
        return np.unique(names, return_inverse=True)[1]


def _from_zero(numbers: Integers) -> Integers:
    """Return the same partition, numbered from 0."""
    return np.asarray(np.unique(numbers, return_inverse=True)[1])
