"""Measurable quantities: name, symbol, unit and the range that nature allows."""

from dataclasses import dataclass
from math import inf
from typing import Final

from electrodoe.quantities.units import split_unit, unit_of


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A quantity of electrode manufacturing.

    Attributes
    ----------
    name : str
        The field's word, in the form it takes inside a column name, for example ``mass_loading``.
    symbol : str
        The letter of the literature, for example ``ε``.
    unit_suffix : str
        Ending of a column in the canonical unit; empty for a dimensionless quantity.
    lower, upper : float
        Smallest and largest value that is physically possible, in the canonical unit.
    """

    name: str
    symbol: str
    unit_suffix: str
    lower: float
    upper: float

    @property
    def is_fraction(self) -> bool:
        """Return whether the quantity is a fraction that people also write in percent."""
        return self.unit_suffix == "" and self.lower == 0.0 and self.upper <= 1.5


def _quantity(name: str, symbol: str, unit: str, lower: float, upper: float) -> Quantity:
    """Write one row of the catalogue."""
    return Quantity(name=name, symbol=symbol, unit_suffix=unit, lower=lower, upper=upper)


CATALOGUE: Final[tuple[Quantity, ...]] = (
    _quantity("mass_loading", "m_A", "mg_cm2", 0.0, 500.0),
    _quantity("coating_thickness", "d", "um", 0.0, 5000.0),
    _quantity("electrode_thickness", "d_E", "um", 0.0, 5000.0),
    _quantity("wet_film_thickness", "d_w", "um", 0.0, 5000.0),
    _quantity("coating_gap", "h", "um", 0.0, 5000.0),
    _quantity("roll_gap", "g", "um", 0.0, 5000.0),
    _quantity("density", "ρ", "g_cm3", 0.0, 25.0),
    _quantity("temperature", "T", "c", -90.0, 1500.0),
    _quantity("porosity", "ε", "", 0.0, 1.0),
    _quantity("compaction_rate", "Π", "", 0.0, 1.0),
    _quantity("first_cycle_loss", "ℓ", "", 0.0, 1.0),
    _quantity("capacity_retention", "r", "", 0.0, 1.1),
    _quantity("coulombic_efficiency", "η", "", 0.0, 1.1),
    _quantity("solid_content", "w_s", "", 0.0, 1.0),
    _quantity("tortuosity", "τ", "", 1.0, inf),
    _quantity("adhesion_strength", "σ_a", "kpa", 0.0, 1e5),
    _quantity("pull_off_strength", "σ_a", "kpa", 0.0, 1e5),
    _quantity("ionic_resistance", "R_ion", "ohm", 0.0, inf),
    _quantity("area_specific_impedance", "ASI", "ohm_cm2", 0.0, inf),
    _quantity("discharge_capacity", "Q", "mah", 0.0, inf),
    _quantity("discharge_capacity", "q", "mah_g", 0.0, 4200.0),
)
"""Upper bound of a gravimetric capacity: lithiated silicon, 4200 mAh/g."""


def quantity_of(column: str) -> Quantity | None:
    """Return the catalogue's quantity that a column measures, or None.

    Parameters
    ----------
    column : str
        A column name; the quantity's name is looked for anywhere before the unit.

    Returns
    -------
    Quantity or None
        A match asks for the quantity's own unit; a fraction also matches in percent.

    Examples
    --------
    >>> quantity_of("pre_calendering_coating_thickness_um").symbol
    'd'
    >>> quantity_of("porosity_pct").is_fraction
    True
    >>> quantity_of("operator") is None
    True
    """
    stem, suffix = split_unit(column)
    stem = stem.lower().replace(" ", "_")
    for quantity in CATALOGUE:
        has_unit = suffix == quantity.unit_suffix or (quantity.is_fraction and suffix == "pct")
        if has_unit and f"_{quantity.name}_" in f"_{stem}_":
            return quantity
    return None


def physical_range(column: str) -> tuple[float, float]:
    """Return the minimum and the maximum value that a column can hold, in its own unit.

    Examples
    --------
    >>> physical_range("porosity_pct"), physical_range("operator")
    ((0.0, 100.0), (-inf, inf))
    """
    quantity = quantity_of(column)
    if quantity is None:
        return -inf, inf
    scale = 100.0 if unit_of(column) == "%" else 1.0
    return quantity.lower * scale, quantity.upper * scale


def is_fraction(column: str) -> bool:
    """Return whether a column holds a fraction, which people also write in percent.

    Examples
    --------
    >>> is_fraction("porosity"), is_fraction("measured_porosity"), is_fraction("porosity_pct")
    (True, True, False)
    """
    quantity = quantity_of(column)
    return quantity is not None and quantity.is_fraction and not unit_of(column)
