"""Which whole plot or block has a place for which run: made, center, planned, extra."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Integers
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.design.structure.run_groups import n_reset_terms, run_groups
from electrodoe.errors import DesignError
from electrodoe.study import PlanRequest


@dataclass(frozen=True, kw_only=True)
class RunAllocation:
    """The runs that a search plans, and the places that it leaves for others.

    Attributes
    ----------
    n_searched : int
        Existing runs, center runs and runs to be planned; those that follow are no business of the
        search.
    searched : array of shape (n_searched,), int, or None
        Their groups, existing runs first, then center runs; None where runs are independent.
    sizes : array of shape (n_groups,), int, or None
        Places of each group when all is done.
    repeats : tuple of int
        Whole plots that are to repeat another one.
    """

    n_searched: int
    searched: Integers | None = None
    sizes: Integers | None = None
    repeats: tuple[int, ...] = ()

    @property
    def sizes_without_repeats(self) -> Integers | None:
        """Return the places of each group, none where a whole plot repeats another."""
        if self.sizes is None:
            return None
        kept = self.sizes.copy()
        kept[list(self.repeats)] = 0
        return kept


def allocate_runs(
    request: PlanRequest,
    region: DesignRegion,
    terms: ModelTerms,
    existing: ExistingRuns | None = None,
) -> RunAllocation:
    """Return where the runs of a plan have their places.

    Center runs are spread over blocks one by one, each into the block with the fewest of them;
    among whole plots they take as few as hold them. Places for replicate and lack-of-fit runs are
    taken from the group with most left, so that groups stay even.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> region = region_of([FactorAxis(name="a", low=0.0, high=4.0)])
    >>> request = PlanRequest(runs=9, blocks=(5, 4), center_runs=3, replicate_runs=1)
    >>> allocation = allocate_runs(request, region, model_terms("quadratic", region.axes))
    >>> allocation.searched.tolist()
    [0, 1, 0, 0, 0, 0, 1, 1]
    """
    n_runs = request.runs or 0
    n_later = request.replicate_runs + request.lack_of_fit_runs
    n_existing = 0 if existing is None else len(existing.design)
    groups = run_groups(
        request, region, terms, n_runs, None if existing is None else existing.groups
    )
    if groups is None:
        return RunAllocation(n_searched=n_runs - n_later)
    sizes = np.bincount(groups)
    room = sizes - np.bincount(groups[:n_existing], minlength=len(sizes))
    repeats = _repeats(request.replicate_whole_plots, sizes, np.flatnonzero(room))
    room[list(repeats)] = 0
    place = _spread if request.blocks is not None else _together
    center = np.array(place(request.center_runs, room), dtype=np.int64)
    n_center = np.bincount(center, minlength=len(sizes))
    room -= n_center
    if request.blocks is None:
        _require_resets(n_reset_terms(region, terms), n_center, len(repeats))
    for _ in range(n_later):
        room[_roomiest(room, n_center)] -= 1
    searched = np.concatenate([groups[:n_existing], center, np.repeat(np.arange(len(sizes)), room)])
    return RunAllocation(
        n_searched=len(searched),
        searched=searched,
        sizes=sizes,
        repeats=repeats,
    )


def _repeats(n: int, sizes: Integers, new: Integers) -> tuple[int, ...]:
    """Return the whole plots that repeat another, from the last one on: one as large must stay."""
    left, found = list(range(len(sizes))), list[int]()
    for group in new[::-1].tolist():
        others = [other for other in left if other != group and sizes[other] == sizes[group]]
        if len(found) < n and others:
            left.remove(group)
            found.append(group)
    if len(found) < n:
        raise DesignError(
            f"{n} whole plots are to repeat another, and {len(found)} can: whole plots of"
            f" {sizes.tolist()} runs",
            where="[plan], keys 'replicate_whole_plots' and 'whole_plots'",
            fix="give a repeated whole plot and its repeat the same number of runs",
        )
    return tuple(sorted(found))


def _require_resets(n_terms: int, n_center: Integers, n_repeats: int) -> None:
    """Raise where too many whole plots stand at the center."""
    n_at_center = int(np.count_nonzero(n_center))
    n_settings = len(n_center) - n_repeats - max(n_at_center - 1, 0)
    if n_settings < n_terms:
        raise DesignError(
            f"{n_at_center} whole plots at the center leave {n_settings} settings of the"
            f" hard-to-change factors for {n_terms} terms",
            where="[plan], keys 'center_runs' and 'whole_plots'",
            fix="ask for fewer center runs, or for more whole plots",
        )


def _spread(n: int, room: Integers) -> list[int]:
    """Return a block for each center run: that with the fewest so far, then with most room."""
    found: list[int] = []
    for _ in range(n):
        own = np.bincount(np.array(found, dtype=np.int64), minlength=len(room))
        left = room - own
        fitting = np.flatnonzero(left > 0)
        if not len(fitting):
            raise _no_room("center_runs", f"{n} center runs")
        found.append(int(min(fitting, key=lambda block: (own[block], -left[block]))))
    return found


def _together(n: int, room: Integers) -> list[int]:
    """Return a whole plot for each center run: the smallest that holds them, or the largest."""
    found: list[int] = []
    left = room.copy()
    while len(found) < n:
        waiting = n - len(found)
        holding = np.flatnonzero(left >= waiting)
        plot = int(holding[np.argmin(left[holding])]) if len(holding) else int(np.argmax(left))
        if not left[plot]:
            raise _no_room("center_runs", f"{n} center runs")
        found += [plot] * min(waiting, int(left[plot]))
        left[plot] = 0
    return found


def _roomiest(room: Integers, center: Integers) -> int:
    """Return the group that leaves a place to a later run: the last of those with most to plan.

    A run stays in every group, so that there is something to repeat.
    """
    possible = room - (center == 0)
    group = len(room) - 1 - int(np.argmax(possible[::-1]))
    if possible[group] < 1:
        raise _no_room(
            "replicate_runs' and 'lack_of_fit_runs", "all replicate and lack-of-fit runs"
        )
    return group


def _no_room(keys: str, what: str) -> DesignError:
    """Return the complaint about groups that are full."""
    return DesignError(
        f"the new whole plots or blocks have no place for {what}",
        where=f"[plan], key '{keys}'",
        fix="raise 'runs' and the sizes of the groups, or ask for fewer extra runs",
    )
