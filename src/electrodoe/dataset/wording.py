"""How findings list samples and write numbers."""

from collections.abc import Sequence

from electrodoe.quantities import unit_of


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


def handled(fix: str, *, is_set_aside: bool) -> str:
    """Return what is left to do about samples, given whether the study set them aside."""
    return "nothing: set aside by the study" if is_set_aside else fix


def with_unit(value: float, column: str, digits: int = 4) -> str:
    """Return a value of a column with its unit.

    Examples
    --------
    >>> with_unit(226.80487, "discharge_capacity_c20_mah_g")
    '226.8 mAh/g'
    """
    return f"{value:.{digits}g} {unit_of(column)}".rstrip()
