"""Units of a spectrum's columns, and why some of them are refused."""

import math
import re
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.spectra.header_words import HeaderWord, ImpedancePart, plain

_PREFIXES: Final = {
    "": 1.0,
    "u": 1e-6,
    "μ": 1e-6,
    "m": 1e-3,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "G": 1e9,
}
_UNIT: Final = re.compile(r"(?P<prefix>[muμkKMG]?)(?P<base>(?i:hz|hertz|ohms?|Ω|ω))")
_BASES: Final = {
    ImpedancePart.FREQUENCY: ("hz", "hertz"),
    ImpedancePart.REAL: ("ohm", "ohms", "ω"),
    ImpedancePart.IMAGINARY: ("ohm", "ohms", "ω"),
    ImpedancePart.MODULUS: ("ohm", "ohms", "ω"),
}
_ANGLES: Final = {
    **dict.fromkeys(("deg", "degs", "degree", "degrees", "°", "º", "o", "\ufffd"), math.pi / 180.0),
    **dict.fromkeys(("rad", "rads", "radian", "radians"), 1.0),
    "mrad": 1e-3,
}
_AREA: Final = re.compile(r"[cmd]?m\s*\^?\s*\(?2|in\s*\^?2|cm²")


def factor_of(word: HeaderWord, header: str, place: str) -> float | None:
    """Return the factor from a header's unit to hertz, ohm or radian.

    None where an angle has no unit; 1 where another quantity has none.
    """
    unit = plain(word.unit).replace(" ", "")
    if not unit:
        return None if word.part is ImpedancePart.PHASE else 1.0
    if word.part is ImpedancePart.PHASE:
        factor = _ANGLES.get(unit.lower())
    else:
        match = _UNIT.fullmatch(unit)
        fits = match is not None and match["base"].lower() in _BASES[word.part]
        factor = _PREFIXES[match["prefix"]] if match and fits else None
    if factor is None:
        raise _refusal(word.part, unit, header, place)
    return factor


def _refusal(part: ImpedancePart, unit: str, header: str, place: str) -> IngestError:
    """Return why a unit cannot be taken."""
    where = f"{place}, column '{header.strip()[:40]}'"
    if part is not ImpedancePart.FREQUENCY and _AREA.search(unit):
        return IngestError(
            f"the {part} is in '{word_of(unit)}': the area it was multiplied by is not known here",
            where=where,
            fix="export the impedance in ohm, not per area",
        )
    known = {
        ImpedancePart.FREQUENCY: "mHz, Hz, kHz or MHz",
        ImpedancePart.PHASE: "deg or rad",
    }.get(part, "mOhm, Ohm, kOhm or MOhm")
    return IngestError(
        f"the {part} is in '{word_of(unit)}', which is none of {known}",
        where=where,
        fix=f"write the unit in the header: {known}",
    )


def word_of(unit: str) -> str:
    """Return a unit short enough for a message."""
    return unit[:20]
