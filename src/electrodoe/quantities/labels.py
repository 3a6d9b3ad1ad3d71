"""What people read instead of a column's name, C-rates included."""

import re
from typing import Final

from electrodoe.quantities.units import split_unit, unit_of

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
    for token in split_unit(column)[0].lower().replace(" ", "_").split("_"):
        match = C_RATE.fullmatch(token)
        if match and float(match[1] or match[2]) > 0.0:
            return 1.0 / float(match[1]) if match[1] else float(match[2])
    return None


_STATE_OF_CHARGE = re.compile(r"soc(\d+)")


def _word(token: str) -> str:
    """Return one token of a name as people write it."""
    if match := C_RATE.fullmatch(token):
        return f"C/{match[1]}" if match[1] else f"{match[2]}C"
    if match := _STATE_OF_CHARGE.fullmatch(token):
        return f"at {match[1]} % state of charge"
    return token


def label_of(column: str) -> str:
    """Return a column's name as words, without its unit.

    Examples
    --------
    >>> label_of("discharge_capacity_c20_mah")
    'Discharge capacity C/20'
    >>> label_of("area_specific_impedance_soc50_ohm_cm2")
    'Area specific impedance at 50 % state of charge'
    >>> label_of("Kapazität 5C [mAh]")
    'Kapazität 5C'
    """
    words = " ".join(_word(token) for token in split_unit(column)[0].split("_"))
    return words[:1].upper() + words[1:]


def label_with_unit(column: str, label: str | None = None) -> str:
    """Return the words and the unit of a column, for an axis or a table's head.

    Examples
    --------
    >>> label_with_unit("roll_temperature_c")
    'Roll temperature (°C)'
    >>> label_with_unit("porosity")
    'Porosity'
    """
    words = label or label_of(column)
    unit = unit_of(column)
    return f"{words} ({unit})" if unit else words
