"""The calender: how a gap makes a thickness, and how much line load it takes."""

from typing import Final

import numpy as np

from electrodoe.virtual_line.coatings import Floats

_SPRINGBACK: Final = 0.12
"""Share of the compression in the gap that comes back behind it: usual for graphite."""
_LEAST_POROSITY: Final = 0.15
_RESISTANCE_N_MM: Final = 180.0
"""Level and resistance of the exponential law of compaction: assumptions for graphite."""


def roll_gap_um(uncalendered_um: Floats, calendered_um: Floats) -> Floats:
    """Return the gap whose electrode springs back to a thickness.

    Parameters
    ----------
    uncalendered_um, calendered_um : array of shape (n_sheets,), µm
        Coating with foil, before and behind the rolls.

    Returns
    -------
    array of shape (n_sheets,), µm
        Smaller than the thickness that is wanted.

    Examples
    --------
    >>> roll_gap_um(np.array([100.0]), np.array([78.0])).round(3)
    array([75.])
    """
    return calendered_um - _SPRINGBACK / (1.0 - _SPRINGBACK) * (uncalendered_um - calendered_um)


def line_load_n_mm(uncalendered_porosity: Floats, porosity: Floats) -> Floats:
    r"""Return the line load that brings a coating from one porosity to another.

    Parameters
    ----------
    uncalendered_porosity, porosity : array of shape (n_sheets,), dimensionless
        Before and behind the rolls.

    Returns
    -------
    array of shape (n_sheets,), N/mm
        Force over the web's width.

    Notes
    -----
    The exponential law of [1]_, solved for the load:

    .. math::
        \varepsilon = \varepsilon_\mathrm{min}
        + (\varepsilon_0 - \varepsilon_\mathrm{min})\,e^{-q/\gamma_c}

    References
    ----------
    .. [1] Meyer, Bockholt, Haselrieder, Kwade, Journal of Materials Processing Technology 249
       (2017) 172, 10.1016/j.jmatprotec.2017.05.031.

    Examples
    --------
    >>> line_load_n_mm(np.array([0.5]), np.array([0.3])).round(1)
    array([152.5])
    """
    left = (porosity - _LEAST_POROSITY) / (uncalendered_porosity - _LEAST_POROSITY)
    return -_RESISTANCE_N_MM * np.log(left)
