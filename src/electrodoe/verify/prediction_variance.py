"""How well the region is predicted: variance by least squares, and between refits of any model."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.dataset import TrainingData, configuration_means, on_model_scale
from electrodoe.design.assessment.design_space import fraction_of_design_space
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel, prediction_variance
from electrodoe.design.region.points import region_points
from electrodoe.errors import DesignError, ModelError
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import has_quadratic_term
from electrodoe.verify.refits import Refits
from electrodoe.verify.region import StudiedRegion
from electrodoe.verify.tables import FDS_SCHEMA, VARIANCE_SCHEMA

LEAST_SQUARES: Final = "least squares"
REFITS: Final = "refits"
_QUANTILES: Final = {"median": 0.5, "p90": 0.9, "p95": 0.95}


@dataclass(frozen=True, kw_only=True, eq=False)
class VarianceCurve:
    """The variance of a predicted mean over the region.

    Attributes
    ----------
    family, kind : str
        Whose, and how: :data:`LEAST_SQUARES` or :data:`REFITS`.
    fds : polars.DataFrame
        ``fraction`` of the region, ``prediction_variance`` in the response's unit squared, or on
        the scale of its transform.
    residual_variance : float or None
        What the unscaled variance was multiplied by, in the same.
    degrees_of_freedom : int or None
        Behind it.
    n_refits, n_refused : int or None
        Refits, and draws that did not determine the model.
    """

    family: str
    kind: str
    fds: pl.DataFrame
    residual_variance: float | None = None
    degrees_of_freedom: int | None = None
    n_refits: int | None = None
    n_refused: int | None = None


def least_squares_variance(data: TrainingData, studied: StudiedRegion) -> VarianceCurve | None:
    r"""Return the variance of the second-degree polynomial's predictions.

    Parameters
    ----------
    data : TrainingData
        Samples.
    studied : StudiedRegion
        Region.

    Returns
    -------
    VarianceCurve or None
        None where the configurations do not determine the polynomial and its residual variance, and
        of outcomes and counts, whose scatter is not the same everywhere.

    Notes
    -----
    Each configuration counts once, with its mean, because replicates share its deviation:

    .. math:: \mathrm{Var}\,\hat y(x) = s^2\,f(x)^T (X^T X)^{-1} f(x)

    with s² the residual variance of the configurations' means. The curve without s² is the one
    that judges a plan.

    References
    ----------
    .. [1] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), ch. 8.
    """
    if data.kind != "number":
        return None
    design = studied.coded(configuration_means(data.inputs, data.configurations))
    scaled = on_model_scale(data).response[:, None]
    response = configuration_means(scaled, data.configurations)[:, 0]
    try:
        model = _polynomial(data, studied)
        degrees_of_freedom = len(design) - len(model.terms.names)
        if degrees_of_freedom < 1:
            return None
        covariance = model.covariance(design)
        X = model.terms.matrix(design)
        residuals = response - X @ least_squares(X, response, model.terms.names)
    except (DesignError, ModelError):  # too many terms, or terms that follow from others
        return None
    residual_variance = float(residuals @ residuals) / degrees_of_freedom
    points = region_points(studied.region)
    curve = fraction_of_design_space(prediction_variance(model.terms, covariance, points))
    return VarianceCurve(
        family="polynomial",
        kind=LEAST_SQUARES,
        fds=curve.with_columns(
            prediction_variance=pl.col("prediction_variance") * residual_variance
        ),
        residual_variance=residual_variance,
        degrees_of_freedom=degrees_of_freedom,
    )


def refit_variance(family: str, refits: Refits) -> VarianceCurve | None:
    """Return the variance between a model's refits; None where there are none.

    It says how far the prediction moves when other configurations are drawn: scatter alone. The
    error that every refit shares, because the family cannot bend as the response does, is not
    in it.
    """
    if refits.n_refits < 2:
        return None
    return VarianceCurve(
        family=family,
        kind=REFITS,
        fds=fraction_of_design_space(refits.variance),
        n_refits=refits.n_refits,
        n_refused=refits.n_refused,
    )


def _polynomial(data: TrainingData, studied: StudiedRegion) -> PlanModel:
    """Return the polynomial with the squares that the data bear; two levels bear none."""
    quadratic = has_quadratic_term(data.inputs, data.configurations)
    axes = [
        axis if has_square or axis.is_categorical else replace(axis, levels=np.array([-1.0, 1.0]))
        for axis, has_square in zip(studied.region.axes, quadratic, strict=True)
    ]
    return PlanModel(region=studied.region, terms=model_terms("quadratic", axes))


def variance_tables(data: TrainingData, curves: list[VarianceCurve]) -> dict[str, pl.DataFrame]:
    """Return the curves at every second fraction, and their summary, as two tables."""
    head = {"target": data.response_name, "scenario": data.scenario}
    frames, rows = [FDS_SCHEMA.frame([])], []
    for curve in curves:
        kept = curve.fds.gather_every(2).with_columns(
            **{name: pl.lit(text) for name, text in head.items()},
            family=pl.lit(curve.family),
            kind=pl.lit(curve.kind),
        )
        frames.append(kept.select(*FDS_SCHEMA.columns))
        rows.append({**head, **_summary(curve)})
    return {"prediction_fds": pl.concat(frames), "prediction_variance": VARIANCE_SCHEMA.frame(rows)}


def _summary(curve: VarianceCurve) -> dict[str, object]:
    """Return one curve's row."""
    fractions, variance = curve.fds["fraction"].to_numpy(), curve.fds["prediction_variance"]
    quantiles = {
        name: float(np.interp(fraction, fractions, variance.to_numpy()))
        for name, fraction in _QUANTILES.items()
    }
    return {
        "family": curve.family,
        "kind": curve.kind,
        **quantiles,
        "max": float(variance[-1]),
        "residual_variance": curve.residual_variance,
        "degrees_of_freedom": curve.degrees_of_freedom,
        "n_refits": curve.n_refits,
        "n_refused": curve.n_refused,
    }
