"""Tortuosity of many cells, with the uncertainty of everything that it is computed from."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.physics import tortuosity
from electrodoe.study import ImpedanceProtocol

NEEDED: Final = ("coating_thickness_um", "porosity")
"""Columns of the samples."""
_WIDTH: Final = 1.959963984540054
"""Standard deviations of a normal distribution in half a 95 % interval."""


def with_tortuosity(table: pl.DataFrame, protocol: ImpedanceProtocol) -> pl.DataFrame:
    r"""Return a table with tortuosity and its 95 % interval, where everything for it is known.

    With ``tortuosity, tortuosity_uncertainty, tortuosity_low, tortuosity_high``; null where a value
    is missing. The table itself where protocol or samples do not tell enough.

    Notes
    -----
    First order, inputs taken as independent; the disc's diameter enters squared:

    .. math::
        \left(\frac{u_\tau}{\tau}\right)^2 = \left(\frac{u_R}{R}\right)^2
        + \left(\frac{u_d}{d}\right)^2 + \left(\frac{u_\varepsilon}{\varepsilon}\right)^2
        + \left(\frac{u_\kappa}{\kappa}\right)^2 + \left(\frac{2 u_D}{D}\right)^2

    The resistance's part is that of the fit's interval, not that of the protocol's spread. A
    porosity computed from the same thickness errs together with it, and part of both errors
    cancels: the interval is then too wide rather than too narrow.
    """
    if protocol.conductivity_us_cm is None or protocol.disc_diameter_mm is None:
        return table
    if not set(NEEDED) <= set(table.columns):
        return table
    is_known = table.select(
        pl.all_horizontal(
            pl.col(name).is_not_null() & (pl.col(name) > 0.0)
            for name in ("ionic_resistance_ohm", *NEEDED)
        )
        & (pl.col("porosity") <= 1.0)
    ).to_series()
    known = table.filter(is_known)
    tau = tortuosity(
        known["ionic_resistance_ohm"].to_numpy(),
        known["coating_thickness_um"].to_numpy(),
        known["porosity"].to_numpy(),
        protocol.conductivity_us_cm,
        protocol.disc_diameter_mm,
    )
    conductivity = protocol.conductivity_uncertainty_us_cm / protocol.conductivity_us_cm
    disc = 2.0 * protocol.disc_diameter_uncertainty_mm / protocol.disc_diameter_mm
    fraction = np.sqrt(_squared_fraction(known) + conductivity**2 + disc**2)
    columns = {
        "tortuosity": tau,
        "tortuosity_uncertainty": tau * fraction,
        "tortuosity_low": tau * np.exp(-_WIDTH * fraction),
        "tortuosity_high": tau * np.exp(_WIDTH * fraction),
    }
    return table.with_columns(
        pl.Series(name, _spread_out(values, is_known.to_numpy()), nan_to_null=True)
        for name, values in columns.items()
    )


def _squared_fraction(table: pl.DataFrame) -> Floats:
    """Return the squared relative uncertainty that comes from a cell's own values."""
    low = table["ionic_resistance_low_ohm"].to_numpy()
    high = table["ionic_resistance_high_ohm"].to_numpy()
    resistance = np.log(high / low) / (2.0 * _WIDTH)
    thickness = _uncertainty(table, "coating_thickness_uncertainty_um", "coating_thickness_um")
    porosity = _uncertainty(table, "porosity_uncertainty", "porosity")
    return np.asarray(resistance**2 + thickness**2 + porosity**2)


def _uncertainty(table: pl.DataFrame, name: str, of: str) -> Floats:
    """Return a column's standard uncertainty over its values; 0 where it is not given."""
    if name not in table.columns:
        return np.zeros(table.height)
    return np.asarray((table[name].fill_null(0.0) / table[of]).to_numpy())


def _spread_out(
    values: Floats,
    is_known: Booleans,
) -> Floats:
    """Return values at the rows that are known, NaN elsewhere."""
    spread = np.full(len(is_known), np.nan)
    spread[is_known] = values
    return spread
