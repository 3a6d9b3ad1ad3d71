"""What a finished study knows of its scatter, drift and shape, beside runs that confirm it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset import TrainingData, known_transform
from electrodoe.errors import EvaluationError, ModelError
from electrodoe.evaluate import quadratic_lack_of_fit
from electrodoe.models import LEVEL, Predictive, replicate_scatter
from electrodoe.optimize import (
    Circumstances,
    Diagnosis,
    Distance,
    Elsewhere,
    Expected,
    Promise,
    diagnosis,
    run_tests,
)

_Scale = Callable[[Floats], Floats]
_FEWEST: Final = 2
"""Degrees of freedom of a scatter that others are compared with."""


@dataclass(frozen=True, kw_only=True)
class ReturnedRuns:
    """New runs of one response that came back, row by row.

    Attributes
    ----------
    values : array of shape (n_rows,)
        In the response's unit; NaN where nothing was measured.
    runs : tuple of str
        Which run each row is of.
    is_confirmation : array of shape (n_rows,), bool
        Whether it was made at the recommended settings.
    settings : array of shape (n_rows, n_inputs) or None
        As they were set; None where the table does not say.
    """

    values: Floats
    runs: tuple[str, ...]
    is_confirmation: Booleans
    settings: Floats | None = None

    def rows_by_run(self, *, is_confirmation: bool) -> list[Integers]:
        """Return the rows of each measured run, in the order of the table."""
        kept = np.isfinite(self.values) & (self.is_confirmation == is_confirmation)
        names = dict.fromkeys(name for name, own in zip(self.runs, kept, strict=True) if own)
        labels = np.array(self.runs)
        return [np.flatnonzero(kept & (labels == name)) for name in names]


def why_missed(
    data: TrainingData,
    residuals: pl.DataFrame,
    checks: pl.DataFrame,
    promise: Promise,
    away: Distance,
    known: Predictive,
    back: ReturnedRuns,
) -> Diagnosis | None:
    """Return why confirmation runs of one response miss their prediction, or that they do not.

    Parameters
    ----------
    data : TrainingData
        The samples that the recommendation rests on.
    residuals, checks : polars.DataFrame
        Of ``RESIDUAL_SCHEMA`` and ``RESIDUAL_CHECK_SCHEMA``, of this response alone.
    promise : Promise
        With an interval.
    away : Distance
        Of the recommended settings from the runs.
    known : Predictive
        Predicts other settings, with intervals.
    back : ReturnedRuns
        What came back.

    Returns
    -------
    Diagnosis or None
        None where the study does not know how its runs scatter.
    """
    transform = known_transform(data)
    on_scale: _Scale = np.asarray if transform is None else transform.forward
    lack_of_fit_p = _lack_of_fit_p(data)
    scatter = _residual(residuals)
    rows = back.rows_by_run(is_confirmation=True)
    if scatter[1] < _FEWEST or scatter[0] <= 0.0 or not rows:
        return None
    expected = _expected(data, residuals, scatter, promise, on_scale)
    runs = [on_scale(back.values[own]) for own in rows]
    tests = run_tests(expected, runs)
    expected_shift = shift_left = None
    if back.settings is not None:
        points = np.array([back.settings[own].mean(axis=0) for own in rows])
        moved = on_scale(known.predict(points)) - expected.predicted
        expected_shift = float(moved.mean())
        shift_left = run_tests(
            expected, [run - more for run, more in zip(runs, moved, strict=True)]
        )
    drift = checks.filter(check="drift")
    across = float(drift["value"][0]) * np.sqrt(scatter[0]) if drift.height else None
    found = Circumstances(
        expected_shift=expected_shift,
        shift_left=shift_left,
        drift=across,
        drift_p=float(drift["p"][0]) if drift.height else None,
        block_sd=_block_sd(data),
        elsewhere=_elsewhere(known, back, on_scale, expected),
        outside=away.outside,
        hull=away.hull,
        lack_of_fit_p=lack_of_fit_p,
        nearest_sample=away.nearest_sample,
    )
    return diagnosis(data.response_name, tests, found)


def _lack_of_fit_p(data: TrainingData) -> float | None:
    """Return p of the quadratic's lack of fit against runs of equal settings, if there are any."""
    try:
        test = quadratic_lack_of_fit(data)
    except (EvaluationError, ModelError):
        return None
    return test.p if test.is_between_runs and np.isfinite(test.f) else None


def _residual(residuals: pl.DataFrame) -> tuple[float, float]:
    """Return the residual variance of the means of runs, and its degrees of freedom.

    Not pure error, even where the lack of fit is significant: where chance made that small, it
    would accuse runs that differ as all do.
    """
    degrees = float((1.0 - residuals["leverage"]).sum()) if residuals.height else 0.0
    if degrees < 1.0:
        return np.nan, 0.0
    return float((residuals["residual"] ** 2).sum()) / degrees, degrees


def _samples_per_run(residuals: pl.DataFrame) -> float:
    """Return the harmonic mean of the samples of runs."""
    return float(1.0 / (1.0 / residuals["n_samples"]).mean())  # type: ignore[operator]


def _expected(
    data: TrainingData,
    residuals: pl.DataFrame,
    scatter: tuple[float, float],
    promise: Promise,
    on_scale: _Scale,
) -> Expected:
    """Return what runs at the recommended settings have to come to."""
    samples = replicate_scatter(replace(data, configurations=data.run_numbers, runs=None))
    lower, upper = (float(on_scale(np.array(end))) for end in (promise.lower, promise.upper))
    return Expected(
        predicted=float(on_scale(np.array(promise.predicted))),
        half_width=abs(upper - lower) / 2.0,
        level=LEVEL,
        run_variance=scatter[0],
        run_degrees_of_freedom=scatter[1],
        sample_variance=samples.variance,
        sample_degrees_of_freedom=samples.degrees_of_freedom,
        samples_per_run=_samples_per_run(residuals),
    )


def _block_sd(data: TrainingData) -> float | None:
    """Return the standard deviation of what blocks add; None without blocks."""
    if data.block_offsets is None or data.blocks is None:
        return None
    first = np.unique(data.blocks, return_index=True)[1]
    return float(np.std(data.block_offsets[first], ddof=1)) if len(first) > 1 else None


def _elsewhere(
    known: Predictive, back: ReturnedRuns, on_scale: _Scale, expected: Expected
) -> Elsewhere | None:
    """Return how far other new runs lie from their predictions; None without some of them."""
    rows = back.rows_by_run(is_confirmation=False)
    if back.settings is None or len(rows) < _FEWEST:
        return None
    points = np.array([back.settings[own].mean(axis=0) for own in rows])
    try:
        ends = known.intervals(points, LEVEL)
    except ModelError:
        return None
    runs = np.array([on_scale(back.values[own]).mean() for own in rows])
    halves = np.abs(on_scale(ends.upper) - on_scale(ends.lower)) / 2.0
    variances = [replace(expected, half_width=float(half)).prediction_variance for half in halves]
    return Elsewhere(
        n_runs=len(rows),
        shift=float((runs - on_scale(known.predict(points))).mean()),
        standard_error=float(np.sqrt(np.mean(variances) + expected.run_variance / len(rows))),
    )
