"""Capacity of full cells at any rate: a closed form, fitted to the Doyle-Fuller-Newman model."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.virtual_line.coatings import Coatings, Floats
from electrodoe.virtual_line.surfaces.tortuosity import contact_resistance_ohm_cm2, true_tortuosity

_ANCHOR: Final = (9.7, 6.0 / 0.325, 20.0, 8.0)
"""Loading in mg/cm²; tortuosity over porosity; contact in ohm·cm² and its scale."""
_LN_TIME_H: Final = (
    *(-0.71283, 1.41878, 0.69978, 0.03637),
    *(-0.13886, 0.19673, -0.00031, 0.10727, -0.05216, -0.05829),
)
"""1, a, b, r, then a², b², r², ab, ar, br."""
_LN_SHARPNESS: Final = (1.74636, -0.70180, -0.04457, 0.07302)
_LN_DECAY: Final = (-1.60371, 0.73547, -0.34234, 0.01187)
"""1, a, b, r."""
_LEAST_LOSS: Final = 0.91629
_LOSS_PER_RATE: Final = 0.02346
"""Fitted by benchmarks/dfn/fit_rate_model.py to 36 cells and 5 rates; 12 others check it."""
_BY_POROSITY: Final = 0.2
"""Per unit of porosity: the paper's gravimetric capacity at 0.1C follows it (Figure 14)."""


def true_capacity_mah(
    coatings: Coatings,
    nominal_mah: ArrayLike,
    c_rates: ArrayLike,
    ln_time: ArrayLike = 0.0,
    tortuosity: Floats | None = None,
) -> Floats:
    r"""Return what full cells give at each rate.

    Parameters
    ----------
    coatings : Coatings
        Calendered anodes.
    nominal_mah : array of shape (n,), mAh
        Of the cathode, at the capacity of its active material.
    c_rates : array of shape (n_rates,), 1/h
        Of the nominal capacity.
    ln_time : array of shape (n,)
        A cell's own, on the logarithm of the time that limits it.
    tortuosity : array of shape (n,) or None
        A cell's own; that of the plant's surface where it is not given.

    Returns
    -------
    array of shape (n, n_rates), mAh
        Discharge capacity until 2.9 V.

    Notes
    -----
    With the rate C, the limiting time T, sharpness n and decay m:

    .. math:: Q / Q_\mathrm{nom} = q_0 (1 + (C T)^n)^{-m} - s C

    where :math:`\ln T` is quadratic, and :math:`\ln n` and :math:`\ln m` are linear, in
    :math:`a = \ln(m_\mathrm{active}/9.7)`, :math:`b = \ln(\tau/\varepsilon / 18.46)` and the
    contact resistance :math:`r = (R_c - 20)/8`. The fit's RMS is .0050 of the nominal capacity
    (largest .028), .0049 for the cells that check it; .0014, .0102, .0134 and .0237 of the value
    at 0.1, 1, 3 and 5C. The form is that of rate laws with a limiting time [1]_; its power leaves
    room for a knee as sharp as the DFN model's, which the published ones do not (RMS .0100).

    References
    ----------
    .. [1] Tian, Park, Ponnuvel, Coleman et al., Nature Communications 10 (2019) 1933,
       10.1038/s41467-019-09792-9.

    Examples
    --------
    >>> true_capacity_mah(Coatings.at(9.7, 57.5, 0.325), 4.417, [0.1, 5.0]).round(2)
    array([[4.04, 0.92]])
    """
    a, b, r = _inputs(coatings, tortuosity)
    linear = np.stack([np.ones_like(a), a, b, r])
    time = np.concatenate([linear, np.stack([a * a, b * b, r * r, a * b, a * r, b * r])])
    own = np.asarray(ln_time, dtype=np.float64)
    limiting_h = np.exp(_LN_TIME_H @ time + own)[:, None]
    sharpness = np.exp(_LN_SHARPNESS @ linear)[:, None]
    decay = np.exp(_LN_DECAY @ linear)[:, None]
    rates = np.asarray(c_rates, dtype=np.float64)
    share = _LEAST_LOSS * (1.0 + (rates * limiting_h) ** sharpness) ** -decay
    used = np.asarray(nominal_mah) * used_share(coatings)
    return used[:, None] * (share - _LOSS_PER_RATE * rates)


def used_share(coatings: Coatings) -> Floats:
    """Return the capacity that wetted pores let be used, over that at the middle porosity."""
    return 1.0 + _BY_POROSITY * (coatings.porosity - 0.325)


def _inputs(coatings: Coatings, tortuosity: Floats | None) -> tuple[Floats, Floats, Floats]:
    """Return what the fitted coefficients stand before."""
    loading, path, contact, scale = _ANCHOR
    tau = true_tortuosity(coatings) if tortuosity is None else tortuosity
    return (
        np.log(coatings.active_mass_loading_mg_cm2 / loading),
        np.log(tau / coatings.porosity / path),
        (contact_resistance_ohm_cm2(coatings) - contact) / scale,
    )
