"""Why nothing can be learned from the samples that are there, and the way out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset.training_data import TrainingData
from electrodoe.dataset.transforms import Transform
from electrodoe.errors import DatasetError
from electrodoe.findings import kind_of_flag
from electrodoe.study import Study

REJECTED: Final = "not accepted: "
"""How the reason begins of a sample that an instrument's screening rejects; its flags follow."""
_MIN_CONFIGURATIONS: Final = 3
"""Below which no model is fitted, as :meth:`Dataset.training_data` says."""


def require_accepted(
    study: Study, scenario: str, response: str, complete: pl.DataFrame, is_aside: Booleans
) -> None:
    """Raise where enough configurations were measured, and too many of them are set aside.

    Parameters
    ----------
    study : Study
        With its ``set_aside``.
    scenario, response : str
        What is to be modeled.
    complete : polars.DataFrame
        ``sample`` and ``configuration`` of the samples that have the response and all inputs.
    is_aside : array of bool, shape (n_complete,)
        Which of them are set aside for the response.

    Raises
    ------
    DatasetError
        With the commonest reason, and what can be done about it.
    """
    n_measured = complete["configuration"].n_unique()
    n_left = complete.filter(~is_aside)["configuration"].n_unique()
    if n_left >= _MIN_CONFIGURATIONS or n_measured < _MIN_CONFIGURATIONS:
        return
    reasons = _reasons(study, response)
    aside = [reasons.get(name, "") for name in complete.filter(is_aside)["sample"].to_list()]
    raise DatasetError(
        f"{n_left} of {n_measured} measured configurations are left, and"
        f" {_MIN_CONFIGURATIONS} are needed; of {complete.height} samples {len(aside)} are set"
        f" aside, {_mostly(aside)}",
        where=f"column '{response}', scenario '{scenario}'",
        fix=_way_out(_commonest(aside)),
    )


def require_enough(data: TrainingData, table: str) -> None:
    """Raise where no model can be learned."""
    where = f"{table}, column '{data.response_name}', scenario '{data.scenario}'"
    if data.n_configurations < _MIN_CONFIGURATIONS:
        raise DatasetError(
            f"{data.n_configurations} configuration(s) with complete rows; at least"
            f" {_MIN_CONFIGURATIONS} are needed",
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
                f"input '{name}' is {data.value_text(name, data.inputs[0, index])} in every row",
                where=f"{table}, column '{name}', scenario '{data.scenario}'",
                fix="take the input out of the scenario, or correct the column",
            )


def impossible_on_scale(
    transform: Transform,
    response: str,
    frame: pl.DataFrame,
    values: Floats,
    is_wrong: Booleans,
    table: str,
) -> DatasetError:
    """Return the error of values that have no place on the scale that is declared for them."""
    row = int(np.argmax(is_wrong))
    more = f" (and {is_wrong.sum() - 1} more)" if is_wrong.sum() > 1 else ""
    meant = (
        f"values between 0 and {transform.ceiling:g}, both excluded,"
        if np.isfinite(transform.ceiling)
        else "values above zero"
    )
    return DatasetError(
        f"{values[row]:g}{more} has no {transform.words}: {meant} are meant",
        where=f"{table}, line {frame['line'][row]}, row '{frame['sample'][row]}', column"
        f" '{response}'",
        fix="correct the cell, set the row aside in study.toml with the reason, or take"
        f' transform = "{transform.name}" out of [responses.{response}]',
    )


def nothing_accepted(column: str, measurement: str, flags: Sequence[str]) -> DatasetError:
    """Return the error of a column of which an instrument's screening accepts no value.

    Parameters
    ----------
    column, measurement : str
        What is needed, and the protocol that measures it.
    flags : sequence of str
        Of the rejected samples, each with what rejects it first.

    Examples
    --------
    >>> print(nothing_accepted("porosity", "sheets", ["no coating left"] * 3).what)
    none of 3 values is accepted, 3 of them for 'no coating left'
    """
    causes = [_cause(REJECTED + each) for each in flags]
    return DatasetError(
        f"none of {len(flags)} values is accepted, {_mostly(causes)}",
        where=f"column '{column}' of protocol '{measurement}'",
        fix=_way_out(_commonest(causes)),
    )


def _commonest(reasons: Sequence[str]) -> str:
    """Return the reason that stands most often; of equals the first."""
    return Counter(reasons).most_common(1)[0][0]


def _mostly(reasons: Sequence[str]) -> str:
    """Return how many samples have the commonest reason."""
    reason = _commonest(reasons)
    return f"{list(reasons).count(reason)} of them for '{_first_flag(reason)}'"


def _reasons(study: Study, response: str) -> Mapping[str, str]:
    """Return why each sample is set aside for a response; the first reason where there are more."""
    found: dict[str, str] = {}
    for entry in study.set_aside:
        if entry.responses is None or response in entry.responses:
            for name in entry.rows:
                found.setdefault(name, _cause(entry.reason))
    return found


def _cause(reason: str) -> str:
    """Return a reason without what differs from sample to sample: the flag that rejects."""
    if reason.startswith(REJECTED):
        return REJECTED + _first_flag(reason)
    kind = kind_of_flag(reason)
    return reason if kind is None else kind.flag_words


def _first_flag(reason: str) -> str:
    """Return the first flag of a rejected sample, or a person's whole reason."""
    flags = reason.removeprefix(REJECTED)
    return flags if flags == reason else flags.split("; ")[0]


def _way_out(reason: str) -> str:
    """Return what can be done about a reason."""
    kind = kind_of_flag(_first_flag(reason))
    if kind is not None:
        return kind.fix
    if reason.startswith(REJECTED):
        return "look at the columns 'accepted' and 'flags' of its table in results/condensed"
    return "take rows out of [[set_aside]] in study.toml, or measure more configurations"
