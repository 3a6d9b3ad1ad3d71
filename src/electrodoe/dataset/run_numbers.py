"""The numbers in which runs' names end: their order."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from electrodoe.arrays import Integers

_NUMBERED: Final = re.compile(r"\D*(\d+)")
"""A run's name that ends in its number, which says when it was made whatever the rows' order."""


def numbers_in(names: Sequence[str]) -> Integers | None:
    """Return the numbers in which some names end; None where one has none, or two have the same.

    Examples
    --------
    >>> numbers_in(["run 2", "run 10"]), numbers_in(["A1", "B1"])
    (array([ 2, 10]), None)
    """
    found = [_NUMBERED.fullmatch(name) for name in names]
    own = np.array([int(number[1]) for number in found if number], dtype=np.int64)
    return own if len(found) == len(own) == len(np.unique(own)) else None
