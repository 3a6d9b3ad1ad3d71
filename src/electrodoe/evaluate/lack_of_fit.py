"""Whether a model misses something that replicates rule out as noise."""

from dataclasses import dataclass

import numpy as np
import scipy.stats
from numpy.typing import NDArray

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, configuration_means, on_model_scale
from electrodoe.errors import EvaluationError
from electrodoe.evaluate.coded_models import coded_models
from electrodoe.models import in_canonical_order
from electrodoe.models.least_squares import least_squares


@dataclass(frozen=True, kw_only=True)
class LackOfFit:
    """A model's residual, parted into what it misses and what no model could know.

    Attributes
    ----------
    sum_of_squares, degrees_of_freedom : float, int
        Between the means of the configurations and the model.
    pure_error_sum_of_squares, pure_error_degrees_of_freedom : float, int
        Between replicates of one configuration.
    f, p : float
        Ratio of the mean squares, and how often a right model gets a greater one.
    """

    sum_of_squares: float
    degrees_of_freedom: int
    pure_error_sum_of_squares: float
    pure_error_degrees_of_freedom: int
    f: float
    p: float


def lack_of_fit(X: Floats, y: Floats, configurations: Integers) -> LackOfFit:
    r"""Return the test of a linear model's lack of fit against pure error.

    Parameters
    ----------
    X : array of shape (n_samples, n_terms)
        Model matrix, equal for all replicates of a configuration. Where inputs are measured
        sample by sample and differ a little between replicates, build it from the
        configurations' mean inputs: the replicates are then near replicates.
    y : array of shape (n_samples,)
        Response.
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    LackOfFit
        A small p says that the model's form is wrong, or that configurations differ by more
        than their inputs (a batch, a day): the test cannot distinguish these.

    Raises
    ------
    EvaluationError
        If there are no replicates, if the model has a term for every configuration, or if the
        rows of ``X`` differ within a configuration.
    ModelError
        If the data do not determine the model.

    Notes
    -----
    With K configurations, n samples and p terms

    .. math:: F = \frac{(SSE - SSPE) / (K - p)}{SSPE / (n - K)}

    References
    ----------
    .. [1] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), section 2.7.

    Examples
    --------
    >>> x = np.array([1.0, 1, 2, 2, 3, 3, 4, 4])
    >>> y = np.array([2.1, 1.9, 3.2, 2.8, 4.9, 5.1, 6, 7])
    >>> test = lack_of_fit(np.column_stack([np.ones(8), x]), y, x.astype(np.int64))
    >>> round(test.f, 8), round(test.p, 8)
    (1.12903226, 0.40854501)
    """
    _, position = np.unique(configurations, return_inverse=True)
    n_configurations = int(position.max()) + 1
    _require_room(X, position, n_configurations)
    names = [f"column {number}" for number in range(1, X.shape[1] + 1)]
    residual = float(np.sum((y - X @ least_squares(X, y, names)) ** 2))
    pure_error = pure_error_sum_of_squares(y, configurations)
    missed = max(residual - pure_error, 0.0)
    degrees, pure_degrees = n_configurations - X.shape[1], len(y) - n_configurations
    f = _ratio(missed / degrees, pure_error / pure_degrees)
    return LackOfFit(
        sum_of_squares=missed,
        degrees_of_freedom=degrees,
        pure_error_sum_of_squares=pure_error,
        pure_error_degrees_of_freedom=pure_degrees,
        f=f,
        p=float(scipy.stats.f.sf(f, degrees, pure_degrees)),
    )


def quadratic_lack_of_fit(data: TrainingData) -> LackOfFit:
    """Return the test of the quadratic in all inputs, as the analysis of variance prints it.

    Parameters
    ----------
    data : TrainingData
        One response; the order of samples does not matter. One with a transform is tested on its
        scale. Good samples that an outlier rule keeps from models count here.

    Returns
    -------
    LackOfFit
        At the mean inputs of the configurations.

    Raises
    ------
    EvaluationError
        If there are no replicates, or not more configurations than terms.
    ModelError
        If the configurations do not determine the quadratic.
    """
    ordered = on_model_scale(in_canonical_order(data.all_good))
    _, position = np.unique(ordered.configurations, return_inverse=True)
    groups = coded_models(ordered)[1].groups.values()
    X = np.column_stack([np.ones(len(position)), *(group[position] for group in groups)])
    return lack_of_fit(X, ordered.response, ordered.configurations)


def pure_error_sum_of_squares(y: Floats, configurations: Integers) -> float:
    """Return the sum of squares of the response around the means of the configurations."""
    _, position = np.unique(configurations, return_inverse=True)
    means = configuration_means(y[:, None], configurations)[:, 0]
    return float(np.sum((y - means[position]) ** 2))


def _ratio(numerator: float, denominator: float) -> float:
    """Return a ratio of mean squares; infinite where replicates are equal."""
    return numerator / denominator if denominator > 0.0 else np.inf


def _require_room(X: Floats, position: NDArray[np.intp], n_configurations: int) -> None:
    """Refuse data that leave nothing to compare."""
    if n_configurations == len(X):
        raise EvaluationError(
            f"{len(X)} samples of {len(X)} configurations have no pure error",
            where="lack_of_fit(X, y, configurations)",
            fix="measure replicates of at least one configuration",
        )
    if n_configurations <= X.shape[1]:
        raise EvaluationError(
            f"{n_configurations} configurations for {X.shape[1]} terms leave no lack of fit",
            where="lack_of_fit(X, y, configurations)",
            fix="test a model with fewer terms, or measure more configurations",
        )
    first = np.unique(position, return_index=True)[1]
    if not np.array_equal(X, X[first[position]]):
        row = int(np.argmax(np.any(X[first[position]] != X, axis=1)))
        raise EvaluationError(
            "replicates of one configuration have different terms",
            where=f"lack_of_fit(X, y, configurations), row {row}",
            fix="build the terms from the configurations' mean inputs",
        )
