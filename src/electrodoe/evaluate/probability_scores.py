"""How good predicted probabilities are: against the base rate, in their order, in their level."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy

from electrodoe.arrays import Floats

_PARTS: Final = 5
"""Groups of a calibration: quintiles, as few as show a bend."""
_MIN_ROWS: Final = 5
"""Of each group, below which fewer groups are made."""
_DECIMALS: Final = 9
"""Of a probability; what differs by less is equal."""
_SMALLEST: Final = 1e-6
"""Probability that a certain wrong prediction is scored with; a forest can say 0."""


@dataclass(frozen=True, kw_only=True)
class ProbabilityScores:
    """Scores of left-out probabilities.

    Attributes
    ----------
    base_rate : float
        Fraction of events among all that is scored.
    brier, skill : float
        Mean squared difference of probability and outcome; 1 minus its ratio to that of the base
        rate, which is R² of outcomes.
    skill_if_true : float
        The skill that would be reached if every predicted probability were the true one: a chance
        outcome cannot be foreseen better.
    log_loss, log_loss_of_base : float
        Mean of -ln of the probability of what happened, of the model and of the base rate.
    auc : float
        Chance that of one event and one other the event has the higher probability.
    """

    base_rate: float
    brier: float
    skill: float
    skill_if_true: float
    log_loss: float
    log_loss_of_base: float
    auc: float


def probability_scores(observed: Floats, predicted: Floats) -> ProbabilityScores:
    """Return the scores of predicted probabilities.

    Parameters
    ----------
    observed : array of shape (n_samples,)
        0 and 1, both of them.
    predicted : array of shape (n_samples,)
        Probabilities of 1, each by a model that saw nothing of its configuration.

    Returns
    -------
    ProbabilityScores
        Higher skill and AUC, lower Brier score and log loss are better.

    References
    ----------
    .. [1] Brier, Monthly Weather Review 78 (1950) 1.
    .. [2] Hanley, McNeil, Radiology 143 (1982) 29 (AUC).

    Examples
    --------
    >>> scores = probability_scores(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.1, 0.4, 0.3, 0.9]))
    >>> round(scores.brier, 4), round(scores.skill, 2), scores.auc
    (0.1675, 0.33, 0.75)
    """
    base = float(observed.mean())
    brier, of_base = float(np.mean((observed - predicted) ** 2)), base * (1.0 - base)
    events, others = predicted[observed == 1.0], predicted[observed == 0.0]
    before = np.sum(events[:, None] > others) + 0.5 * np.sum(events[:, None] == others)
    return ProbabilityScores(
        base_rate=base,
        brier=brier,
        skill=1.0 - brier / of_base,
        skill_if_true=1.0 - float(np.mean(predicted * (1.0 - predicted))) / of_base,
        log_loss=_log_loss(observed, predicted),
        log_loss_of_base=_log_loss(observed, np.full(len(observed), base)),
        auc=float(before / (len(events) * len(others))),
    )


def _log_loss(observed: Floats, predicted: Floats) -> float:
    """Return the mean of -ln of the probability of what happened."""
    of_it = np.where(observed == 1.0, predicted, 1.0 - predicted)
    return float(-np.mean(np.log(np.clip(of_it, _SMALLEST, 1.0))))


@dataclass(frozen=True, kw_only=True)
class CalibrationPart:
    """Samples of about one predicted probability.

    Attributes
    ----------
    n, n_events : int
        How many, and how many of them were the event.
    predicted : float
        Mean of their probabilities.
    low, high : float
        90 % interval of the share of events (Jeffreys).
    """

    n: int
    n_events: int
    predicted: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """Return the share of events."""
        return self.n_events / self.n

    @property
    def holds(self) -> bool:
        """Return whether the mean predicted probability lies in the interval of the share."""
        return self.low <= self.predicted <= self.high


def calibration(observed: Floats, predicted: Floats) -> tuple[CalibrationPart, ...]:
    """Return predicted beside observed shares, from the lowest probabilities to the highest.

    Quintiles of the predictions; fewer parts where a fifth is less than five samples, or where many
    predictions are equal, which are never parted.

    References
    ----------
    .. [1] Brown, Cai, DasGupta, Statistical Science 16 (2001) 101 (Jeffreys interval).

    Examples
    --------
    >>> rows = calibration(np.tile([0.0, 1.0], 5), np.linspace(0.0, 1.0, 10))
    >>> [(part.n, part.share, round(part.predicted, 2)) for part in rows]
    [(5, 0.4, 0.22), (5, 0.6, 0.78)]
    """
    n_parts = max(1, min(_PARTS, len(predicted) // _MIN_ROWS))
    middle = scipy.stats.rankdata(np.round(predicted, _DECIMALS)) - 0.5  # equals stay together
    number = (n_parts * middle / len(predicted)).astype(np.intp)
    parts = []
    for rows in (number == each for each in np.unique(number)):
        n, n_events = int(rows.sum()), int(observed[rows].sum())
        low, high = scipy.stats.beta.ppf([0.05, 0.95], n_events + 0.5, n - n_events + 0.5)
        parts.append(
            CalibrationPart(
                n=n,
                n_events=n_events,
                predicted=float(predicted[rows].mean()),
                low=0.0 if n_events == 0 else float(low),
                high=1.0 if n_events == n else float(high),
            )
        )
    return tuple(parts)
