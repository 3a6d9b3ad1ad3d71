"""S201: a scenario with inputs that move together."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset.categories import Levels
from electrodoe.dataset.dataset import Dataset
from electrodoe.dataset.dependence import MAX_VIF, Dependence, dependence
from electrodoe.findings import Finding, found


def dependent_inputs(dataset: Dataset) -> list[Finding]:
    """Return one finding per scenario with a VIF of 5 or more.

    Only where the samples of no response tell the inputs apart: as long as one does, the scenario
    is explained for it input by input.
    """
    findings = []
    for name, scenario in dataset.study.scenarios.items():
        by_response = [
            _dependence(data.input_names, data.inputs, data.levels)
            for response in dataset.study.responses_of(name)
            for data in [dataset.complete_samples(response, name)]
        ]
        among = dataset.levels_among(dataset.rows(name), name)
        whole = _dependence(scenario.inputs, dataset.inputs(name), among)
        if any(each is not None and each.is_independent for each in by_response):
            continue
        dependent = [
            each for each in (whole, *by_response) if each is not None and not each.is_independent
        ]
        findings += [_finding(each, f"scenario '{name}'") for each in dependent[:1]]
    return findings


def _dependence(names: tuple[str, ...], inputs: Floats, levels: Levels) -> Dependence | None:
    """Return the dependence of some inputs, or None where one of them is constant.

    A constant depends on nothing, and no model accepts it.
    """
    if len(inputs) < 2 or np.any(np.ptp(inputs, axis=0) == 0.0):
        return None
    return dependence(names, inputs, levels)


def _finding(among: Dependence, where: str) -> Finding:
    """Return the finding about the inputs of some rows."""
    first, second, r = among.strongest_pair
    return found(
        "S201",
        f"r = {r:.2f} between '{first}' and '{second}', largest VIF"
        f" {among.vif.max():.3g}; effects can be distinguished below VIF ="
        f" {MAX_VIF:g}; {_outcome(among)}",
        where,
    )


def _outcome(among: Dependence) -> str:
    """Return what is explained all the same."""
    if not among.is_explainable:
        return "nothing is left to tell apart, so that nothing is explained"
    several = [names for names in among.members.values() if len(names) > 1]
    named = [
        "{} and '{}'".format(", ".join(f"'{n}'" for n in own[:-1]), own[-1]) for own in several
    ]
    return f"explained as one: {'; '.join(named)}"
