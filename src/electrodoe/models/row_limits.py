"""How many rows a family of models learns from, where there are more than it can hold."""

from collections.abc import Mapping
from typing import Final

ROW_LIMITS: Final[Mapping[str, int]] = {
    "random_forest": 2_000,
    "extra_trees": 2_000,
    "xgboost": 2_000,
    "svm": 1_000,
    "ensemble": 2_000,
}
"""A kernel machine's time grows with the square of the rows; a forest of 60 trees has 400 MB of
50,000 rows. The other families know all rows: their time grows with them, their size does not."""


def rows_learned(n_samples: int, family: str) -> int:
    """Return how many of some samples a family learns from.

    Examples
    --------
    >>> rows_learned(50_000, "svm"), rows_learned(50_000, "polynomial"), rows_learned(51, "svm")
    (1000, 50000, 51)
    """
    return min(n_samples, ROW_LIMITS.get(family, n_samples))
