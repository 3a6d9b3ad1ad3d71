"""The tables of a verification."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from electrodoe.quantities import TableSchema

_CASE: Final[dict[str, type[pl.DataType]]] = {"target": pl.String, "scenario": pl.String}


def _schema(name: str, **columns: type[pl.DataType]) -> TableSchema:
    """Return the columns of a table whose rows are about a response in a scenario."""
    return TableSchema(name=name, columns={**_CASE, **columns})


VARIANCE_SCHEMA: Final = _schema(
    "prediction_variance",
    family=pl.String,
    kind=pl.String,
    median=pl.Float64,
    p90=pl.Float64,
    p95=pl.Float64,
    max=pl.Float64,
    residual_variance=pl.Float64,
    degrees_of_freedom=pl.Int64,
    n_refits=pl.Int64,
    n_refused=pl.Int64,
)
"""Variance of a predicted mean over the region, in the response's unit squared.

``kind`` is ``least squares`` (of the polynomial, residual variance times the plan's own curve) or
``refits`` (of any family, between refits on drawn configurations); never to be mixed.
"""

FDS_SCHEMA: Final = _schema(
    "prediction_fds",
    family=pl.String,
    kind=pl.String,
    fraction=pl.Float64,
    prediction_variance=pl.Float64,
)
"""Fraction of design space: the fraction of the region below a variance."""

CHECK_SCHEMA: Final = _schema(
    "physics_checks",
    factor=pl.String,
    sign=pl.String,
    source=pl.String,
    basis=pl.String,
    effect=pl.Float64,
    low=pl.Float64,
    high=pl.Float64,
    fraction_against=pl.Float64,
    fraction_against_for_certain=pl.Float64,
    n_refits=pl.Int64,
    verdict=pl.String,
)
"""``basis`` is ``data`` (slopes through the configurations' means) or a family.

``effect`` is the mean change from one end of the factor's region to the other, in the response's
unit, with its 95 % interval; ``fraction_against`` is the fraction of the region in which the
prediction moves the other way, ``fraction_against_for_certain`` where 97.5 % of the refits do.
``verdict`` is ``holds``, ``violated`` or ``open``.
"""

BOUND_SCHEMA: Final = _schema(
    "physics_bounds",
    family=pl.String,
    lower=pl.Float64,
    upper=pl.Float64,
    fraction_supported=pl.Float64,
    fraction_outside=pl.Float64,
    fraction_outside_for_certain=pl.Float64,
    lowest=pl.Float64,
    highest=pl.Float64,
)
"""Predictions over the part of the region that data carry, against what can be true."""

BRUGGEMAN_FIT_SCHEMA: Final = _schema(
    "bruggeman_fits",
    category=pl.String,
    fit=pl.String,
    prefactor=pl.Float64,
    exponent=pl.Float64,
    exponent_low=pl.Float64,
    exponent_high=pl.Float64,
    interval=pl.String,
    degrees_of_freedom=pl.Int64,
    n_samples=pl.Int64,
    n_configurations=pl.Int64,
    n_porosities=pl.Int64,
    is_saturated=pl.Boolean,
    ratio_to_bruggeman=pl.Float64,
    deviation_of_data=pl.Float64,
    family=pl.String,
    deviation_of_model=pl.Float64,
)
"""``tortuosity = prefactor * porosity ** -exponent``, by category.

``fit`` is ``own exponent`` or ``shared exponent``. ``interval`` says what the 90 % interval rests
on. ``ratio_to_bruggeman`` is the geometric mean of measured over eq. (4); deviations are root mean
square, relative: of the configurations from the fit, and of the model's curve from the fit.
"""

BRUGGEMAN_TEST_SCHEMA: Final = _schema(
    "bruggeman_tests",
    n_categories=pl.Int64,
    n_saturated=pl.Int64,
    f=pl.Float64,
    degrees_of_freedom=pl.Int64,
    error_degrees_of_freedom=pl.Int64,
    p=pl.Float64,
    against=pl.String,
)
"""Whether own exponents fit better than one for all; ``against`` is the scatter in the divisor."""

BRUGGEMAN_CURVE_SCHEMA: Final = _schema(
    "bruggeman_curves",
    category=pl.String,
    curve=pl.String,
    porosity=pl.Float64,
    tortuosity=pl.Float64,
)
"""``curve``: ``measured``, ``own exponent``, ``shared exponent``, a family, or what is published:
``eq. (4)``, ``eq. (5)``."""

COMPARISON_SCHEMA: Final = _schema(
    "published_comparison",
    family=pl.String,
    source=pl.String,
    paper_target=pl.String,
    paper_n=pl.Int64,
    paper_r2_train=pl.Float64,
    paper_r2_test=pl.Float64,
    paper_rmse_train=pl.Float64,
    paper_rmse_test=pl.Float64,
    paper_sd_train=pl.Float64,
    paper_sd_test=pl.Float64,
    n=pl.Int64,
    r2_train=pl.Float64,
    r2_test=pl.Float64,
    rmse_train=pl.Float64,
    rmse_test=pl.Float64,
    r2_loco=pl.Float64,
    rmse_loco=pl.Float64,
    sd=pl.Float64,
)
"""Columns that begin with ``paper`` are printed ones; the others are this study's.

``test`` is the random split in both, ``loco`` leaves one configuration out. Standard deviations of
the paper follow from its scores, RMSE / sqrt(1 - R²), and are null where R² is printed as 0.99.
"""

CASE_TABLES: Final[Mapping[str, TableSchema]] = {
    schema.name: schema
    for schema in (
        VARIANCE_SCHEMA,
        FDS_SCHEMA,
        CHECK_SCHEMA,
        BOUND_SCHEMA,
        BRUGGEMAN_FIT_SCHEMA,
        BRUGGEMAN_TEST_SCHEMA,
        BRUGGEMAN_CURVE_SCHEMA,
    )
}
"""What is verified of every response in every scenario, by file name without ``.csv``."""

VERIFICATION_TABLES: Final[Mapping[str, TableSchema]] = {
    **CASE_TABLES,
    COMPARISON_SCHEMA.name: COMPARISON_SCHEMA,
}
"""All of them."""
