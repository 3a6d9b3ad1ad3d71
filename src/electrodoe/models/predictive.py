"""The choice of an interval: Satterthwaite's t for linear families, jackknife+ for all others."""

from collections.abc import Sequence

from electrodoe.dataset import TrainingData
from electrodoe.models.catalogue import FAMILIES
from electrodoe.models.fitted import FittedModel
from electrodoe.models.intervals import Predictive
from electrodoe.models.jackknife_plus import jackknife_plus
from electrodoe.models.mean_intervals import mean_intervals
from electrodoe.models.outcome_intervals import outcome_intervals
from electrodoe.models.stratum_intervals import stratum_intervals


def predictive(
    data: TrainingData,
    model: FittedModel,
    *,
    refits: Sequence[FittedModel] | None = None,
    width: int = 2,
) -> Predictive:
    """Return what is known of a new configuration under a fitted model.

    Parameters
    ----------
    data : TrainingData
        What the model was fitted to.
    model : FittedModel
        Of any family.
    refits : sequence of FittedModel or None
        Without each configuration, where they were made elsewhere; not looked at where
        :func:`needs_refits` says no.
    width : int
        1 (narrow) to 3 (wide) search for the hyperparameters of refits.

    Returns
    -------
    Predictive
        Predictions, intervals and chances; for a family that is not linear by jackknife+, every
        configuration counted alike, residuals scaled by leverage. Where factors are hard to change,
        of a new whole plot.

    Raises
    ------
    ModelError
        If the data do not determine the model without some configuration.
    """
    if FAMILIES[model.family].kind != "number":
        return outcome_intervals(data, model)
    if not needs_refits(model):
        in_strata = None if data.whole_plots is None else stratum_intervals(data, model)
        return in_strata or mean_intervals(data, model)
    return jackknife_plus(
        data, model, refits=refits, width=width, weighing="hierarchical", is_scaled=True
    )


def needs_refits(model: FittedModel) -> bool:
    """Return whether intervals of a model follow from refits without each configuration."""
    family = FAMILIES[model.family]
    return family.terms is None and family.kind == "number"
