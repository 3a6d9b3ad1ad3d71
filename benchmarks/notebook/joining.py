"""Resistances with their tortuosities, and all samples with the settings of their runs."""

import numpy as np
import pandas as pd

CONDUCTIVITY_US_CM, DISC_MM = 350.0, 15.0
FARTHEST_SD = 1.5  # the paper's rule for outliers
OF_RUN = ["coating_gap_um", "wet_mass_loading_mg_cm2", "dryer_2_temperature_c"]


def calendered_cells(fitted: pd.DataFrame, by_run: pd.DataFrame) -> pd.DataFrame:
    """Return accepted resistances and tortuosities, outliers left blank."""
    cells = fitted[fitted["accepted"]].copy()
    discs = by_run.loc[cells["run"]].set_axis(cells.index)
    cells["tortuosity"] = tortuosity(
        cells["ionic_resistance_ohm"], discs["coating_thickness_um"], discs["porosity"]
    )
    for name in ("ionic_resistance_ohm", "tortuosity"):
        cells[name] = without_outliers(cells[name], cells["run"])
    return cells


def uncalendered_cells(fitted: pd.DataFrame, discs: pd.DataFrame) -> pd.DataFrame:
    """Return the same of uncalendered cells, whose discs were measured one by one."""
    known = discs[["run", "sample", "coating_thickness_um", "porosity"]]
    cells = fitted[fitted["accepted"]].merge(known, on=["run", "sample"])
    cells["uncalendered_tortuosity"] = tortuosity(
        cells["ionic_resistance_ohm"], cells["coating_thickness_um"], cells["porosity"]
    )
    cells = cells.drop(columns=["coating_thickness_um", "porosity"])
    return cells.rename(columns={"ionic_resistance_ohm": "uncalendered_ionic_resistance_ohm"})


def tortuosity(
    resistance_ohm: pd.Series, thickness_um: pd.Series, porosity: pd.Series
) -> pd.Series:
    """Return eq. (2): a symmetric cell has two coatings in series."""
    area_cm2 = 0.25 * np.pi * (0.1 * DISC_MM) ** 2
    conductance = area_cm2 * CONDUCTIVITY_US_CM * 1e-6 * porosity
    return resistance_ohm * conductance / (2e-4 * thickness_um)


def without_outliers(values: pd.Series, run: pd.Series) -> pd.Series:
    """Return values with those beyond 1.5 standard deviations of their run left blank."""
    by_run = values.groupby(run)
    away = (values - by_run.transform("mean")).abs() / by_run.transform("std")
    return values.mask(away > FARTHEST_SD * (1.0 + 1e-12))


def joined(
    by_run: pd.DataFrame, segments: pd.DataFrame, measured: list[pd.DataFrame]
) -> pd.DataFrame:
    """Return web segments and specimens below each other, with the settings of their runs."""
    settings = by_run.join(segments[OF_RUN].groupby("run").mean()).reset_index()
    own = segments.reset_index().merge(by_run.reset_index(), on="run")
    return pd.concat([own, *(table.merge(settings, on="run") for table in measured)])
