"""C-rates: measured current over capacity, and the usual rate that is meant."""

from collections.abc import Sequence
from typing import Final

import numpy as np

USUAL_RATES: Final = (
    *(1.0 / hours for hours in (100, 50, 30, 25, 20, 15, 10, 5, 4, 3, 2)),
    *map(float, range(1, 21)),
)
"""C/100 to 20C, as programmes have them."""
_NEAR: Final = 0.2
"""Natural logarithm; a rate farther from all usual ones is none of them."""
_EXACT: Final = 0.06
"""The same beside a capacity that is known."""


def usual_rate(c_rate: float, *, near: float = _EXACT) -> float | None:
    """Return the usual rate nearest to a measured one, or None if none is near.

    Examples
    --------
    >>> usual_rate(0.0998)
    0.1
    >>> usual_rate(1.5) is None
    True
    """
    if not c_rate > 0.0:
        return None
    distances = np.abs(np.log(np.array(USUAL_RATES) / c_rate))
    nearest = int(np.argmin(distances))
    return USUAL_RATES[nearest] if distances[nearest] <= near else None


def capacity_for_rates(
    currents_a: Sequence[float], capacities_mah: Sequence[float]
) -> float | None:
    """Return the capacity by which a programme set its currents, told by its slowest discharge.

    Parameters
    ----------
    currents_a, capacities_mah : sequence of float, A and mAh
        Of complete discharges.

    Returns
    -------
    float or None, mAh
        The slowest discharge's current over its usual rate; None if it is near no usual rate.

    Notes
    -----
    A cell rarely has its nominal capacity, so measured rates miss the round numbers of the
    programme by one common factor. It is told where it is smallest beside the distance between two
    usual rates: at the slowest discharge.

    Examples
    --------
    >>> capacity_for_rates([0.655, 6.55], [7280.0, 7254.0])
    6550.0
    """
    slowest = int(np.argmin(currents_a))
    rate = usual_rate(currents_a[slowest] * 1e3 / capacities_mah[slowest], near=_NEAR)
    return currents_a[slowest] * 1e3 / rate if rate else None


def rate_token(c_rate: float) -> str:
    """Return a rate as it stands in a column's name: ``c10`` for C/10, ``5c`` for 5C.

    Examples
    --------
    >>> rate_token(0.1), rate_token(5.0)
    ('c10', '5c')
    """
    return f"{c_rate:.0f}c" if c_rate >= 1.0 else f"c{1.0 / c_rate:.0f}"


def rate_words(c_rate: float) -> str:
    """Return a rate as people write it.

    Examples
    --------
    >>> rate_words(0.1), rate_words(5.0), rate_words(1.5)
    ('C/10', '5C', '1.5C')
    """
    if c_rate < 1.0 and abs(1.0 / c_rate - round(1.0 / c_rate)) < 0.01:
        return f"C/{round(1.0 / c_rate)}"
    return f"{c_rate:.3g}C"
