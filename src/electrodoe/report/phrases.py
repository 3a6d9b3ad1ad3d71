"""Parts of sentences: values with their units, labels, lists."""

import math
from typing import Final

from electrodoe.report.naming import shown
from electrodoe.report.rounding import significant
from electrodoe.study import Study

_ROUNDING: Final = 1e-6
_DASH: Final = "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}"


def told(study: Study, column: str, value: float) -> str:
    """Return a value of a factor or a response with its unit, as people read it."""
    quantity = shown(study, column)
    return quantity.with_unit(significant(value * quantity.factor))


def told_range(
    study: Study, column: str, low: float, high: float, *, is_inward: bool = False
) -> str:
    """Return two values with one unit and as many decimals as tell a fiftieth of their distance.

    An inward range never becomes wider by rounding.
    """
    quantity = shown(study, column)
    width = (high - low) * quantity.factor
    decimals = max(0, 1 - math.floor(math.log10(width))) if width > 0.0 else 3
    step = 10.0**-decimals
    ends = [end * quantity.factor / step for end in (low, high)]
    if is_inward:
        ends = [math.ceil(ends[0] - _ROUNDING), math.floor(ends[1] + _ROUNDING)]
    words = [f"{round(end) * step:.{decimals}f}".replace("-", "−") for end in ends]
    return quantity.with_unit(_DASH.join(words))


def in_sentence(study: Study, column: str) -> str:
    """Return a column's label for the middle of a sentence."""
    label = shown(study, column).label
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def listed(words: list[str]) -> str:
    """Return words joined as in a sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
