"""D102: a response that is practically zero where it should not be."""

from typing import Final

import numpy as np

from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.dataset.wording import handled, with_unit
from electrodoe.findings import Finding, Severity, found
from electrodoe.findings.wording import counted, listed

_FRACTION_OF_MEDIAN: Final = 1e-3
"""Below this fraction of the response's median, a positive response was not measured but lost."""


def failed_measurements(dataset: Dataset) -> list[Finding]:
    """Return one finding per response with values that are practically zero."""
    findings = []
    samples = np.array(dataset.frame[SAMPLE].to_list())
    for response in dataset.study.responses:
        if dataset.study.kind_of(response) != "number":
            continue
        values = dataset.response(response)
        median = np.nanmedian(values)
        near_zero = _FRACTION_OF_MEDIAN * median
        if median <= 0.0 or np.nanmin(values) < -near_zero:  # zero is a value like any other
            continue
        is_failed = values <= near_zero
        if not is_failed.any():
            continue
        is_done = bool(dataset.set_aside[response][is_failed].all())
        findings.append(
            found(
                "D102",
                f"{counted(int(is_failed.sum()), 'value')} of at most"
                f" {with_unit(dataset.study, np.max(values[is_failed]), response, 2)},"
                f" where the median is"
                f" {median:.3g}: {listed(sorted(samples[is_failed].tolist()))}",
                f"column '{response}'",
                severity=Severity.NOTE if is_done else Severity.ERROR,
                fix=handled(
                    "set them aside in study.toml with the reason, or leave the cells empty",
                    is_set_aside=is_done,
                ),
            )
        )
    return findings
