"""How sentences count and list things."""

from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural but for one.

    Examples
    --------
    >>> counted(1, "input"), counted(0, "response")
    ('1 input', '0 responses')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(names: Sequence[str], limit: int = 12) -> str:
    """Return names as a list in words, cut after some.

    Examples
    --------
    >>> listed(["DD020", "DD031"])
    'DD020, DD031'
    >>> listed(["a", "b", "c"], limit=2)
    'a, b and 1 more'
    """
    shown = ", ".join(names[:limit])
    return f"{shown} and {len(names) - limit} more" if len(names) > limit else shown
