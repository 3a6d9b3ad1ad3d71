"""Model families, how they are tuned and fitted, and what a fitted model is."""

from electrodoe.models.bundle import load_model, model_from_bytes, model_to_bytes, save_model
from electrodoe.models.catalogue import (
    DEFAULT_FAMILY,
    FAMILIES,
    PAPER_FAMILIES,
    STUDIED_FAMILIES,
    USUAL_FAMILIES,
    default_family,
    families_of,
)
from electrodoe.models.data_support import DataSupport, Reach, data_support, reach
from electrodoe.models.family import Family, Hyperparameters, Search, Setting, State
from electrodoe.models.fitted import FittedModel, Normalization
from electrodoe.models.fitting import fit, in_canonical_order, tune
from electrodoe.models.given import given_hyperparameters
from electrodoe.models.intervals import LEVEL, Intervals, Predictive
from electrodoe.models.jackknife_plus import JackknifePlus, jackknife_plus
from electrodoe.models.mean_intervals import MeanIntervals, mean_intervals
from electrodoe.models.outcome_intervals import OutcomeIntervals, dispersion, outcome_intervals
from electrodoe.models.predictive import needs_refits, predictive
from electrodoe.models.refits import refit_without
from electrodoe.models.replicates import pure_error, replicate_intervals, replicate_scatter

__all__ = [
    "DEFAULT_FAMILY",
    "FAMILIES",
    "LEVEL",
    "PAPER_FAMILIES",
    "STUDIED_FAMILIES",
    "USUAL_FAMILIES",
    "DataSupport",
    "Family",
    "FittedModel",
    "Hyperparameters",
    "Intervals",
    "JackknifePlus",
    "MeanIntervals",
    "Normalization",
    "OutcomeIntervals",
    "Predictive",
    "Reach",
    "Search",
    "Setting",
    "State",
    "data_support",
    "default_family",
    "dispersion",
    "families_of",
    "fit",
    "given_hyperparameters",
    "in_canonical_order",
    "jackknife_plus",
    "load_model",
    "mean_intervals",
    "model_from_bytes",
    "model_to_bytes",
    "needs_refits",
    "outcome_intervals",
    "predictive",
    "pure_error",
    "reach",
    "refit_without",
    "replicate_intervals",
    "replicate_scatter",
    "save_model",
    "tune",
]
