"""How far families that predict in unlike ways agree on what matters."""

from itertools import combinations

import numpy as np
import polars as pl
import scipy

from electrodoe.arrays import Floats, Integers
from electrodoe.explain.impurity import SHADOW
from electrodoe.explain.stability import ranks
from electrodoe.explain.tables import AGREEMENT_SCHEMA
from electrodoe.ties import first_largest


def rank_agreement(importances: pl.DataFrame, *, method: str = "shapley") -> pl.DataFrame:
    """Return how alike the families rank the inputs of each target and scenario.

    Parameters
    ----------
    importances : polars.DataFrame
        Rows of the table :data:`EXPLANATION_SCHEMA`, of any number of families.
    method : str
        Which measure of importance to compare; one without a sign.

    Returns
    -------
    polars.DataFrame
        Rows of the table :data:`AGREEMENT_SCHEMA`; none for a target with a single family.
    """
    compared = importances.filter(pl.col("method") == method, pl.col("input") != SHADOW)
    rows: list[dict[str, object]] = []
    for (target, scenario), group in compared.group_by("target", "scenario", maintain_order=True):
        table = group.pivot(on="input", index="family", values="value", maintain_order=True)
        inputs = [name for name in table.columns if name != "family"]
        sizes = table.select(inputs).to_numpy()
        if len(sizes) > 1:
            head = {"target": target, "scenario": scenario, "method": method}
            places = -np.array([ranks(row) for row in sizes], dtype=np.float64)
            rows.append({**head, **_agreement(inputs, places)})
    return AGREEMENT_SCHEMA.frame(rows)


def _agreement(inputs: list[str], sizes: Floats) -> dict[str, object]:
    """Return the figures of one target; ``sizes`` are ranks, largest last, by family and input."""
    votes = np.bincount(first_largest(sizes), minlength=len(inputs))
    top = int(np.argmax(votes))
    return {
        "n_families": len(sizes),
        "kendall_w": kendall_w(sizes),
        "mean_tau": mean_tau(sizes),
        "top_input": inputs[top],
        "top_fraction": float(votes[top] / len(sizes)),
    }


def kendall_w(sizes: Floats) -> float | None:
    r"""Return Kendall's coefficient of concordance, corrected for ties.

    One where all families rank alike, near zero where they have nothing in common; None where
    nobody tells the inputs apart.

    Notes
    -----
    With m families, n inputs, S the sum of squared deviations of the rank sums and T the tie
    correction of [1]_,

    .. math:: W = \frac{12 S}{m^2 (n^3 - n) - m \sum T}

    References
    ----------
    .. [1] Kendall, Babington Smith, Annals of Mathematical Statistics 10 (1939) 275.

    Examples
    --------
    >>> kendall_w(np.array([[3.0, 2, 1], [30, 20, 10]]))
    1.0
    """
    m, n = sizes.shape
    rank = scipy.stats.rankdata(sizes, axis=1)
    spread = float(np.sum((rank.sum(axis=0) - m * (n + 1) / 2.0) ** 2))
    ties = sum(float(np.sum(count**3 - count)) for count in map(_repeats, sizes))
    largest = m**2 * (n**3 - n) - m * ties
    return 12.0 * spread / largest if largest > 0.0 else None


def _repeats(values: Floats) -> Integers:
    """Return how often each distinct value occurs."""
    return np.asarray(np.unique(values, return_counts=True)[1])


def mean_tau(sizes: Floats) -> float | None:
    """Return the mean of Kendall's tau over all pairs of families.

    One where all rank alike, minus one where two rank in opposite ways; None where no pair of
    families tells the inputs apart.

    Examples
    --------
    >>> mean_tau(np.array([[3.0, 2, 1], [1, 2, 3]]))
    -1.0
    """
    telling = [row for row in sizes if np.ptp(row) > 0.0]
    taus = [
        float(scipy.stats.kendalltau(one, other).statistic)
        for one, other in combinations(telling, 2)
    ]
    return float(np.mean(taus)) if taus else None
