"""D101: cells that are empty."""

from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.dataset.wording import listed
from electrodoe.findings import Finding, Severity


def missing_values(dataset: Dataset) -> list[Finding]:
    """Return one remark per factor or response with empty cells."""
    findings = []
    for column in (*dataset.study.factors, *dataset.study.responses):
        samples = dataset.frame.filter(dataset.frame[column].is_null())[SAMPLE].to_list()
        if samples:
            findings.append(
                Finding(
                    code="D101",
                    severity=Severity.REMARK,
                    title="Missing values",
                    what=f"empty in {len(samples)} of {dataset.n_samples} rows: {listed(samples)}",
                    where=f"column '{column}'",
                    fix="measure them, or accept that these rows are not modeled here",
                )
            )
    return findings
