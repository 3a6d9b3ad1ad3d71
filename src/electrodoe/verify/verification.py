"""A response in a scenario, verified: variance, signs, bounds, Bruggeman's relation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, dependence
from electrodoe.design.region.points import region_points
from electrodoe.errors import VerificationError
from electrodoe.models import FittedModel, in_canonical_order
from electrodoe.study import Study
from electrodoe.verify.bounds import bound_row
from electrodoe.verify.bruggeman import bruggeman_tables
from electrodoe.verify.laws import Expectation, expectations
from electrodoe.verify.prediction_variance import (
    least_squares_variance,
    refit_variance,
    variance_tables,
)
from electrodoe.verify.refits import Refits, refit_predictions
from electrodoe.verify.region import StudiedRegion, studied_region
from electrodoe.verify.sign_checks import Profiles, SignCheck, check_model, profiles
from electrodoe.verify.slope_check import check_data
from electrodoe.verify.tables import BOUND_SCHEMA, CHECK_SCHEMA

_N_POINTS: Final = 512
"""Of the region, at which refits are asked: bound on time, a power of two for Sobol's sequence."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Verification:
    """What is known of one response's models beyond their scores.

    Attributes
    ----------
    tables : mapping of str to polars.DataFrame
        Rows of every table of :data:`CASE_TABLES`.
    """

    tables: Mapping[str, pl.DataFrame]


@dataclass(frozen=True, kw_only=True, eq=False)
class _ExpectedPlaces:
    """Where models are asked: over the region, then along each factor something is expected of."""

    region: Floats
    lines: Mapping[str, Profiles]

    @property
    def coded(self) -> Floats:
        """Return all coded points."""
        return np.vstack([self.region, *(own.coded for own in self.lines.values())])

    @property
    def slices(self) -> Mapping[str, slice]:
        """Return where each factor's lines stand among all points."""
        found, first = {}, len(self.region)
        for name, own in self.lines.items():
            found[name] = slice(first, first + len(own.coded))
            first += len(own.coded)
        return found


def verify(
    study: Study,
    data: TrainingData,
    models: Sequence[FittedModel],
    *,
    n_bootstraps: int,
    seed: int,
    drawn: Sequence[FittedModel] = (),
    curve: FittedModel | None = None,
) -> Verification:
    """Return the verification of one response in one scenario.

    Parameters
    ----------
    study : Study
        Region, expectations, ranges and tolerances.
    data : TrainingData
        Samples; their order does not matter.
    models : sequence of FittedModel
        Fitted to these samples; signs and bounds are checked on them.
    n_bootstraps : int
        Refits of each model on drawn configurations.
    seed : int
        Start of the draws, the same for every model.
    drawn : sequence of FittedModel
        More of them, of which nothing but the variance over the region is wanted.
    curve : FittedModel or None
        Whose tortuosities stand beside Bruggeman's relation; the first of the models without it.

    Returns
    -------
    Verification
        The same to the bit for the same samples and seed.

    Raises
    ------
    VerificationError
        If the inputs depend on one another: the box of their ranges is then no region that
        anybody studied, and one input cannot be moved while the others stay.
    """
    _require_independent(data)
    data = in_canonical_order(data)  # sums of rows in another order differ in their last bits
    studied = studied_region(study, data)
    expected = expectations(study, data.response_name, data.input_names)
    places = _places(studied, data, expected)
    inputs = studied.decoded(places.coded)
    is_held = studied.holds(places.region)
    curves = [least_squares_variance(data, studied)]
    checks = [(law, check_data(law, data, studied)) for law in expected]
    bounds = []
    for model in models:
        predicted = model.predict(inputs)
        refits = refit_predictions(data, model, inputs, n_bootstraps=n_bootstraps, seed=seed)
        over_region = refits.subset(slice(_N_POINTS)).on_scale(model.transform)
        curves.append(refit_variance(model.family, over_region))
        bounds.append(bound_row(study, model, predicted[:_N_POINTS], refits, is_held))
        checks += [(law, _check(law, model, places, predicted, refits)) for law in expected]
    for model in drawn:
        refits = refit_predictions(
            data, model, inputs[:_N_POINTS], n_bootstraps=n_bootstraps, seed=seed
        )
        curves.append(refit_variance(model.family, refits.on_scale(model.transform)))
    return Verification(
        tables={
            **variance_tables(data, [found for found in curves if found is not None]),
            CHECK_SCHEMA.name: _check_table(data, checks),
            BOUND_SCHEMA.name: BOUND_SCHEMA.frame(bounds),
            **bruggeman_tables(study, data, curve or models[0], studied),
        }
    )


def _require_independent(data: TrainingData) -> None:
    """Raise where one input cannot be moved while the others stay."""
    found = dependence(data.input_names, data.inputs, data.levels)
    if not found.is_independent:
        raise VerificationError(
            "the inputs depend on one another, so that the box of their ranges was never studied",
            where=f"scenario '{data.scenario}'",
            fix="verify a scenario with independent inputs",
        )


def _places(
    studied: StudiedRegion, data: TrainingData, expected: Sequence[Expectation]
) -> _ExpectedPlaces:
    """Return the points at which models are asked."""
    points = region_points(studied.region)[:_N_POINTS]
    return _ExpectedPlaces(
        region=points,
        lines={
            law.factor: profiles(studied, data.input_names.index(law.factor), points)
            for law in expected
        },
    )


def _check(
    law: Expectation, model: FittedModel, places: _ExpectedPlaces, predicted: Floats, refits: Refits
) -> SignCheck | None:
    """Return one expectation, checked on one model."""
    rows = places.slices[law.factor]
    return check_model(
        law, model.family, places.lines[law.factor], predicted[rows], refits.predictions[:, rows]
    )


def _check_table(
    data: TrainingData, checks: Sequence[tuple[Expectation, SignCheck | None]]
) -> pl.DataFrame:
    """Return the checks that could be made, factor by factor."""
    rows: list[dict[str, object]] = [
        {
            "target": data.response_name,
            "scenario": data.scenario,
            "factor": law.factor,
            "sign": law.sign,
            "source": law.source,
            **{name: getattr(check, name) for name in SignCheck.__dataclass_fields__},
        }
        for name in data.input_names
        for law, check in checks
        if law.factor == name and check is not None
    ]
    return CHECK_SCHEMA.frame(rows)
