"""What no spectrum looks like: headers that stand over the wrong columns."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.spectra.points import SpectrumPoints

_EVEN: Final = 0.25
"""Share by which a step of a logarithmic sweep may differ from the usual one."""
_MOSTLY: Final = 0.9
"""Fraction of the steps that have to be even: chosen, as some points may be left out of a sweep."""
_FEW: Final = 5
"""Steps below which nothing is said."""


def is_even(values: Floats) -> bool:
    """Return whether nearly all steps are the same on a logarithmic scale, as a sweep's are.

    Examples
    --------
    >>> import numpy as np
    >>> is_even(np.geomspace(1e5, 0.1, 61)), is_even(np.linspace(1.0, 2.0, 61) ** 4)
    (True, False)
    """
    kept = np.extract(np.isfinite(values) & (values != 0.0), values)
    if len(kept) <= _FEW or np.any(kept < 0.0):
        return False
    steps = np.diff(np.log(kept))
    usual = float(np.median(steps))
    return usual != 0.0 and bool(np.mean(np.abs(steps / usual - 1.0) <= _EVEN) >= _MOSTLY)


def require_plausible(file: TextFile, table: SpectrumPoints) -> None:
    """Raise where a table's columns are not what its headers say."""
    where = f"{file.path}, lines {table.lines[0]} to {table.lines[-1]}"
    n_negative = int(np.sum(table.impedance_ohm.real < 0.0))
    if 2 * n_negative > len(table.lines):
        raise IngestError(
            f"the real part is negative at {n_negative} of {len(table.lines)} points, which no"
            " passive cell shows",
            where=where,
            fix="check the headers: real and imaginary part may be exchanged",
        )
    if is_even(table.frequency_hz):
        return
    for name, values in (
        ("real part", table.impedance_ohm.real),
        ("imaginary part", np.abs(table.impedance_ohm.imag)),
        ("modulus", np.abs(table.impedance_ohm)),
    ):
        if is_even(values):
            raise IngestError(
                f"the {name} is spaced evenly on a logarithmic scale, and the frequency is not",
                where=where,
                fix=f"check the headers: frequency and {name} may be exchanged",
            )
