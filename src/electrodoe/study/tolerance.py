"""How far a setting may come out from what was set: a fraction of it, or so much in a unit.

Units and numbers are read where one is declared: a study is read without loading tables.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BeforeValidator

from electrodoe.errors import IngestError

if TYPE_CHECKING:
    from electrodoe.arrays import Floats

_WRITTEN: Final = re.compile(
    r"(?:±|\+/-|\+-)?\s*(?P<number>[+-]?[\d.,]+(?:[eE][+-]?\d+)?)\s*(?P<unit>\S.*?)?"
    r"(?:\s+(?P<kind>relative|absolute))?\s*"
)
_HOW: Final = 'write "2 %" for 2 % of the setting, or a value with its unit, such as "1 °C"'


@dataclass(frozen=True, kw_only=True)
class Tolerance:
    """The allowed deviation from a setting.

    Attributes
    ----------
    fraction : float
        Of the setting; 0 where the deviation is absolute.
    absolute : float
        In the column's unit; 0 where the deviation is a fraction.
    written : str
        As people read it: ``5 %``, ``1 °C``.
    """

    fraction: float = 0.0
    absolute: float = 0.0
    written: str = ""

    def __bool__(self) -> bool:
        """Return whether anything is allowed."""
        return self.fraction > 0.0 or self.absolute > 0.0

    def allowed(self, settings: "Floats") -> "Floats":
        """Return the largest deviation from each setting, in the column's unit.

        Examples
        --------
        >>> import numpy as np
        >>> Tolerance(fraction=0.05).allowed(np.array([60.0])).tolist()
        [3.0]
        >>> tolerance_in("1 K", "dryer_2_temperature_c").allowed(np.array([60.0])).tolist()
        [1.0]
        """
        return self.fraction * abs(settings) + self.absolute


def tolerance_in(declared: float | str, column: str, declared_unit: str | None = None) -> Tolerance:
    """Return a declared tolerance in the unit of its column.

    Parameters
    ----------
    declared : float or str
        A fraction of the setting, or words such as ``2 %`` and ``1 °C``, ``± 0,5 K``.
    column : str
        Name of the factor.
    declared_unit : str or None
        The unit of its column, where its name does not end in it.

    Returns
    -------
    Tolerance
        A difference: 1 K is 1 °C.

    Raises
    ------
    ValueError
        If it cannot be said in the column's unit, or percent may mean two things; what and fix
        stand in the message, with a semicolon between.

    Examples
    --------
    >>> tolerance_in("10 µm", "gap_mm").absolute
    0.01
    >>> tolerance_in("2 % absolute", "porosity").absolute
    0.02
    """
    from electrodoe.quantities import is_fraction, unit_of

    unit = declared_unit or unit_of(column)
    if not isinstance(declared, str):
        percent = f"{100.0 * declared:g} %"
        return Tolerance(fraction=declared, written=percent)
    value, written_unit, kind = _parts(declared)
    is_percent = written_unit == "%"
    if is_percent and kind is None and (unit == "%" or is_fraction(column)):
        raise ValueError(
            f"tolerance of '{column}': {declared} of the setting, or {declared} of the whole?"
            f' the column is itself in percent or a fraction; write "{value:g} % relative" or'
            f' "{value:g} % absolute"'
        )
    if is_percent and kind != "absolute":
        return Tolerance(fraction=value / 100.0, written=f"{value:g} %")
    absolute = value * (_factor(written_unit, column, unit) if written_unit else 1.0)
    shown = f"{100.0 * absolute:g} %" if is_fraction(column) else f"{absolute:g} {unit}"
    words = f"{shown} absolute" if "%" in shown else shown.strip()
    return Tolerance(absolute=absolute, written=words)


def require_sayable(declared: float | str, column: str, declared_unit: str | None) -> None:
    """Raise a ValueError where a tolerance contradicts a unit that is known without the table."""
    from electrodoe.quantities import is_fraction, unit_of

    if declared_unit or unit_of(column) or is_fraction(column):
        tolerance_in(declared, column, declared_unit)


def _factor(written: str, column: str, unit: str) -> float:
    """Return what a difference of 1 in a written unit is in the column's."""
    from electrodoe.quantities import conversion, is_fraction, parse_unit

    own = parse_unit(unit or ("-" if is_fraction(column) else ""))
    other = parse_unit(written)
    if own is None or other is None:
        raise ValueError(
            f"tolerance of '{column}' is in {written}, and the unit of the column is not known;"
            f' add unit = "..." to [factors.{column}]'
        )
    step = conversion(other, own)
    if step is None:
        raise ValueError(
            f"tolerance of '{column}' is in {written}, its column in {unit or 'no unit'}; write it"
            f" in {unit or 'no unit'}, or as a percentage of the setting"
        )
    return step[0]


def checked_tolerance(declared: object) -> object:
    """Return a declared tolerance that can be read, a bare percentage as it is written."""
    if isinstance(declared, bool) or not isinstance(declared, int | float | str):
        # pydantic takes a ValueError as a fault of the declaration, and raises a TypeError
        raise ValueError(f"a tolerance is a fraction, or a value with its unit; {_HOW}")  # noqa: TRY004
    if isinstance(declared, str):
        value, unit, kind = _parts(declared)
        if unit == "%" and kind != "absolute" and value >= 100.0:
            raise ValueError(f"'{declared}' is the whole setting and more; {_HOW}")
        return declared
    if declared <= 0.0:
        raise ValueError(f"a tolerance is above 0; {_HOW}, or leave it out")
    if declared >= 1.0:
        raise ValueError(
            f"a number is a fraction of the setting, and {declared:g} would be"
            f' {100.0 * declared:g} % of it; write "{declared:g} %" (or {declared / 100.0:g}) for'
            f' {declared:g} % of the setting, or the value with its unit, such as "{declared:g} °C"'
        )
    return float(declared)


def _parts(declared: str) -> tuple[float, str, str | None]:
    """Return number, unit and whether the words say relative or absolute."""
    from electrodoe.quantities import parse_unit
    from electrodoe.tables import said_number

    match = _WRITTEN.fullmatch(declared.strip())
    if match is None:
        raise ValueError(f"'{declared}' is no tolerance; {_HOW}")
    try:
        value = said_number(match["number"], declared)
    except IngestError as error:
        raise ValueError(f"{error.what}; {error.fix}") from None
    unit, kind = match["unit"] or "", match["kind"]
    if unit in {"relative", "absolute"}:
        unit, kind = "", unit
    if not unit and kind != "absolute":
        raise ValueError(f"'{declared}' says no unit; {_HOW}")
    if unit and parse_unit(unit) is None:
        raise ValueError(f"'{declared}': no unit '{unit}' is known; {_HOW}")
    if kind == "relative" and unit != "%":
        raise ValueError(f"'{declared}': only a percentage is relative; {_HOW}")
    if value <= 0.0:
        raise ValueError(f"a tolerance is above 0; {_HOW}, or leave it out")
    return value, "%" if _is_percent(unit) else unit, kind


def _is_percent(unit: str) -> bool:
    """Return whether a unit is a hundredth, as it may be written."""
    from electrodoe.quantities import conversion, parse_unit

    found, percent = parse_unit(unit), parse_unit("%")
    return found is not None and percent is not None and conversion(found, percent) == (1.0, 0.0)


def _as_fraction(declared: object) -> object:
    """Return a tolerance that can only be relative as a fraction."""
    checked = checked_tolerance(declared)
    if not isinstance(checked, str):
        return checked
    value, unit, kind = _parts(checked)
    if unit != "%" or kind == "absolute":
        raise ValueError(
            f"'{declared}': this tolerance is of the value itself; write it in percent"
        )
    return value / 100.0


Fraction = Annotated[float, BeforeValidator(_as_fraction)]
"""A tolerance that is always relative: 0.05, or "5 %"."""
