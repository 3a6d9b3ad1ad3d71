"""The design region: all settings that a run may have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Booleans, Floats
from electrodoe.design.region.axes import FactorAxis, axis_of
from electrodoe.design.region.constraints import (
    TOLERANCE,
    Inequality,
    read_forbidden,
    read_inequalities,
)
from electrodoe.design.region.expressions import Expression
from electrodoe.errors import DesignError
from electrodoe.study import Study

MAX_GRID: Final = 200_000
"""Points of a grid above which it is sampled instead."""
_MOST_DRAWS: Final = 400
"""Bound on time: batches of up to 100,000 draws until a region counts as empty."""


@dataclass(frozen=True, kw_only=True)
class DesignRegion:
    """Factors with their limits.

    Attributes
    ----------
    axes : tuple of FactorAxis
        The factors.
    inequalities : tuple of Inequality
        Limits.
    forbidden : tuple of Expression
        Combinations that cannot be made.
    held : mapping of str to float or str
        Factors that are no axes, because they stay as they are: their settings, as limits read
        them.
    """

    axes: tuple[FactorAxis, ...]
    inequalities: tuple[Inequality, ...] = ()
    forbidden: tuple[Expression, ...] = ()
    held: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the factors' names."""
        return tuple(axis.name for axis in self.axes)

    @property
    def is_limited(self) -> bool:
        """Return whether anything cuts into the box of the factors' ends."""
        return bool(self.inequalities or self.forbidden)

    def decoded(self, points: Floats) -> dict[str, NDArray[Any]]:
        """Return coded points, shape (..., n_factors), as columns in the factors' own units."""
        columns = {
            axis.name: np.array(axis.categories)[points[..., number].astype(np.int64)]
            if axis.is_categorical
            else axis.decoded(points[..., number])
            for number, axis in enumerate(self.axes)
        }
        columns |= {name: np.full(points.shape[:-1], value) for name, value in self.held.items()}
        return columns

    def holding(self, point: Floats, numbers: Sequence[int]) -> "DesignRegion":
        """Return the region of the other factors, with some held as they are at a coded point.

        Parameters
        ----------
        point : array of shape (n_factors,)
            Coded.
        numbers : sequence of int
            Axes to hold.

        Returns
        -------
        DesignRegion
            With fewer axes; its limits are those of the whole region.
        """
        free = [number for number in range(len(self.axes)) if number not in set(numbers)]
        values = self.decoded(point[None])
        held = {self.axes[number].name: values[self.axes[number].name][0] for number in numbers}
        limits = tuple(limit.holding(point, free) for limit in self.inequalities)
        return DesignRegion(
            axes=tuple(self.axes[number] for number in free),
            inequalities=limits,
            forbidden=self.forbidden,
            held={**self.held, **{name: value.item() for name, value in held.items()}},
        )

    def as_set(self, points: Floats) -> Floats:
        """Return coded points as they come back from the digits that a person can set."""
        columns = [
            axis.coded(axis.decoded(points[..., number])) for number, axis in enumerate(self.axes)
        ]
        return np.stack(columns, axis=-1)

    def on_steps(self, points: Floats) -> Floats:
        """Return coded points, shape (..., n_factors), rounded to settings that a person can set.

        Limits are not looked at: a point on one may leave the region.
        """
        columns = [axis.on_steps(points[..., number]) for number, axis in enumerate(self.axes)]
        return np.stack(columns, axis=-1)

    def is_feasible(self, points: Floats) -> Booleans:
        """Return which coded points, shape (..., n_factors), keep every limit."""
        kept = np.ones(points.shape[:-1], dtype=np.bool_)
        if not self.is_limited:
            return kept
        values = self.decoded(points)
        for limit in self.inequalities:
            if limit.coefficients is not None:
                scale = 1.0 + np.abs(limit.coefficients).sum()
                kept &= points @ limit.coefficients <= limit.bound + TOLERANCE * scale
            else:
                slack = limit.slack(values)
                kept &= np.nan_to_num(slack, nan=-1.0) >= -TOLERANCE * (1.0 + np.abs(slack))
        for combination in self.forbidden:
            kept &= ~np.broadcast_to(combination(values), kept.shape).astype(np.bool_)
        return kept

    def n_grid(self, coarse: int) -> int:
        """Return how many points a grid has before limits; ``coarse`` settings between ends."""
        return int(np.prod([float(len(axis.settings(coarse))) for axis in self.axes]))

    def grid(self, coarse: int) -> Floats:
        """Return every feasible combination of settings, coded, shape (n_points, n_factors)."""
        points = np.array(list(product(*(axis.settings(coarse) for axis in self.axes))))
        return np.asarray(points[self.is_feasible(points)])

    def sample(self, n: int, rng: np.random.Generator) -> Floats:
        """Return random feasible points, coded, shape (n, n_factors).

        Raises
        ------
        DesignError
            If hardly any combination is feasible.
        """
        found: list[Floats] = []
        n_found, size = 0, max(2 * n, 256)
        for _ in range(_MOST_DRAWS):
            drawn = np.column_stack([axis.random(size, rng) for axis in self.axes])
            kept = drawn[self.is_feasible(drawn)]
            found.append(kept)
            n_found += len(kept)
            if n_found >= n:
                return np.concatenate(found)[:n]
            size = min(2 * size, 100_000)
        raise infeasible(self)


def infeasible(region: DesignRegion) -> DesignError:
    """Return the complaint about a region without room."""
    limits = [limit.text for limit in region.inequalities]
    limits += [f"not ({expression.text})" for expression in region.forbidden]
    return DesignError(
        "no combination of settings keeps every limit",
        where=f"[plan]: {'; '.join(dict.fromkeys(limits))}",
        fix="relax a constraint, or widen a factor's region or levels",
    )


def design_region(study: Study) -> DesignRegion:
    """Return the region that a study declares for its plan.

    Parameters
    ----------
    study : Study
        Only factors with a region or levels are planned.

    Returns
    -------
    DesignRegion
        Axes in the order of declaration.

    Raises
    ------
    DesignError
        If no factor can be planned, or a limit cannot be read.
    """
    planned = {
        name: factor
        for name, factor in study.factors.items()
        if factor.region is not None or factor.levels is not None
    }
    if not planned:
        raise DesignError(
            "no factor says where it may be set",
            where="study.toml, [factors]",
            fix="add region = [min, max] or levels = [...] to each factor to be planned",
        )
    axes = tuple(axis_of(name, factor) for name, factor in planned.items())
    request = study.plan
    return region_of(
        axes,
        request.constraints if request else (),
        request.forbidden if request else (),
    )


def region_of(
    axes: Sequence[FactorAxis], constraints: Sequence[str] = (), forbidden: Sequence[str] = ()
) -> DesignRegion:
    """Return a region from its axes and its limits as text."""
    return DesignRegion(
        axes=tuple(axes),
        inequalities=read_inequalities(constraints, axes),
        forbidden=read_forbidden(forbidden, axes),
    )
