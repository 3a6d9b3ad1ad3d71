"""D121: a response of 0 and 1 alone, of which nobody says what it is."""

import numpy as np

from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, found


def two_outcomes(dataset: Dataset) -> list[Finding]:
    """Return one finding per response that looks like pass and fail, and is taken as a number."""
    return [
        found(
            "D121",
            f"'{name}' holds 0 and 1 alone ({_shares(dataset, name)}), and is taken as a number:"
            " what is predicted of it may lie below 0 and above 1",
            f"column '{name}'",
            fix=f'say kind = "binary" in [responses.{name}], if 1 is an outcome such as pass: its'
            ' probability is modeled; else say kind = "number"',
        )
        for name in dataset.study.responses
        if is_undeclared_outcome(dataset, name)
    ]


def is_undeclared_outcome(dataset: Dataset, response: str) -> bool:
    """Return whether a response holds 0 and 1 alone, both of them, and nobody says what it is."""
    if dataset.study.responses[response].kind is not None:
        return False
    values = dataset.response(response)
    return set(np.unique(values[~np.isnan(values)]).tolist()) == {0.0, 1.0}


def _shares(dataset: Dataset, response: str) -> str:
    """Return how often each of the two occurs."""
    values = dataset.response(response)
    return f"{int(np.sum(values == 0.0))} times 0, {int(np.sum(values == 1.0))} times 1"
