"""What is only remarked: numbered findings that travel into the report and stop nothing."""

from electrodoe.findings.catalogue import KINDS, READING, Kind, Severity, kind_of_flag
from electrodoe.findings.finding import (
    FINDING_COLUMNS,
    Finding,
    findings_frame,
    found,
    has_errors,
    sort_findings,
    summarized,
)

__all__ = [
    "FINDING_COLUMNS",
    "KINDS",
    "READING",
    "Finding",
    "Kind",
    "Severity",
    "findings_frame",
    "found",
    "has_errors",
    "kind_of_flag",
    "sort_findings",
    "summarized",
]
