"""The linear and the quadratic model at its settings, in coded units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.models.terms import (
    crossed,
    has_quadratic_term,
    quadratic_matrix,
    quadratic_names,
)

CURVATURE: Final = "curvature"
"""The group and the term of all squares together."""
_SAME: Final = 1e-3
"""Of coded squares: as near as settings are that count as one."""


@dataclass(frozen=True, kw_only=True)
class CodedModel:
    """A model's terms at the mean inputs of the settings.

    Attributes
    ----------
    name : str
        ``linear``, ``quadratic``, or ``interactions`` where squares follow from one another.
    groups : mapping of str to array of shape (n_settings, n_terms_of_the_group)
        Terms in the order in which they enter; the intercept is not among them.
    term_names : list of str
        Names of all terms; the first, ``1``, is the intercept.
    """

    name: str
    groups: Mapping[str, Floats]
    term_names: list[str]

    def at_samples(self, data: TrainingData) -> tuple[dict[str, Floats], Floats]:
        """Return the groups of terms, and the whole matrix, with a row per sample."""
        _, position = np.unique(data.setting_numbers, return_inverse=True)
        groups = {source: group[position] for source, group in self.groups.items()}
        return groups, np.column_stack([np.ones(len(position)), *groups.values()])


def coded(inputs: Floats) -> Floats:
    """Return settings from -1 to +1 over the range of each input."""
    span = np.ptp(inputs, axis=0)
    fraction = (inputs - inputs.min(axis=0)) / np.where(span > 0.0, span, 1.0)
    return np.asarray(2.0 * fraction - 1.0)


def coded_models(data: TrainingData) -> tuple[CodedModel, ...]:
    """Return the linear and the quadratic model at the settings' mean inputs.

    A category has a column of effects coding per level but the last. Where center points alone
    tell of curvature, all squares are one column: ``curvature`` is the mean of the other settings
    less that of the center, beside the linear model and beside that with interactions.
    """
    columns = data.columns
    means = configuration_means(data.inputs, data.setting_numbers)
    codes = columns.effects(np.where(columns.is_category, means, coded(means)))
    quadratic = has_quadratic_term(columns.effects(data.inputs), data.setting_numbers)
    quadratic &= columns.is_number
    names = quadratic_names(data.column_names, quadratic, columns.input_of_column)
    n_linear = 1 + len(columns.is_number)
    n_crossed = n_linear + len(crossed(len(columns.is_number), columns.input_of_column))
    X = quadratic_matrix(codes, quadratic, columns.input_of_column)
    linear = {"linear": X[:, 1:n_linear]}
    crossing = {"interactions": X[:, n_linear:n_crossed]} if n_crossed > n_linear else {}
    squares = X[:, n_crossed:]
    if _are_one_contrast(squares):
        curved = {CURVATURE: squares.mean(axis=1, keepdims=True)}
        return (
            CodedModel(
                name="linear", groups=linear | curved, term_names=[*names[:n_linear], CURVATURE]
            ),
            CodedModel(
                name="interactions",
                groups=linear | crossing | curved,
                term_names=[*names[:n_crossed], CURVATURE],
            ),
        )
    quadratics = {"quadratic": squares} if squares.shape[1] else {}
    return (
        CodedModel(name="linear", groups=linear, term_names=names[:n_linear]),
        CodedModel(name="quadratic", groups=linear | crossing | quadratics, term_names=names),
    )


def _are_one_contrast(squares: Floats) -> bool:
    """Return whether several squares are the same for every setting: 1 outside the center."""
    apart = np.abs(squares - squares[:, :1]).max(initial=0.0)
    return squares.shape[1] > 1 and bool(apart <= _SAME)
