"""Names of a category's levels on an axis: they travel with a figure's labels."""

from collections.abc import Mapping, Sequence
from typing import Final

from electrodoe.report.plot import Axis, named_axis, round_axis
from electrodoe.study import Study

_OF: Final = "="
"""Between an axis and the number of a level; no axis is called so before a number."""
_BESIDE: Final = 0.5
"""Levels of room beside the first and the last."""


def level_labels(study: Study, column: str, key: str) -> dict[str, str]:
    """Return the names of a column's levels as labels of an axis; none for a number.

    Examples
    --------
    >>> study = Study(title="a", measurements={"table": "a.csv"},
    ...     factors={"binder": {"levels": ["PVDF", "PAA"]}})
    >>> level_labels(study, "binder", "x0")
    {'x0=0': 'PVDF', 'x0=1': 'PAA'}
    """
    levels = study.levels.get(column, {})
    return {f"{key}{_OF}{number}": name for number, name in levels.items()}


def level_names(labels: Mapping[str, str], key: str) -> dict[int, str]:
    """Return the names of the levels along an axis, by their numbers; none for a number."""
    start = f"{key}{_OF}"
    return {
        int(name.removeprefix(start)): words
        for name, words in labels.items()
        if name.startswith(start) and name.removeprefix(start).isdecimal()
    }


def axis_keys(labels: Mapping[str, str]) -> list[str]:
    """Return the labels that are of axes and of no level."""
    return [key for key in labels if not key.rpartition(_OF)[2].isdecimal() or _OF not in key]


def level_axis(
    labels: Mapping[str, str], key: str, ends: tuple[float, float], *, label: str
) -> Axis:
    """Return an axis with the names of levels where it has some, else with round numbers.

    Parameters
    ----------
    labels : mapping of str to str
        Of the figure.
    key : str
        The axis among them.
    ends : (float, float)
        Limits of a number; a category has room beside its levels.
    label : str
        Quantity and unit.
    """
    names = level_names(labels, key)
    if not names:
        return round_axis(ends, label=label, has_grid=True)
    ticks: Sequence[int] = sorted(names)
    return named_axis(
        ticks,
        [names[number] for number in ticks],
        (ticks[0] - _BESIDE, ticks[-1] + _BESIDE),
        label=label,
    )
