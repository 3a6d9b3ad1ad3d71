"""A search problem in coded units: region, model, goal, fixed runs, groups."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.model.criterion import OptimalityCriterion
from electrodoe.design.model.information import Information, RunGroups, grouping, information
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.distinct import DistinctCount, price

MAX_LISTED: Final = 150
"""Candidates up to this number are tried all at once; beyond, factor by factor."""


@dataclass(frozen=True, kw_only=True)
class SearchProblem:
    """What a search is given.

    Attributes
    ----------
    region : DesignRegion
        Where runs may lie.
    terms : ModelTerms
        The model, potential terms included.
    goal : OptimalityCriterion
        What is made small.
    n_runs : int
        All runs, fixed ones included.
    fixed : array of shape (n_fixed, n_factors)
        Coded runs that stay as they are; the first of the design.
    groups : array of shape (n_runs,), int, or None
        Whole plot or block of each run.
    variance_ratio : float
        Variance between groups over variance within them.
    prior : array of shape (p, p)
        Information about potential terms before any run.
    coarse : int
        Settings tried for a factor that may lie anywhere between its ends.
    distinct : tuple of DistinctCount
        Wished numbers of different settings; what misses them pays for it in every value.
    """

    region: DesignRegion
    terms: ModelTerms
    goal: OptimalityCriterion
    n_runs: int
    fixed: Floats
    groups: Integers | None
    variance_ratio: float
    prior: Floats
    coarse: int
    distinct: tuple[DistinctCount, ...] = ()

    @cached_property
    def grouping(self) -> RunGroups:
        """Return the correlated runs."""
        return grouping(self.groups, self.n_runs, self.variance_ratio)

    @cached_property
    def free_runs(self) -> range:
        """Return the positions of the runs that the search may change."""
        return range(len(self.fixed), self.n_runs)

    @cached_property
    def hard(self) -> tuple[int, ...]:
        """Return the factors that are reset with the whole plot only."""
        if self.groups is None:
            return ()
        return tuple(n for n, axis in enumerate(self.region.axes) if axis.is_hard_to_change)

    @cached_property
    def easy(self) -> tuple[int, ...]:
        """Return the factors that every run sets anew."""
        return tuple(n for n in range(len(self.region.axes)) if n not in self.hard)

    @cached_property
    def has_free_ends(self) -> bool:
        """Return whether any factor may lie anywhere between its ends."""
        return any(axis.levels is None for axis in self.region.axes)

    @cached_property
    def listed(self) -> Floats | None:
        """Return all candidates, where they are few and every run may take each of them."""
        if self.hard or self.region.n_grid(self.coarse) > MAX_LISTED:
            return None
        if self.has_free_ends and self.region.inequalities:
            return None
        found = self.region.grid(self.coarse)
        return found if len(found) else None

    @cached_property
    def listed_rows(self) -> Floats | None:
        """Return the rows of the model matrix of all candidates."""
        return None if self.listed is None else self.terms.matrix(self.listed)

    def information(self, points: Floats, ridge: float = 1e-12) -> Information:
        """Return the information of designs, coded, shape (n_designs, n_runs, n_factors)."""
        rows = self.terms.matrix(points)
        state = information(rows, self.grouping, self.prior, self.goal, ridge)
        if self.distinct:
            state.value = state.value + price(self.distinct, points)
        return state

    def random_designs(self, n: int, rng: np.random.Generator) -> Floats:
        """Return feasible random designs, shape (n, n_runs, n_factors)."""
        points = np.empty((n, self.n_runs, len(self.region.axes)))
        points[:, : len(self.fixed)] = self.fixed
        for design in points:
            self.randomize(design, np.array(self.free_runs), rng)
        return points

    def randomize(self, design: Floats, runs: Integers, rng: np.random.Generator) -> None:
        """Give some runs of one design random feasible settings, in place.

        Runs of a whole plot keep what they share with runs that are not named.
        """
        if not self.hard or self.groups is None:
            design[runs] = self._pool[rng.integers(len(self._pool), size=len(runs))]
            return
        hard = list(self.hard)
        for group in np.unique(self.groups[runs]):
            members = np.flatnonzero(self.groups == group)
            own = runs[self.groups[runs] == group]
            kept = np.setdiff1d(members, own)
            shared = (
                design[kept[0], hard]
                if len(kept)
                else self._pool[rng.integers(len(self._pool))][hard]
            )
            fitting = self._pool[np.all(self._pool[:, hard] == shared, axis=1)]
            if not len(fitting):  # the whole plot stands between the settings of the pool
                fitting = self._moved(hard, shared, design[kept])
            design[own] = fitting[rng.integers(len(fitting), size=len(own))]

    def _moved(self, hard: list[int], shared: Floats, kept: Floats) -> Floats:
        """Return the pool's points with a whole plot's hard settings, and its runs that stay."""
        moved = self._pool.copy()
        moved[:, hard] = shared
        return np.vstack([kept, moved[self.region.is_feasible(moved)]])

    @cached_property
    def _pool(self) -> Floats:
        """Return feasible points that random starts are drawn from."""
        if self.listed is not None and not self.has_free_ends:
            return self.listed
        from electrodoe.design.region.points import feasible_pool

        return feasible_pool(self.region, self.coarse)
