"""Whether models agree with physics and with what was published, and how sure they are."""

from electrodoe.verify.bruggeman import bruggeman_tables, porosity_input
from electrodoe.verify.bruggeman_fit import (
    BruggemanPoints,
    ExponentTest,
    RelationFit,
    compare_exponents,
    fit_exponents,
    points_of,
)
from electrodoe.verify.categories import Category, find_categories
from electrodoe.verify.comparison import compare_with_paper, published_target
from electrodoe.verify.laws import SIGN_LAWS, Expectation, SignLaw, expectations
from electrodoe.verify.physics_findings import verification_findings
from electrodoe.verify.prediction_variance import (
    VarianceCurve,
    least_squares_variance,
    refit_variance,
)
from electrodoe.verify.refits import Refits, refit_predictions
from electrodoe.verify.region import StudiedRegion, studied_region
from electrodoe.verify.region_findings import region_findings
from electrodoe.verify.tables import CASE_TABLES, VERIFICATION_TABLES
from electrodoe.verify.verification import Verification, verify

__all__ = [
    "CASE_TABLES",
    "SIGN_LAWS",
    "VERIFICATION_TABLES",
    "BruggemanPoints",
    "Category",
    "Expectation",
    "ExponentTest",
    "Refits",
    "RelationFit",
    "SignLaw",
    "StudiedRegion",
    "VarianceCurve",
    "Verification",
    "bruggeman_tables",
    "compare_exponents",
    "compare_with_paper",
    "expectations",
    "find_categories",
    "fit_exponents",
    "least_squares_variance",
    "points_of",
    "porosity_input",
    "published_target",
    "refit_predictions",
    "refit_variance",
    "region_findings",
    "studied_region",
    "verification_findings",
    "verify",
]
