"""Cells of one row of a filled run sheet, as numbers, names and times."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from electrodoe.design.run_plan import RUN
from electrodoe.errors import DesignError
from electrodoe.tables import DecimalMark, number_of

_DAY_FIRST: Final = ("%d.%m.%Y %H:%M", "%d.%m.%Y")
_EXCEL_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone


@dataclass(frozen=True, kw_only=True)
class RowCells:
    """The cells of one row, and where it stands.

    Attributes
    ----------
    header : dict
        The file's header by our name of the column.
    cells : dict
        What the reader found, by the file's header.
    place : str
        File and line, for messages.
    decimal : {".", ","}
        Decimal mark of cells that are text.
    """

    header: dict[str, str]
    cells: dict[str, object]
    place: str
    decimal: DecimalMark

    def run(self) -> int | None:
        """Return the run's number."""
        value = self.number(RUN)
        if value is None or value.is_integer():
            return None if value is None else int(value)
        raise DesignError(
            f"run {value:g} where a whole number is meant",
            where=self._where(RUN),
            fix="write the run's number as the plan has it",
        )

    def name(self, column: str) -> str | None:
        """Return a cell as a name, None where it is empty."""
        return self._text(column) or None

    def number(self, column: str) -> float | None:
        """Return a cell as a number, None where it is empty."""
        value = number_of(self._cell(column), self._where(column), self.decimal, column)
        return None if math.isnan(value) else value

    def time(self, column: str) -> datetime | None:
        """Return a cell as a time, None where it is empty or cannot be read as one."""
        value = self._cell(column)
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - local time, as written
        if isinstance(value, int | float) and math.isfinite(value) and 0 < value < 2e5:
            return _EXCEL_DAY_ZERO + timedelta(days=value)
        return _time_of(self._text(column))

    def _cell(self, column: str) -> object:
        """Return a cell as the reader left it."""
        return self.cells.get(self.header.get(column, ""))

    def _text(self, column: str) -> str:
        """Return a cell as text without blanks around it."""
        value = self._cell(column)
        return "" if value is None else str(value).strip()

    def _where(self, column: str) -> str:
        """Return where a cell stands."""
        return f"{self.place}, column '{self.header.get(column, column)}'"


def _time_of(text: str) -> datetime | None:
    """Return a text as a time, None where it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    for form in _DAY_FIRST:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - local time, as written
        except ValueError:
            continue
    return None
