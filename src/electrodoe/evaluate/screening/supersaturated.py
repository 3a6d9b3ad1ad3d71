"""More factors than runs: a lasso in steps, whose penalty permuted values set."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.evaluate.screening.lenth import FALSE_ALARM

_N_PERMUTATIONS: Final = 2000
"""The 95 % point of 2000 has a standard error of half a percent point."""
_SEED: Final = 0
"""Of the permutations: the same answer at every run."""
_MOST_ROUNDS: Final = 20
"""Until nothing more is selected; each round but the last adds a factor, and runs are few."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PenalizedSelection:
    """Factors that a penalized fit selects.

    Attributes
    ----------
    selected : tuple of int
        Factors, in the order of their columns.
    estimates : array of shape (n_factors,)
        Effects (high less low) of the selected by least squares beside one another; of the others
        the contrast of what the selected leave of them, on the scale of the thresholds.
    thresholds : tuple of float
        |effect| that noise alone reaches in 5 % of permutations, step by step; the last is that
        which nothing more exceeds.
    """

    selected: tuple[int, ...]
    estimates: Floats
    thresholds: tuple[float, ...]


def penalized_selection(coded: Floats, response: Floats) -> PenalizedSelection:
    """Return the factors of a supersaturated design that stand out from permuted noise.

    Parameters
    ----------
    coded : array of shape (n_runs, n_factors)
        Levels -1 and 1; more factors than runs less one.
    response : array of shape (n_runs,)
        One value per run.

    Returns
    -------
    PenalizedSelection
        Where nothing is active, anything is selected in 5 % of cases.

    Notes
    -----
    At each step a lasso of what the selected factors leave; its penalty is what permuted values
    reach in 5 % of cases: they break every effect and keep the correlations of the design. The
    first factor to enter, if any, is fitted by least squares beside those selected before. Permuted
    residuals are scaled for the degrees of freedom that were used.

    References
    ----------
    .. [1] Phoa, Pan, Xu, Journal of Statistical Planning and Inference 139 (2009) 2362: penalized
       selection (Dantzig selector) in supersaturated designs.
    """
    X = coded - coded.mean(axis=0)
    X = X / np.linalg.norm(X, axis=0)
    rng = np.random.default_rng(_SEED)
    selected: list[int] = []
    thresholds: list[float] = []
    scale = 2.0 / float(np.sqrt(len(coded)))
    directions, rest = _beside(X, response - response.mean(), selected)
    for _ in range(min(_MOST_ROUNDS, len(coded) // 2)):
        sizes = np.abs(directions.T @ rest)
        used = np.sqrt((len(coded) - 1) / (len(coded) - 1 - len(selected)))
        limit = float(used) * _permuted_limit(directions, rest, rng)
        thresholds.append(scale * limit)
        best = int(np.argmax(sizes >= sizes.max() * (1.0 - 1e-9)))
        if sizes[best] <= limit:
            break
        selected.append(best)
        directions, rest = _beside(X, response - response.mean(), selected)
    order: Integers = np.array(sorted(selected), dtype=np.int64)
    return PenalizedSelection(
        selected=tuple(order.tolist()),
        estimates=_effects(coded, response, order, scale * (directions.T @ rest)),
        thresholds=tuple(thresholds),
    )


def _beside(X: Floats, y: Floats, selected: list[int]) -> tuple[Floats, Floats]:
    """Return directions and response less what the selected factors explain; theirs are zero."""
    if not selected:
        return X, y
    Q = np.linalg.qr(X[:, selected])[0]
    rest = X - Q @ (Q.T @ X)
    lengths = np.linalg.norm(rest, axis=0)
    is_free = lengths > 1e-6  # of unit columns: what is dependent leaves nothing but rounding
    directions = np.where(is_free, rest / np.where(is_free, lengths, 1.0), 0.0)
    return directions, y - Q @ (Q.T @ y)


def _permuted_limit(directions: Floats, rest: Floats, rng: np.random.Generator) -> float:
    """Return the 95 % point of the largest correlation with permuted values."""
    drawn = np.array([rng.permutation(rest) for _ in range(_N_PERMUTATIONS)])
    largest = np.abs(drawn @ directions).max(axis=1)
    return float(np.quantile(largest, 1.0 - FALSE_ALARM))


def _effects(coded: Floats, response: Floats, selected: Integers, left: Floats) -> Floats:
    """Return effects of the selected together; of the others what is left."""
    together = np.column_stack([np.ones(len(coded)), coded[:, selected]])
    found = left.copy()
    found[selected] = 2.0 * np.linalg.lstsq(together, response, rcond=None)[0][1:]
    return found
