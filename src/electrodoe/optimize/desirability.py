"""How good a product is: one number from 0 to 1 for each goal, and one for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import numpy as np
from pydantic import BeforeValidator, PlainSerializer

from electrodoe.arrays import Floats
from electrodoe.study import Response

Limit = Annotated[float, PlainSerializer(lambda end: end if np.isfinite(end) else None)]
"""An end of a specification; JSON has null where there is none."""
_DROP: Final = 1e-9
"""Fraction of a span by which a limit may be missed through rounding."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is wanted of one response, with every number known.

    Attributes
    ----------
    response_name : str
        The response.
    kind : {"maximize", "minimize", "target", "range"}
        What is wanted.
    low, high : float
        Where desirability is 0 (or 1 for the better end of maximize and minimize).
    target : float
        The value of desirability 1 where the kind is ``target``.
    lower, upper : float
        Specification; infinite where there is none.
    weight, importance : float
        Exponent, and share in the mean of all goals.
    is_open : bool
        Whether the better end was not declared, so that what is better than all that was seen is
        better still.
    """

    response_name: str
    kind: Literal["maximize", "minimize", "target", "range"]
    low: float
    high: float
    target: float
    lower: Annotated[Limit, BeforeValidator(lambda end: -np.inf if end is None else end)] = -np.inf
    upper: Annotated[Limit, BeforeValidator(lambda end: np.inf if end is None else end)] = np.inf
    weight: float = 1.0
    importance: float = 1.0
    is_open: bool = False

    @property
    def has_specification(self) -> bool:
        """Return whether a product can fail it."""
        return bool(np.isfinite(self.lower) or np.isfinite(self.upper))

    @property
    def span(self) -> float:
        """Return a width that other differences are measured by."""
        return self.high - self.low


def goal_of(name: str, response: Response, worst: float, best: float) -> Goal:
    """Return a declared goal with the ends that the declaration leaves open.

    Parameters
    ----------
    name : str
        The response.
    response : Response
        Its declaration, with a goal.
    worst, best : float
        Minimum and maximum value that data or models show; they stand in for ends not declared.

    Returns
    -------
    Goal
        Ends that rise.

    Examples
    --------
    >>> goal = goal_of("strength_kpa", Response(goal="maximize", lower=500.0), 300.0, 900.0)
    >>> goal.low, goal.high, goal.upper
    (500.0, 900.0, inf)
    """
    assert response.goal is not None  # noqa: S101 - the caller asks for goals alone
    lower = -np.inf if response.lower is None else response.lower
    upper = np.inf if response.upper is None else response.upper
    low = worst if response.lower is None else response.lower
    high = best if response.upper is None else response.upper
    if response.goal == "maximize":
        high = min(best, upper) if response.target is None else response.target
    if response.goal == "minimize":
        low = max(worst, lower) if response.target is None else response.target
    target = high if response.target is None else response.target
    if response.goal == "target":
        low, high = min(low, target - _DROP), max(high, target + _DROP)
    if low >= high:  # nothing that was seen reaches the specification
        low, high = (low, low + abs(best - worst)) if lower > -np.inf else (high - 1.0, high)
    return Goal(
        response_name=name,
        kind=response.goal,
        low=float(low),
        high=float(high),
        target=float(target),
        lower=float(lower),
        upper=float(upper),
        weight=response.weight,
        importance=response.importance,
        is_open=response.goal in {"maximize", "minimize"} and response.target is None,
    )


def desirability(goal: Goal, values: Floats, *, is_beyond: bool = False) -> Floats:
    r"""Return how good values of one response are.

    Parameters
    ----------
    goal : Goal
        What is wanted.
    values : array of any shape
        In the response's unit.
    is_beyond : bool
        Whether an open goal's desirability rises above 1 for what is better than all that was seen.

    Returns
    -------
    array of the same shape
        From 0 (not good, whatever else) to 1 (as wanted).

    Notes
    -----
    For ``maximize`` and weight s, and turned round for ``minimize``,

    .. math:: d = \left(\frac{y - y_\mathrm{low}}{y_\mathrm{high} - y_\mathrm{low}}\right)^s

    between the ends; ``target`` rises to the target and falls behind it.

    References
    ----------
    .. [1] Derringer, Suich, Journal of Quality Technology 12 (1980) 214.

    Examples
    --------
    >>> goal = Goal(response_name="y", kind="target", low=0.0, target=4.0, high=6.0)
    >>> desirability(goal, np.array([-1.0, 2.0, 4.0, 5.0, 7.0]))
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    rise = (values - goal.low) / goal.span
    match goal.kind:
        case "maximize":
            fraction = rise
        case "minimize":
            fraction = 1.0 - rise
        case "target":
            up = (values - goal.low) / (goal.target - goal.low)
            fraction = np.minimum(up, (goal.high - values) / (goal.high - goal.target))
        case "range":
            fraction = np.ones_like(values)
    slack = _DROP * goal.span
    is_good = (values >= goal.lower - slack) & (values <= goal.upper + slack)
    most = np.inf if is_beyond and goal.is_open else 1.0
    return np.asarray(np.where(is_good, np.clip(fraction, 0.0, most) ** goal.weight, 0.0))


def overall_desirability(
    goals: Sequence[Goal], values: Floats, *, is_beyond: bool = False
) -> Floats:
    r"""Return how good products are in all goals together.

    Parameters
    ----------
    goals : sequence of Goal
        What is wanted.
    values : array of shape (..., n_goals)
        Each response in its own unit.
    is_beyond : bool
        As for :func:`desirability`.

    Returns
    -------
    array of shape (...)
        0 as soon as one goal is failed.

    Notes
    -----
    .. math:: D = \left(\prod_j d_j^{r_j}\right)^{1 / \sum r_j}
    """
    each = np.stack(
        [desirability(goal, values[..., j], is_beyond=is_beyond) for j, goal in enumerate(goals)],
        axis=-1,
    )
    fractions = np.array([goal.importance for goal in goals])
    with np.errstate(divide="ignore"):
        logarithms = np.log(each) * (fractions / fractions.sum())
    return np.asarray(np.exp(logarithms.sum(axis=-1)))


def shortfall(goals: Sequence[Goal], values: Floats) -> Floats:
    """Return by how much products miss what is at least wanted, shape (...), in spans.

    Examples
    --------
    >>> goal = Goal(response_name="y", kind="maximize", low=10.0, high=20.0, target=20.0)
    >>> shortfall([goal], np.array([[5.0], [12.0]]))
    array([0.5, 0. ])
    """
    total = np.zeros(values.shape[:-1])
    for j, goal in enumerate(goals):
        low = goal.low if goal.kind in {"maximize", "target"} else goal.lower
        high = goal.high if goal.kind in {"minimize", "target"} else goal.upper
        below = np.maximum(max(low, goal.lower) - values[..., j], 0.0)
        above = np.maximum(values[..., j] - min(high, goal.upper), 0.0)
        total += goal.importance * (below + above) / goal.span
    return total
