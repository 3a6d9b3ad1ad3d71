"""The linear and the quadratic model at its settings, in coded units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.dataset.categories import InputColumns
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
    in_units : array of shape (n_terms, n_terms), or None
        Each coded term as a sum of the same terms in the inputs' own units, a row each; None where
        there is no such sum.
    """

    name: str
    groups: Mapping[str, Floats]
    term_names: list[str]
    in_units: Floats | None = None

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
    units = _in_units(means, columns, quadratic)
    return (
        CodedModel(
            name="linear",
            groups=linear,
            term_names=names[:n_linear],
            in_units=units[:n_linear, :n_linear],
        ),
        CodedModel(
            name="quadratic",
            groups=linear | crossing | quadratics,
            term_names=names,
            in_units=units,
        ),
    )


def _in_units(means: Floats, columns: InputColumns, quadratic: Booleans) -> Floats:
    """Return the coded terms as sums of the terms in the inputs' units; categories stay coded."""
    span = np.ptp(means, axis=0)
    slopes = 2.0 / np.where(span > 0.0, span, 1.0)
    origins = -slopes * means.min(axis=0) - 1.0
    of = np.asarray(columns.input_of_column)
    slope = np.where(columns.is_number, slopes[of], 1.0)
    origin = np.where(columns.is_number, origins[of], 0.0)
    n, pairs = len(of), crossed(len(of), columns.input_of_column)
    units = np.zeros((1 + n + len(pairs) + int(quadratic.sum()),) * 2)
    units[0, 0] = 1.0
    for i in range(n):
        units[1 + i, [0, 1 + i]] = origin[i], slope[i]
    products = [*pairs, *((int(i), int(i)) for i in np.flatnonzero(quadratic))]
    for row, (i, j) in enumerate(products, start=1 + n):
        units[row, 0] = origin[i] * origin[j]
        units[row, 1 + i] += slope[i] * origin[j]
        units[row, 1 + j] += slope[j] * origin[i]
        units[row, row] = slope[i] * slope[j]
    return units


def in_units(model: CodedModel, estimates: Floats) -> list[float] | list[None]:
    """Return coefficients of inputs in their own units; None where the model does not know them."""
    if model.in_units is None:
        return [None] * len(estimates)
    found: list[float] = (estimates @ model.in_units).tolist()
    return found


def _are_one_contrast(squares: Floats) -> bool:
    """Return whether several squares are the same for every setting: 1 outside the center."""
    apart = np.abs(squares - squares[:, :1]).max(initial=0.0)
    return squares.shape[1] > 1 and bool(apart <= _SAME)
