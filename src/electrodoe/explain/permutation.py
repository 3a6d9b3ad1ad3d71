"""How much worse a model gets when an input's values are dealt out anew."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.explain.composites import CoalitionGame, coalition_game
from electrodoe.explain.settings import ConfigurationSettings, configuration_settings
from electrodoe.models import FittedModel


def permutation_importance(
    data: TrainingData, model: FittedModel, *, n_repeats: int, rng: np.random.Generator
) -> Floats:
    """Return the increase of the RMSE when one input is permuted between configurations.

    Replicates stay together: a configuration is given the input's mean setting of another one.
    Predictions are made at the configurations' mean settings, also where inputs are measured
    sample by sample and differ a little between replicates.

    Parameters
    ----------
    data : TrainingData
        Samples.
    model : FittedModel
        What is asked.
    n_repeats : int
        Number of permutations to average over.
    rng : numpy.random.Generator
        Source of the permutations; the same ones for every input.

    Returns
    -------
    array of shape (n_inputs,)
        In the response's unit; near zero for an input that the model does not use.

    References
    ----------
    .. [1] Breiman, Machine Learning 45 (2001) 5; Fisher, Rudin, Dominici, Journal of Machine
       Learning Research 20 (2019) 177.
    """
    settings = configuration_settings(data)
    game = coalition_game(model.predict, settings.inputs, settings.inputs)
    return permutation_importance_of(game, settings, data.response, n_repeats=n_repeats, rng=rng)


def permutation_importance_of(
    game: CoalitionGame,
    settings: ConfigurationSettings,
    response: Floats,
    *,
    n_repeats: int,
    rng: np.random.Generator,
) -> Floats:
    """Return the same from predictions at hand; see :func:`permutation_importance`."""
    receiver = np.arange(len(settings.inputs))
    donor = rng.permuted(np.tile(receiver, (n_repeats, 1)), axis=1)
    permuted = game.swaps[:, donor, receiver][..., settings.position]
    known = game.values[-1, settings.position]
    error = np.sqrt(np.mean((response - permuted) ** 2, axis=2)).mean(axis=1)
    return np.asarray(error - np.sqrt(np.mean((response - known) ** 2)))
