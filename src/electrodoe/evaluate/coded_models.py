"""The linear and the quadratic model at the settings of the configurations, in coded units."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.models.terms import (
    crossed,
    has_quadratic_term,
    quadratic_matrix,
    quadratic_names,
)


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
    groups: Mapping[str, Floats]
    term_names: list[str]


def _coded(inputs: Floats) -> Floats:
    """Return settings from -1 to +1 over the range of each input."""
    span = np.ptp(inputs, axis=0)
    fraction = (inputs - inputs.min(axis=0)) / np.where(span > 0.0, span, 1.0)
    return np.asarray(2.0 * fraction - 1.0)


def coded_models(data: TrainingData) -> tuple[CodedModel, CodedModel]:
    """Return the linear and the quadratic model at the configurations' mean inputs.

    A category has a column of effects coding per level but the last.
    """
    columns = data.columns
    means = configuration_means(data.inputs, data.configurations)
    coded = columns.effects(np.where(columns.is_category, means, _coded(means)))
    quadratic = has_quadratic_term(columns.effects(data.inputs), data.configurations)
    quadratic &= columns.is_number
    names = quadratic_names(data.column_names, quadratic, columns.input_of_column)
    n_linear = 1 + len(columns.is_number)
    n_crossed = n_linear + len(crossed(len(columns.is_number), columns.input_of_column))
    X = quadratic_matrix(coded, quadratic, columns.input_of_column)
    groups = {
        "linear": X[:, 1:n_linear],
        "interactions": X[:, n_linear:n_crossed],
        "quadratic": X[:, n_crossed:],
    }
    groups = {source: group for source, group in groups.items() if group.shape[1]}
    linear = {"linear": groups["linear"]}
    return (
        CodedModel(name="linear", groups=linear, term_names=names[:n_linear]),
        CodedModel(name="quadratic", groups=groups, term_names=names),
    )
