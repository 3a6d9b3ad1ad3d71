"""From weighed and measured sheets to mass loading, thickness, porosity and compaction."""

from electrodoe.preprocess.sheets.condensing import SHEETS_SCHEMA, condense_sheets
from electrodoe.preprocess.sheets.values import SheetMaterial

__all__ = ["SHEETS_SCHEMA", "SheetMaterial", "condense_sheets"]
