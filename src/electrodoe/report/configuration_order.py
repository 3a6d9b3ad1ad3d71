"""Configurations in the order of their factors, each with its settings in words."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import configuration_means
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import format_number, format_value, shown
from electrodoe.study import Factor, Study
from electrodoe.verify.categories import levels_of

BEFORE: Final = "uncalendered_"
"""Beginning of a response that was measured before the calender."""
_CALENDERING: Final = "calendering"
_MOST_FACTORS: Final = 4
"""Settings in a name; more could not be read."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ConfigurationOrder:
    """The configurations of a response, ordered.

    Attributes
    ----------
    frame : polars.DataFrame
        ``number`` of the configuration among those of the response, ``position`` from 1,
        ``settings`` such as ``10.2 / 55 / 25``, and ``group``, the number of its setting of the
        first factor.
    label : str
        What the settings are of, with units.
    """

    frame: pl.DataFrame
    label: str


def configuration_order(content: ReportContent, response: str) -> ConfigurationOrder:
    """Return the configurations that have a response, by the levels of the study's factors.

    Parameters
    ----------
    content : ReportContent
        Study and samples.
    response : str
        A declared response.

    Returns
    -------
    ConfigurationOrder
        By the factors that ``order_by`` names, else by the planned ones as they are declared, else
        by the first scenario's inputs; of a sample from before the calender without what the
        calender sets. Where no factor is known, in the order of the data set.
    """
    dataset = content.dataset
    is_known = np.isfinite(dataset.response(response))
    numbers = dataset.numbers_among(is_known)
    own = np.unique(numbers)
    names, columns = [], []
    for name in _factors(content.study, response):
        values = dataset.values(name)[is_known]
        if len(values) and np.isfinite(values).all():
            names.append(name)
            columns.append(configuration_means(values[:, None], numbers)[:, 0])
    if not names:
        return _unordered(own)
    factors = [content.study.factors[name] for name in names]
    levels = np.column_stack([levels_of(*case) for case in zip(columns, factors, strict=True)])
    order = np.lexsort((own, *levels.T[::-1]))
    words = [
        _words(content.study, name, level, mean)
        for name, level, mean in zip(names, levels.T, columns, strict=True)
    ]
    return ConfigurationOrder(
        frame=pl.DataFrame(
            {
                "number": own[order],
                "position": np.arange(1, len(own) + 1),
                "settings": [" / ".join(column[row] for column in words) for row in order],
                "group": levels[order, 0],
            }
        ),
        label=" / ".join(shown(content.study, name).axis for name in names),
    )


def _unordered(numbers: Integers) -> ConfigurationOrder:
    """Return configurations by their numbers, where no settings are known."""
    frame = pl.DataFrame(
        {
            "number": numbers,
            "position": numbers + 1,
            "settings": [str(number + 1) for number in numbers.tolist()],
            "group": np.zeros(len(numbers), dtype=np.int64),
        }
    )
    return ConfigurationOrder(frame=frame, label="Configuration (number)")


def _factors(study: Study, response: str) -> list[str]:
    """Return the factors that order a response's configurations, the slowest first."""
    planned = [
        name
        for name, factor in study.factors.items()
        if factor.levels is not None or factor.region is not None
    ]
    first = next(iter(study.scenarios.values())).inputs
    asked = study.report.order_by or planned or first
    return [name for name in asked if _holds(study.factors[name], response)][:_MOST_FACTORS]


def _holds(factor: Factor, response: str) -> bool:
    """Return whether a factor was set already when a response was measured."""
    return not (response.startswith(BEFORE) and factor.process == _CALENDERING)


def _words(study: Study, name: str, levels: Integers, means: Floats) -> list[str]:
    """Return a factor's setting of each configuration, without its unit."""
    values = level_values(study.factors[name], levels, means)
    return [format_number(study, name, values[level]) for level in levels.tolist()]


def level_words(study: Study, name: str, levels: Integers, settings: Floats) -> list[str]:
    """Return a factor's settings with their unit, those of one level in the same words."""
    values = level_values(study.factors[name], levels, settings)
    return [format_value(study, name, values[level]) for level in levels.tolist()]


def level_values(factor: Factor, levels: Integers, settings: Floats) -> dict[int, float]:
    """Return what stands for each level: as declared, else the mean of the settings in it."""
    return {
        level: float(factor.levels[level])
        if factor.levels and not factor.is_categorical
        else float(settings[levels == level].mean())
        for level in np.unique(levels).tolist()
    }
