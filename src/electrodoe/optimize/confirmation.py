"""Runs that confirm a recommendation: what they must come to, and the verdict afterwards."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import RecommendationError
from electrodoe.models import LEVEL
from electrodoe.study import or_nearest


class Promised(Protocol):
    """What was promised of one response, in its unit."""

    @property
    def response_name(self) -> str:
        """Return the response."""
        ...

    @property
    def predicted(self) -> float:
        """Return the prediction."""
        ...

    @property
    def lower(self) -> float | None:
        """Return the lower end of the interval for a new configuration, if there is one."""
        ...

    @property
    def upper(self) -> float | None:
        """Return the upper end."""
        ...


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What confirmation runs say of one response.

    Attributes
    ----------
    response_name : str
        What was measured.
    predicted, lower, upper : float
        What was promised.
    values : tuple of float
        What came back.
    n_inside : int
        Values within the interval.
    is_binary : bool
        Whether the values are outcomes of 0 and 1, and the interval is of their probability.
    """

    response_name: str
    predicted: float
    lower: float
    upper: float
    values: tuple[float, ...]
    n_inside: int
    is_binary: bool = False

    @property
    def mean(self) -> float:
        """Return the mean of what came back."""
        return float(np.mean(self.values))

    @property
    def is_confirmed(self) -> bool:
        """Return whether the mean of what came back lies within the interval.

        Of outcomes: whether so many events, or more, or fewer, are not rarer than one in twenty
        with every probability of the interval; three runs contradict little.
        """
        if self.is_binary:
            from scipy.stats import binom

            n, n_events = len(self.values), round(sum(self.values))
            is_too_few = binom.cdf(n_events, n, self.lower) < (1.0 - LEVEL) / 2.0
            is_too_many = binom.sf(n_events - 1, n, self.upper) < (1.0 - LEVEL) / 2.0
            return not (is_too_few or is_too_many)
        return self.lower <= self.mean <= self.upper

    @property
    def sentence(self) -> str:
        """Return the verdict in words."""
        word = "confirmed" if self.is_confirmed else "not confirmed"
        if self.is_binary:
            word = "not contradicted" if self.is_confirmed else "not confirmed"
            return (
                f"{self.response_name}: {word}. {round(sum(self.values))} of {len(self.values)}"
                f" are the event; a probability of {self.predicted:.3g} was predicted,"
                f" {self.lower:.3g} to {self.upper:.3g} with {LEVEL:.0%}."
            )
        return (
            f"{self.response_name}: {word}. The mean of {len(self.values)} is {self.mean:.4g};"
            f" {self.predicted:.4g} was predicted, {self.lower:.4g} to {self.upper:.4g} with"
            f" {100 * LEVEL:.0f} %; {self.n_inside} of {len(self.values)} lie inside."
        )


def verdicts(
    promised: Sequence[Promised], measured: Mapping[str, Floats], binary: Collection[str] = ()
) -> tuple[Verdict, ...]:
    """Return what confirmation runs say of a recommendation.

    Parameters
    ----------
    promised : sequence of Promised
        What the recommended settings promise: a set point's ``promises``.
    measured : mapping of str to array of shape (n_values,)
        What came back, by response, in its unit; NaN is left out.
    binary : collection of str
        Responses whose values are outcomes of 0 and 1.

    Returns
    -------
    tuple of Verdict
        One for each response that was measured and has an interval.

    Raises
    ------
    RecommendationError
        If a response was not promised, or nothing of what was came back.

    Notes
    -----
    The interval is for a single measurement of a new configuration; a mean of several scatters
    less, so a true promise is confirmed more often than the level says. Of several responses, one
    may miss by chance: each of them does in up to one of ten.
    """
    promises = {promise.response_name: promise for promise in promised}
    found = []
    for name, values in measured.items():
        if name not in promises:
            raise RecommendationError(
                f"nothing was promised of '{name}'",
                where="confirmation runs",
                fix=or_nearest(name, promises),
            )
        promise, known = promises[name], values[np.isfinite(values)]
        if promise.lower is None or promise.upper is None or not len(known):
            continue
        is_inside = (known >= promise.lower) & (known <= promise.upper)
        found.append(
            Verdict(
                response_name=name,
                predicted=promise.predicted,
                lower=promise.lower,
                upper=promise.upper,
                values=tuple(known.tolist()),
                n_inside=int(is_inside.sum()),
                is_binary=name in binary,
            )
        )
    if not found:
        raise RecommendationError(
            "no value of any promised response",
            where="confirmation runs",
            fix=f"give a column for each of {', '.join(promises)}",
        )
    return tuple(found)
