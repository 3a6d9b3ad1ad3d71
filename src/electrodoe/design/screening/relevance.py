"""How important a parameter is, by each source and overall, and what its place advises."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from electrodoe.study.parameters import Parameter, Rating, Relevance

Source = Literal["literature", "experts"]
SCORE_OF_RATING: Final[Mapping[str, float]] = {"low": 1 / 6, "medium": 3 / 6, "high": 5 / 6}
"""A rating counts as the middle of its third."""

_ONE_STEP: Final = 1 / 3
"""From 0 to 1 there are three ratings: low, medium, high."""
_ROUNDING: Final = 1e-9
"""As `electrodoe.ties.EQUAL`: thirds have no exact binary number."""

ADVICE: Final[Mapping[tuple[str, str], str]] = {
    ("high", "low"): "measure inline and use as a factor",
    ("high", "medium"): "use as a factor; plan the work for its measurement",
    ("high", "high"): "predict from others: a candidate response or soft sensor",
    ("medium", "low"): "measure inline and keep beside the factors",
    ("medium", "medium"): "hold constant and measure samples",
    ("medium", "high"): "hold constant; measure when there is doubt",
    ("low", "low"): "record and do not vary",
    ("low", "medium"): "leave out",
    ("low", "high"): "leave out",
}
"""What to do with a parameter, by the levels of its importance and its complexity."""


@dataclass(frozen=True, kw_only=True)
class Importance:
    """One parameter's importance, each number from 0 to 1.

    Attributes
    ----------
    literature, experts : float or None
        By source; None where the source says nothing.
    overall : float
        Mean of the sources, or the plain rating where they are not distinguished.
    """

    literature: float | None
    experts: float | None
    overall: float

    @property
    def level(self) -> Rating:
        """Return the third in which the overall importance lies."""
        if self.overall < _ONE_STEP - _ROUNDING:
            return "low"
        return "medium" if self.overall < 2 * _ONE_STEP - _ROUNDING else "high"

    @property
    def sources_disagree(self) -> bool:
        """Return whether the sources lie a whole step of the ratings apart, or more."""
        if self.literature is None or self.experts is None:
            return False
        return abs(self.literature - self.experts) >= _ONE_STEP - _ROUNDING


def importances(parameters: Mapping[str, Parameter]) -> dict[str, Importance]:
    """Return how important each parameter is.

    Notes
    -----
    By one source, the importance is the mean of two numbers from 0 to 1: the number of
    interdependencies over the largest number that this source gives to any of the parameters, and
    the impact. A rating counts as 1/6 (low), 3/6 (medium) or 5/6 (high). Overall, it is the mean
    of the sources that say something. The two dimensions, interdependencies and impact, are those
    of [1]_; the weights, all equal, are a convention of this project.

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457, Table 1 and its
       ref. [12].

    Examples
    --------
    >>> from electrodoe.study import Parameter
    >>> found = importances({
    ...     "mass_loading": Parameter(process="drying", complexity="low", experts="high",
    ...         literature={"interdependencies": 8, "impact": 0.9}),
    ...     "web_tension": Parameter(process="coating", complexity="low",
    ...         literature={"interdependencies": 2, "impact": 0.1}),
    ... })
    >>> round(found["mass_loading"].literature, 3), round(found["web_tension"].overall, 3)
    (0.95, 0.175)
    """
    most = {
        "literature": _most(parameter.literature for parameter in parameters.values()),
        "experts": _most(parameter.experts for parameter in parameters.values()),
    }
    found = {}
    for name, parameter in parameters.items():
        literature = _score(parameter.literature, most["literature"])
        experts = _score(parameter.experts, most["experts"])
        reported = [value for value in (literature, experts) if value is not None]
        if parameter.importance is not None:
            reported = [SCORE_OF_RATING[parameter.importance]]
        overall = sum(reported) / len(reported)
        found[name] = Importance(literature=literature, experts=experts, overall=overall)
    return found


def _most(relevances: Iterable[Relevance | None]) -> int:
    """Return the largest number of interdependencies that one source gives."""
    return max((each.interdependencies or 0 for each in relevances if each is not None), default=0)


def _score(relevance: Relevance | None, most_interdependencies: int) -> float | None:
    """Return the importance by one source."""
    if relevance is None:
        return None
    if relevance.rating is not None:
        return SCORE_OF_RATING[relevance.rating]
    fraction = (relevance.interdependencies or 0) / max(most_interdependencies, 1)
    return (fraction + (relevance.impact or 0.0)) / 2.0


def ranks(
    parameters: Mapping[str, Parameter], found: Mapping[str, Importance]
) -> dict[str, tuple[int, int]]:
    """Return each parameter's rank and how many share it.

    Rank 1 is the most important; of equally important ones, the less complex comes first. Those
    equal in both share a rank, and the next one is counted as if they had not.
    """
    places = {
        name: (-round(found[name].overall, 9), SCORE_OF_RATING[parameter.complexity])
        for name, parameter in parameters.items()
    }
    ordered = sorted(places.values())
    return {
        name: (ordered.index(place) + 1, ordered.count(place)) for name, place in places.items()
    }
