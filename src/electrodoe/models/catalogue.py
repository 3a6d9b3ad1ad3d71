"""The families by name, in the order of the report; the default is among them."""

from typing import Final

from electrodoe.models.ensemble import ensemble_of
from electrodoe.models.families.boosted_trees import BOOSTED_TREES
from electrodoe.models.families.extra_trees import EXTRA_TREES
from electrodoe.models.families.gaussian_process import GAUSSIAN_PROCESS
from electrodoe.models.families.generalized import LOGISTIC, POISSON
from electrodoe.models.families.minimum_norm_polynomial import MINIMUM_NORM_POLYNOMIAL
from electrodoe.models.families.model_average import MODEL_AVERAGE
from electrodoe.models.families.multiple_linear import MULTIPLE_LINEAR
from electrodoe.models.families.polynomial import POLYNOMIAL
from electrodoe.models.families.random_forest import (
    COARSE_FOREST,
    PROBABILITY_FOREST,
    RANDOM_FOREST,
)
from electrodoe.models.families.reduced_polynomial import REDUCED_POLYNOMIAL
from electrodoe.models.families.ridge_quadratic import FREE_QUADRATIC, RIDGE_QUADRATIC
from electrodoe.models.families.support_vector import SUPPORT_VECTOR
from electrodoe.models.family import Family
from electrodoe.study import ResponseKind

ENSEMBLE: Final = ensemble_of(
    surfaces={family.name: family for family in (MODEL_AVERAGE, FREE_QUADRATIC)},
    others={
        family.name: family
        for family in (MULTIPLE_LINEAR, GAUSSIAN_PROCESS, EXTRA_TREES, COARSE_FOREST)
    },
    judges=(MULTIPLE_LINEAR.name, EXTRA_TREES.name, COARSE_FOREST.name),
)

FAMILIES: Final[dict[str, Family]] = {
    "mlr": MULTIPLE_LINEAR,
    "polynomial": POLYNOMIAL,
    "random_forest": RANDOM_FOREST,
    "svm": SUPPORT_VECTOR,
    "xgboost": BOOSTED_TREES,
    "ridge_quadratic": RIDGE_QUADRATIC,
    "gaussian_process": GAUSSIAN_PROCESS,
    "extra_trees": EXTRA_TREES,
    "reduced_polynomial": REDUCED_POLYNOMIAL,
    "minimum_norm_polynomial": MINIMUM_NORM_POLYNOMIAL,
    "ensemble": ENSEMBLE,
    "logistic": LOGISTIC,
    "probability_forest": PROBABILITY_FOREST,
    "poisson": POISSON,
}
"""The paper's five first, those of outcomes and counts last."""

PAPER_FAMILIES: Final = ("mlr", "polynomial", "random_forest", "svm", "xgboost")
DEFAULT_FAMILY: Final = "ensemble"
STUDIED_FAMILIES: Final = (*PAPER_FAMILIES, "ridge_quadratic", "gaussian_process", DEFAULT_FAMILY)
"""What a run fits where the study names no families."""
USUAL_FAMILIES: Final[dict[ResponseKind, tuple[str, ...]]] = {
    "number": STUDIED_FAMILIES,
    "binary": ("logistic", "probability_forest"),
    "count": ("poisson",),
}
"""The same for each kind of response; of outcomes and counts the first decides."""


def families_of(kind: ResponseKind) -> tuple[str, ...]:
    """Return the families that can learn a kind of response, in the order of the report.

    Examples
    --------
    >>> families_of("binary")
    ('logistic', 'probability_forest')
    """
    return tuple(name for name, family in FAMILIES.items() if family.kind == kind)


def default_family(kind: ResponseKind) -> str:
    """Return the family that decides on a kind of response.

    Examples
    --------
    >>> default_family("number"), default_family("binary")
    ('ensemble', 'logistic')
    """
    return DEFAULT_FAMILY if kind == "number" else USUAL_FAMILIES[kind][0]
