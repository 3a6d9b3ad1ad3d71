"""How findings list samples and write numbers."""

from electrodoe.quantities import unit_of


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
