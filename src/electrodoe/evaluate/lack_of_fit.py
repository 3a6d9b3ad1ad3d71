"""Whether a model misses something that replicates rule out as noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, on_model_scale
from electrodoe.errors import EvaluationError
from electrodoe.evaluate.coded_models import coded_models
from electrodoe.evaluate.residual_parts import residual_parts
from electrodoe.models import in_canonical_order


@dataclass(frozen=True, kw_only=True)
class LackOfFit:
    """A model's residual, parted into what it misses and what no model could know.

    Attributes
    ----------
    sum_of_squares, degrees_of_freedom : float, int
        Between the means of the settings and the model.
    pure_error_sum_of_squares, pure_error_degrees_of_freedom : float, int
        Between runs of one setting; where no setting has a second run, between samples of a run.
    f, p : float
        Ratio of the mean squares, and how often a right model gets a greater one.
    is_between_runs : bool
        Whether the pure error is that of runs. Samples of one run vary less than runs do, and a
        test against them cannot tell a wrong model from runs that differ.
    """

    sum_of_squares: float
    degrees_of_freedom: int
    pure_error_sum_of_squares: float
    pure_error_degrees_of_freedom: int
    f: float
    p: float
    is_between_runs: bool = True


def lack_of_fit(
    X: Floats, y: Floats, configurations: Integers, runs: Integers | None = None
) -> LackOfFit:
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
        Configuration (setting) of each sample.
    runs : array of shape (n_samples,), int, or None
        Run of each sample; None where every row is a run of its own.

    Returns
    -------
    LackOfFit
        A small p says that the model's form is wrong, or, where only samples of one run repeat
        anything, that runs differ by more than their inputs (a batch, a day): the test cannot
        distinguish these.

    Raises
    ------
    EvaluationError
        If there are no replicates, if the model has a term for every configuration, or if the
        rows of ``X`` differ within a configuration.
    ModelError
        If the data do not determine the model.

    Notes
    -----
    With K settings, R runs, n samples and p terms

    .. math:: F = \frac{SS_\mathrm{lack} / (K - p)}{SSPE / (R - K)}

    where SSPE is between the means of runs of one setting; with R = K it is the sum of squares
    within runs, over n - R.

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
    _require_room(X, position, int(position.max()) + 1)
    runs = np.arange(len(y)) if runs is None else runs
    parts = residual_parts(X, y, configurations, runs)
    is_between_runs = parts.pure_error.degrees_of_freedom > 0
    against = parts.pure_error if is_between_runs else parts.samples
    test = parts.lack_of_fit_test
    assert test is not None  # noqa: S101 - there is room, as looked up above
    return LackOfFit(
        sum_of_squares=parts.lack_of_fit.sum_of_squares,
        degrees_of_freedom=parts.lack_of_fit.degrees_of_freedom,
        pure_error_sum_of_squares=against.sum_of_squares,
        pure_error_degrees_of_freedom=against.degrees_of_freedom,
        f=test[0],
        p=test[1],
        is_between_runs=is_between_runs,
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
        At the mean inputs of the settings; against runs of equal settings where there are any.

    Raises
    ------
    EvaluationError
        If there are no replicates, or not more configurations than terms.
    ModelError
        If the configurations do not determine the quadratic.
    """
    ordered = on_model_scale(in_canonical_order(data.all_good))
    X = coded_models(ordered)[-1].at_samples(ordered)[1]
    return lack_of_fit(X, ordered.response, ordered.setting_numbers, ordered.run_numbers)


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
