"""Whether a model moves along a factor as physics says, and for certain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.verify.laws import Expectation
from electrodoe.verify.region import StudiedRegion

HOLDS: Final = "holds"
VIOLATED: Final = "violated"
OPEN: Final = "open"
_N_LINES: Final = 48
"""Lines through the region along which a model is asked: bound on time, chosen."""
_N_POSITIONS: Final = 9
"""Along each line, an eighth of the range apart; chosen."""
_CERTAIN: Final = 0.975
"""Of the refits; with 95 % in a tenth of the region 37 to 46 % are accused (decision 0010)."""
_SMALL_FRACTION: Final = 0.1
"""Fraction of the region in which a model may move the wrong way and still agree with a law."""
_ACCUSED_FRACTION: Final = 1.0 / 3.0
"""Fraction of the region for which it must do so for certain to be called a violation. Somewhere in
a region nearly all of few refits agree by chance: where a factor does nothing, a tenth of the
region and 95 % of the refits accuse 4 studies in 10, these limits 1 in 15."""
MIN_REFITS: Final = 20
"""With fewer, not even all of them say anything for certain."""
BAND: Final = (0.025, 0.975)
"""Ends of a two-sided 95 % interval."""
_NO_CHANGE: Final = 1e-9
"""Fraction of the response's range below which a prediction has not moved."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Profiles:
    """Lines through the region along one factor.

    Attributes
    ----------
    coded : array of shape (n_lines * n_positions, n_inputs)
        Coded points, line by line, evenly from one end of the factor to the other.
    is_held : array of shape (n_lines, n_positions - 1), bool
        Steps of which both ends may be set and are carried by data.
    """

    coded: Floats
    is_held: Booleans


@dataclass(frozen=True, kw_only=True)
class SignCheck:
    """One expectation, checked on one model or on the data alone.

    Attributes
    ----------
    basis : str
        ``data`` or a family.
    effect, low, high : float or None
        Mean change over the factor's region in the response's unit, with a 95 % interval.
    fraction_against, fraction_against_for_certain : float or None
        Of the region; None for the data, and the second where there are too few refits.
    n_refits : int
        Behind the interval.
    verdict : {"holds", "violated", "open"}
        What can be said.
    """

    basis: str
    effect: float
    low: float | None
    high: float | None
    fraction_against: float | None
    fraction_against_for_certain: float | None
    n_refits: int
    verdict: str


def profiles(studied: StudiedRegion, index: int, points: Floats) -> Profiles:
    """Return lines along one input through some of the region's points."""
    start = points[:_N_LINES]
    coded = np.repeat(start, _N_POSITIONS, axis=0)
    coded[:, index] = np.tile(np.linspace(-1.0, 1.0, _N_POSITIONS), len(start))
    held = studied.holds(coded).reshape(len(start), _N_POSITIONS)
    return Profiles(coded=coded, is_held=held[:, 1:] & held[:, :-1])


def check_model(
    expectation: Expectation, basis: str, lines: Profiles, predicted: Floats, refitted: Floats
) -> SignCheck | None:
    """Return how a model's predictions move along a factor.

    None where no step lies where data carry it. ``violated`` where in at least a third of the
    region at least 97.5 % of the refits move the wrong way; ``holds`` where the model itself does
    so in less than a tenth of it and the mean change is surely right.
    """
    if not lines.is_held.any():
        return None
    tolerance = _NO_CHANGE * float(np.ptp(predicted))
    steps = _steps(lines, predicted[None])[0]
    fraction_against = float(np.mean(expectation.direction * steps < -tolerance))
    effect = float(steps.mean()) * (_N_POSITIONS - 1)
    if len(refitted) < MIN_REFITS:
        return SignCheck(
            basis=basis,
            effect=effect,
            low=None,
            high=None,
            fraction_against=fraction_against,
            fraction_against_for_certain=None,
            n_refits=len(refitted),
            verdict=OPEN,
        )
    drawn = _steps(lines, refitted)
    is_certain = np.mean(expectation.direction * drawn < -tolerance, axis=0) >= _CERTAIN
    certain = float(np.mean(is_certain))
    low, high = np.quantile(drawn.mean(axis=1), BAND) * (_N_POSITIONS - 1)
    is_right = expectation.agrees(float(low), float(high))
    holds = fraction_against < _SMALL_FRACTION and is_right
    return SignCheck(
        basis=basis,
        effect=effect,
        low=float(low),
        high=float(high),
        fraction_against=fraction_against,
        fraction_against_for_certain=certain,
        n_refits=len(refitted),
        verdict=VIOLATED if certain >= _ACCUSED_FRACTION else HOLDS if holds else OPEN,
    )


def verdict_of(checks: Sequence[str]) -> str:
    """Return what several checks of one expectation come to.

    Parameters
    ----------
    checks : sequence of str
        Verdicts on the data and on models.

    Returns
    -------
    str
        ``violated`` where any is, ``holds`` where none is and any does, else ``open``.

    Examples
    --------
    >>> verdict_of(["holds", "open"]), verdict_of(["holds", "violated"]), verdict_of(["open"])
    ('holds', 'violated', 'open')
    """
    return next((word for word in (VIOLATED, HOLDS) if word in checks), OPEN)


def _steps(lines: Profiles, predictions: Floats) -> Floats:
    """Return the changes over the steps that data carry, shape (n_models, n_steps)."""
    shaped = predictions.reshape(len(predictions), -1, _N_POSITIONS)
    return np.asarray(np.diff(shaped, axis=2)[:, lines.is_held])
