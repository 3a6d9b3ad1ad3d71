"""Whether a model misses something that replicates rule out as noise."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.stats
from numpy.typing import NDArray

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, on_model_scale
from electrodoe.dataset.blocks import without_block_means
from electrodoe.errors import EvaluationError
from electrodoe.evaluate.coded_models import coded_models
from electrodoe.evaluate.residual_parts import residual_parts
from electrodoe.models import in_canonical_order

_ROUNDING: Final = 1e-9
"""Singular value, of the largest, below which a column is told by others: rounding."""


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
        Where factors are hard to change, within whole plots
        (:func:`lack_of_fit_within_whole_plots`).

    Raises
    ------
    EvaluationError
        If there are no replicates, or not more configurations than terms.
    ModelError
        If the configurations do not determine the quadratic.
    """
    ordered = on_model_scale(in_canonical_order(data.all_good))
    X = coded_models(ordered)[-1].at_samples(ordered)[1]
    settings, plots = ordered.setting_numbers, ordered.whole_plots
    runs = np.unique(ordered.run_numbers, return_inverse=True)[1]
    if plots is None or len(np.unique(plots)) == int(runs.max()) + 1:  # a whole plot is a run
        return lack_of_fit(X, ordered.response, settings, runs)
    return lack_of_fit_within_whole_plots(X, ordered.response, settings, runs, plots)


def lack_of_fit_within_whole_plots(
    X: Floats, y: Floats, settings: Integers, runs: Integers, whole_plots: Integers
) -> LackOfFit:
    """Return the test of a model's lack of fit by what differs within whole plots alone.

    What a whole plot adds to all its runs is neither lack of fit nor pure error: it is taken out of
    both. Runs tested as if each were set anew call a right model wrong where whole plots vary.

    Parameters
    ----------
    X : array of shape (n_samples, n_terms)
        Model matrix, equal for all samples of a setting.
    y : array of shape (n_samples,)
        Response.
    settings, runs, whole_plots : array of shape (n_samples,), int
        Setting, run and whole plot of each sample; runs from 0. Samples of a run are averaged.

    Returns
    -------
    LackOfFit
        Against runs whose settings repeat, in one whole plot or, by their differences, in several.

    Raises
    ------
    EvaluationError
        If nothing is repeated within whole plots, or the model has a term for everything that
        differs within them.

    Examples
    --------
    >>> x = np.array([1.0, 1, 2, 2, 3, 3, 4, 4])
    >>> y = np.array([2.1, 1.9, 3.2, 2.8, 4.9, 5.1, 6, 7]) + np.tile([0.0, 100.0], 4)
    >>> X, settings, plots = np.column_stack([np.ones(8), x]), x.astype(int), np.tile([0, 1], 4)
    >>> test = lack_of_fit_within_whole_plots(X, y, settings, np.arange(8), plots)
    >>> test.degrees_of_freedom, test.pure_error_degrees_of_freedom, round(test.f, 6)
    (2, 3, 0.913043)
    """
    n_samples = np.bincount(runs).astype(np.float64)
    first = np.unique(runs, return_index=True)[1]
    plots = whole_plots[first]
    numbers = np.unique(settings[first], return_inverse=True)[1]
    means = np.bincount(runs, y) / n_samples
    inside = without_block_means(means[:, None], plots)[:, 0]
    parts = (X[first], np.eye(int(numbers.max()) + 1)[numbers])
    small, large = (_left(without_block_means(part, plots), inside) for part in parts)
    n_error = len(means) - len(np.unique(plots)) - large[1]
    n_lack = large[1] - small[1]
    if n_error < 1 or n_lack < 1:
        missing = "pure error" if n_error < 1 else "lack of fit"
        raise EvaluationError(
            f"{len(means)} runs in {len(np.unique(plots))} whole plots have no {missing} within"
            " whole plots",
            where="lack of fit of the quadratic",
            fix="repeat settings within whole plots, or measure more settings there",
        )
    lack = max(small[0] - large[0], 0.0)
    f = (lack / n_lack) / (large[0] / n_error) if large[0] > 0.0 else np.inf
    return LackOfFit(
        sum_of_squares=lack,
        degrees_of_freedom=n_lack,
        pure_error_sum_of_squares=large[0],
        pure_error_degrees_of_freedom=n_error,
        f=float(f),
        p=float(scipy.stats.f.sf(f, n_lack, n_error)),
    )


def _left(X: Floats, y: Floats) -> tuple[float, int]:
    """Return the sum of squares that columns leave of a response, and their rank."""
    left, sizes, _ = np.linalg.svd(X, full_matrices=False)
    basis = left[:, sizes > _ROUNDING * max(float(sizes.max(initial=0.0)), 1.0)]
    rest = y - basis @ (basis.T @ y)
    return float(rest @ rest), basis.shape[1]


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
