"""How testing machines name time, force and travel, in German and English, with their units."""

import re
from collections.abc import Mapping
from typing import Final

from electrodoe.ingest.column_map import FileColumn

FORCE: Final = "force_n"
STRESS: Final = "stress_mpa"
TIME: Final = "time_s"
TRAVEL: Final = "travel_mm"
CROSSHEAD: Final = "crosshead_mm"

_FORCE_UNITS: Final = {"N": 1.0, "kN": 1e3, "mN": 1e-3}
_STRESS_UNITS: Final = {"MPa": 1.0, "N/mm²": 1.0, "N/mm2": 1.0, "N/mm^2": 1.0, "kPa": 1e-3}
_TIME_UNITS: Final = {"s": 1.0, "sec": 1.0, "ms": 1e-3, "min": 60.0}
_LENGTH_UNITS: Final = {"mm": 1.0, "µm": 1e-3, "μm": 1e-3, "um": 1e-3, "cm": 10.0, "m": 1e3}

UNITS: Final = frozenset(
    {*_FORCE_UNITS, *_STRESS_UNITS, *_TIME_UNITS, *_LENGTH_UNITS, "%", "V", "°C", "mm/min", "mm/s"}
)
"""What may stand in a row of units."""

_FORCE_NAMES: Final = r"standardkraft|prüfkraft|kraft|standard force|force|load|f"
_STRESS_NAMES: Final = rf"{_FORCE_NAMES}|(?:zug)?spannung|(?:tensile |standard )?stress"
_TIME_NAMES: Final = r"prüfzeit|zeit|test time|elapsed time|time|t"
_TRAVEL_NAMES: Final = r"standardweg|weg|standard travel|travel|displacement|extension"
_CROSSHEAD_NAMES: Final = (
    r"traverse(?:nweg|nposition)?(?: abs\.?)?|crosshead(?: travel| position)?(?: abs\.?)?"
)


def _headers(names: str, units: Mapping[str, float]) -> dict[str, float]:
    """Return patterns of ``Force (N)``, ``Force [N]``, ``Force / N``, ``Force in N``, ``force_n``.

    A unit keeps its capitals, so that meganewtons are not taken for millinewtons.
    """
    patterns = {}
    for unit, factor in units.items():
        exact, lower = f"(?-i:{re.escape(unit)})", f"(?-i:{re.escape(unit.lower())})"
        marked = rf"\s*[\[(]\s*{exact}\s*[\])]|\s*/\s*{exact}|\s+in\s+{exact}|_{exact}|_{lower}"
        patterns[rf"(?:{names})(?:{marked})"] = factor
    return patterns


COLUMNS: Final = (
    FileColumn(name=TIME, headers=_headers(_TIME_NAMES, _TIME_UNITS)),
    FileColumn(name=FORCE, headers=_headers(_FORCE_NAMES, _FORCE_UNITS), is_required=False),
    FileColumn(name=STRESS, headers=_headers(_STRESS_NAMES, _STRESS_UNITS), is_required=False),
    FileColumn(name=TRAVEL, headers=_headers(_TRAVEL_NAMES, _LENGTH_UNITS), is_required=False),
    FileColumn(
        name=CROSSHEAD, headers=_headers(_CROSSHEAD_NAMES, _LENGTH_UNITS), is_required=False
    ),
)
"""What is looked for in a file; force or stress has to be there."""

SPEAKS_OF_FORCE: Final = re.compile(
    r"(?:^|[^a-zäöü])(?:\w*kraft|force|load|spannung|stress)", re.IGNORECASE
)
"""A header cell of a testing machine's table."""
