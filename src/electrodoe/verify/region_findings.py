"""What there is to tell about the declared region and about expectations, before any model."""

from typing import Final

import numpy as np

from electrodoe.dataset import SAMPLE, Dataset
from electrodoe.dataset.wording import with_unit
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed
from electrodoe.verify.laws import expectations
from electrodoe.verify.region import declared_ends

_FRACTION_OF_RANGE: Final = 0.05
"""How far beyond its region an input may lie where no tolerance is declared."""


def region_findings(dataset: Dataset) -> list[Finding]:
    """Return V306 for inputs outside their region, V307 for expectations that nobody checks.

    Parameters
    ----------
    dataset : Dataset
        Samples and their study.

    Returns
    -------
    list of Finding
        One per factor, and one per expectation.
    """
    return [*_outside(dataset), *_unchecked(dataset)]


def _outside(dataset: Dataset) -> list[Finding]:
    """Return one finding per factor that was set or measured outside its declared region."""
    findings = []
    names = np.array(dataset.frame[SAMPLE].to_list())
    for name in dataset.study.factors:
        ends = declared_ends(dataset.study, name)
        if ends is None or not dataset.study.scenarios_with(name):
            continue
        low, high = ends
        values = dataset.values(name)
        tolerance = dataset.study.tolerance_of(name)
        spare = (
            [_FRACTION_OF_RANGE * (high - low)] * 2
            if tolerance is None
            else tolerance.allowed(np.array(ends)).tolist()
        )
        is_outside = (values < low - spare[0]) | (values > high + spare[1])
        is_modeled = dataset.rows_with(name)
        rows = np.flatnonzero(is_outside & is_modeled)
        if len(rows):
            worst = values[rows[np.argmax(np.maximum(low - values[rows], values[rows] - high))]]
            findings.append(
                found(
                    "V306",
                    f"{len(rows)} of {is_modeled.sum()} samples lie outside {low:g} to"
                    f" {with_unit(dataset.study, high, name)} by more than the tolerance, at most"
                    f" {with_unit(dataset.study, worst, name)}: {listed(names[rows].tolist())}",
                    f"column '{name}'",
                )
            )
    return findings


def _unchecked(dataset: Dataset) -> list[Finding]:
    """Return one finding per declared expectation about a factor that no scenario has."""
    study = dataset.study
    findings = []
    for target, response in study.responses.items():
        known = {
            law.factor
            for name, scenario in study.scenarios.items()
            if target in study.responses_of(name)
            for law in expectations(study, target, scenario.inputs)
        }
        findings += [
            found(
                "V307",
                f"'{factor}' is an input of no scenario that models '{target}'",
                f"study.toml, response '{target}', key 'expected'",
            )
            for factor, sign in response.expected.items()
            if sign != "any" and factor not in known
        ]
    return findings
