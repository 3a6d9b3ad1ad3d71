"""The report on paper: the words, tables and figures of its page, set by Typst."""

from electrodoe.report.pdf.blocks import Document, read_page
from electrodoe.report.pdf.typesetting import report_pdf

__all__ = ["Document", "read_page", "report_pdf"]
