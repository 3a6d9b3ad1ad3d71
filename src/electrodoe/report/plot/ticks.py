"""Round ticks, and their numbers as people read them."""

import math
from itertools import pairwise
from typing import Final

_FEWEST: Final = 2
"""An axis with fewer ticks has no scale; then a finer step is taken."""
_STEPS: Final = (1.0, 2.0, 5.0)
"""Of round numbers, times a power of ten."""
_RATIOS: Final = (
    (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0),
    (1.0, 1.5, 2.0, 3.0, 5.0, 7.0),
    (1.0, 2.0, 5.0),
    (1.0, 3.0),
    (1.0,),
)
"""Of numbers at about equal ratios within a power of ten, the finest first."""
_SLACK: Final = 1e-9
"""Fraction of a step by which a limit may miss a tick that is still shown: rounding, not size."""
_READ: Final = 1e-3
"""Fraction of the step by which a printed number may miss its tick: nobody sees it."""
_MOST_DECIMALS: Final = 15
"""Digits of a double; more are noise."""
_LARGEST_POWER: Final = 306
"""Of ten, so that ten times it is still a double."""
_PLAIN: Final = (-5, 7)
"""Powers of ten from which on a factor is written, as in ``2×10⁷``."""
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def round_ticks(
    low: float, high: float, most: int, *, steps: tuple[float, ...] = _STEPS, min_step: float = 0.0
) -> list[float]:
    """Return round numbers between two limits.

    Examples
    --------
    >>> round_ticks(0.0, 9.4, 4), round_ticks(-0.31, 0.2, 3)
    ([0.0, 5.0], [-0.2, 0.0, 0.2])
    """
    raw = (high - low) / most
    exponent = min(math.floor(math.log10(raw)), _LARGEST_POWER)
    finer = [step * 10.0**power for power in (exponent - 1, exponent) for step in steps]
    finer.append(steps[0] * 10.0 ** (exponent + 1))
    too_fine = [step for step in finer if step < raw * (1.0 - _SLACK)]
    ticks: list[float] = []
    for step in reversed(finer[: len(too_fine) + 1]):  # the first that suffices, then finer ones
        if ticks and step < min_step:
            break
        ticks = _multiples(low, high, max(step, min_step))
        if len(ticks) >= _FEWEST:
            break
    return ticks


def covering_ticks(low: float, high: float, most: int, steps: tuple[float, ...]) -> list[float]:
    """Return round numbers of which the first and the last hold both limits between them."""
    step = _step(low, high, most, steps)
    first, last = math.floor(low / step + _SLACK), math.ceil(high / step - _SLACK)
    return [_multiple(number, step) for number in range(first, max(last, first + 1) + 1)]


def ratio_ticks(low: float, high: float, most: int, *, is_covering: bool = False) -> list[float]:
    """Return round numbers at about equal ratios between two positive limits.

    At most so many intervals of the finest kind that has no more; where even powers of ten are
    more, every second or third of them. Covering ones hold both limits between the first and the
    last.

    Examples
    --------
    >>> ratio_ticks(0.3, 950.0, 4), ratio_ticks(3.0, 40.0, 8)
    ([1.0, 10.0, 100.0], [3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0])
    >>> ratio_ticks(0.3, 950.0, 12, is_covering=True)
    [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]
    """
    for steps in _RATIOS:
        ticks = _ratios(low, high, steps, is_covering=is_covering)
        if len(ticks) - 1 <= most:
            return ticks
    every = math.ceil((len(ticks) - 1) / most)
    return [*ticks[::every], *(ticks[-1:] if is_covering and (len(ticks) - 1) % every else [])]


def _ratios(low: float, high: float, steps: tuple[float, ...], *, is_covering: bool) -> list[float]:
    """Return the numbers of one kind between two limits, or that hold both."""
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    every = [float(f"{step:g}e{power}") for power in powers for step in steps]
    inside = [tick for tick in every if low * (1 - _SLACK) <= tick <= high * (1 + _SLACK)]
    if not is_covering:
        return inside
    first = max(tick for tick in every if tick <= low * (1 + _SLACK))
    last = min(tick for tick in every if tick >= high * (1 - _SLACK))
    return [tick for tick in every if first <= tick <= last]


def _step(low: float, high: float, most: int, steps: tuple[float, ...]) -> float:
    """Return the finest step of which some intervals hold both limits between them."""
    exponent = math.floor(math.log10((high - low) / most))
    for power in (exponent, exponent + 1):
        for step in (each * 10.0**power for each in steps):
            n = math.ceil(high / step - _SLACK) - math.floor(low / step + _SLACK)
            if n <= most:
                return step
    return 10.0 ** (exponent + 2)


def _multiples(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a step between two limits."""
    first, last = math.ceil(low / step - _SLACK), math.floor(high / step + _SLACK)
    return [_multiple(number, step) for number in range(first, last + 1)]


def _multiple(number: int, step: float) -> float:
    """Return a multiple without the noise of its last digits."""
    return float(f"{number * step:.15g}")


def tick_words(ticks: list[float]) -> list[str]:
    """Return numbers with as many decimals as all of them need, and a real minus sign.

    Examples
    --------
    >>> tick_words([-0.5, 0.0, 0.5]), tick_words([0.0, 2e7, 4e7])
    (['−0.5', '0.0', '0.5'], ['0', '2×10⁷', '4×10⁷'])
    """
    largest = max((abs(tick) for tick in ticks), default=0.0)
    power = math.floor(math.log10(largest)) if largest > 0.0 else 0
    if _PLAIN[0] < power < _PLAIN[1]:
        return _fixed(ticks)
    factor = f"×10{str(power).translate(_SUPERSCRIPTS)}"
    mantissas = _fixed([float(f"{tick / 10.0**power:.12g}") for tick in ticks])
    return [
        "0" if tick == 0.0 else words + factor for tick, words in zip(ticks, mantissas, strict=True)
    ]


def _fixed(numbers: list[float]) -> list[str]:
    """Return numbers with the same count of decimals, the fewest that tell all of them."""
    steps = [high - low for low, high in pairwise(numbers)] or [abs(each) for each in numbers]
    slack = _READ * min(steps, default=0.0)
    for decimals in range(_MOST_DECIMALS):
        if all(abs(round(each, decimals) - each) <= slack for each in numbers):
            break
    return [f"{each:.{decimals}f}".replace("-", "−") for each in numbers]
