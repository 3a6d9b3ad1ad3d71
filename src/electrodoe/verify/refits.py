"""What a model would predict had other configurations been measured: refits on drawn ones."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, Transform, draw_configurations
from electrodoe.errors import ModelError
from electrodoe.models import FAMILIES, FittedModel, fit, in_canonical_order
from electrodoe.models.forest import with_fewer_trees

_MIN_SURPLUS: Final = 1.5
"""Configurations per term that a draw must be expected to hold for terms without a penalty."""
_N_TREES: Final = 30
"""Trees of each refit's forest: the spread between refits is far above theirs."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Refits:
    """Predictions of refitted models.

    Attributes
    ----------
    predictions : array of shape (n_refits, n_points)
        In the response's unit; no rows where draws do not determine the model.
    n_refused : int
        Draws that did not determine the model.
    """

    predictions: Floats
    n_refused: int

    @property
    def n_refits(self) -> int:
        """Return the number of refits."""
        return len(self.predictions)

    @property
    def variance(self) -> Floats:
        """Return the variance between refits at each point, in the response's unit squared."""
        return np.asarray(self.predictions.var(axis=0, ddof=1))

    def on_scale(self, transform: Transform | None) -> "Refits":
        """Return the predictions on the scale of a transform, if there is one."""
        if transform is None:
            return self
        return Refits(predictions=transform.forward(self.predictions), n_refused=self.n_refused)

    def subset(self, rows: slice) -> "Refits":
        """Return the same refits at some of the points."""
        return Refits(predictions=self.predictions[:, rows], n_refused=self.n_refused)


def refit_predictions(
    data: TrainingData, model: FittedModel, points: Floats, *, n_bootstraps: int, seed: int
) -> Refits:
    """Return the predictions of a model's refits on drawn configurations.

    Parameters
    ----------
    data : TrainingData
        The samples that the model was fitted to; their order does not matter.
    model : FittedModel
        Of any family; its hyperparameters are kept, but for at most 30 trees.
    points : array of shape (n_points, n_inputs)
        In the inputs' units.
    n_bootstraps : int
        Number of refits.
    seed : int
        Start of the draws.

    Returns
    -------
    Refits
        A draw whose model cannot be estimated is drawn anew; after as many refusals as
        bootstraps there are no refits at all, because the rest would be a biased choice. Neither
        are there any of a polynomial whose terms are hardly fewer than the different
        configurations of a draw: 17 hold 11, which ten terms would meet almost one by one.
    """
    if not _has_room(data, model):
        return Refits(predictions=np.empty((0, len(points))), n_refused=0)
    rng = np.random.default_rng(seed)
    names = np.argsort(np.array(data.sample_names), kind="stable")
    ordered = in_canonical_order(data.take(names))
    lighter = with_fewer_trees(model.hyperparameters, _N_TREES)
    predicted: list[Floats] = []
    n_refused = 0
    while len(predicted) < n_bootstraps and n_refused <= n_bootstraps:
        drawn = draw_configurations(ordered, rng)
        try:
            refitted = fit(drawn, model.family, lighter, seed=model.seed)
        except ModelError:  # too few distinct configurations for this model
            n_refused += 1
            continue
        predicted.append(refitted.predict(points))
    if len(predicted) < max(n_bootstraps, 2):
        predicted = []
    return Refits(
        predictions=np.array(predicted).reshape(len(predicted), len(points)), n_refused=n_refused
    )


def _has_room(data: TrainingData, model: FittedModel) -> bool:
    """Return whether a draw holds more different configurations than the model has terms."""
    if FAMILIES[model.family].terms is None:
        return True
    n = data.n_configurations
    n_different = n * (1.0 - (1.0 - 1.0 / n) ** n)
    return n_different >= _MIN_SURPLUS * len(model.state["coefficients"])
