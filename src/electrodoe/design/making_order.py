"""In which order runs were made, as far as the sheet tells: P106 and P107."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from electrodoe.design.filled_sheet import FilledRow
from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.findings import Finding, Severity

_NEVER: Final = datetime(1, 1, 1)  # noqa: DTZ001 - local time, as written


def order_findings(plan: RunPlan, rows: Sequence[FilledRow], source: str) -> list[Finding]:
    """Return whether runs were made in another order than planned, or in one nobody wrote down.

    Parameters
    ----------
    plan : RunPlan
        Runs are numbered in the order in which they are to be made.
    rows : sequence of FilledRow
        The filled sheet. Times decide; the order of the rows does where some time is missing.
    source : str
        The file, for messages.

    Returns
    -------
    list of Finding
        P106 and P107, if any.
    """
    known = set(plan.frame[RUN].to_list())
    made = [row for row in rows if row.is_made and row.run in known]
    timed = [row for row in made if row.made_on is not None]
    findings = [_not_recorded(len(made) - len(timed), len(made), source)] if made else []
    if len(timed) == len(made):
        made.sort(key=lambda row: (row.made_on or _NEVER, row.run or 0))
        findings = []
    earlier = [
        f"run {before.run} before run {after.run}"
        for before, after in pairwise(made)
        if (before.run or 0) > (after.run or 0)
    ]
    return [*findings, *([_changed(earlier, source)] if earlier else [])]


def _not_recorded(n_without: int, n_made: int, source: str) -> Finding:
    """Return the finding that times are missing."""
    return Finding(
        code="P107",
        severity=Severity.REMARK,
        title="Order not recorded",
        what=f"{n_without} of {n_made} runs have no readable time; the rows' order is taken",
        where=source,
        fix="write day and time of each run as 2026-03-31 14:30",
    )


def _changed(earlier: Sequence[str], source: str) -> Finding:
    """Return the finding that the order is another one."""
    more = f" and {len(earlier) - 5} more" if len(earlier) > 5 else ""
    return Finding(
        code="P106",
        severity=Severity.WARNING,
        title="Order changed",
        what=f"{', '.join(earlier[:5])}{more}",
        where=source,
        fix="check the times; what drifted with time may now look like a factor's effect",
    )
