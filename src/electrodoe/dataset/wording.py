"""How findings list samples and write numbers."""

from electrodoe.study import Study


def handled(fix: str, *, is_set_aside: bool) -> str:
    """Return what is left to do about samples, given whether the study set them aside."""
    return "nothing: set aside by the study" if is_set_aside else fix


def with_unit(study: Study, value: float, column: str, digits: int = 4) -> str:
    """Return a value of a column with its unit, the declared one or that of its name.

    Examples
    --------
    >>> study = Study(title="a", factors={"Dicke": {"unit": "µm"}, "gap_mm": {}})
    >>> with_unit(study, 226.80487, "Dicke"), with_unit(study, 0.12, "gap_mm")
    ('226.8 µm', '0.12 mm')
    """
    return f"{value:.{digits}g} {study.unit_of(column)}".rstrip()
