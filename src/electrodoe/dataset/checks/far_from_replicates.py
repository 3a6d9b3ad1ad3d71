"""D104: a value far from the others of its configuration."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.dataset.wording import with_unit
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed
from electrodoe.robust import robust_sd

_FAR: Final = 10.0
"""Robust standard deviations between replicates; 10 never happens by chance."""
_MOSTLY: Final = 0.9
"""Fraction of positive values from which the others are failures, not values of a signed scale."""


def far_from_replicates(dataset: Dataset) -> list[Finding]:
    """Return one finding per response with samples far from their replicates."""
    findings = []
    samples = np.array(dataset.frame[SAMPLE].to_list())
    numbers = dataset.configuration_numbers()
    for response in dataset.study.responses:
        if dataset.study.kind_of(response) != "number":
            continue
        values = np.where(dataset.set_aside[response], np.nan, dataset.response(response))
        distance, scale = _distance(dataset, response, values, numbers)
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
                f" ({scale}) from the median of their configuration",
                f"column '{response}'",
            )
        )
    return findings


def _distance(
    dataset: Dataset, response: str, values: Floats, numbers: Integers
) -> tuple[Floats, str]:
    """Return each value's distance from its configuration's median, and its scale in words.

    On the scale that the study declares; else as it is and, where all is positive, of logarithms,
    whichever is the nearer: spread may grow with the mean.
    """
    transform = dataset.scale(response)
    if transform is not None and not transform.is_open:
        known = np.where(transform.is_possible(values), values, np.nan)
        distance, scale = _robust_distance(transform.forward(known), numbers)
        return distance, f"{scale:.2g} on the scale of its {transform.words}"
    distance, scale = _robust_distance(values, numbers)
    is_positive = values > 0.0
    if is_positive.sum() >= _MOSTLY * np.sum(~np.isnan(values)):
        logarithms = np.log(np.where(is_positive, values, np.nan))
        relative, _ = _robust_distance(logarithms, numbers)
        distance = np.where(is_positive, np.minimum(distance, relative), distance)
    return distance, with_unit(dataset.study, scale, response, 2)


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
    scale = robust_sd(positive)
    return np.nan_to_num(apart) / scale, scale
