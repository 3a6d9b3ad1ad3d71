"""The C-rate that a column's name holds."""

import re
from typing import Final

from electrodoe.quantities.units import split_unit

C_RATE: Final = re.compile(r"c(\d+)|(\d+)c")
"""``c20`` for C/20, ``5c`` for 5C."""


def c_rate_of(column: str) -> float | None:
    """Return the C-rate that a column was measured at, or None.

    Parameters
    ----------
    column : str
        A column name.

    Returns
    -------
    float or None
        In 1/h: 0.05 for C/20.

    Examples
    --------
    >>> c_rate_of("discharge_capacity_c20_mah"), c_rate_of("discharge_capacity_5c_mah_g")
    (0.05, 5.0)
    >>> c_rate_of("dryer_2_temperature_c") is None
    True
    """
    for token in split_unit(column)[0].split("_"):
        match = C_RATE.fullmatch(token)
        if match and float(match[1] or match[2]) > 0.0:
            return 1.0 / float(match[1]) if match[1] else float(match[2])
    return None
