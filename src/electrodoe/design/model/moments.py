"""The mean of the products of a model's terms over a region, exact wherever that is possible."""

import ast
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.points import low_discrepancy
from electrodoe.design.region.polytope import polytope_cubature
from electrodoe.design.region.region import MAX_GRID, DesignRegion, infeasible
from electrodoe.study.plan_request import Region

_N_SAMPLED: Final = 400_000
"""Moments are then off by 3.8e-5 to 1.1e-4 at most (four regions, decision 0006)."""
_MAX_POLYTOPE: Final = 6
"""Dimensions above which a polytope has too many corners to be cut into simplices."""


@dataclass(frozen=True, kw_only=True)
class Moments:
    """A moment matrix and how it was found.

    Attributes
    ----------
    matrix : array of shape (n_columns, n_columns)
        Mean of ``f(x) f(x)^T`` over the region.
    is_exact : bool
        False where a limit made a low-discrepancy sample necessary.
    how : str
        A sentence for the plan's account.
    """

    matrix: Floats
    is_exact: bool
    how: str


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Axes that limits tie together, with points and weights that integrate over them."""

    axes: tuple[int, ...]
    points: Floats
    weights: Floats
    is_exact: bool


def moments(terms: ModelTerms, region: DesignRegion, over: Region) -> Moments:
    r"""Return the moment matrix of a model.

    Exact for boxes (Gauss' rule), for polytopes (simplices) and for grids (enumeration).

    Notes
    -----
    .. math:: M = \frac{1}{V} \int f(x) f(x)^T \, dx

    Independent parts of the region are integrated apart and multiplied term by term.

    References
    ----------
    .. [1] Grundmann, Moeller, SIAM J. Numer. Anal. 15 (1978) 282.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> x = FactorAxis(name="x", low=0.0, high=1.0)
    >>> moments(model_terms("quadratic", [x]), region_of([x]), "continuous").matrix.round(4) + 0.0
    array([[1.    , 0.    , 0.3333],
           [0.    , 0.3333, 0.    ],
           [0.3333, 0.    , 0.2   ]])
    """
    columns = terms.column_index
    matrix = np.ones((len(columns), len(columns)))
    parts = [_part(terms, region, axes, over) for axes in _linked_axes(region)]
    for part in parts:
        features = np.ones((len(part.points), len(columns)))
        for position, number in enumerate(part.axes):
            basis = region.axes[number].basis(part.points[:, position], terms.degree)
            features *= basis[:, columns[:, number]]
        matrix *= (features * part.weights[:, None]).T @ features
    is_exact = all(part.is_exact for part in parts)
    where = "the levels" if over == "grid" else "the continuous region"
    how = f"exact over {where}" if is_exact else f"{_N_SAMPLED} low-discrepancy points of {where}"
    return Moments(matrix=(matrix + matrix.T) / 2.0, is_exact=is_exact, how=how)


def _linked_axes(region: DesignRegion) -> list[tuple[int, ...]]:
    """Return the axes in groups; a limit ties those that it names together."""
    groups = [{number} for number in range(len(region.axes))]
    for names in _names_of_limits(region):
        tied = {number for number, axis in enumerate(region.axes) if axis.name in names}
        touched = [group for group in groups if group & tied]
        groups = [group for group in groups if not group & tied]
        groups.append(set().union(*touched))
    return sorted(tuple(sorted(group)) for group in groups if group)


def _names_of_limits(region: DesignRegion) -> list[set[str]]:
    """Return the factors that each limit names."""
    trees = [(limit.greater.tree, limit.lesser.tree) for limit in region.inequalities]
    trees += [(expression.tree, expression.tree) for expression in region.forbidden]
    return [
        {node.id for tree in pair for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for pair in trees
    ]


def _part(terms: ModelTerms, region: DesignRegion, axes: tuple[int, ...], over: Region) -> _Part:
    """Return points and weights for one group of axes."""
    is_discrete = [
        region.axes[number].is_categorical
        or (over == "grid" and region.axes[number].levels is not None)
        for number in axes
    ]
    limits = [names & {region.axes[n].name for n in axes} for names in _names_of_limits(region)]
    if not any(limits):
        return _axis_part(terms, region, axes[0], is_discrete=is_discrete[0])
    if all(is_discrete) and region.n_grid(2) <= MAX_GRID:
        return _even(axes, *_enumerated(region, axes), is_exact=True)
    tied = [limit for limit, names in zip(region.inequalities, limits, strict=False) if names]
    has_other_limits = any(limits[len(region.inequalities) :]) or any(
        limit.coefficients is None for limit in tied
    )
    if any(is_discrete) or has_other_limits or len(axes) > _MAX_POLYTOPE:
        return _even(axes, *_sampled(region, axes, is_discrete), is_exact=False)
    matrix = np.array([limit.coefficients for limit in tied])[:, list(axes)]
    bounds = np.array([limit.bound for limit in tied])
    found = polytope_cubature(matrix, bounds, 2 * max(sum(powers) for powers in terms.powers))
    if found is None:
        raise infeasible(region)
    return _Part(axes=axes, points=found[0], weights=found[1], is_exact=True)


def _axis_part(terms: ModelTerms, region: DesignRegion, number: int, *, is_discrete: bool) -> _Part:
    """Return an axis of its own: its levels, or Gauss' points between the ends."""
    axis = region.axes[number]
    if is_discrete and axis.levels is not None:
        levels = axis.levels
        weights = np.full(len(levels), 1.0 / len(levels))
    else:
        levels, weights = np.polynomial.legendre.leggauss(terms.degree + 1)
        weights = weights / 2.0
    return _Part(axes=(number,), points=levels[:, None], weights=weights, is_exact=True)


def _even(axes: tuple[int, ...], points: Floats, kept: Booleans, *, is_exact: bool) -> _Part:
    """Return equally weighted feasible points."""
    n_kept = int(kept.sum())
    weights = np.full(n_kept, 1.0 / max(n_kept, 1))
    return _Part(axes=axes, points=points[kept], weights=weights, is_exact=is_exact)


def _enumerated(region: DesignRegion, axes: tuple[int, ...]) -> tuple[Floats, Booleans]:
    """Return all combinations of some axes' levels, and which of them keep the limits."""
    points = np.array(list(product(*(region.axes[number].settings(2) for number in axes))))
    return points, _keeps(region, axes, points)


def _sampled(
    region: DesignRegion, axes: tuple[int, ...], is_discrete: list[bool]
) -> tuple[Floats, Booleans]:
    """Return Roberts' low-discrepancy points over some axes, and which of them keep the limits."""
    fractions = low_discrepancy(_N_SAMPLED, len(axes))
    points = 2.0 * fractions - 1.0
    for position, number in enumerate(axes):
        levels = region.axes[number].levels
        if is_discrete[position] and levels is not None:
            points[:, position] = levels[(fractions[:, position] * len(levels)).astype(np.int64)]
    return points, _keeps(region, axes, points)


def _keeps(region: DesignRegion, axes: tuple[int, ...], points: Floats) -> Booleans:
    """Return which points keep the limits that name these axes; the other axes do not matter."""
    whole = np.zeros((len(points), len(region.axes)))
    whole[:, list(axes)] = points
    names = {region.axes[number].name for number in axes}
    named = _names_of_limits(region)
    n_linear = len(region.inequalities)
    own = DesignRegion(
        axes=region.axes,
        inequalities=tuple(
            limit for limit, used in zip(region.inequalities, named, strict=False) if used & names
        ),
        forbidden=tuple(
            limit
            for limit, used in zip(region.forbidden, named[n_linear:], strict=True)
            if used & names
        ),
    )
    kept = own.is_feasible(whole)
    if not kept.any():
        raise infeasible(region)
    return kept
