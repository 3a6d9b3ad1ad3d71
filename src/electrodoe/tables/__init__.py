"""What a person wrote down: where a table's header is, and one reading of its cells."""

from electrodoe.tables.coded import decoded, looks_coded
from electrodoe.tables.columns import ReadColumn, mark_shown, read_column
from electrodoe.tables.headings import (
    Heading,
    Wanted,
    folded,
    heading_of,
    matched,
    plain_name,
    split_names,
)
from electrodoe.tables.layout import Layout, find_layout
from electrodoe.tables.numbers import (
    MISSING,
    DecimalMark,
    is_missing,
    limit_of,
    number_of,
    numbers_of,
    said_number,
)
from electrodoe.tables.sheet_cells import is_blank, is_numeric

__all__ = [
    "MISSING",
    "DecimalMark",
    "Heading",
    "Layout",
    "ReadColumn",
    "Wanted",
    "decoded",
    "find_layout",
    "folded",
    "heading_of",
    "is_blank",
    "is_missing",
    "is_numeric",
    "limit_of",
    "looks_coded",
    "mark_shown",
    "matched",
    "number_of",
    "numbers_of",
    "plain_name",
    "read_column",
    "said_number",
    "split_names",
]
