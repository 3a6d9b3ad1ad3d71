"""The samples of a study in canonical order, with everything declared about them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.rejected import require_accepted
from electrodoe.dataset.training_data import TrainingData, configuration_means
from electrodoe.errors import DatasetError
from electrodoe.study import Study

LINE, SAMPLE, CONFIGURATION = "line", "sample", "configuration"


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A study's samples, sorted by content so that the order of the file means nothing.

    Attributes
    ----------
    study : Study
        The declaration.
    frame : polars.DataFrame
        Columns ``line`` (in the file), ``sample``, ``configuration``, then the context columns
        as text, then factors and responses as numbers; an empty cell is null.
    set_aside : mapping of str to array of bool, shape (n_samples,)
        For each response, the samples that the study leaves out of its models.
    """

    study: Study
    frame: pl.DataFrame
    set_aside: dict[str, Booleans]

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
        return self.frame[column].fill_null(np.nan).to_numpy()

    def inputs(self, scenario: str) -> Floats:
        """Return a scenario's inputs as an array of shape (n_samples, n_inputs)."""
        names = self.study.scenarios[scenario].inputs
        return np.column_stack([self.values(name) for name in names])

    def is_two_valued_measurement(self, context: str) -> bool:
        """Return whether a context column holds numbers, and only two distinct ones."""
        found = self.frame[context].drop_nulls().unique()
        numbers = found.cast(pl.Float64, strict=False)
        return len(found) == 2 and numbers.null_count() == 0

    def configuration_numbers(self) -> Integers:
        """Return each sample's configuration as a number from 0, in canonical order."""
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
            If fewer than three configurations remain, or the response does not vary. Where samples
            that are set aside would make more, the error names their commonest reason.
        """
        inputs, values = self.inputs(scenario), self.values(response)
        is_complete = ~np.isnan(inputs).any(axis=1) & ~np.isnan(values)
        is_aside = self.set_aside[response]
        complete = self.frame.filter(is_complete)
        require_accepted(self.study, scenario, response, complete, is_aside[is_complete])
        is_used = is_complete & ~is_aside
        data = TrainingData(
            scenario=scenario,
            response_name=response,
            input_names=self.study.scenarios[scenario].inputs,
            inputs=inputs,
            response=values,
            configurations=self.configuration_numbers(),
            sample_names=tuple(self.frame[SAMPLE].to_list()),
        ).take(is_used)
        if self.study.responses[response].measured_per == "configuration":
            data = _one_row_per_configuration(data, self.frame[CONFIGURATION].to_list(), is_used)
        _require_enough(data, Path(self.study.measurements.table).name)
        return data


def _one_row_per_configuration(
    data: TrainingData, names: list[str], is_used: Booleans
) -> TrainingData:
    """Return the means over the samples of each configuration."""
    kept = [name for name, used in zip(names, is_used, strict=True) if used]
    numbers, first = np.unique(data.configurations, return_index=True)
    return TrainingData(
        scenario=data.scenario,
        response_name=data.response_name,
        input_names=data.input_names,
        inputs=configuration_means(data.inputs, data.configurations),
        response=configuration_means(data.response[:, None], data.configurations)[:, 0],
        configurations=numbers,
        sample_names=tuple(kept[row] for row in first),
    )


def _require_enough(data: TrainingData, table: str) -> None:
    """Raise where no model can be learned."""
    where = f"{table}, column '{data.response_name}', scenario '{data.scenario}'"
    if data.n_configurations < 3:
        raise DatasetError(
            f"{data.n_configurations} configuration(s) with complete rows; at least 3 are needed",
            where=where,
            fix="measure more configurations, or correct the group column",
        )
    if np.ptp(data.response) == 0.0:
        raise DatasetError(
            f"all {data.n_samples} values are {data.response[0]:g}: there is nothing to explain",
            where=where,
            fix="take the response out of the study, or correct the column",
        )
    for index, name in enumerate(data.input_names):
        if np.ptp(data.inputs[:, index]) == 0.0:
            raise DatasetError(
                f"input '{name}' is {data.inputs[0, index]:g} in every row",
                where=f"{table}, column '{name}', scenario '{data.scenario}'",
                fix="take the input out of the scenario, or correct the column",
            )
