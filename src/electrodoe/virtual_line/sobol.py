"""True Sobol indices over the design region: what a perfect study would find."""

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl

from electrodoe.virtual_line.coatings import Floats

N_NODES: Final = 24
"""Gauss points of each factor: smooth surfaces are integrated to many digits."""


def sobol_indices(
    surface: Callable[[Floats], Floats], ends: dict[str, tuple[float, float]]
) -> pl.DataFrame:
    r"""Return the first-order and total Sobol indices of a surface over a box.

    Parameters
    ----------
    surface : callable
        From an array of shape (n_points, n_factors) to one of shape (n_points,).
    ends : dict of str to tuple of two floats
        The box; every factor is spread evenly between its ends, independently of the others.

    Returns
    -------
    polars.DataFrame
        ``factor, first_order, total``, and ``standard_deviation`` of the surface.

    Notes
    -----
    By Gauss-Legendre quadrature on a full grid, of the definitions
    :math:`S_i = V(E(f|x_i))/V(f)` and :math:`S_{Ti} = 1 - V(E(f|x_{\sim i}))/V(f)`.

    Examples
    --------
    f = 2a + 3b + 4ab on [-1, 1]: .2182 and .4909, with the interaction .5091 and .7818.

    >>> box = {"a": (-1.0, 1.0), "b": (-1.0, 1.0)}
    >>> table = sobol_indices(lambda x: 2*x[:, 0] + 3*x[:, 1] + 4*x[:, 0]*x[:, 1], box)
    >>> table.select(pl.col("first_order", "total").round(4)).rows()
    [(0.2182, 0.5091), (0.4909, 0.7818)]
    """
    nodes, weights = np.polynomial.legendre.leggauss(N_NODES)
    axes = [low + 0.5 * (nodes + 1.0) * (high - low) for low, high in ends.values()]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    values = surface(grid.reshape(-1, len(ends))).reshape(grid.shape[:-1])
    share = 0.5 * weights
    whole = _variance(values, share)
    factors = range(len(ends))
    rows = []
    for number, name in enumerate(ends):
        others = tuple(axis for axis in factors if axis != number)
        first = _variance(_mean_over(values, share, others), share)
        rest = _variance(_mean_over(values, share, (number,)), share)
        rows.append(
            {
                "factor": name,
                "first_order": first / whole if whole > 0.0 else 0.0,
                "total": 1.0 - rest / whole if whole > 0.0 else 0.0,
                "standard_deviation": float(np.sqrt(whole)),
            }
        )
    return pl.DataFrame(rows)


def _mean_over(values: Floats, share: Floats, axes: tuple[int, ...]) -> Floats:
    """Return the mean over some factors."""
    for axis in sorted(axes, reverse=True):
        values = np.tensordot(values, share, axes=([axis], [0]))
    return values


def _variance(values: Floats, share: Floats) -> float:
    """Return the variance over all factors that are left."""
    every = tuple(range(values.ndim))
    mean = _mean_over(values, share, every)
    return max(float(_mean_over((values - mean) ** 2, share, every)), 0.0)
