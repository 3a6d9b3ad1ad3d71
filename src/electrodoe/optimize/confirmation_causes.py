"""Why confirmation runs miss their prediction: each possible cause with the number behind it."""

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import scipy.stats

from electrodoe.optimize.confirmation_tests import CLAIMED, RunTests

CauseKind = Literal["samples", "runs", "settings", "time", "extrapolation", "shape"]
"""Scatter of samples, of runs, settings that were not kept, drift or another day, settings beyond
what was measured, a model that misses the surface."""

_TELLING: Final = 3.0
"""Odds from which one explanation of a shift is put before another ("positive" evidence: Kass and
Raftery, J. Am. Stat. Assoc. 90 (1995) 773)."""
_MOST_ODDS: Final = 100.0
"""What one piece of evidence may count at most: none is surer than the assumptions behind it."""
_OUTSIDE: Final = 5.0
"""Odds of a model that is wrong outside what was measured, over one that is wrong inside: set so
that only a lack of fit below 1 % is put beside it."""
_KNOWN_BEFORE: Final = 0.005
"""Chance of a drift or a lack of fit of the runs before below which it is named though the new
runs alone could be chance: it made the interval wide. Chance alone shows one of the two in one of a
hundred studies."""
_HALF: Final = 0.5
"""Of a shift: settings that explain less of it are not its reason."""


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """New runs at other settings, made with the confirmation runs: how far from the prediction.

    Attributes
    ----------
    n_runs : int
        How many.
    shift, standard_error : float
        Mean deviation, and its error with the predictions' own.
    """

    n_runs: int
    shift: float
    standard_error: float

    @property
    def p(self) -> float:
        """Return the chance of so large a shift without one."""
        return 2.0 * float(scipy.stats.norm.sf(abs(self.shift) / self.standard_error))


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What is known beside the confirmation runs; deviations on the scale of the model.

    Attributes
    ----------
    expected_shift : float or None
        What the settings that were really made change of the prediction; None where the table of
        the runs has none.
    shift_left : RunTests or None
        The tests against the prediction at those settings.
    drift, drift_p : float or None
        Of the residuals from the first run to the last, as the model's runs were made.
    block_sd : float or None
        Standard deviation between blocks (days, coils) that no interval holds.
    elsewhere : Elsewhere or None
        Other new runs.
    outside : tuple of str
        Inputs beyond what was measured.
    hull : float
        Distance from the hull of the runs, in fractions of ranges; 0 inside.
    lack_of_fit_p : float or None
        Of the quadratic; None where nothing repeats.
    nearest_sample : str
        Of the run to repeat.
    """

    expected_shift: float | None = None
    shift_left: RunTests | None = None
    drift: float | None = None
    drift_p: float | None = None
    block_sd: float | None = None
    elsewhere: Elsewhere | None = None
    outside: tuple[str, ...] = ()
    hull: float = 0.0
    lack_of_fit_p: float | None = None
    nearest_sample: str = ""


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """Why runs miss their prediction, as far as numbers say.

    Attributes
    ----------
    response_name : str
        Of which response.
    tests : RunTests
        What the runs say.
    circumstances : Circumstances
        What else is known.
    causes : tuple of str
        The most plausible first, two at most; none where chance is enough.
    is_open : bool
        Whether the numbers do not tell these causes apart.
    is_known_before : bool
        Whether the new runs alone could be chance, and the runs before show the cause.
    odds : dict of str to float
        Of the explanations of a shift, over that with no evidence at all.
    """

    response_name: str
    tests: RunTests
    circumstances: Circumstances
    causes: tuple[CauseKind, ...] = ()
    is_open: bool = False
    is_known_before: bool = False
    odds: dict[str, float] = field(default_factory=dict)


def diagnosis(response_name: str, tests: RunTests, known: Circumstances) -> Diagnosis:
    """Return why runs miss their prediction, or that chance is enough.

    Parameters
    ----------
    response_name : str
        Of which response.
    tests : RunTests
        Of the runs that came back.
    known : Circumstances
        What else is known.

    Returns
    -------
    Diagnosis
        Scatter is named by its test, settings where they take away what the tests say. A shift is
        a change with time or a model that is wrong at these settings; odds say which: p values
        count by their largest Bayes factor -1/(e p ln p) [1]_, other new runs by the ratio of
        the likelihoods of one shift for all and of none for them.

    References
    ----------
    .. [1] Sellke, Bayarri, Berger, The American Statistician 55 (2001) 62,
       10.1198/000313001300339950.

    Examples
    --------
    >>> from electrodoe.optimize.confirmation_tests import Expected, run_tests
    >>> before = Expected(predicted=10.0, half_width=2.0, level=0.9, run_variance=1.0,
    ...                   run_degrees_of_freedom=20.0)
    >>> tests = run_tests(before, [np.array([15.0]), np.array([15.8]), np.array([14.9])])
    >>> others = Elsewhere(n_runs=5, shift=5.1, standard_error=0.6)
    >>> diagnosis("strength_kpa", tests, Circumstances(elsewhere=others)).causes
    ('time',)
    >>> diagnosis("strength_kpa", tests, Circumstances()).is_open
    True
    """
    claimed = tests.claimed if tests.is_asked else ()
    if not claimed:
        before = _known_before(tests, known) if tests.is_asked else ()
        return Diagnosis(
            response_name=response_name,
            tests=tests,
            circumstances=known,
            causes=before,
            is_known_before=bool(before),
        )
    odds = shift_odds(tests, known) if "shift" in claimed else {}
    causes: list[CauseKind] = []
    is_open = False
    if _is_explained(tests, known):
        causes = ["settings"]
    else:
        scatter: list[tuple[float, CauseKind]] = []
        for kind, test in (("samples", tests.samples), ("runs", tests.runs)):
            if test is not None and kind in claimed:
                scatter.append((test.chance, "samples" if kind == "samples" else "runs"))
        causes = [kind for _, kind in sorted(scatter)]
        if odds:
            shifted, is_open = _told_apart(odds)
            is_first = not scatter or tests.shift.chance < min(scatter)[0]
            causes = [*shifted, *causes] if is_first else [*causes, *shifted]
    return Diagnosis(
        response_name=response_name,
        tests=tests,
        circumstances=known,
        causes=tuple(causes[:2]),
        is_open=is_open,
        odds=odds,
    )


def _known_before(tests: RunTests, known: Circumstances) -> tuple[CauseKind, ...]:
    """Return what the runs before show for certain and would make the new ones miss."""
    found: list[tuple[float, CauseKind]] = []
    if known.drift_p is not None and (known.drift or 0.0) * tests.shift.value > 0.0:
        found.append((known.drift_p, "time"))
    if known.lack_of_fit_p is not None:
        found.append((known.lack_of_fit_p, "shape"))
    return tuple(kind for p, kind in sorted(found) if p <= _KNOWN_BEFORE)


def _is_explained(tests: RunTests, known: Circumstances) -> bool:
    """Return whether the settings that were made take away what the tests say."""
    left = known.shift_left
    if left is None or left.claimed:
        return False
    shift, expected = tests.shift.value, known.expected_shift or 0.0
    if "shift" not in tests.claimed:  # runs that differ because their settings do
        return left.runs is not None and tests.runs is not None and left.runs.p > CLAIMED
    return left.shift.p > CLAIMED and expected * shift > 0 and abs(expected) >= _HALF * abs(shift)


def shift_odds(tests: RunTests, known: Circumstances) -> dict[str, float]:
    """Return the odds of the explanations of a shift; 1 where nothing speaks for one.

    Parameters
    ----------
    tests : RunTests
        With the shift and its standard error.
    known : Circumstances
        What else is known.

    Returns
    -------
    dict of str to float
        ``time``, ``shape`` and, outside what was measured, ``extrapolation``.
    """
    shift, error = tests.shift.value, tests.shift.reference
    time = 1.0
    if known.drift_p is not None and (known.drift or 0.0) * shift > 0.0:
        time *= _bayes_factor(known.drift_p)
    if known.block_sd and abs(shift) <= 2.0 * float(np.hypot(known.block_sd, error)):
        time *= _TELLING  # a block like the others would do it
    if known.elsewhere is not None:
        time *= _of_the_same_shift(shift, error, known.elsewhere)
    shape = 1.0 if known.lack_of_fit_p is None else _bayes_factor(known.lack_of_fit_p)
    is_outside = bool(known.outside) or known.hull > 0.0
    return {
        "time": time,
        "shape": shape,
        **({"extrapolation": _OUTSIDE} if is_outside else {}),
    }


def _bayes_factor(p: float) -> float:
    """Return the most that a p value says against no effect; 1 from 1/e on."""
    if p >= np.exp(-1.0):
        return 1.0
    return float(min(-1.0 / (np.e * p * np.log(max(p, 1e-300))), _MOST_ODDS))


def _of_the_same_shift(shift: float, error: float, others: Elsewhere) -> float:
    """Return the odds of one shift for all new runs over none for the others."""
    same = scipy.stats.norm.logpdf(others.shift, shift, np.hypot(error, others.standard_error))
    none = scipy.stats.norm.logpdf(others.shift, 0.0, others.standard_error)
    most = np.log(_MOST_ODDS)
    return float(np.exp(np.clip(same - none, -most, most)))


def _told_apart(odds: dict[str, float]) -> tuple[list[CauseKind], bool]:
    """Return the explanations that stand in front, and whether the first two are not told apart."""
    order: tuple[CauseKind, ...] = ("extrapolation", "time", "shape")
    ranked = sorted((kind for kind in order if kind in odds), key=lambda kind: -odds[kind])
    first, second = ranked[:2]
    is_open = odds[first] < _TELLING * odds[second]
    return ([first, second] if is_open else [first]), is_open
