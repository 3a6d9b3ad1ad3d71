"""Left-out residuals of the quadratic: each setting's mean beside what all others say."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, configuration_means, known_transform
from electrodoe.models import pure_error
from electrodoe.models.intervals import in_unit
from electrodoe.models.terms import has_quadratic_term, quadratic_matrix
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.next_runs.repeated_settings import same_settings
from electrodoe.ties import ascending

_SPARE: Final = 1e-9
"""Fraction of a setting's own mean that the quadratic leaves free, below which it must follow
it."""
_LEVEL: Final = 0.95
"""Of the interval in which a repeat comes back: 95 % (benchmarks: 92 % came back)."""


@dataclass(frozen=True, kw_only=True)
class LeftOutResidual:
    """One setting that was made, and its residual from the quadratic.

    Attributes
    ----------
    sample_name : str
        Its first sample.
    settings : dict of str to float
        In each factor's own unit.
    measured : float
        Mean of its samples, in the response's unit; the mean on the scale of its transform, back in
        the unit.
    predicted : float
        By the quadratic through all other settings.
    studentized : float
        Measured minus predicted, in standard errors that replicates alone explain.
    lower, upper : float
        Between which the mean of as many samples of a new run lies in 95 of 100 cases, if nothing
        but the scatter of replicates distinguishes them.
    n_runs : int
        How often it was made, as far as the study distinguishes its runs.
    """

    sample_name: str
    settings: dict[str, float]
    measured: float
    predicted: float
    studentized: float
    lower: float
    upper: float
    n_runs: int

    @property
    def half_width(self) -> float:
        """Return half of what lies between the two."""
        return 0.5 * (self.upper - self.lower)


def quadratic_residuals(decision: Decision, data: TrainingData) -> tuple[LeftOutResidual, ...]:
    r"""Return every setting that the others judge, the largest residual first.

    Parameters
    ----------
    decision : Decision
        Region.
    data : TrainingData
        One response with replicates, whose settings determine the quadratic.

    Returns
    -------
    tuple of Miss
        Settings without which the quadratic is not determined are left out. A response with a
        transform is looked at on its scale.

    Notes
    -----
    With :math:`e_i` the residual of the mean of :math:`n_i` samples, :math:`h_i` its leverage and
    :math:`s_e^2` the variance of replicates

    .. math:: t_i = \frac{e_i \sqrt{n_i}}{s_e \sqrt{1 - h_i}}, \quad
        \bar y_i - \hat y_{i(-i)} = \frac{e_i}{1 - h_i}

    References
    ----------
    .. [1] Cook, Weisberg, Residuals and Influence in Regression (1982), ch. 2.
    """
    data = data.all_good
    runs = decision.runs_of(data)
    _, sample, sizes = np.unique(data.configurations, return_index=True, return_counts=True)
    _, first, place, existing = np.unique(
        same_settings(runs), return_index=True, return_inverse=True, return_counts=True
    )
    transform = known_transform(data)
    data = data.on_scale(transform)
    means = configuration_means(data.response[:, None], data.configurations)[:, 0]
    n = np.bincount(place, sizes).astype(np.float64)
    measured = np.bincount(place, sizes * means) / n
    columns = data.columns
    quadratic = has_quadratic_term(columns.contrasts(data.inputs), data.configurations)
    X = quadratic_matrix(
        columns.contrasts(runs[first]), quadratic & columns.is_number, columns.input_of_column
    )
    residual, spare = _residuals(X, measured, n)
    scatter = pure_error(data)
    error = np.sqrt(scatter.variance / n)
    evaluated = np.flatnonzero(spare > _SPARE)
    studentized = residual[evaluated] / (error[evaluated] * np.sqrt(spare[evaluated]))
    wide = scipy.stats.t.ppf(0.5 + _LEVEL / 2.0, scatter.degrees_of_freedom) * np.sqrt(2.0)
    settings = decision.settings(runs[first])
    half = wide * error
    in_units = [
        in_unit(transform, values)
        for values in (measured, measured - residual / np.maximum(spare, _SPARE))
    ]
    ends = [in_unit(transform, values) for values in (measured - half, measured + half)]
    return tuple(
        LeftOutResidual(
            sample_name=data.sample_names[sample[first[row]]],
            settings=dict(zip(decision.region.names, settings[row].tolist(), strict=True)),
            measured=float(in_units[0][row]),
            predicted=float(in_units[1][row]),
            studentized=float(studentized[rank]),
            lower=float(ends[0][row]),
            upper=float(ends[1][row]),
            n_runs=int(existing[row]),
        )
        for rank, row in ((rank, evaluated[rank]) for rank in ascending(-np.abs(studentized)))
    )


def _residuals(X: Floats, measured: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return residuals of weighted least squares, and one minus each leverage."""
    root = np.sqrt(n)
    Q = np.linalg.qr(root[:, None] * X)[0]
    fitted = Q @ (Q.T @ (root * measured)) / root
    return measured - fitted, 1.0 - np.sum(Q**2, axis=1)
