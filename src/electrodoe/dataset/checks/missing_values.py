"""D101: cells that are empty."""

from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.dataset.wording import listed
from electrodoe.findings import Finding, found


def missing_values(dataset: Dataset) -> list[Finding]:
    """Return one remark per factor or response with empty cells.

    Samples that instruments measured each have the responses of their own measurement alone, so
    that empty cells say nothing there.
    """
    findings = []
    responses = () if dataset.study.protocols else dataset.study.responses
    for column in (*dataset.study.factors, *responses):
        samples = dataset.frame.filter(dataset.frame[column].is_null())[SAMPLE].to_list()
        if samples:
            findings.append(
                found(
                    "D101",
                    f"empty in {len(samples)} of {dataset.n_samples} rows: {listed(samples)}",
                    f"column '{column}'",
                )
            )
    return findings
