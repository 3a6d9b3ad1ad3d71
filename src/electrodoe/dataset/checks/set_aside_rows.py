"""D109: what the study left out of its models, and why."""

from electrodoe.dataset.dataset import Dataset
from electrodoe.dataset.wording import listed
from electrodoe.findings import Finding, Severity


def set_aside_rows(dataset: Dataset) -> list[Finding]:
    """Return one remark per entry of the study's ``set_aside``."""
    return [
        Finding(
            code="D109",
            severity=Severity.REMARK,
            title="Set aside by the study",
            what=f"{listed(entry.rows)}: {entry.reason}",
            where=(
                f"responses {listed([repr(name) for name in entry.responses])}"
                if entry.responses
                else "all responses"
            ),
            fix="nothing; the rows stay in every table",
        )
        for entry in dataset.study.set_aside
    ]
