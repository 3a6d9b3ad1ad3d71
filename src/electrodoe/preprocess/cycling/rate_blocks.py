"""Cycles in a row at one rate, and which of them are the formation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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

    Parameters
    ----------
    c_rates : sequence of float or None
        Usual rate of each cycle's discharge.
    programme_lines : sequence of int or None
        Programme line of each cycle's discharge. Where every cycle in a row at one rate has a line
        of its own, the programme was written out without loops, and lines part nothing.

    Returns
    -------
    list of RateBlock
        In order; every cycle is in one of them.

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
