"""D109: what the study left out of its models, and why."""

from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed


def set_aside_rows(dataset: Dataset) -> list[Finding]:
    """Return one remark per entry of the study's ``set_aside``."""
    return [
        found(
            "D109",
            f"{listed(entry.rows)}: {entry.reason}",
            f"responses {listed([repr(name) for name in entry.responses])}"
            if entry.responses
            else "all responses",
        )
        for entry in dataset.study.set_aside
    ]
