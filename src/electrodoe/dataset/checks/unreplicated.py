"""D110: no configuration was produced or measured twice."""

import numpy as np

from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, found


def unreplicated(dataset: Dataset) -> list[Finding]:
    """Return a remark where there is no pure error to compare a model with.

    Two samples of a configuration, or two runs of one setting, are replicates only where both have
    the same response.
    """
    if any(_is_replicated(dataset, response) for response in dataset.study.responses):
        return []
    n_rows, n_configurations = dataset.n_samples, dataset.n_configurations
    what = (
        f"{n_rows} rows in as many configurations"
        if n_rows == n_configurations
        else f"no response was measured twice in any of {n_configurations} configurations"
    )
    return [found("D110", what, "the whole table")]


def _is_replicated(dataset: Dataset, response: str) -> bool:
    """Return whether any setting has two values of a response."""
    own = dataset.setting_numbers()[~np.isnan(dataset.response(response))]
    return len(np.unique(own)) < len(own)
