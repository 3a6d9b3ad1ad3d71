"""Model families, how they are tuned and fitted, and what a fitted model is."""

from electrodoe.models.bundle import load_model, model_from_bytes, model_to_bytes, save_model
from electrodoe.models.catalogue import (
    DEFAULT_FAMILY,
    FAMILIES,
    PAPER_FAMILIES,
    STUDIED_FAMILIES,
)
from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.fitted import FittedModel, Normalization
from electrodoe.models.fitting import choose, fit, in_canonical_order

__all__ = [
    "DEFAULT_FAMILY",
    "FAMILIES",
    "PAPER_FAMILIES",
    "STUDIED_FAMILIES",
    "Family",
    "FittedModel",
    "Hyperparameters",
    "Normalization",
    "Search",
    "State",
    "choose",
    "fit",
    "in_canonical_order",
    "load_model",
    "model_from_bytes",
    "model_to_bytes",
    "save_model",
]
