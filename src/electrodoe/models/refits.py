"""A model fitted anew without some samples."""

from electrodoe.arrays import Booleans
from electrodoe.dataset import TrainingData
from electrodoe.models.fitted import FittedModel
from electrodoe.models.fitting import fit, tune


def refit_without(
    data: TrainingData, model: FittedModel, left_out: Booleans, *, width: int = 2
) -> FittedModel:
    """Return a model fitted anew without some samples, its searched hyperparameters chosen anew.

    Parameters
    ----------
    data : TrainingData
        What the model was fitted to.
    model : FittedModel
        Of any family.
    left_out : array of shape (n_samples,), bool
        Samples it may not see.
    width : int
        1 (narrow) to 3 (wide) search.

    Returns
    -------
    FittedModel
        Of the same family, with the same seed.

    Raises
    ------
    ModelError
        If the other samples do not determine it.
    """
    train = data.take(~left_out)
    known = model.given_hyperparameters
    chosen = tune(train, model.family, width=width, seed=model.seed, given=known)
    return fit(train, model.family, chosen, seed=model.seed, given=model.given)
