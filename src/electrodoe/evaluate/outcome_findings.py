"""S220 and S221: outcomes that the inputs separate, and events that are few."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.findings import Finding, found
from electrodoe.models.fitting import in_canonical_order, normalize
from electrodoe.models.generalized_linear import fit_generalized
from electrodoe.models.terms import linear_matrix

_PER_INPUT: Final = 5
"""Samples of the rarer outcome per column of inputs below which coefficients are vague
(Vittinghoff, McCulloch, American Journal of Epidemiology 165 (2007) 710)."""


def outcome_findings(data: Iterable[TrainingData]) -> list[Finding]:
    """Return what a reader must know of the models of binary responses.

    Parameters
    ----------
    data : iterable of TrainingData
        As the models learn from them.

    Returns
    -------
    list of Finding
        ``S220`` where a plane through the inputs separates the outcomes, ``S221`` where the rarer
        outcome occurs in fewer than five samples for each input.
    """
    return [
        finding
        for each in data
        if each.kind == "binary"
        for finding in (*_separated(each), *_few(each))
    ]


def _separated(data: TrainingData) -> list[Finding]:
    """Return that the likelihood alone has no maximum."""
    data = in_canonical_order(data)
    X = linear_matrix(normalize(data).inputs(data.inputs))
    if np.linalg.matrix_rank(X) < X.shape[1]:
        return []
    try:
        fit_generalized(X, data.response, "binary", is_penalized=False)
    except ModelError:
        what = f"the inputs tell both outcomes of '{data.response_name}' apart without an error"
        return [
            found("S220", f"{what}, in {data.n_samples} samples", f"scenario '{data.scenario}'")
        ]
    return []


def _few(data: TrainingData) -> list[Finding]:
    """Return that one outcome is rare for so many inputs."""
    n_inputs = len(data.column_names)
    fewest = int(min(np.sum(data.response == 0.0), np.sum(data.response == 1.0)))
    if fewest >= _PER_INPUT * n_inputs:
        return []
    what = (
        f"the rarer outcome of '{data.response_name}' occurs in {fewest} of"
        f" {data.n_samples} samples, for {n_inputs} inputs; {_PER_INPUT * n_inputs}"
        " are asked for"
    )
    return [found("S221", what, f"scenario '{data.scenario}'")]
