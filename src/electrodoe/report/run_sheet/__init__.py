"""The run sheet: what to set, run by run, and where to write what was measured."""

from electrodoe.report.run_sheet.about import order_sentence
from electrodoe.report.run_sheet.layout import RunSheet, SheetColumn, lay_out, run_sheet_csv
from electrodoe.report.run_sheet.page import run_sheet_html
from electrodoe.report.run_sheet.workbook import run_sheet_xlsx

__all__ = [
    "RunSheet",
    "SheetColumn",
    "lay_out",
    "order_sentence",
    "run_sheet_csv",
    "run_sheet_html",
    "run_sheet_xlsx",
]
