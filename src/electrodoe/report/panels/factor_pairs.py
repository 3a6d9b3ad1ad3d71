"""Which two factors at a time a map of settings shows."""

from itertools import combinations
from typing import Final

import numpy as np

from electrodoe.optimize import OptimizationResult
from electrodoe.ties import ascending

_MOST_FACTORS: Final = 4
"""Four factors have six pairs; with more the figure would not fit a page."""


def main_factors(found: OptimizationResult) -> list[int]:
    """Return the axes that a map shows, in their order: four at most, that move predictions most.

    By the largest of their total Sobol indices over the responses.
    """
    names = found.drifting.region.names
    if len(names) <= _MOST_FACTORS:
        return list(range(len(names)))
    moved = [max((own.total.get(name, 0.0) for own in found.sobol), default=0.0) for name in names]
    return sorted(ascending(-np.array(moved))[:_MOST_FACTORS].tolist())


def main_pairs(found: OptimizationResult) -> list[tuple[int, int]]:
    """Return the pairs of axes that a map shows, one for each panel."""
    return list(combinations(main_factors(found), 2))
