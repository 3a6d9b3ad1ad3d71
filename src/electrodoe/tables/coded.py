"""Settings in coded units, as planning tools export them: -1, 0 and 1 for a factor's ends."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from electrodoe.arrays import Floats

_FURTHEST: Final = 2.5
"""Axial points of a rotatable design with five factors lie at 2.38 (Box and Hunter, 1957)."""
_ROUNDING: Final = 1e-6
"""Of a coded setting as it is printed."""


def looks_coded(values: Mapping[str, Floats], ends: Mapping[str, tuple[float, float]]) -> bool:
    """Return whether settings are coded: they cannot be the factors' own units.

    Parameters
    ----------
    values : mapping of str to array
        Settings of each factor; NaN where a cell is empty.
    ends : mapping of str to (float, float)
        The declared region of each factor.

    Returns
    -------
    bool
        True where every factor runs from a negative to an equal positive setting of at most 2.5,
        and one of them has most of its settings outside its region.

    Examples
    --------
    >>> import numpy as np
    >>> coded = {"gap_um": np.array([-1.0, 0.0, 1.0])}
    >>> looks_coded(coded, {"gap_um": (40.0, 60.0)}), looks_coded(coded, {"gap_um": (-1.0, 1.0)})
    (True, False)
    """
    asked = [(values[name][np.isfinite(values[name])], ends[name]) for name in ends]
    if not asked or not all(_is_symmetric(settings) for settings, _ in asked):
        return False
    return any(
        np.mean((settings < low - _ROUNDING) | (settings > high + _ROUNDING)) > 0.5
        for settings, (low, high) in asked
    )


def _is_symmetric(settings: Floats) -> bool:
    """Return whether settings reach equally far to both sides of zero, as far as codes do."""
    if not settings.size or settings.max() <= 0.0:
        return False
    has_both = abs(settings.min() + settings.max()) <= _ROUNDING
    return bool(has_both and settings.max() <= _FURTHEST)


def decoded(settings: Floats, low: float, high: float) -> Floats:
    """Return coded settings in a factor's own unit.

    Examples
    --------
    >>> import numpy as np
    >>> decoded(np.array([-1.0, 0.0, 1.0]), 0.25, 0.4)
    array([0.25 , 0.325, 0.4  ])
    """
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    return np.round(middle + half * settings, 12)
