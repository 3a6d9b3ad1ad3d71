"""Descent between bounds, for many starts at once."""

from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers

Objective = Callable[[Floats, Integers], tuple[Floats, Floats]]
"""From points, shape (n, m), and the numbers of their starts, to values (n,) and gradients."""

_MEMORY: Final = 8
"""Steps that L-BFGS remembers: 3 to 20 are usual (Nocedal, Wright 2006, ch. 7.2)."""
_SUFFICIENT: Final = 1e-4
"""Of Armijo's condition: the usual value (Nocedal, Wright 2006, ch. 3.1)."""
_MOST_HALVINGS: Final = 12
"""Steps tried, each 0.4 of the one before: down to 4e-5 of the first; chosen."""
_FIRST_STEP: Final = 0.1
"""Length of the first step in coded units: nothing is known of the curvature yet."""


def descend(
    objective: Objective, starts: Floats, n_steps: int, tolerance: float
) -> tuple[Floats, Floats]:
    """Minimize from many starts, every variable between -1 and 1.

    Notes
    -----
    Limited-memory BFGS on the variables that no bound holds, with steps cut at the bounds and
    halved until they gain enough. All starts share every call of the objective.

    References
    ----------
    .. [1] Nocedal, Wright, Numerical Optimization (2006), algorithm 7.4.
    .. [2] Bertsekas, SIAM J. Control Optim. 20 (1982) 221.

    Examples
    --------
    >>> def bowl(x, starts):
    ...     return np.sum((x - 2.0) ** 2, axis=1), 2.0 * (x - 2.0)
    >>> descend(bowl, np.zeros((1, 2)), 50, 1e-12)[0].round(6)
    array([[1., 1.]])
    """
    x = starts.copy()
    active = np.arange(len(x))
    value, gradient = objective(x, active)
    memory: deque[tuple[Floats, Floats]] = deque(maxlen=_MEMORY)
    for _ in range(n_steps):
        # variables at a bound that the gradient pushes outward are held
        old, g = x[active], gradient[active]
        is_held = ((old <= -1.0) & (g > 0.0)) | ((old >= 1.0) & (g < 0.0))
        free = np.where(is_held, 0.0, g)
        remembered = [(step[active], turn[active]) for step, turn in memory]
        # one step of all starts that go on, and what it gained
        direction = np.where(is_held, 0.0, _direction(free, remembered))
        found = _line_search(objective, old, value[active], g, direction, active)
        gain = value[active] - found[1]
        # remember step and change of the gradient; starts that gained too little have ended
        step, turn = np.zeros_like(x), np.zeros_like(x)
        step[active], turn[active] = found[0] - old, np.where(is_held, 0.0, found[2] - g)
        memory.append((step, turn))
        x[active], value[active], gradient[active] = found
        active = active[gain > tolerance * np.abs(value[active])]
        if not len(active):
            break
    return x, value


def _direction(g: Floats, memory: list[tuple[Floats, Floats]]) -> Floats:
    """Return the quasi-Newton direction of each start from its remembered steps."""
    q, fractions, scale = g.copy(), [], np.zeros((len(g), 1))
    # the first of both loops of L-BFGS, from the latest step back
    for step, turn in reversed(memory):
        inner, norm = _dot(step, turn), _dot(turn, turn)
        is_good = inner > 1e-12 * norm
        weight = np.where(is_good, 1.0 / np.where(is_good, inner, 1.0), 0.0)
        fraction = weight * _dot(step, q)
        q -= fraction * turn
        fractions.append((weight, fraction))
        latest = np.where(is_good, inner / np.where(is_good, norm, 1.0), 0.0)
        scale = np.where(scale > 0.0, scale, latest)
    # length of the first step, from the latest curvature or a fixed distance
    longest = np.abs(g).max(axis=1, keepdims=True)
    q *= np.where(scale > 0.0, scale, _FIRST_STEP / np.maximum(longest, 1e-300))
    # the second loop, and steepest descent where the result leads uphill
    for (step, turn), (weight, fraction) in zip(memory, reversed(fractions), strict=True):
        q += (fraction - weight * _dot(turn, q)) * step
    is_downhill = _dot(q, g) > 0.0
    return -np.where(is_downhill, q, g * _FIRST_STEP / np.maximum(longest, 1e-300))


def _line_search(
    objective: Objective,
    x: Floats,
    value: Floats,
    gradient: Floats,
    direction: Floats,
    starts: Integers,
) -> tuple[Floats, Floats, Floats]:
    """Return points, values and gradients after steps that gain enough, or none."""
    moved, reached, slopes = x.copy(), value.copy(), gradient.copy()
    open_ = np.arange(len(x))
    length = 1.0
    for _ in range(_MOST_HALVINGS):
        # try the same length for all that are still open
        trial = np.clip(x[open_] + length * direction[open_], -1.0, 1.0)
        trial_value, trial_gradient = objective(trial, starts[open_])
        # Armijo's condition; who meets it is done, the others try a shorter step
        expected = np.sum(gradient[open_] * (trial - x[open_]), axis=1)
        is_enough = trial_value <= value[open_] + _SUFFICIENT * np.minimum(expected, 0.0)
        done = open_[is_enough]
        moved[done], reached[done] = trial[is_enough], trial_value[is_enough]
        slopes[done] = trial_gradient[is_enough]
        open_ = open_[~is_enough]
        if not len(open_):
            break
        length *= 0.4
    return moved, reached, slopes


def _dot(first: Floats, second: Floats) -> Floats:
    """Return the inner product of each start, shape (n_starts, 1)."""
    return np.asarray(np.sum(first * second, axis=1, keepdims=True))
