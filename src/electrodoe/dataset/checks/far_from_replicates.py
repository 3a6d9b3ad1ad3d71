"""D104: a value far from the others of its configuration."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.dataset.wording import listed, with_unit
from electrodoe.findings import Finding, found

_FAR: Final = 10.0
"""Robust standard deviations between replicates; 10 never happens by chance."""
_NORMAL_CONSISTENCY: Final = 1.4826
"""A normal sample's standard deviation over its median absolute deviation."""


def far_from_replicates(dataset: Dataset) -> list[Finding]:
    """Return one finding per response with samples far from their replicates."""
    findings = []
    samples = np.array(dataset.frame[SAMPLE].to_list())
    numbers = dataset.configuration_numbers()
    for response in dataset.study.responses:
        values = np.where(dataset.set_aside[response], np.nan, dataset.response(response))
        distance, scale = _robust_distance(values, numbers)
        is_far = distance > _FAR
        if not is_far.any():
            continue
        reported = [
            f"{samples[row]} ({values[row]:.4g})"
            for row in sorted(np.flatnonzero(is_far), key=lambda row: -distance[row])
        ]
        findings.append(
            found(
                "D104",
                f"{listed(reported)}: more than {_FAR:g} robust standard deviations"
                f" ({with_unit(scale, response, 2)}) from the median of their configuration",
                f"column '{response}'",
            )
        )
    return findings


def _robust_distance(values: Floats, numbers: Integers) -> tuple[Floats, float]:
    """Return each value's distance from its configuration's median, and its scale."""
    apart = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values))
    known = known[np.argsort(numbers[known], kind="stable")]
    for rows in np.split(known, np.flatnonzero(np.diff(numbers[known])) + 1):
        if len(rows) > 2:
            apart[rows] = np.abs(values[rows] - np.median(values[rows]))
    positive = apart[apart > 0.0]  # the median itself has distance zero and says nothing
    if len(positive) < 5:
        return np.zeros(len(values)), 0.0
    scale = _NORMAL_CONSISTENCY * float(np.median(positive))
    return np.nan_to_num(apart) / scale, scale
