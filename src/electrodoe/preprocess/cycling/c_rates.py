"""C-rates by their usual names, and the blocks of cycles at one rate."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """Return the capacity by which a programme set its currents, from its slowest discharge.

    The slowest discharge's current over its usual rate; None if it is near no usual rate.

    Notes
    -----
    A cell rarely has its nominal capacity, so measured rates miss the round numbers of the
    programme by one common factor. It is reported where it is smallest beside the distance between
    two usual rates: at the slowest discharge.

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


_SLOW: Final = 0.34
"""Formation is at C/3 or slower."""


@dataclass(frozen=True, kw_only=True)
class RateBlock:
    """Cycles in a row at one rate from one line of the programme.

    Attributes
    ----------
    c_rate : float or None
        The usual rate; None where it is none.
    cycles : tuple of int
        Positions of its cycles, from 0.
    """

    c_rate: float | None
    cycles: tuple[int, ...]


def rate_blocks(
    c_rates: Sequence[float | None], programme_lines: Sequence[int | None]
) -> list[RateBlock]:
    """Return the blocks of cycles with one rate and one programme line of their discharge.

    Examples
    --------
    >>> [block.cycles for block in rate_blocks([0.1, 0.1, 0.1, 1.0], [4, 9, 9, 14])]
    [(0,), (1, 2), (3,)]
    >>> [block.cycles for block in rate_blocks([0.1, 0.1, 0.1, 1.0], [4, 8, 12, 16])]
    [(0, 1, 2), (3,)]
    """
    blocks = []
    for at_one_rate in _runs(c_rates, range(len(c_rates))):
        lines = [programme_lines[cycle] for cycle in at_one_rate]
        is_looped = len(set(lines)) < len(lines)
        parts = _runs(lines, at_one_rate) if is_looped else [at_one_rate]
        blocks += [RateBlock(c_rate=c_rates[part[0]], cycles=tuple(part)) for part in parts]
    return blocks


def _runs(keys: Sequence[float | None], items: Sequence[int]) -> list[list[int]]:
    """Return items in groups whose keys in a row are equal."""
    runs: list[list[int]] = []
    for position, item in enumerate(items):
        if position == 0 or keys[position] != keys[position - 1]:
            runs.append([])
        runs[-1].append(item)
    return runs


def count_formation(blocks: Sequence[RateBlock]) -> int:
    """Return how many cycles come before the rate test.

    The first block is the formation if it is slow and the next one is no faster: a rate test
    starts with its slowest rate, so what stands before that is no part of it.

    Examples
    --------
    >>> count_formation(rate_blocks([0.1, 0.1, 0.1, 1.0], [4, 9, 9, 14]))
    1
    >>> count_formation(rate_blocks([0.1, 0.2, 0.5], [4, 9, 14]))
    0
    """
    if len(blocks) < 3:
        return 0
    first, second = blocks[0].c_rate, blocks[1].c_rate
    if first is None or second is None or first > _SLOW or second > first:
        return 0
    return len(blocks[0].cycles)
