"""What a testing machine says of a test above its numbers: words, values and units."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Final

_WIDTH: Final = r"(?:probenbreite|specimen width|width|breite)\b.*"
_THICKNESS: Final = r"(?:probendicke|specimen thickness|thickness|dicke)\b.*"
_DIAMETER: Final = r"(?:probendurchmesser|specimen diameter|diameter|durchmesser)\b.*"
_AREA: Final = (
    r"(?:querschnitt(?:sfläche)?|probenquerschnitt|cross[- ]section(?:al area)?|area|fläche)\b.*"
)
_MM: Final = {"mm": 1.0, "cm": 10.0, "µm": 1e-3, "m": 1e3}
_MM2: Final = {"mm²": 1.0, "mm2": 1.0, "mm^2": 1.0, "cm²": 100.0, "cm2": 100.0, "cm^2": 100.0}
_MAXIMUM: Final = r"(?:kraftmaximum|maximalkraft|höchstkraft|f ?max|maximum force|force maximum)"
_N: Final = {"N": 1.0, "kN": 1e3, "mN": 1e-3}
_N_MM2: Final = {"N/mm²": 1.0, "N/mm2": 1.0, "MPa": 1.0, "kPa": 1e-3}
_VALUE: Final = re.compile(r"([+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)\s+(\S+)")


def split_cells(line: str, separator: str) -> list[str]:
    """Return a line's cells without blanks and quotation marks."""
    return [cell.strip().strip('"').strip() for cell in line.split(separator)]


def key_values(lines: Iterable[str], separator: str) -> dict[str, str]:
    """Return words with value and unit, as text; ``nicht bekannt`` stays what it is.

    Examples
    --------
    >>> key_values(['"Vorkraft";0,2;"N"', '"Messlänge";"nicht bekannt"'], ";")
    {'Vorkraft': '0,2 N', 'Messlänge': 'nicht bekannt'}
    """
    found = {}
    for line in lines:
        key, *rest = split_cells(line, separator)
        if key:
            found[key.rstrip(":")] = " ".join(cell for cell in rest if cell)
    return found


def area_in_header(header: Mapping[str, str]) -> float | None:
    """Return the specimen's area as the file states it, or None where it does not.

    The area itself, width times thickness, or that of a round specimen.

    Examples
    --------
    >>> area_in_header({"Probenbreite b0": "11.4 mm", "Probendicke a0": "0.2 mm"})
    2.2800000000000002
    """
    area = _measure(header, _AREA, _MM2)
    width, thickness = _measure(header, _WIDTH, _MM), _measure(header, _THICKNESS, _MM)
    diameter = _measure(header, _DIAMETER, _MM)
    if area is not None:
        return area
    if width is not None and thickness is not None:
        return width * thickness
    return None if diameter is None else math.pi * diameter**2 / 4.0


def maximum_in_header(header: Mapping[str, str], area_mm2: float | None) -> float | None:
    """Return the maximum force as the file states it, or None where it does not.

    Examples
    --------
    >>> round(maximum_in_header({"Kraftmaximum": "37.9483 N/mm²"}, 2.28), 3)
    86.522
    """
    force, stress = _measure(header, _MAXIMUM, _N), _measure(header, _MAXIMUM, _N_MM2)
    if force is None and stress is not None and area_mm2 is not None:
        return stress * area_mm2
    return force


def _measure(header: Mapping[str, str], pattern: str, units: Mapping[str, float]) -> float | None:
    """Return the first positive value under a word, in a known unit."""
    for key, text in header.items():
        value = _VALUE.fullmatch(text)
        is_known = value is not None and value[2] in units
        if value and is_known and re.fullmatch(pattern, key, re.IGNORECASE):
            number = float(value[1].replace(",", ".")) * units[value[2]]
            if number > 0.0:
                return number
    return None
