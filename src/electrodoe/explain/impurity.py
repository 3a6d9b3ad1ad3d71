"""What the splits of trees gain, beside a shadow input that means nothing."""

from dataclasses import replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import MAX_CORRELATION, TrainingData
from electrodoe.errors import ExplanationError
from electrodoe.explain.settings import configuration_settings
from electrodoe.models import FAMILIES, FittedModel, fit
from electrodoe.ties import EQUAL, first_smallest

SHADOW: Final = "shadow"
"""Name of the row that every real input has to beat."""
_N_DRAWS: Final = 100
"""New orders, of which the first independent of all inputs is taken; chosen."""
_HALF: Final = 0.5 + EQUAL
"""Rounds up what stands at half a twentieth, but for its last digits."""


def with_shadow(data: TrainingData, rng: np.random.Generator) -> TrainingData:
    """Return the data with one more input that has nothing to do with the response.

    The shadow is the input with the most levels, its values dealt out anew *between*
    configurations. So it is constant within a configuration, and a tree that takes
    configurations apart can use it as it uses any real input. Like the real inputs it has to
    be independent: of a hundred draws the first is taken that has |r| < 0.3 with each of them,
    or the one that depends least where there is none.

    Parameters
    ----------
    data : TrainingData
        Samples.
    rng : numpy.random.Generator
        Source of the new order.

    Returns
    -------
    TrainingData
        Same samples, with a last input named ``shadow``.
    """
    settings = configuration_settings(data)
    levels = settings.inputs[:, int(np.argmax(_n_levels(settings.inputs)))]
    candidates = rng.permuted(np.tile(levels, (_N_DRAWS, 1)), axis=1)
    columns = data.columns.contrasts(settings.inputs)
    strongest = np.abs(_unit_columns(candidates.T).T @ _unit_columns(columns)).max(axis=1)
    is_independent = strongest < MAX_CORRELATION * (1.0 - EQUAL)
    chosen = int(np.argmax(is_independent) if is_independent.any() else first_smallest(strongest))
    return replace(
        data,
        inputs=np.column_stack([data.inputs, candidates[chosen][settings.position]]),
        input_names=(*data.input_names, SHADOW),
    )


def _n_levels(inputs: Floats) -> list[int]:
    """Return how many twentieths of each column's range are taken, shape (n_inputs,)."""
    span = np.ptp(inputs, axis=0)
    fraction = (inputs - inputs.min(axis=0)) / np.where(span > 0.0, span, 1.0)
    return [len(np.unique(column)) for column in np.floor(20.0 * fraction + _HALF).T]


def _unit_columns(columns: Floats) -> Floats:
    """Return centered columns of unit length, so that products are correlations."""
    centered = columns - columns.mean(axis=0)
    length = np.linalg.norm(centered, axis=0)
    return np.asarray(centered / np.where(length > 0.0, length, 1.0))


def impurity_importance(data: TrainingData, model: FittedModel, rng: np.random.Generator) -> Floats:
    """Return the fraction of each input, and of a shadow input, in what the trees' splits gain.

    An input that is constant within a configuration earns a fraction even if it is pure noise; an
    input that does not beat the shadow has shown no importance.

    Parameters
    ----------
    data : TrainingData
        Samples in canonical order.
    model : FittedModel
        Trees whose hyperparameters and seed are used to grow new ones beside the shadow.
    rng : numpy.random.Generator
        Source of the shadow.

    Returns
    -------
    array of shape (n_inputs + 1,)
        Mean decrease of impurity of forests, total gain of XGBoost; the shadow is last. Adds up
        to one, or all are zero where no tree has split.

    Raises
    ------
    ExplanationError
        If the family does not split.
    ModelError
        If the data do not determine the model.

    References
    ----------
    .. [1] Louppe, Wehenkel, Sutera, Geurts, NeurIPS 26 (2013) 431.
    .. [2] Kursa, Rudnicki, Journal of Statistical Software 36 (2010) 11.
    """
    gains = FAMILIES[model.family].gains
    if gains is None:
        raise ExplanationError(
            f"a model of the family '{model.family}' does not split",
            where=f"model of '{model.response_name}'",
            fix="ask for a model of the families"
            f" {', '.join(name for name, each in FAMILIES.items() if each.gains)}",
        )
    grown = fit(with_shadow(data, rng), model.family, model.hyperparameters, seed=model.seed)
    return gains(grown.state, len(grown.input_names))
