"""What is known of a sheet before it is weighed."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SheetMaterial:
    """Coating and foil of some sheets, as plain numbers.

    Attributes
    ----------
    theoretical_density_g_cm3 : float or None
        Of the coating's solids without pores; no porosity without it.
    active_mass_fraction : float or None
        Active material over all solids, by mass; no active loading without it.
    foil_thickness_um : float or None
        Of the line's foil, where the protocol does not say another.
    """

    theoretical_density_g_cm3: float | None = None
    active_mass_fraction: float | None = None
    foil_thickness_um: float | None = None
