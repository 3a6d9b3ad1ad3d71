"""The criteria of a plan, each with its definition and with why it has no value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.design.assessment.approximate_design import (
    Bound,
    min_determinant,
    min_mean_variance,
)
from electrodoe.design.model.moments import Moments, moments
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.placement import is_beyond_ends, is_off_levels
from electrodoe.design.region.region import DesignRegion
from electrodoe.study.plan_request import Region

_REGIONS: Final[dict[str, Region]] = {"i_continuous": "continuous", "i_grid": "grid"}

CRITERIA: Final = {
    "i_continuous": "trace(C M): mean prediction variance over the continuous region, in units of"
    " the residual variance",
    "i_grid": "trace(C M): mean prediction variance over the declared levels",
    "i_continuous_efficiency_bound": "minimum mean variance over the continuous region of any plan"
    " of as many runs (proven by approximate theory) over this plan's; the plan's"
    " efficiency is at least this",
    "i_grid_efficiency_bound": "the same over the declared levels",
    "d_efficiency": "det(X' V^-1 X)^(1/p) / n",
    "a_efficiency": "p / trace(n C)",
    "g_efficiency": "p / (n times the maximum prediction variance)",
    "max_prediction_variance": "largest f' C f over the region",
    "max_vif": "maximum variance inflation factor of a term, 1 where none is correlated",
}
"""Definitions, with C the inverse of X' V^-1 X, p terms and n runs."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """Values of some criteria.

    Attributes
    ----------
    values : dict of str to float or None
        None where a criterion is not defined.
    reasons : dict of str to str
        Why not.
    notes : tuple of str
        What a reader has to know about them.
    """

    values: dict[str, float | None]
    reasons: dict[str, str]
    notes: tuple[str, ...]

    @property
    def frame(self) -> pl.DataFrame:
        """Return ``criterion, value, definition``, in the order of the definitions."""
        names = [name for name in CRITERIA if name in self.values]
        return pl.DataFrame(
            {
                "criterion": names,
                "value": pl.Series([self.values[name] for name in names], dtype=pl.Float64),
                "definition": [
                    CRITERIA[name] + (f" (no value: {self.reasons[name]})")
                    if name in self.reasons
                    else CRITERIA[name]
                    for name in names
                ],
            }
        )

    def joined(self, other: "Criteria") -> "Criteria":
        """Return both."""
        return Criteria(
            values={**self.values, **other.values},
            reasons={**self.reasons, **other.reasons},
            notes=tuple(dict.fromkeys((*self.notes, *other.notes))),
        )


def region_moments(model: PlanModel) -> dict[str, Moments]:
    """Return the moment matrix behind each mean variance that is defined, by its criterion."""
    has_levels = all(axis.levels is not None for axis in model.region.axes)
    return {
        name: moments(model.terms, model.region, over)
        for name, over in _REGIONS.items()
        if over == "continuous" or has_levels
    }


def mean_variances(model: PlanModel, covariance: Floats, known: Mapping[str, Moments]) -> Criteria:
    """Return criterion I over the continuous region and over the declared levels.

    The second has no value where a factor has no levels.
    """
    values = {
        name: float(np.sum(covariance * known[name].matrix)) if name in known else None
        for name in _REGIONS
    }
    free = [axis.name for axis in model.region.axes if axis.levels is None]
    reason = f"'{free[0]}' may lie anywhere between its ends" if free else ""
    return Criteria(
        values=values,
        reasons={name: reason for name, value in values.items() if value is None},
        notes=tuple(
            f"I was integrated over {own.how}: a limit leaves no closed form."
            for own in known.values()
            if not own.is_exact
        ),
    )


def efficiencies(information: Floats, covariance: Floats, largest: float, n_runs: int) -> Criteria:
    """Return D-, A- and G-efficiency and the maximum prediction variance."""
    p = len(information)
    _, logarithm = np.linalg.slogdet(information)
    values: dict[str, float | None] = {
        "d_efficiency": float(np.exp(logarithm / p) / n_runs),
        "a_efficiency": float(p / (n_runs * np.trace(covariance))),
        "g_efficiency": p / (n_runs * largest),
        "max_prediction_variance": largest,
    }
    return Criteria(values=values, reasons={}, notes=())


def proven_efficiencies(
    model: PlanModel,
    design: Floats,
    values: Mapping[str, float | None],
    known: Mapping[str, Moments],
    existing: Floats | None = None,
) -> Criteria:
    """Return how efficient a plan is at least, by a proof.

    Without values where a new run lies outside the region or the candidates are too many.
    """
    region = _region_that_holds(model.region, design[0 if existing is None else len(existing) :])
    names = [f"{name}_efficiency_bound" for name in _REGIONS]
    if region is None:
        return _nothing(names, "a run lies outside the region")
    n = len(design)
    found: dict[str, float | None] = {}
    reasons, notes = {}, []
    for name in _REGIONS:
        own, key = values[name], f"{name}_efficiency_bound"
        if own is None or name not in known:
            found[key], reasons[key] = None, "that mean variance is not defined"
            continue
        weight = known[name].matrix
        bound = min_mean_variance(model.terms, region, weight, existing=existing, n_runs=n)
        if bound is None:
            return _nothing(names, "there are too many candidates for a proof")
        found[key] = min(1.0, bound.per_run / n / own)
        notes = [f"Bounds hold for {bound.scope}."]
    if existing is not None:
        notes.append(
            f"They are bounds for plans that begin with the {len(existing)} existing runs."
        )
    if model.groups is not None:
        notes.append("They leave whole plots and blocks aside, so they are loose.")
    notes += _determinant_note(
        values, min_determinant(model.terms, region, existing=existing, n_runs=n)
    )
    return Criteria(values=found, reasons=reasons, notes=tuple(notes))


def _determinant_note(values: Mapping[str, float | None], bound: Bound | None) -> list[str]:
    """Return what is proven about D-efficiency."""
    own = values["d_efficiency"]
    if bound is None or own is None:
        return []
    fraction = f"{np.floor(1e3 * min(1.0, own * bound.per_run)) / 1e3:.1%}"
    largest = f"{1.0 / bound.per_run:.2%}"
    return [f"No such plan has a D-efficiency above {largest}; this one has {fraction} of that."]


def _nothing(names: list[str], reason: str) -> Criteria:
    """Return criteria without a value."""
    return Criteria(values=dict.fromkeys(names), reasons=dict.fromkeys(names, reason), notes=())


def _region_that_holds(region: DesignRegion, design: Floats) -> DesignRegion | None:
    """Return the region with the levels set free that a plan leaves; None where it is outside."""
    if is_beyond_ends(region.axes, design).any() or not region.is_feasible(design).all():
        return None
    is_left = np.any(is_off_levels(region.axes, design), axis=0)
    axes = tuple(
        replace(axis, levels=None) if is_left[number] else axis
        for number, axis in enumerate(region.axes)
    )
    return replace(region, axes=axes)
