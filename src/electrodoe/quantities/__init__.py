"""Names, symbols, units and ranges of what is measured."""

from electrodoe.quantities.catalogue import (
    CATALOGUE,
    Quantity,
    is_fraction,
    physical_range,
    quantity_of,
)
from electrodoe.quantities.labels import c_rate_of, label_of, label_with_unit
from electrodoe.quantities.tables import TableSchema
from electrodoe.quantities.units import UNITS, split_unit, unit_of

__all__ = [
    "CATALOGUE",
    "UNITS",
    "Quantity",
    "TableSchema",
    "c_rate_of",
    "is_fraction",
    "label_of",
    "label_with_unit",
    "physical_range",
    "quantity_of",
    "split_unit",
    "unit_of",
]
