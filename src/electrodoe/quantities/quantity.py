"""One measurable quantity: its name, symbol, unit and the range that nature allows."""

from dataclasses import dataclass


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
        """Return whether the quantity is a share that people also write in percent."""
        return self.unit_suffix == "" and self.lower == 0.0 and self.upper <= 1.5
