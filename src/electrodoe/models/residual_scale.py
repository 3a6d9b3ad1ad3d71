"""The scale of a setting's residual: what predictions add there, by leverage in a quadratic."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset import (
    TrainingData,
    configuration_means,
    left_out_groups,
    units_left_out,
)
from electrodoe.dataset.categories import InputColumns
from electrodoe.dataset.left_out_units import LeftOutUnits
from electrodoe.models.terms import has_quadratic_term, quadratic_matrix

_PENALTY: Final = 1.0
"""Weight of each term's prior against one configuration; keeps few runs of many terms finite."""
_LEVERAGE_WEIGHT: Final = 3.0
"""What a unit of leverage adds, in variances of a measurement. With 1, which is the variance of
least squares, 90 % intervals held .90 at set points and .93 inside the runs: a family that bends
otherwise than a quadratic errs most where it extrapolates. With 3 it is .93 and .91
(benchmarks/honesty.py, 276 studies, seeds from 9000; decision 0013)."""
_LEVERAGE_WEIGHT_OF_SETTINGS: Final = 1.0
"""The same where settings of several runs are left out: each run's residual has what the family
errs there. Of a cube made twice with centers, and of 3 x 3 made three times, intervals of 90 % of
ridge hold .90 and .92; with 3 .85 and .88 (benchmarks/strata.py; decision 0039)."""

_MOSTLY: Final = 0.5
"""Fraction of runs that go with others, from which the plan counts as replicated; chosen."""


@dataclass(frozen=True, kw_only=True)
class ResidualScale:
    r"""What the existing runs say about where predictions are hard.

    Attributes
    ----------
    columns : InputColumns
        Which columns stand for which input.
    low, span : array of shape (n_columns,)
        Smallest measured value of each input and its range, for coding from -1 to +1; -1 and 2 for
        the contrasts of categories, which are as long already.
    quadratic : array of shape (n_columns,), bool
        Which inputs have a square.
    inverses : array of shape (n_groups, n_terms, n_terms)
        Without each configuration, or each group of them that is left out together.
    inverse : array of shape (n_terms, n_terms)
        With all of them.
    degrees_of_freedom : float
        Configurations less the terms that they determine: the trace of I - H.
    leverage_weight : float
        What a unit of leverage adds: 3, or 1 where settings of several runs are left out.

    Notes
    -----
    With f the terms of a full quadratic in coded units, F those of all configurations but k, and w
    the weight of leverage,

    .. math:: u_{-k}(x) = \sqrt{1 + w f(x)^T (F_{-k}^T F_{-k} + I)^{-1} f(x)}

    It depends on settings alone, never on a response.
    """

    columns: InputColumns
    low: Floats
    span: Floats
    quadratic: Booleans
    inverses: Floats
    inverse: Floats
    degrees_of_freedom: float
    leverage_weight: float = _LEVERAGE_WEIGHT

    def without_each(self, inputs: Floats) -> Floats:
        """Return the residual scale of settings without each configuration, shape (n_groups, n)."""
        F = _terms(self.columns, inputs, self.low, self.span, self.quadratic)
        leverage = np.einsum("np,kpq,nq->kn", F, self.inverses, F, optimize=True)
        return np.asarray(np.sqrt(1.0 + self.leverage_weight * leverage))

    def without(self, number: int, inputs: Floats) -> Floats:
        """Return the residual scale of settings without one configuration or group, shape (n,)."""
        F = _terms(self.columns, inputs, self.low, self.span, self.quadratic)
        leverage = np.sum((F @ self.inverses[number]) * F, axis=1)
        return np.asarray(np.sqrt(1.0 + self.leverage_weight * leverage))

    def added_variance(self, inputs: Floats) -> Floats:
        """Return what a prediction adds to the variance of a measurement, over that variance.

        From all configurations, shape (n_settings,).
        """
        F = _terms(self.columns, inputs, self.low, self.span, self.quadratic)
        leverage = np.einsum("np,pq,nq->n", F, self.inverse, F, optimize=True)
        return np.asarray(self.leverage_weight * leverage)


def residual_scale(data: TrainingData) -> ResidualScale:
    """Return where predictions from some runs are hard.

    One where nothing is uncertain but the measurement itself, growing away from the runs.
    """
    columns = data.columns
    values = columns.contrasts(data.inputs)
    low, span = values.min(axis=0), np.ptp(values, axis=0)
    low = np.where(columns.is_number, low, -1.0)
    span = np.where(columns.is_number, np.where(span > 0.0, span, 1.0), 2.0)
    quadratic = has_quadratic_term(values, data.configurations) & columns.is_number
    means = configuration_means(data.inputs, data.configurations)
    F = _terms(columns, means, low, span, quadratic)
    gram = F.T @ F + _PENALTY * np.eye(F.shape[1])
    _, first = np.unique(data.configurations, return_index=True)
    units = units_left_out(data)
    groups = left_out_groups(units.numbers)
    own = [F[groups[first] == number] for number in range(int(groups.max()) + 1)]
    without = gram - np.array([rows.T @ rows for rows in own])
    inverses = np.asarray(np.linalg.inv(without), dtype=np.float64)
    inverse = np.asarray(np.linalg.inv(gram), dtype=np.float64)
    return ResidualScale(
        columns=columns,
        low=low,
        span=span,
        quadratic=quadratic,
        inverses=inverses,
        inverse=inverse,
        degrees_of_freedom=len(F) - float(np.sum((F @ inverse) * F)),
        leverage_weight=_leverage_weight(units, first),
    )


def _leverage_weight(units: LeftOutUnits, first: Integers) -> float:
    """Return what a unit of leverage adds: less where most runs go with others of their setting."""
    _, position, sizes = np.unique(units.numbers[first], return_inverse=True, return_counts=True)
    is_together = units.kind == "setting" and np.mean(sizes[position] > 1) > _MOSTLY
    return _LEVERAGE_WEIGHT_OF_SETTINGS if is_together else _LEVERAGE_WEIGHT


def _terms(
    columns: InputColumns, inputs: Floats, low: Floats, span: Floats, quadratic: Booleans
) -> Floats:
    """Return the quadratic's terms in coded units."""
    coded = 2.0 * (columns.contrasts(inputs) - low) / span - 1.0
    return quadratic_matrix(coded, quadratic, columns.input_of_column)
