"""Measured tortuosities and a model's curve against Bruggeman's relation (Figure 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import TrainingData
from electrodoe.models import FittedModel
from electrodoe.physics import bruggeman_tortuosity
from electrodoe.quantities import quantity_of, unit_of
from electrodoe.study import Study
from electrodoe.verify.bruggeman_fit import (
    BruggemanPoints,
    RelationFit,
    compare_exponents,
    fit_exponents,
    points_of,
)
from electrodoe.verify.categories import Category, find_categories
from electrodoe.verify.region import StudiedRegion
from electrodoe.verify.tables import (
    BRUGGEMAN_CURVE_SCHEMA,
    BRUGGEMAN_FIT_SCHEMA,
    BRUGGEMAN_TEST_SCHEMA,
)

MEASURED: Final = "measured"
OWN: Final = "own exponent"
SHARED: Final = "shared exponent"
EQUATION_4: Final = "eq. (4)"
EQUATION_5: Final = "eq. (5)"
PUBLISHED_PREFACTOR, PUBLISHED_EXPONENT = 2.3, 0.31
"""Eq. (5) of Haghi et al. (2023): Mayilvahanan et al., J. Electrochem. Soc. 168 (2021) 070537."""
_N_CURVE: Final = 31
"""Points of a drawn curve; chosen, it looks smooth."""
_PERCENT: Final = 100.0
"""Percent in a fraction of one."""


def bruggeman_tables(
    study: Study, data: TrainingData, model: FittedModel, studied: StudiedRegion
) -> dict[str, pl.DataFrame]:
    """Return the fits, their test and the curves, as three tables.

    Parameters
    ----------
    study : Study
        Tolerances of the factors.
    data : TrainingData
        Samples.
    model : FittedModel
        Whose curve is compared.
    studied : StudiedRegion
        Gives the ends of the porosity.

    Returns
    -------
    dict of str to polars.DataFrame
        Without rows unless the response is a tortuosity, the porosity is among the inputs, and
        some configurations share everything but the porosity.
    """
    free = porosity_input(data)
    categories = find_categories(study, data, free) if free is not None else ()
    if free is None or not categories:
        return {
            schema.name: schema.frame([])
            for schema in (BRUGGEMAN_FIT_SCHEMA, BRUGGEMAN_TEST_SCHEMA, BRUGGEMAN_CURVE_SCHEMA)
        }
    column, scale = data.input_names.index(free), _PERCENT if unit_of(free) == "%" else 1.0
    axis = studied.region.axes[column]
    ends = (axis.low / scale, axis.high / scale)
    case = _Case(data=data, model=model, column=column, scale=scale, ends=ends)
    points = [case.points(category) for category in categories]
    fits = {
        OWN: fit_exponents(points, is_shared=False)[0],
        SHARED: fit_exponents(points, is_shared=True)[0],
    }
    return {
        BRUGGEMAN_FIT_SCHEMA.name: case.fit_rows(categories, points, fits),
        BRUGGEMAN_TEST_SCHEMA.name: case.test_row(points),
        BRUGGEMAN_CURVE_SCHEMA.name: case.curves(categories, fits),
    }


def porosity_input(data: TrainingData) -> str | None:
    """Return the input that is a porosity where the response is a tortuosity, or None."""
    response = quantity_of(data.response_name)
    found = [
        name
        for name in data.input_names
        if (quantity := quantity_of(name)) is not None and quantity.name == "porosity"
    ]
    is_tortuosity = response is not None and response.name == "tortuosity"
    return found[0] if is_tortuosity and len(found) == 1 else None


@dataclass(frozen=True, kw_only=True, eq=False)
class _Case:
    """A tortuosity in one scenario: what all three tables are made from.

    Attributes
    ----------
    data, model : TrainingData, FittedModel
        Samples, and whose curve is compared.
    column : int
        Which input is the porosity.
    scale : float
        100 where it is in percent, else 1.
    ends : (float, float)
        Porosities at the ends of the region.
    """

    data: TrainingData
    model: FittedModel
    column: int
    scale: float
    ends: tuple[float, float]

    @property
    def head(self) -> dict[str, str]:
        """Return the columns that every table starts with."""
        return {"target": self.data.response_name, "scenario": self.data.scenario}

    def rows(self, category: Category) -> Booleans:
        """Return which samples belong to a category."""
        return np.isin(self.data.configurations, category.configurations)

    def porosity(self, category: Category) -> Floats:
        """Return the porosities of a category's samples, from 0 to 1."""
        return np.asarray(self.data.inputs[self.rows(category), self.column] / self.scale)

    def points(self, category: Category) -> BruggemanPoints:
        """Return a category's configurations."""
        rows = self.rows(category)
        return points_of(
            self.porosity(category),
            self.data.response[rows],
            self.data.configurations[rows],
            category.n_levels,
        )

    def predicted(self, category: Category, porosity: Floats) -> Floats:
        """Return the model's curve over porosity, the other inputs at the category's means."""
        inputs = np.tile(category.inputs, (len(porosity), 1))
        inputs[:, self.column] = porosity * self.scale
        return self.model.predict(inputs)

    def fit_rows(
        self,
        categories: Sequence[Category],
        points: Sequence[BruggemanPoints],
        fits: dict[str, tuple[RelationFit, ...]],
    ) -> pl.DataFrame:
        """Return one row per category and kind of fit."""
        rows: list[dict[str, object]] = [
            {
                **self.head,
                "category": category.name,
                "fit": kind,
                "prefactor": fit.prefactor,
                "exponent": fit.exponent,
                "exponent_low": fit.low,
                "exponent_high": fit.high,
                "interval": fit.interval,
                "degrees_of_freedom": fit.degrees_of_freedom,
                "n_samples": int(own.counts.sum()),
                "n_configurations": len(own.counts),
                "n_porosities": own.n_porosities,
                "is_saturated": kind == OWN and own.is_saturated,
                "ratio_to_bruggeman": _ratio_to_bruggeman(own),
                "deviation_of_data": fit.deviation,
                "family": self.model.family,
                "deviation_of_model": self._deviation_of_model(category, fit),
            }
            for kind, found in fits.items()
            for category, own, fit in zip(categories, points, found, strict=True)
        ]
        return BRUGGEMAN_FIT_SCHEMA.frame(rows)

    def test_row(self, points: Sequence[BruggemanPoints]) -> pl.DataFrame:
        """Return the test of own exponents against one for all."""
        test = compare_exponents(points)
        row: dict[str, object] = {
            **self.head,
            "n_categories": len(points),
            "n_saturated": sum(own.is_saturated for own in points),
            "f": test.f,
            "degrees_of_freedom": test.degrees_of_freedom,
            "error_degrees_of_freedom": test.error_degrees_of_freedom,
            "p": test.p,
            "against": test.against,
        }
        return BRUGGEMAN_TEST_SCHEMA.frame([row])

    def curves(
        self, categories: Sequence[Category], fits: dict[str, tuple[RelationFit, ...]]
    ) -> pl.DataFrame:
        """Return the measured points and every curve over the porosities of region and samples."""
        measured = np.concatenate([self.porosity(category) for category in categories])
        low, high = min(self.ends[0], measured.min()), max(self.ends[1], measured.max())
        line = np.linspace(low, high, _N_CURVE)
        frames = []
        for number, category in enumerate(categories):
            drawn = {
                MEASURED: (self.porosity(category), self.data.response[self.rows(category)]),
                self.model.family: (line, self.predicted(category, line)),
                EQUATION_4: (line, bruggeman_tortuosity(line)),
                EQUATION_5: (
                    line,
                    bruggeman_tortuosity(line, PUBLISHED_EXPONENT, PUBLISHED_PREFACTOR),
                ),
            }
            for kind, found in fits.items():
                fit = found[number]
                drawn[kind] = (line, bruggeman_tortuosity(line, fit.exponent, fit.prefactor))
            frames += [self._curve(category, name, *xy) for name, xy in drawn.items()]
        return pl.concat(frames)

    def _curve(
        self, category: Category, curve: str, porosity: Floats, tortuosity: Floats
    ) -> pl.DataFrame:
        """Return one curve's rows."""
        columns = {
            **self.head,
            "category": category.name,
            "curve": curve,
            "porosity": porosity,
            "tortuosity": tortuosity,
        }
        return pl.DataFrame(columns, schema=dict(BRUGGEMAN_CURVE_SCHEMA.columns))

    def _deviation_of_model(self, category: Category, fit: RelationFit) -> float:
        """Return how far the model's curve is from a fit between the category's porosities."""
        porosity = self.porosity(category)
        line = np.linspace(porosity.min(), porosity.max(), _N_CURVE)
        fitted = bruggeman_tortuosity(line, fit.exponent, fit.prefactor)
        return float(np.sqrt(np.mean((self.predicted(category, line) / fitted - 1.0) ** 2)))


def _ratio_to_bruggeman(points: BruggemanPoints) -> float:
    """Return the geometric mean of measured tortuosity over that of eq. (4)."""
    expected = np.log(bruggeman_tortuosity(np.exp(points.log_porosity)))
    return float(np.exp(np.average(points.log_tortuosity - expected, weights=points.counts)))
