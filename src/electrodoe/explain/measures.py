"""All measures of importance of one fitted model, from one set of predictions."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, few_configurations
from electrodoe.explain.coefficients import normalized_coefficients
from electrodoe.explain.composites import coalition_game
from electrodoe.explain.impurity import impurity_importance
from electrodoe.explain.permutation import permutation_importance_of
from electrodoe.explain.settings import configuration_settings
from electrodoe.explain.shapley import shapley_values_of
from electrodoe.explain.stability import Measures
from electrodoe.models import FAMILIES, FittedModel

N_REPEATS: Final = 20
"""Permutations per input; they are looked up among predictions at hand and cost little."""
COEFFICIENT: Final = "coefficient"
"""Name of the measure that has a sign."""
INTERACTION: Final = "interaction"
"""Name of the measure whose rows are pairs of inputs."""
MOST_CONFIGURATIONS: Final = 60
"""Configurations that are set against one another: 4 inputs make 60,000 settings to be predicted of
them, anew in every bootstrap, and of 300 it would be 1.4 million."""


def measures(
    data: TrainingData, model: FittedModel, rng: np.random.Generator, groups: Integers | None = None
) -> Measures:
    """Return every measure of importance that the model's family allows.

    ``coefficient``, ``mdi`` (shadow last), ``permutation``, ``shapley``, in this order and where
    they apply, and ``interaction`` with a row per pair as :func:`pairs` lists them. Means of
    Shapley values weigh each configuration by its number of samples. With ``groups`` (the number
    of each input's group) a row is a group; slopes of inputs that move together mean nothing, so
    that there is no ``coefficient`` then.
    """
    of = np.arange(len(model.input_names)) if groups is None else groups
    asked = few_configurations(data, MOST_CONFIGURATIONS)
    settings = configuration_settings(asked)
    game = coalition_game(model.predict, settings.inputs, settings.inputs, of)
    explained = shapley_values_of(game)
    result: dict[str, Floats] = {}
    family = FAMILIES[model.family]
    if family.slopes is not None and of.max() + 1 == len(of):
        result[COEFFICIENT] = normalized_coefficients(model)
    if family.gains is not None:
        shares = impurity_importance(data, model, rng)
        result["mdi"] = np.bincount([*of, of.max() + 1], weights=shares).astype(np.float64)
    result["permutation"] = permutation_importance_of(
        game, settings, asked.response, n_repeats=N_REPEATS, rng=rng
    )
    result["shapley"] = mean_size(explained.values, settings.counts)
    result[INTERACTION] = pair_sizes(explained.interactions, settings.counts)
    return result


def pairs(n_inputs: int) -> tuple[Integers, Integers]:
    """Return the positions of the first and of the second input of every pair.

    Examples
    --------
    >>> first, second = pairs(3)
    >>> first.tolist(), second.tolist()
    ([0, 0, 1], [1, 2, 2])
    """
    first, second = np.triu_indices(n_inputs, k=1)
    return first, second


def mean_size(values: Floats, weights: Floats) -> Floats:
    """Return the weighted mean of absolute values over the first axis."""
    return np.asarray(weights @ np.abs(values) / weights.sum())


def pair_sizes(interactions: Floats, weights: Floats) -> Floats:
    """Return the weighted mean size of each pair's interaction, shape (n_pairs,)."""
    first, second = pairs(interactions.shape[1])
    return mean_size(interactions[:, first, second], weights)
