"""How well a plan predicts over its region: fraction of design space, and slices."""

from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.design.model.plan_model import PlanModel, prediction_variance

_N_FRACTIONS: Final = 201
"""Points of the curve: chosen, one for each half percent of the region."""
_QUANTILES: Final = (0.5, 0.8, 0.9, 0.95)
"""Fractions of the region at which a plan's curve is put into numbers: chosen."""
_N_SLICE: Final = 41
"""Points along each factor of a slice: chosen, 0.05 apart in coded units."""


def fraction_of_design_space(variance: Floats) -> pl.DataFrame:
    """Return the fraction of the region below each prediction variance.

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


def variance_quantiles(variance: Floats, largest: float) -> dict[str, float]:
    """Return the prediction variance that 50, 80, 90, 95 % of the region keep, and the largest."""
    found = {f"{fraction:.0%}": float(np.quantile(variance, fraction)) for fraction in _QUANTILES}
    return {**found, "max": largest}


def variance_slices(model: PlanModel, covariance: Floats) -> pl.DataFrame:
    """Return the prediction variance over every pair of numbers, the others at the center point.

    ``x_factor, y_factor, held, x, y, prediction_variance`` in the factors' own units; null where a
    limit is broken.
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
