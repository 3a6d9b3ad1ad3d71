"""The linear and the quadratic model at the settings of the configurations, in coded units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.models.terms import has_curvature, quadratic_matrix, quadratic_names

_MIDDLE_HALF: Final = 0.5
"""Of a range that is coded from -1 to +1."""


@dataclass(frozen=True, kw_only=True)
class CodedModel:
    """A model's terms at the mean inputs of the configurations.

    Attributes
    ----------
    name : str
        ``linear`` or ``quadratic``.
    groups : mapping of str to array of shape (n_configurations, n_terms_of_the_group)
        Terms in the order in which they enter; the intercept is not among them.
    term_names : list of str
        Names of all terms; the first, ``1``, is the intercept.
    """

    name: str
    groups: Mapping[str, NDArray[np.float64]]
    term_names: list[str]


def configuration_means(
    values: NDArray[np.float64], position: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the configurations' means of each column, shape (n_configurations, n_columns)."""
    first = values[np.unique(position, return_index=True)[1]]
    apart = values - first[position]  # exactly zero where replicates share a setting
    sums = [np.bincount(position, weights=column) for column in apart.T]
    return first + np.column_stack(sums) / np.bincount(position)[:, None]


def _coded(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return settings from -1 to +1 over the range of each input."""
    span = np.ptp(inputs, axis=0)
    share = (inputs - inputs.min(axis=0)) / np.where(span > 0.0, span, 1.0)
    return np.asarray(2.0 * share - 1.0)


def _bears_square(
    inputs: NDArray[np.float64], coded: NDArray[np.float64], position: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Return which inputs have levels enough for a square, shape (n_inputs,).

    Two levels that are measured are never twice the same, and their scatter is no third level:
    a measured input needs a setting in the middle half of its range.
    """
    first = np.unique(position, return_index=True)[1]
    is_measured = (inputs != inputs[first[position]]).any(axis=0)
    has_middle = (np.abs(coded) <= _MIDDLE_HALF).any(axis=0)
    return np.asarray(has_curvature(coded) & (has_middle | ~is_measured))


def coded_models(data: TrainingData, position: NDArray[np.intp]) -> tuple[CodedModel, CodedModel]:
    """Return the linear and the quadratic model at the configurations' mean inputs."""
    coded = _coded(configuration_means(data.inputs, position))
    squares = _bears_square(data.inputs, coded, position)
    names = quadratic_names(data.input_names, squares)
    n_inputs = len(data.input_names)
    n_linear, n_crossed = 1 + n_inputs, 1 + n_inputs + n_inputs * (n_inputs - 1) // 2
    X = quadratic_matrix(coded, squares)
    groups = {
        "linear": X[:, 1:n_linear],
        "interactions": X[:, n_linear:n_crossed],
        "squares": X[:, n_crossed:],
    }
    groups = {source: group for source, group in groups.items() if group.shape[1]}
    linear = {"linear": groups["linear"]}
    return (
        CodedModel(name="linear", groups=linear, term_names=names[:n_linear]),
        CodedModel(name="quadratic", groups=groups, term_names=names),
    )
