"""Whether chance alone explains how confirmation runs scatter and lie about their prediction."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Booleans, Floats, Integers

CLAIMED: Final = 0.05
"""Chance of as much, where a true prediction has met with as bad runs, below which a cause is
looked for: one in twenty of these is accused without one."""
_RAISED: Final = 0.05
"""Chance below which what is tested next takes the scatter as it is now, not as it was."""
_NOTICED: Final = 0.05 / 3
"""Chance of one of three tests below which runs are asked though every value lies inside."""
_DRAWS: Final = 20_000
"""Sets of simulated runs of a true prediction: where one in ten is asked, 5 % are known to 0.5."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What runs have to come to, on the scale of the model.

    Attributes
    ----------
    predicted, half_width : float
        The prediction, and half its 90 % interval for one measurement of a new run.
    level : float
        Of the interval.
    run_variance : float
        Of the mean of a run, with as many samples as runs had before.
    run_degrees_of_freedom : float
        Of it.
    sample_variance : float
        Of samples of one run; 0 where runs had one sample each.
    sample_degrees_of_freedom : int
        Of it.
    samples_per_run : float
        Samples that a run had before (harmonic mean).
    """

    predicted: float
    half_width: float
    level: float
    run_variance: float
    run_degrees_of_freedom: float
    sample_variance: float = 0.0
    sample_degrees_of_freedom: int = 0
    samples_per_run: float = 1.0

    @property
    def prediction_variance(self) -> float:
        """Return the variance of the prediction itself: what is left of its interval's.

        At least what a coefficient of a plane costs: no model is known better than by its runs.
        """
        degrees = self.run_degrees_of_freedom
        t = float(scipy.stats.t.ppf(0.5 + self.level / 2.0, degrees))
        single = self.run_variance + self.sample_variance * (1.0 - 1.0 / self.samples_per_run)
        smallest = self.run_variance / (degrees + 2.0)
        return max((self.half_width / t) ** 2 - single, smallest)


@dataclass(frozen=True, kw_only=True)
class RunTest:
    """One question to the runs.

    Attributes
    ----------
    value, reference : float
        What is compared: standard deviations now and before, or the shift and its standard error.
    p : float
        Chance of as much with a true prediction, this test alone.
    chance : float
        Chance that any of the tests says as much, where a true prediction has met with runs as bad
        as to be asked.
    """

    value: float
    reference: float
    p: float
    chance: float

    @property
    def is_claimed(self) -> bool:
        """Return whether chance alone is not enough."""
        return self.chance <= CLAIMED


@dataclass(frozen=True, kw_only=True)
class RunTests:
    """What the runs say, whatever the cause.

    Attributes
    ----------
    n_values, n_outside : int
        Values, and those outside the interval.
    expected_outside : float
        Of as many, with a true prediction.
    outside_chance : float
        Chance of so many or more.
    samples, runs : Test or None
        Scatter within runs and between them; None where nothing repeats.
    shift : RunTest
        Of the mean of the runs.
    is_asked : bool
        Whether there is anything to explain: a value outside, or a test that says so.
    """

    n_values: int
    n_outside: int
    expected_outside: float
    outside_chance: float
    samples: RunTest | None
    runs: RunTest | None
    shift: RunTest
    is_asked: bool

    @property
    def claimed(self) -> tuple[str, ...]:
        """Return which of ``samples``, ``runs`` and ``shift`` chance does not explain."""
        named = {"samples": self.samples, "runs": self.runs, "shift": self.shift}
        return tuple(name for name, test in named.items() if test is not None and test.is_claimed)


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """Runs, one set to a row: means and sums of squares, and the variances known before."""

    means: Floats
    within: Floats
    n_outside: Integers
    run_variance: Floats
    sample_variance: Floats
    prediction_variance: Floats


def run_tests(expected: Expected, runs: Sequence[Floats]) -> RunTests:
    """Return whether runs lie otherwise than a true prediction lets them.

    Parameters
    ----------
    expected : Expected
        The prediction and the scatter before.
    runs : sequence of array
        Samples of each run, on the scale of the model.

    Returns
    -------
    RunTests
        Scatter within runs (F), between runs (F) and the shift of their mean (t). Where scatter is
        larger than before, what follows takes it as it is now. Chances come from simulated runs of
        a true prediction, of which those alone count that would be asked about.

    Examples
    --------
    >>> before = Expected(predicted=10.0, half_width=2.0, level=0.9, run_variance=1.0,
    ...                   run_degrees_of_freedom=20.0)
    >>> run_tests(before, [np.array([10.4]), np.array([12.3])]).claimed
    ()
    >>> run_tests(before, [np.array([15.0]), np.array([15.8]), np.array([14.9])]).claimed
    ('shift',)
    """
    sizes = np.array([len(run) for run in runs])
    own = _observed(expected, runs)
    found = _chances(expected, sizes, own)
    smallest, simulated_outside = _by_chance(expected, tuple(sizes.tolist()))
    n_values, n_outside = int(sizes.sum()), int(own.n_outside[0])
    values, references = _sizes(expected, sizes, own)
    tests = [
        None
        if np.isnan(p[0])
        else RunTest(
            value=value,
            reference=reference,
            p=float(p[0]),
            chance=max(float(np.mean(smallest <= p[0] * (1.0 + 1e-9))), 1.0 / len(smallest)),
        )
        for p, value, reference in zip(found, values, references, strict=True)
    ]
    shift = tests[2]
    assert shift is not None  # noqa: S101 - a mean can always be compared
    return RunTests(
        n_values=n_values,
        n_outside=n_outside,
        expected_outside=(1.0 - expected.level) * n_values,
        outside_chance=float(np.mean(simulated_outside >= n_outside)),
        samples=tests[0],
        runs=tests[1],
        shift=shift,
        is_asked=bool(_asked(own.n_outside, found)[0]),
    )


@lru_cache(maxsize=8)
def _by_chance(expected: Expected, sizes: tuple[int, ...]) -> tuple[Floats, Integers]:
    """Return the smallest p of each set of runs that is asked, and how many values lie outside."""
    numbers = np.array(sizes)
    simulated = _simulated(expected, numbers)
    drawn = _chances(expected, numbers, simulated)
    return np.fmin.reduce(drawn)[_asked(simulated.n_outside, drawn)], simulated.n_outside


def _asked(n_outside: Integers, chances: Sequence[Floats]) -> Booleans:
    """Return which sets of runs there is something to explain in."""
    return np.asarray((n_outside > 0) | (np.fmin.reduce(chances) <= _NOTICED))


def _observed(expected: Expected, runs: Sequence[Floats]) -> _Drawn:
    """Return the runs that came back, as one set."""
    deviations = [run - expected.predicted for run in runs]
    outside = sum(int(np.sum(np.abs(own) > expected.half_width)) for own in deviations)
    return _Drawn(
        means=np.array([[own.mean() for own in deviations]]),
        within=np.array([sum(float(np.sum((own - own.mean()) ** 2)) for own in deviations)]),
        n_outside=np.array([outside]),
        run_variance=np.array([expected.run_variance]),
        sample_variance=np.array([expected.sample_variance]),
        prediction_variance=np.array([expected.prediction_variance]),
    )


def _simulated(expected: Expected, sizes: Integers) -> _Drawn:
    """Return sets of runs of a true prediction, each with a scatter estimated anew."""
    rng = np.random.default_rng(0)
    between = _between(expected, np.array([expected.run_variance]))[0]
    shared = rng.standard_normal((_DRAWS, 1)) * np.sqrt(expected.prediction_variance)
    effects = shared + rng.standard_normal((_DRAWS, len(sizes))) * np.sqrt(between)
    noise = rng.standard_normal((_DRAWS, int(sizes.sum()))) * np.sqrt(expected.sample_variance)
    values = np.repeat(effects, sizes, axis=1) + noise
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    means = np.add.reduceat(values, starts, axis=1) / sizes
    within = np.sum((values - np.repeat(means, sizes, axis=1)) ** 2, axis=1)
    again = _drawn_variance(rng, 1.0, expected.run_degrees_of_freedom)
    half = expected.half_width * np.sqrt(again)
    samples = _drawn_variance(rng, expected.sample_variance, expected.sample_degrees_of_freedom)
    return _Drawn(
        means=means,
        within=within,
        n_outside=np.sum(np.abs(values) > half[:, None], axis=1),
        run_variance=expected.run_variance * again,
        sample_variance=samples,
        prediction_variance=expected.prediction_variance * again,
    )


def _drawn_variance(rng: np.random.Generator, variance: float, degrees: float) -> Floats:
    """Return estimates of a variance with some degrees of freedom; as it is without any."""
    drawn = rng.chisquare(degrees, _DRAWS) / degrees if degrees >= 1.0 else np.ones(_DRAWS)
    return np.asarray(variance * drawn)


def _between(expected: Expected, run_variance: Floats) -> Floats:
    """Return the variance between runs without what samples add to their means."""
    share = expected.sample_variance / expected.samples_per_run
    return np.asarray(np.maximum(run_variance - share, 0.0))


def _of_means(expected: Expected, sizes: Integers, drawn: _Drawn, samples: Floats) -> Floats:
    """Return the variance that means of runs as large as these have."""
    return np.asarray(_between(expected, drawn.run_variance) + samples * np.mean(1.0 / sizes))


def _chances(expected: Expected, sizes: Integers, drawn: _Drawn) -> list[Floats]:
    """Return p of the scatter of samples, that of runs, and the shift, of every set; NaN if none.

    Each takes what was found before it as it is: means of runs whose samples scatter more differ
    more, and runs that differ more have a mean that is known less well.
    """
    n, degrees = len(sizes), expected.run_degrees_of_freedom
    nothing = np.full(len(drawn.means), np.nan)
    # samples within runs
    spare, before = int(sizes.sum()) - n, expected.sample_degrees_of_freedom
    samples, of_samples = drawn.sample_variance, nothing
    if spare and before and expected.sample_variance > 0.0:
        now = drawn.within / spare
        of_samples = scipy.stats.f.sf(now / drawn.sample_variance, spare, before)
        samples = np.where(of_samples <= _RAISED, now, samples)
    # means of runs about their mean
    variance, of_runs = _of_means(expected, sizes, drawn, samples), nothing
    freedom = np.full(len(drawn.means), degrees)
    if n > 1:
        now = np.var(drawn.means, axis=1, ddof=1)
        of_runs = scipy.stats.f.sf(now / variance, n - 1, degrees)
        is_more = of_runs <= _RAISED
        variance = np.where(is_more, now, variance)
        freedom = np.where(is_more, n - 1.0, freedom)
    # their mean about the prediction
    error = np.sqrt(drawn.prediction_variance + variance / n)
    of_shift = 2.0 * scipy.stats.t.sf(np.abs(drawn.means.mean(axis=1)) / error, freedom)
    return [of_samples, of_runs, of_shift]


def _sizes(
    expected: Expected, sizes: Integers, own: _Drawn
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return what is said of each test: the values now, and what they are compared with."""
    n = len(sizes)
    spare = max(int(sizes.sum()) - n, 1)
    variance = float(_of_means(expected, sizes, own, own.sample_variance)[0])
    scatter = float(np.std(own.means, ddof=1)) if n > 1 else np.nan
    error = np.sqrt(expected.prediction_variance + variance / n)
    now = (float(np.sqrt(own.within[0] / spare)), scatter, float(own.means.mean()))
    return now, (float(np.sqrt(expected.sample_variance)), float(np.sqrt(variance)), float(error))
