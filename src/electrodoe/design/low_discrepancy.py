"""Points that fill a region evenly, the same ones every time."""

import numpy as np
from numpy.typing import NDArray


def low_discrepancy(n: int, n_axes: int) -> NDArray[np.float64]:
    r"""Return Roberts' additive recurrence in the unit cube, shape (n, n_axes).

    Notes
    -----
    .. math:: x_i = (1/2 + i \, (\varphi^{-1}, \varphi^{-2}, \ldots)) \bmod 1,
        \quad \varphi^{d+1} = \varphi + 1

    References
    ----------
    .. [1] M. Roberts, The unreasonable effectiveness of quasirandom sequences (2018).

    Examples
    --------
    >>> low_discrepancy(3, 1).ravel().round(4)
    array([0.118 , 0.7361, 0.3541])
    """
    ratio = 2.0
    for _ in range(60):
        ratio = (1.0 + ratio) ** (1.0 / (n_axes + 1.0))
    steps = ratio ** -np.arange(1.0, n_axes + 1.0)
    return np.asarray((0.5 + np.arange(1, n + 1)[:, None] * steps) % 1.0)
