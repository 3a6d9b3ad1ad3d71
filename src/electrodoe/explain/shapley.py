"""Exact Shapley values and interactions against a background of configurations."""

from dataclasses import dataclass
from functools import cache
from math import factorial

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.explain.composites import CoalitionGame, Predict, coalition_game, coalitions


@dataclass(frozen=True, kw_only=True)
class ShapleyValues:
    """What each input adds to each prediction, in the response's unit.

    Attributes
    ----------
    values : array of shape (n_explained, n_inputs)
        Add up to prediction minus base.
    interactions : array of shape (n_explained, n_inputs, n_inputs)
        Off the diagonal half of each pair's Shapley interaction index, so that the two halves
        make the pair; on the diagonal the main effect. Rows add up to ``values``.
    base : float
        Mean prediction over the background.
    predictions : array of shape (n_explained,)
        What the model predicts at the explained settings.
    """

    values: Floats
    interactions: Floats
    base: float
    predictions: Floats


def shapley_values(
    predict: Predict, explained: Floats, background: Floats, groups: Integers | None = None
) -> ShapleyValues:
    r"""Return exact Shapley values of a model's predictions.

    Parameters
    ----------
    predict : callable
        ``predict(inputs) -> array of shape (n_samples,)``.
    explained : array of shape (n_explained, n_inputs)
        Settings to explain.
    background : array of shape (n_background, n_inputs)
        Settings that stand for not knowing an input; here the distinct configurations.
    groups : array of shape (n_inputs,), int, or None
        Number of each input's group, from 0. Inputs of a group are known or unknown together, and
        share one value: the Shapley value of the game between groups.

    Returns
    -------
    ShapleyValues
        Values, interactions, base and predictions.

    Raises
    ------
    ExplanationError
        If there are more than 12 inputs or groups.

    Notes
    -----
    With v(S) the interventional expectation of the prediction where the inputs in S are known,

    .. math::
        \phi_i = \sum_{S \subseteq N \setminus i}
            \frac{|S|!\,(n - |S| - 1)!}{n!} [v(S \cup i) - v(S)]

    and the interaction index is that of [2]_, its halves shared out as in [3]_.

    References
    ----------
    .. [1] Shapley, Contributions to the Theory of Games II (1953) 307.
    .. [2] Grabisch, Roubens, International Journal of Game Theory 28 (1999) 547.
    .. [3] Lundberg et al., Nature Machine Intelligence 2 (2020) 56.

    Examples
    --------
    >>> def surface(x):
    ...     a, b, c = x.T
    ...     return 10 + 2 * a - 3 * b + 4 * a * b + 5 * c**2
    >>> result = shapley_values(
    ...     surface, np.array([[2.0, 1, 1]]), np.array([[0.0, 0, 0], [1, 1, 1]]))
    >>> result.values, result.base
    (array([[7. , 0.5, 2.5]]), 14.0)
    >>> result.interactions[0, 0]
    array([5., 2., 0.])
    """
    return shapley_values_of(coalition_game(predict, explained, background, groups))


def shapley_values_of(game: CoalitionGame) -> ShapleyValues:
    """Return the Shapley values of a game that is at hand; see :func:`shapley_values`."""
    n_inputs = len(game.swaps)
    values = game.values.T @ _value_weights(n_inputs)
    return ShapleyValues(
        values=values,
        interactions=_interactions(game, values),
        base=float(game.values[0, 0]),
        predictions=game.values[-1],
    )


@cache
def _value_weights(n: int) -> Floats:
    """Return the weight of each coalition in each input's value, shape (2**n_inputs, n_inputs)."""
    members = coalitions(n)
    size = members.sum(axis=1)[:, None] - members  # of the coalition without the input
    weight = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    return np.asarray(np.where(members, weight[size], -weight[size]))


def _interactions(game: CoalitionGame, values: Floats) -> Floats:
    """Return main effects and halves of the pairs, shape (n_explained, n_inputs, n_inputs)."""
    n = values.shape[1]
    result = np.zeros((len(values), n, n))
    for i in range(n):
        for j in range(i):
            result[:, i, j] = result[:, j, i] = game.values.T @ _pair_weights(n, i, j) / 2.0
    main = values - result.sum(axis=2)
    result[:, range(n), range(n)] = main
    return result


@cache
def _pair_weights(n: int, i: int, j: int) -> Floats:
    """Return the weight of each coalition in a pair's interaction index, shape (2**n_inputs,)."""
    members = coalitions(n)
    size = members.sum(axis=1) - members[:, i] - members[:, j]
    weight = np.array(
        [factorial(s) * factorial(n - s - 2) / factorial(n - 1) for s in range(n - 1)]
    )
    return np.asarray(np.where(members[:, i] == members[:, j], weight[size], -weight[size]))
