"""The settings of a design that may move between their ends, as one list of variables."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.design.search.problem import SearchProblem


@dataclass(frozen=True, kw_only=True)
class FreeSettings:
    """Which variable stands behind each setting.

    Attributes
    ----------
    numbers : array of shape (n_runs, n_factors), int
        Runs of a whole plot share the variable of a hard-to-change factor; -1 is a setting that
        stays: a run already made, or a factor with levels.
    """

    numbers: Integers

    @property
    def n(self) -> int:
        """Return how many variables there are."""
        return int(self.numbers.max()) + 1

    @cached_property
    def is_free(self) -> Booleans:
        """Return which settings may move."""
        return np.asarray(self.numbers >= 0)

    @property
    def are_all_free(self) -> bool:
        """Return whether every setting may move."""
        return bool(self.is_free.all())

    def of(self, designs: Floats) -> Floats:
        """Return the variables of designs, shape (n_designs, n)."""
        own = designs[:, self.is_free][:, self._order]
        return np.asarray(own[:, self._firsts])

    def put(self, designs: Floats, values: Floats) -> Floats:
        """Return designs with other values in their free settings."""
        return np.where(self.is_free, values[:, self.numbers], designs)

    def summed(self, gradient: Floats) -> Floats:
        """Return a gradient by setting, shape (n_designs, n_runs, n_factors), by variable."""
        own = gradient[:, self.is_free][:, self._order]
        return np.asarray(np.add.reduceat(own, self._firsts, axis=1))

    @cached_property
    def _order(self) -> Integers:
        """Return the free settings sorted by their variable."""
        return np.argsort(self.numbers[self.is_free], kind="stable")

    @cached_property
    def _firsts(self) -> Integers:
        """Return where each variable begins in that order."""
        sorted_numbers = self.numbers[self.is_free][self._order]
        return np.unique(sorted_numbers, return_index=True)[1]


def free_settings(problem: SearchProblem) -> FreeSettings:
    """Return the settings that a local refinement may move."""
    numbers = np.full((problem.n_runs, len(problem.region.axes)), -1)
    n_found = 0
    for number, axis in enumerate(problem.region.axes):
        if axis.levels is None:
            for together in _runs_set_together(problem, number):
                numbers[together, number] = n_found
                n_found += 1
    return FreeSettings(numbers=numbers)


def _runs_set_together(problem: SearchProblem, number: int) -> list[Integers]:
    """Return the runs that share one factor's setting: a whole plot, or each run alone."""
    if number not in problem.hard or problem.groups is None:
        return [np.array([run]) for run in problem.free_runs]
    groups = np.setdiff1d(problem.groups, problem.groups[: len(problem.fixed)])
    return [np.flatnonzero(problem.groups == group) for group in groups]
