"""All checks of a dataset, in one list."""

from collections.abc import Callable
from typing import Final

from electrodoe.dataset.checks.confounded_blocks import confounded_blocks
from electrodoe.dataset.checks.confounding import confounding
from electrodoe.dataset.checks.copied_values import copied_values
from electrodoe.dataset.checks.dependent_inputs import dependent_inputs
from electrodoe.dataset.checks.duplicated_rows import duplicated_rows
from electrodoe.dataset.checks.failed_measurements import failed_measurements
from electrodoe.dataset.checks.far_from_replicates import far_from_replicates
from electrodoe.dataset.checks.few_levels import few_levels
from electrodoe.dataset.checks.grouped_rows import grouped_rows
from electrodoe.dataset.checks.impossible_values import impossible_values
from electrodoe.dataset.checks.later_inputs import later_inputs
from electrodoe.dataset.checks.missing_values import missing_values
from electrodoe.dataset.checks.run_groups import run_groups
from electrodoe.dataset.checks.runs_and_samples import runs_and_samples
from electrodoe.dataset.checks.set_aside_rows import set_aside_rows
from electrodoe.dataset.checks.slips import slips
from electrodoe.dataset.checks.two_outcomes import two_outcomes
from electrodoe.dataset.checks.unreplicated import unreplicated
from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, sort_findings

CHECKS: Final[dict[str, Callable[[Dataset], list[Finding]]]] = {
    "D101": missing_values,
    "D102": failed_measurements,
    "D103": impossible_values,
    "D104": far_from_replicates,
    "D105": confounding,
    "D106": few_levels,
    "D107": copied_values,
    "D108": duplicated_rows,
    "D109": set_aside_rows,
    "D110": unreplicated,
    "D111": grouped_rows,
    "D112": slips,
    "D120": run_groups,
    "D118": runs_and_samples,
    "D119": confounded_blocks,
    "D121": two_outcomes,
    "S201": dependent_inputs,
    "S210": later_inputs,
}
"""Checks by the code of their findings; ``docs/findings.md`` has a paragraph on each."""


def inspect(dataset: Dataset) -> tuple[Finding, ...]:
    """Return everything odd about a dataset, gravest first.

    Parameters
    ----------
    dataset : Dataset
        As assembled.

    Returns
    -------
    tuple of Finding
        Empty for a table without oddities.
    """
    return sort_findings(finding for check in CHECKS.values() for finding in check(dataset))
