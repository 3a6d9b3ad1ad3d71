"""Which runs share a whole plot or a block, from what a person declared."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from electrodoe.arrays import Integers
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.region import DesignRegion
from electrodoe.errors import DesignError
from electrodoe.study import PlanRequest

_SPARE_RESETS: Final = 2
"""Resets beyond the terms that only resets can distinguish, where a person names no number."""


def run_groups(
    request: PlanRequest,
    region: DesignRegion,
    terms: ModelTerms,
    n_runs: int,
    existing: Integers | None = None,
) -> Integers | None:
    """Return the whole plot or block of each run, existing runs first.

    Numbered from 0; None where runs are independent of one another.
    """
    has_hard = any(axis.is_hard_to_change for axis in region.axes)
    declared = request.blocks or request.whole_plots
    if request.replicate_whole_plots and not has_hard:
        raise DesignError(
            "whole plots are to be repeated, and no factor is hard to change",
            where="[plan], key 'replicate_whole_plots'",
            fix="ask for replicate_runs instead, or set hard_to_change = true on a factor",
        )
    if declared is None and not has_hard:
        return None
    if request.whole_plots is not None and not has_hard:
        raise DesignError(
            "whole plots are asked for, and no factor is hard to change",
            where="[plan], key 'whole_plots'",
            fix="set hard_to_change = true on the factor that is reset once per whole plot",
        )
    if request.blocks is not None and has_hard:
        raise DesignError(
            "blocks and a hard-to-change factor are asked for at once",
            where="[plan], key 'blocks'",
            fix="make each block a whole plot: whole_plots instead of blocks",
        )
    n_reset = n_reset_terms(region, terms) if has_hard else 1
    smallest = n_reset + request.replicate_whole_plots
    sizes = _sizes(declared, n_runs, smallest + _SPARE_RESETS, existing)
    if has_hard and len(sizes) < smallest:
        raise DesignError(
            f"{len(sizes)} whole plots{_reported(request)} cannot tell {n_reset} terms of the"
            " hard-to-change factors apart",
            where="[plan], key 'whole_plots'",
            fix=f"give at least {smallest} whole plots, one more to know their scatter",
        )
    groups = np.repeat(np.arange(len(sizes)), sizes)
    if existing is not None:
        groups = np.concatenate([existing, groups[len(existing) :]])
    return groups


def _reported(request: PlanRequest) -> str:
    """Return how many whole plots repeat another, in words."""
    n = request.replicate_whole_plots
    return f", {n} of which repeat another," if n else ""


def n_reset_terms(region: DesignRegion, terms: ModelTerms) -> int:
    """Return how many columns, the intercept included, only resets of hard factors can tell."""
    easy = [number for number, axis in enumerate(region.axes) if not axis.is_hard_to_change]
    return int(np.sum(~np.any(terms.column_index[:, easy] > 0, axis=1)))


def _sizes(
    declared: int | Sequence[int] | None,
    n_runs: int,
    default: int,
    existing: Integers | None,
) -> list[int]:
    """Return the runs of each group; those already made lead."""
    own = [] if existing is None else np.bincount(existing).tolist()
    left = n_runs - sum(own)
    if isinstance(declared, Sequence):
        if list(declared[: len(own)]) != own:
            raise DesignError(
                f"the groups {list(declared)} do not begin with those of the existing runs, {own}",
                where="[plan], keys 'whole_plots' and 'blocks'",
                fix="list the groups of the existing runs first",
            )
        return list(declared)
    total = min(declared if isinstance(declared, int) else max(default, len(own) + 1), n_runs)
    n_new = total - len(own)
    if n_new < 1:
        raise DesignError(
            f"{total} whole plots are taken by the existing runs",
            where="[plan], key 'whole_plots'",
            fix=f"give at least {len(own) + 1}",
        )
    if left < n_new:
        raise DesignError(
            f"{left} new runs for {n_new} new whole plots",
            where="[plan], key 'whole_plots'",
            fix="add runs, or ask for fewer whole plots",
        )
    return own + [len(part) for part in np.array_split(np.arange(left), n_new)]
