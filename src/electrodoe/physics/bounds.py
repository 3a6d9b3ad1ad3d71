"""What a law may be given: positive quantities, and shares from above 0 to 1."""

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.errors import PhysicsError


def require_positive(values: ArrayLike, name: str) -> None:
    """Raise where a value is zero, negative, infinite or missing.

    Examples
    --------
    >>> require_positive([1.0, -2.0], "coating_thickness_um")
    Traceback (most recent call last):
    electrodoe.errors.PhysicsError: coating_thickness_um is -2 where a positive number is meant
      where: row 1, coating_thickness_um = -2
      fix:   give coating_thickness_um in the unit that its name ends in
    """
    numbers = np.asarray(values, dtype=np.float64)
    is_sound = (numbers > 0.0) & np.isfinite(numbers)
    if not np.all(is_sound):
        raise PhysicsError(
            f"{name} is {_first(numbers, is_sound):g} where a positive number is meant",
            where=_place(numbers, is_sound, name),
            fix=f"give {name} in the unit that its name ends in",
        )


def require_fraction(values: ArrayLike, name: str) -> None:
    """Raise where a value is not above 0 and at most 1.

    Examples
    --------
    >>> require_fraction(94.0, "active_mass_fraction")
    Traceback (most recent call last):
    electrodoe.errors.PhysicsError: active_mass_fraction is 94 where above 0 to 1 is possible
      where: active_mass_fraction = 94
      fix:   give active_mass_fraction as a fraction: 0.94 for 94 %
    """
    numbers = np.asarray(values, dtype=np.float64)
    is_sound = (numbers > 0.0) & (numbers <= 1.0)
    if not np.all(is_sound):
        raise PhysicsError(
            f"{name} is {_first(numbers, is_sound):g} where above 0 to 1 is possible",
            where=_place(numbers, is_sound, name),
            fix=f"give {name} as a fraction: 0.94 for 94 %",
        )


def _first(numbers: np.ndarray, is_sound: np.ndarray) -> float:
    """Return the first value that is not sound."""
    return float(np.ravel(numbers)[int(np.argmin(is_sound))])


def _place(numbers: np.ndarray, is_sound: np.ndarray, name: str) -> str:
    """Return where the first value stands that is not sound."""
    row = f"row {int(np.argmin(is_sound))}, " if numbers.ndim else ""
    return f"{row}{name} = {_first(numbers, is_sound):g}"
