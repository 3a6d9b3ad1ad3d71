"""D112: an input that was most likely mistyped: row, value and the likely right one."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.dataset.training_data import configuration_medians
from electrodoe.dataset.wording import with_unit
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed
from electrodoe.robust import robust_sd

_FAR: Final = 10.0
"""Robust standard deviations within runs; never reached by chance."""
_FACTORS: Final = (0.1, 10.0, 0.01, 100.0, 0.001, 1000.0)
"""What a slipped decimal mark, a percent or another prefix of the unit divides by."""
_KELVIN: Final = 273.15
"""Between the two usual scales of temperature."""
_RANGES_OUTSIDE: Final = 5.0
"""Ranges of all other settings by which a single one lies outside them, to be odd by itself."""
_TIMES_SMALLER: Final = 4.0
"""A lone value below the smallest of the others by this is odd, however wide they lie."""
_MIN_SETTINGS: Final = 6
"""Fewer other settings do not say what range is usual."""


@dataclass(frozen=True)
class _Slip:
    """One odd value: its rows, the likely right one (or None), and why it is odd."""

    rows: tuple[int, ...]
    likely: float | None
    why: str


def slips(dataset: Dataset) -> list[Finding]:
    """Return one finding per value of an input that was most likely mistyped."""
    groups = dataset.configuration_numbers()
    has_runs = dataset.grouping.source != "clumps"  # what was grouped by inputs agrees anyway
    return [
        _finding(dataset, factor, slip)
        for factor in dataset.study.factors
        if factor not in dataset.study.levels
        for slip in _of_input(
            dataset.values(factor), groups, dataset.study.unit_of(factor), has_runs=has_runs
        )
    ]


def _of_input(values: Floats, groups: Integers, unit: str, *, has_runs: bool) -> list[_Slip]:
    """Return the slips of one input: within runs, then runs beyond all others."""
    within = _within_runs(values, groups) if has_runs else []
    clean = values.copy()
    for slip in within:
        rows = np.flatnonzero(groups == groups[slip.rows[0]])
        clean[rows if len(rows) == 2 else slip.rows[0]] = np.nan
    return [*within, *_beyond_others(clean, groups, unit)]


def _within_runs(values: Floats, groups: Integers) -> list[_Slip]:
    """Return the values far from the others of their run, where runs otherwise agree."""
    known = ~np.isnan(values)
    sizes = np.bincount(groups[known], minlength=groups.max() + 1)[groups]
    medians = configuration_medians(values, groups)[groups]
    apart = np.where(known & (sizes > 1), np.abs(values - medians), np.nan)
    if np.isnan(apart).all() or not np.nanmax(apart) > 0.0:
        return []
    is_far = apart > np.maximum(_usual(apart, groups, sizes), 1e-9 * np.nanmax(np.abs(values)))
    if len(np.unique(groups[is_far])) > max(2, 0.2 * len(np.unique(groups))):
        return []  # an input that varies within runs, not slips
    return [
        found
        for group in np.unique(groups[is_far])
        for found in _in_run(values, np.flatnonzero((groups == group) & known), is_far)
    ]


def _usual(apart: Floats, groups: Integers, sizes: Integers) -> float:
    """Return how far from its run's median a value may lie: nothing where runs hold set values."""
    inside = apart[(sizes > 2) & (apart > 0.0)]
    differing = {int(group) for group in groups[np.nan_to_num(apart) > 0.0]}
    repeated = {int(group) for group in groups[sizes > 1]}
    if len(differing) <= max(2, len(repeated) // 5):
        return 0.0
    scatter = inside if len(inside) else apart[apart > 0.0]
    return _FAR * robust_sd(scatter)


def _in_run(values: Floats, rows: Integers, is_far: Booleans) -> list[_Slip]:
    """Return the odd values of one run."""
    if len(rows) == 2:
        return [_of_two(values, rows)]
    run = values[rows]
    rest = float(np.median(run[~is_far[rows]])) if (~is_far[rows]).any() else float(np.median(run))
    return [
        _Slip((int(row),), _scaled_to(values[row], rest), f"its run has {rest:g}")
        for row in rows[is_far[rows]]
    ]


def _of_two(values: Floats, rows: Integers) -> _Slip:
    """Return the odd one of two values that disagree: beyond all others, or nobody else's."""
    pair, elsewhere = values[rows], np.delete(values, rows)
    elsewhere = elsewhere[~np.isnan(elsewhere)]
    beyond = np.zeros(2)
    if len(elsewhere):
        beyond = np.maximum(elsewhere.min() - pair, pair - elsewhere.max()).clip(0.0)
    unshared = [not np.any(np.isclose(elsewhere, value, rtol=1e-6)) for value in pair]
    scores = beyond if beyond[0] != beyond[1] else np.array(unshared, dtype=np.float64)
    odd = int(scores[1] >= scores[0])
    other = float(pair[1 - odd])
    reason = f"the other sample of its run has {other:g}"
    return _Slip((int(rows[odd]),), other if scores[0] != scores[1] else None, reason)


def _scaled_to(value: float, usual: float) -> float:
    """Return the value with its decimal mark moved where that brings it near, else the usual."""
    for factor in _FACTORS:
        if abs(value * factor - usual) <= 0.05 * abs(usual):
            return float(value * factor)
    return usual


def _beyond_others(values: Floats, groups: Integers, unit: str) -> list[_Slip]:
    """Return the runs whose value lies far outside those of all other runs."""
    settings = configuration_medians(values, groups)
    known = np.flatnonzero(~np.isnan(settings))
    if len(known) <= _MIN_SETTINGS:
        return []
    odd = []
    ends = {int(known[np.argmin(settings[known])]), int(known[np.argmax(settings[known])])}
    for run in sorted(ends):  # every other run lies between others
        slip = _outside(float(settings[run]), settings[known[known != run]], unit)
        if slip is not None:
            rows = np.flatnonzero((groups == run) & ~np.isnan(values))
            odd.append(_Slip(tuple(rows.tolist()), *slip))
    return odd


def _outside(value: float, others: Floats, unit: str) -> tuple[float | None, str] | None:
    """Return the likely right value and why, where a run lies far outside the others."""
    low, high = float(others.min()), float(others.max())
    width = high - low
    beyond = max(low - value, value - high)
    is_tiny = 0.0 < value < low / _TIMES_SMALLER
    is_far = beyond > width or is_tiny
    if width <= 0.0 or not is_far or _is_logarithmic(value, others):
        return None
    reason = f"all other runs lie between {low:g} and {high:g}"
    offset = {"°C": (value - _KELVIN,), "K": (value + _KELVIN,)}.get(unit, ())
    for candidate in (*offset, *(value * factor for factor in _FACTORS)):
        if low - 0.05 * width <= candidate <= high + 0.05 * width:
            return candidate, reason
    return (None, reason) if beyond > _RANGES_OUTSIDE * width else None


def _is_logarithmic(value: float, others: Floats) -> bool:
    """Return whether the levels with this one are steps of about one ratio, as of 0.1, 1 and 10."""
    levels = np.unique(np.append(others, value))
    if levels[0] <= 0.0 or len(levels) < 3:
        return False
    steps = np.diff(np.log(levels))
    if steps.max() <= 3.0 * np.median(steps):
        counts = np.unique(others, return_counts=True)[1]
        return bool(len(levels) > 3 or counts.min() == 1)
    return False


def _finding(dataset: Dataset, factor: str, slip: _Slip) -> Finding:
    """Return the finding about one value."""
    of_rows = dataset.frame[list(slip.rows)].sort("line")
    value = float(np.median(dataset.values(factor)[list(slip.rows)]))
    likely = (
        "" if slip.likely is None else f"; likely {with_unit(dataset.study, slip.likely, factor)}"
    )
    lines = ", ".join(str(line) for line in of_rows["line"])
    return found(
        "D112",
        f"{with_unit(dataset.study, value, factor)} in {listed(of_rows[SAMPLE].to_list())}:"
        f" {slip.why}{likely}",
        f"column '{factor}', line{'s' if len(slip.rows) > 1 else ''} {lines}",
    )
