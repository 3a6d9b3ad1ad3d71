"""A plan that grows after the search: by single runs, and by whole plots that repeat another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.search.problem import SearchProblem
from electrodoe.ties import first_smallest


@dataclass(frozen=True, kw_only=True)
class GrowingPlan:
    """Runs that stand already, and where others may join them.

    Attributes
    ----------
    problem : SearchProblem
        Region, model and goal; what it says about runs and groups is not looked at.
    design : array of shape (n_runs, n_factors)
        Coded.
    purposes : tuple of str
        What each run is for.
    groups : array of shape (n_runs,), int, or None
        Whole plots or blocks.
    sizes : array of shape (n_groups,), int, or None
        Places of each group.
    """

    problem: SearchProblem
    design: Floats
    purposes: tuple[str, ...]
    groups: Integers | None = None
    sizes: Integers | None = None

    @property
    def open_groups(self) -> list[int | None]:
        """Return the groups with room; a single None where runs are independent."""
        if self.groups is None or self.sizes is None:
            return [None]
        taken = np.bincount(self.groups, minlength=len(self.sizes))
        return list(np.flatnonzero(taken < self.sizes).tolist())

    def members(self, group: int | None) -> Floats:
        """Return the runs of a group, or all of them."""
        return self.design if group is None else self.design[self.groups == group]

    def values(self, runs: Floats, group: int | None) -> Floats:
        """Return the goal with runs added to a group."""
        kept = np.broadcast_to(self.design, (len(runs), *self.design.shape))
        tried = np.concatenate([kept, runs], axis=1)
        problem = replace(
            self.problem, n_runs=tried.shape[1], groups=self._groups(group, runs.shape[1])
        )
        return problem.information(tried).value

    def grown(self, runs: Floats, group: int | None, purpose: str) -> "GrowingPlan":
        """Return the plan with runs of shape (n_added, n_factors) added to a group."""
        return replace(
            self,
            design=np.vstack([self.design, runs]),
            purposes=(*self.purposes, *[purpose] * len(runs)),
            groups=self._groups(group, len(runs)),
        )

    def _groups(self, group: int | None, n_added: int) -> Integers | None:
        """Return the groups with runs added to one of them."""
        if self.groups is None or group is None:
            return None
        return np.concatenate([self.groups, np.full(n_added, group, dtype=np.int64)])


def with_whole_plots_repeated(plan: GrowingPlan, repeats: Sequence[int]) -> GrowingPlan:
    """Return a plan with some of its whole plots repeated, those that help the goal most.

    The repeats stand last; none is repeated twice before all of its size have been.

    References
    ----------
    .. [1] Vining, Kowalski, Montgomery, Response surface designs within a split-plot structure,
       J. Quality Technology 37 (2005) 115, 10.1080/00224065.2005.11980310.
    """
    if plan.groups is None or plan.sizes is None:
        return plan
    begun, sizes = np.unique(plan.groups).tolist(), plan.sizes
    n_repeated = dict.fromkeys(begun, 0)
    for repeat in repeats:
        fitting = [plot for plot in begun if sizes[plot] == sizes[repeat]]
        fewest = min(n_repeated[plot] for plot in fitting)
        waiting = [plot for plot in fitting if n_repeated[plot] == fewest]
        runs = np.stack([plan.members(plot) for plot in waiting])
        best = int(first_smallest(plan.values(runs, repeat)))
        n_repeated[waiting[best]] += 1
        plan = plan.grown(runs[best], repeat, "replicate")
    return plan
