"""The declared shape of a table that travels between packages or is written for people."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from electrodoe.errors import QuantityError


@dataclass(frozen=True, kw_only=True)
class TableSchema:
    """Columns of a table, in order, with their types.

    Attributes
    ----------
    name : str
        The table's name, for messages.
    columns : mapping of str to polars data type
        Every column the table must have, in the order in which it is written.
    """

    name: str
    columns: Mapping[str, type[pl.DataType]]

    def frame(self, rows: list[dict[str, object]]) -> pl.DataFrame:
        """Return rows as a frame of this shape.

        Parameters
        ----------
        rows : list of dict
            One mapping per row, each with every column of the schema.

        Returns
        -------
        polars.DataFrame
            The rows in the schema's columns and types.
        """
        return pl.DataFrame(rows, schema=dict(self.columns), orient="row")

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame if it has this shape.

        Raises
        ------
        QuantityError
            If a column is missing, unknown or of another type.
        """
        if dict(frame.schema) != dict(self.columns):
            raise QuantityError(
                f"columns {dict(frame.schema)} are not those of the table '{self.name}'",
                where=f"table {self.name}",
                fix=f"write the columns {', '.join(self.columns)}",
            )
        return frame
