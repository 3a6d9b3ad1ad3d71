"""How much more than Kramers and Kronig a circuit may leave, before it does not explain."""

from typing import Final

import numpy as np
from scipy.special import fdtri

from electrodoe.arrays import Floats, Integers
from electrodoe.preprocess.impedance.circuits import LINE
from electrodoe.preprocess.impedance.kramers_kronig import N_ELEMENTS
from electrodoe.preprocess.impedance.outlying import NOISE_FLOOR

EXPLAINED: Final = 1.116
"""A further element explains up to this multiple of the line's limit: 1.25 for 51 points."""
_CONFIDENCE: Final = 0.997
"""Three standard deviations of the normal distribution."""
_N_LINE: Final = len(LINE.parameters)
_N_LADDER: Final = N_ELEMENTS + 3
"""Time constants and R, L, C of the Kramers-Kronig test."""


def misfit_limit(n_used: Integers) -> Floats:
    r"""Return the largest ratio of residuals that chance makes, line over ladder.

    Infinite where the ladder has as many parameters as there are numbers.

    Notes
    -----
    The ladder can follow any line, so that both are nested, and the 99.7 % quantile of
    :math:`F(\nu_1, \nu_2)` limits the squares that its further parameters may take away:

    .. math::
        \frac{s_\mathrm{line}^2}{s_\mathrm{ladder}^2}
        \le \frac{\nu_2 + \nu_1 F}{\nu_2 + \nu_1},\qquad \nu_1 = 16,\ \nu_2 = 2n - 20

    Examples
    --------
    >>> misfit_limit(np.array([10, 16, 51])).round(2)
    array([ inf, 1.85, 1.12])
    """
    more = _N_LADDER - _N_LINE
    free = np.maximum(2 * n_used - _N_LADDER, 0)
    quantile = fdtri(more, np.maximum(free, 1), _CONFIDENCE)
    limit = np.sqrt((free + more * quantile) / (free + more))
    return np.asarray(np.where(free > 0, limit, np.inf))


def noise_of(kramers_kronig_rms: Floats) -> Floats:
    """Return what residuals are compared with: those of the ladder, 0.3 % at least."""
    return np.maximum(np.nan_to_num(kramers_kronig_rms), NOISE_FLOOR)
