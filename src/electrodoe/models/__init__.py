"""Model families, how they are tuned and fitted, and what a fitted model is."""

from electrodoe.models.bundle import load_model, model_from_bytes, model_to_bytes, save_model
from electrodoe.models.catalogue import (
    DEFAULT_FAMILY,
    FAMILIES,
    PAPER_FAMILIES,
    STUDIED_FAMILIES,
)
from electrodoe.models.data_support import DataSupport, Reach, data_support, reach
from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.fitted import FittedModel, Normalization
from electrodoe.models.fitting import choose, fit, in_canonical_order

__all__ = [
    "DEFAULT_FAMILY",
    "FAMILIES",
    "PAPER_FAMILIES",
    "STUDIED_FAMILIES",
    "DataSupport",
    "Family",
    "FittedModel",
    "Hyperparameters",
    "Normalization",
    "Reach",
    "Search",
    "State",
    "choose",
    "data_support",
    "fit",
    "in_canonical_order",
    "load_model",
    "model_from_bytes",
    "model_to_bytes",
    "reach",
    "save_model",
]
