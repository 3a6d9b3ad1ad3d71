"""Full cells: a closed form for their capacity at any rate, and what is true of each cell."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from electrodoe.arrays import Floats
from electrodoe.physics import matching_cathode_loading
from electrodoe.virtual_line.coil import LOADING, VirtualCoil
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.recipe import ANODE_DISC_MM, CATHODE_DISC_MM, Recipe, disc_cm2
from electrodoe.virtual_line.sheets import settings_of
from electrodoe.virtual_line.specimens import own_effect
from electrodoe.virtual_line.streams import stream
from electrodoe.virtual_line.surfaces import Coatings, contact_resistance_ohm_cm2, true_tortuosity

_ANCHOR: Final = (9.7, 6.0 / 0.325, 20.0, 8.0)
"""Loading in mg/cm²; tortuosity over porosity; contact in ohm·cm² and its scale."""
_LN_TIME_H: Final = (
    *(-0.68554, 1.51375, 0.58801, 0.05486),
    *(0.44814, 0.14596, -0.00082, 0.37667, -0.00448, -0.03581),
)
"""1, a, b, r, then a², b², r², ab, ar, br."""
_LN_SHARPNESS: Final = (1.80736, 0.40666, 0.25424, 0.14943)  # 1, a, b, r; fitted as below
_LN_DECAY: Final = (-1.50092, -1.19363, -0.66246, -0.12348)
"""1, a, b, r."""
_MIN_LOSS: Final = 0.97706  # of the capacity, at low rates; fitted as below
_PER_RATE: Final = -0.06889  # as below
_PER_ROOT: Final = 0.22411
"""Fitted by benchmarks/dfn/fit_rate_model.py to 36 cells and 5 rates; 12 others check it. Both are
the same for all cells: graphite and oxide fill by diffusion, whatever the coating."""
_USED_BY_POROSITY: Final = 0.2
"""Per unit of porosity: the paper's gravimetric capacity at 0.1C follows it (Figure 14)."""


def true_capacity_mah(
    coatings: Coatings,
    nominal_mah: ArrayLike,
    c_rates: ArrayLike,
    ln_time: ArrayLike = 0.0,
    tortuosity: Floats | None = None,
) -> Floats:
    r"""Return what full cells give at each rate until 2.9 V, one row per cell.

    ``nominal_mah`` is the cathode's; ``ln_time`` is a cell's own, on the logarithm of the time that
    limits it; the tortuosity is that of the plant's surface where no own one is given.

    Notes
    -----
    With the rate C, the limiting time T, sharpness n and decay m:

    .. math:: Q / Q_\mathrm{nom} = q_0 (1 + (C T)^n)^{-m} - s C - d \sqrt{C}

    where :math:`\ln T` is quadratic, and :math:`\ln n` and :math:`\ln m` are linear, in
    :math:`a = \ln(m_\mathrm{active}/9.7)`, :math:`b = \ln(\tau/\varepsilon / 18.46)` and the
    contact resistance :math:`r = (R_c - 20)/8`. The fit's RMS is .0048 of the nominal capacity
    (largest .014), .0044 for the cells that check it; .0059, .0059, .0114 and .0209 of the value
    at 0.1, 1, 3 and 5C. The form is that of rate laws with a limiting time [1]_; its power leaves
    room for a knee as sharp as the DFN model's, its root for diffusion in the particles (without
    it the RMS is .0163).

    References
    ----------
    .. [1] Tian, Park, Ponnuvel, Coleman et al., Nature Communications 10 (2019) 1933,
       10.1038/s41467-019-09792-9.

    Examples
    --------
    >>> true_capacity_mah(Coatings.at(9.7, 57.5, 0.325), 4.417, [0.1, 5.0]).round(2)
    array([[4.03, 0.54]])
    """
    a, b, r = _inputs(coatings, tortuosity)
    linear = np.stack([np.ones_like(a), a, b, r])
    time = np.concatenate([linear, np.stack([a * a, b * b, r * r, a * b, a * r, b * r])])
    own = np.asarray(ln_time, dtype=np.float64)
    limiting_h = np.exp(_LN_TIME_H @ time + own)[:, None]
    sharpness = np.exp(_LN_SHARPNESS @ linear)[:, None]
    decay = np.exp(_LN_DECAY @ linear)[:, None]
    rates = np.asarray(c_rates, dtype=np.float64)
    fraction = _MIN_LOSS * (1.0 + (rates * limiting_h) ** sharpness) ** -decay
    used = np.asarray(nominal_mah) * used_fraction(coatings)
    lost = _PER_RATE * rates + _PER_ROOT * np.sqrt(rates)
    return used[:, None] * (fraction - lost)


def used_fraction(coatings: Coatings) -> Floats:
    """Return the capacity that wetted pores let be used, over that at the middle porosity."""
    return 1.0 + _USED_BY_POROSITY * (coatings.porosity - 0.325)


def _inputs(coatings: Coatings, tortuosity: Floats | None) -> tuple[Floats, Floats, Floats]:
    """Return what the fitted coefficients stand before."""
    loading, path, contact, scale = _ANCHOR
    tau = true_tortuosity(coatings) if tortuosity is None else tortuosity
    return (
        np.log(coatings.active_mass_loading_mg_cm2 / loading),
        np.log(tau / coatings.porosity / path),
        (contact_resistance_ohm_cm2(coatings) - contact) / scale,
    )


RATES: Final = (0.1, 1.0, 3.0, 5.0)
"""Of the rate test; before it come cycles at 0.2C."""
FORMATION_RATE: Final = 0.2
"""The paper's formation."""
ALL_RATES: Final = (*RATES, FORMATION_RATE)
_MG_PER_G: Final = 1e3
"""Milligrams in a gram."""


def rate_name(rate: float) -> str:
    """Return a rate as column names write it.

    Examples
    --------
    >>> [rate_name(rate) for rate in (0.1, 0.2, 1.0, 5.0)]
    ['c10', 'c5', '1c', '5c']
    """
    return f"{rate:g}c" if rate >= 1.0 else f"c{1.0 / rate:g}"


def nominal_mah(active_mass_loading_mg_cm2: Floats, recipe: Recipe) -> Floats:
    """Return what 1C empties in an hour: the capacity of the cathode's active material."""
    cathode_q = recipe.cathode.specific_capacity_mah_g
    loading = matching_cathode_loading(
        active_mass_loading_mg_cm2,
        recipe.anode.specific_capacity_mah_g,
        cathode_q,
        recipe.n_to_p,
    )
    return loading * disc_cm2(CATHODE_DISC_MM) * cathode_q / _MG_PER_G


def capacities_of(
    cells: pl.DataFrame, coil: VirtualCoil, recipe: Recipe, levels: NoiseLevels, seed: int
) -> pl.DataFrame:
    """Return the true capacities of full cells at every rate, and their masses.

    Cathodes are made, and cyclers set, for the planned loadings. Added are ``nominal_capacity_mah,
    active_mass_mg`` and for each rate three truths: ``surface_, configuration_,
    specimen_discharge_capacity_RATE_mah``.
    """
    planned = cells.select("run").join(
        coil.runs.select("run", pl.col(LOADING).alias("planned")), on="run", maintain_order="left"
    )["planned"]
    nominal = nominal_mah(planned.to_numpy(), recipe)
    settings = settings_of(cells, is_calendered=True)
    truths = _truths(cells, settings, nominal, levels, seed)
    mass = settings.active_mass_loading_mg_cm2 * disc_cm2(ANODE_DISC_MM)
    columns = {"nominal_capacity_mah": nominal, "active_mass_mg": mass, **truths}
    return cells.with_columns(**{name: pl.Series(values) for name, values in columns.items()})


def surface_capacity_mah(coatings: Coatings, recipe: Recipe, rates: Sequence[float]) -> Floats:
    """Return the capacities of coatings whose cathodes match them exactly."""
    nominal = nominal_mah(coatings.active_mass_loading_mg_cm2, recipe)
    return true_capacity_mah(coatings, nominal, rates)


def _truths(
    cells: pl.DataFrame, settings: Coatings, nominal: Floats, levels: NoiseLevels, seed: int
) -> dict[str, Floats]:
    """Return every rate's capacity: of the surface, the configuration, the cell."""
    rng = stream(seed, "full cells", "replicates")
    mass_noise, time_noise = rng.standard_normal((2, cells.height))
    tortuosity = true_tortuosity(settings)
    own_q = 1.0 + levels.capacity_configuration * own_effect(cells, "capacity")
    own_t = levels.rate_time_configuration * own_effect(cells, "rate_time")
    surface = true_capacity_mah(settings, nominal, ALL_RATES, 0.0, tortuosity)
    configuration = true_capacity_mah(settings, nominal * own_q, ALL_RATES, own_t, tortuosity)
    specimen = true_capacity_mah(
        settings,
        nominal * own_q * (1.0 + levels.capacity_replicate * mass_noise),
        ALL_RATES,
        own_t + levels.rate_time_replicate * time_noise,
        tortuosity,
    )
    return {
        f"{kind}_discharge_capacity_{rate_name(rate)}_mah": values[:, number]
        for kind, values in (
            ("surface", surface),
            ("configuration", configuration),
            ("specimen", specimen),
        )
        for number, rate in enumerate(ALL_RATES)
    }
