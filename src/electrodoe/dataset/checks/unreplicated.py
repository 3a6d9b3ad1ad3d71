"""D110: no configuration was produced or measured twice."""

from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, found


def unreplicated(dataset: Dataset) -> list[Finding]:
    """Return a remark where there is no pure error to compare a model with."""
    if dataset.n_configurations < dataset.n_samples:
        return []
    return [found("D110", f"{dataset.n_samples} rows in as many configurations", "the whole table")]
