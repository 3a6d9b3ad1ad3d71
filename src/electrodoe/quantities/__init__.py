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
from electrodoe.quantities.unit_texts import UnitText, conversion, parse_unit
from electrodoe.quantities.units import UNITS, bracketed_unit, split_unit, unit_of

__all__ = [
    "CATALOGUE",
    "UNITS",
    "Quantity",
    "TableSchema",
    "UnitText",
    "bracketed_unit",
    "c_rate_of",
    "conversion",
    "is_fraction",
    "label_of",
    "label_with_unit",
    "parse_unit",
    "physical_range",
    "quantity_of",
    "split_unit",
    "unit_of",
]
