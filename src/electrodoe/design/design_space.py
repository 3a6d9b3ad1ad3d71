"""How well a plan predicts over its region: fraction of design space, slices, the worst point."""

from itertools import combinations
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.design.descent import descend
from electrodoe.design.low_discrepancy import low_discrepancy
from electrodoe.design.model_terms import ModelTerms
from electrodoe.design.plan_model import PlanModel, prediction_variance
from electrodoe.design.region import MAX_GRID, DesignRegion, infeasible

Floats = NDArray[np.float64]
_N_POINTS: Final = 60_000
_MOST_POINTS: Final = 2_000_000
_N_FRACTIONS: Final = 201
_QUANTILES: Final = (0.5, 0.8, 0.9, 0.95)
_N_SLICE: Final = 41
_N_ASCENTS: Final = 24


def region_points(region: DesignRegion, n: int = _N_POINTS) -> Floats:
    """Return points that fill a region evenly, factors with levels taken as continuous.

    Parameters
    ----------
    region : DesignRegion
        Factors and limits.
    n : int
        Points before limits are looked at; more where limits leave little.

    Returns
    -------
    array of shape (n_points, n_factors)
        Coded and feasible.

    Raises
    ------
    DesignError
        If no point is feasible.
    """
    while True:
        shares = low_discrepancy(n, len(region.axes))
        points = 2.0 * shares - 1.0
        for number, axis in enumerate(region.axes):
            if axis.is_categorical:
                points[:, number] = np.floor(shares[:, number] * len(axis.categories))
        points = points[region.is_feasible(points)]
        if len(points) >= 5_000 or n >= _MOST_POINTS:
            break
        n *= 4
    if not len(points):
        raise infeasible(region)
    return points


def fraction_of_design_space(variance: Floats) -> pl.DataFrame:
    """Return the share of the region below each prediction variance.

    Parameters
    ----------
    variance : array of shape (n_points,)
        At points that fill the region evenly.

    Returns
    -------
    polars.DataFrame
        ``fraction`` from 0 to 1, ``prediction_variance`` rising.

    References
    ----------
    .. [1] Zahran, Anderson-Cook, Myers, Journal of Quality Technology 35 (2003) 377.
    """
    fractions = np.linspace(0.0, 1.0, _N_FRACTIONS)
    return pl.DataFrame(
        {"fraction": fractions, "prediction_variance": np.quantile(variance, fractions)}
    )


def variance_quantiles(variance: Floats, greatest: float) -> dict[str, float]:
    """Return the prediction variance that 50, 80, 90, 95 % of the region keep, and the greatest."""
    found = {f"{share:.0%}": float(np.quantile(variance, share)) for share in _QUANTILES}
    return {**found, "greatest": greatest}


def greatest_variance(model: PlanModel, covariance: Floats, points: Floats) -> float:
    """Return the greatest prediction variance over the region.

    Parameters
    ----------
    model : PlanModel
        Region and model.
    covariance : array of shape (p, p)
        Of the coefficients.
    points : array of shape (n_points, n_factors)
        Points that fill the region.

    Returns
    -------
    float
        Over these points and the grid of ends and middles; in a box of numbers the best of them
        climb on to their local maximum.
    """
    region = model.region
    if region.n_grid(5) <= MAX_GRID:
        coarse = 5 if region.n_grid(5) <= 50_000 else 3
        points = np.vstack([points, region.grid(coarse), _ends(region)])
    variance = prediction_variance(model.terms, covariance, points)
    greatest = float(variance.max())
    if region.is_limited or any(axis.is_categorical for axis in region.axes):
        return greatest
    starts = points[np.argsort(-variance)[:_N_ASCENTS]]
    _, lowest = descend(_falling(model.terms, covariance), starts, 100, 1e-10)
    return max(greatest, -float(lowest.min()))


def _ends(region: DesignRegion) -> Floats:
    """Return the feasible corners of the box, or the ends of each axis where they are too many."""
    if len(region.axes) > 12:
        return np.empty((0, len(region.axes)))
    ends = [
        np.arange(float(len(axis.categories))) if axis.is_categorical else np.array([-1.0, 1.0])
        for axis in region.axes
    ]
    corners = np.stack(np.meshgrid(*ends, indexing="ij"), axis=-1).reshape(-1, len(ends))
    return np.asarray(corners[region.is_feasible(corners)])


def _falling(terms: ModelTerms, covariance: Floats) -> Any:  # noqa: ANN401 - an Objective
    """Return the prediction variance with its sign turned, for a descent."""

    def objective(x: Floats, _starts: NDArray[np.int64]) -> tuple[Floats, Floats]:
        F = terms.matrix(x)
        weighted = F @ covariance
        return -np.sum(weighted * F, axis=1), terms.gradient(x, -2.0 * weighted)

    return objective


def variance_slices(model: PlanModel, covariance: Floats) -> pl.DataFrame:
    """Return the prediction variance over every pair of numbers, the others in the middle.

    Returns
    -------
    polars.DataFrame
        ``x_factor, y_factor, held, x, y, prediction_variance`` in the factors' own units; null
        where a limit is broken.
    """
    axes = model.region.axes
    numeric = [number for number, axis in enumerate(axes) if not axis.is_categorical]
    line = np.linspace(-1.0, 1.0, _N_SLICE)
    frames = []
    for first, second in combinations(numeric, 2):
        points = np.zeros((_N_SLICE**2, len(axes)))
        points[:, first], points[:, second] = np.repeat(line, _N_SLICE), np.tile(line, _N_SLICE)
        variance = prediction_variance(model.terms, covariance, points)
        decoded = model.region.decoded(points)
        kept = model.region.is_feasible(points)
        held = ", ".join(
            f"{axis.name} = {decoded[axis.name][0]}"
            for number, axis in enumerate(axes)
            if number not in (first, second)
        )
        frames.append(
            pl.DataFrame(
                {
                    "x_factor": [axes[first].name] * len(points),
                    "y_factor": [axes[second].name] * len(points),
                    "held": [held] * len(points),
                    "x": decoded[axes[first].name],
                    "y": decoded[axes[second].name],
                    "prediction_variance": pl.Series(np.where(kept, variance, np.nan)).fill_nan(
                        None
                    ),
                }
            )
        )
    schema = {
        **dict.fromkeys(("x_factor", "y_factor", "held"), pl.String),
        **dict.fromkeys(("x", "y", "prediction_variance"), pl.Float64),
    }
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)
