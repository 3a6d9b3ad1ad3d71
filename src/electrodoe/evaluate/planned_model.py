"""The model that a plan was made for, at the settings that were made."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.design.model.formula import model_terms
from electrodoe.design.region.axes import FactorAxis
from electrodoe.errors import DesignError
from electrodoe.evaluate.coded_models import CURVATURE, CodedModel, coded
from electrodoe.ties import levels

_SAME: Final = 1e-3
"""Of a coded range: settings so near count as one level."""


def planned_model(data: TrainingData, model: str) -> CodedModel | None:
    """Return the model of a plan, or None where the inputs do not know its terms.

    Parameters
    ----------
    data : TrainingData
        Samples of one response.
    model : str
        ``model`` of ``[plan]``: a name or a formula.

    Returns
    -------
    CodedModel or None
        Its terms by their kind, made hierarchical.
    """
    means = configuration_means(data.inputs, data.setting_numbers)
    codes = coded(means)
    axes = [_axis(data, place, codes[:, place]) for place in range(len(data.input_names))]
    try:
        terms = model_terms(model, axes)
    except DesignError:  # a factor that is no input here, or more levels than were made
        return None
    for place, name in enumerate(data.input_names):
        if name in data.levels:
            codes[:, place] = np.searchsorted(sorted(data.levels[name]), np.round(means[:, place]))
    X = terms.matrix(codes)
    kinds = [_kind(powers) for powers in terms.powers for _ in terms.columns_of(powers)]
    kept = {
        kind: [column for column, own in enumerate(kinds) if own == kind]
        for kind in ("linear", "interactions", "quadratic", "higher order")
    }
    names = [terms.names[column] for columns in kept.values() for column in columns]
    groups = {kind: X[:, columns] for kind, columns in kept.items() if columns}
    return CodedModel(name="planned", groups=groups, term_names=["1", *names])


def is_among(planned: CodedModel, models: tuple[CodedModel, ...]) -> bool:
    """Return whether a plan's model is one of some others, but for their curvature."""
    own = _matrix(planned)
    return any(_span_the_same(own, _matrix(model)) for model in models)


def _axis(data: TrainingData, place: int, codes: Floats) -> FactorAxis:
    """Return an input as a factor of the plan, with the levels that were made."""
    name = data.input_names[place]
    if name in data.levels:
        own = data.levels[name]
        return FactorAxis(
            name=name, low=0.0, high=len(own) - 1.0, categories=tuple(own[n] for n in sorted(own))
        )
    numbers = levels(codes, equal=_SAME)
    known = np.array([codes[numbers == number].mean() for number in range(numbers.max() + 1)])
    return FactorAxis(name=name, low=-1.0, high=1.0, levels=known)


def _kind(powers: tuple[int, ...]) -> str:
    """Return which group a term is of; the intercept's has no name."""
    order = sum(powers)
    if order == 2:
        return "quadratic" if max(powers) == 2 else "interactions"
    return {0: "", 1: "linear"}.get(order, "higher order")


def _matrix(model: CodedModel) -> Floats:
    """Return the terms at the settings, with the intercept and without curvature."""
    own = [group for source, group in model.groups.items() if source != CURVATURE]
    return np.column_stack([np.ones(len(own[0])), *own])


def _span_the_same(one: Floats, other: Floats) -> bool:
    """Return whether two sets of columns span one space."""
    ranks = [np.linalg.matrix_rank(X) for X in (one, other, np.column_stack([one, other]))]
    return bool(ranks[0] == ranks[1] == ranks[2])
