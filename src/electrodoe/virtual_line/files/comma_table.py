"""Tables that people keep by hand, as CSV or Excel; one column says that they are simulated."""

import io
from typing import Final

import polars as pl

from electrodoe.virtual_line.files.marks import FIRST_DAY, MARK, SIMULATED

NOTE: Final = "note"


def hand_table(frame: pl.DataFrame, file: str) -> bytes:
    """Return a table as the bytes of the file that it goes into.

    Parameters
    ----------
    frame : polars.DataFrame
        Rounded already.
    file : str
        Its ending decides: ``.xlsx``, otherwise text with commas.

    Returns
    -------
    bytes
        With a last column ``note``.
    """
    marked = frame.with_columns(pl.lit(SIMULATED).alias(NOTE))
    if file.endswith(".xlsx"):
        return _workbook(marked)
    return marked.write_csv().encode()


def _workbook(frame: pl.DataFrame) -> bytes:
    """Return a table as a workbook whose bytes do not depend on the day."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"comments": MARK, "created": FIRST_DAY})
        frame.write_excel(book, worksheet=SIMULATED)
    return content.getvalue()
