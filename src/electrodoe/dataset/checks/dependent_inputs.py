"""S201: a scenario whose inputs cannot be distinguished."""

import numpy as np

from electrodoe.dataset.dataset import Dataset
from electrodoe.dataset.dependence import MAX_CORRELATION, MAX_VIF, dependence
from electrodoe.findings import Finding, found


def dependent_inputs(dataset: Dataset) -> list[Finding]:
    """Return one finding per scenario with |r| of 0.3 or more, or a VIF of 5 or more."""
    findings = []
    for name, scenario in dataset.study.scenarios.items():
        inputs = dataset.inputs(name)
        if np.any(np.nanmax(inputs, axis=0) == np.nanmin(inputs, axis=0)):
            continue  # a constant input depends on nothing; no model accepts it
        among = dependence(scenario.inputs, inputs)
        if among.is_independent:
            continue
        first, second, r = among.strongest_pair
        findings.append(
            found(
                "S201",
                f"r = {r:.2f} between '{first}' and '{second}', largest VIF"
                f" {among.vif.max():.3g}; effects can be distinguished below |r| ="
                f" {MAX_CORRELATION:g} and VIF = {MAX_VIF:g}",
                f"scenario '{name}'",
            )
        )
    return findings
