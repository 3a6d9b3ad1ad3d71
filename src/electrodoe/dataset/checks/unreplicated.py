"""D110: no configuration was produced or measured twice."""

from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, Severity


def unreplicated(dataset: Dataset) -> list[Finding]:
    """Return a remark where there is no pure error to compare a model with."""
    if dataset.n_configurations < dataset.n_samples:
        return []
    return [
        Finding(
            code="D110",
            severity=Severity.REMARK,
            title="No replicates",
            what=f"{dataset.n_samples} rows in as many configurations",
            where="the whole table",
            fix="repeat a few runs, so that lack of fit can be told from noise",
        )
    ]
