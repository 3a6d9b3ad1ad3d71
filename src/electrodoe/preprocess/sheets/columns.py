"""How tables of sheets name mass, area and thickness, in German and English, with their units."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from electrodoe.errors import IngestError

_MASS: Final = {"mg": 1.0, "g": 1e3, "kg": 1e6}
_AREA: Final = {"cm²": 1.0, "cm2": 1.0, "mm²": 0.01, "mm2": 0.01, "m²": 1e4, "m2": 1e4}
_LENGTH: Final = {"µm": 1.0, "μm": 1.0, "um": 1.0, "mm": 1e3}
_UNCALENDERED: Final = r"(?:uncalendered|uncal\.?|unkalandrierte?)"
_COATING: Final = r"(?:(?:coating) thickness|schichtdicke|beschichtungsdicke)"
_ELECTRODE: Final = r"(?:(?:electrode |sheet )?thickness|(?:elektroden)?dicke)"

_QUANTITIES: Final[Mapping[str, tuple[str, Mapping[str, float]]]] = {
    "sheet_mass_mg": (
        r"(?:(?:sheet |electrode )?(?:mass|weight)|(?:elektroden)?masse|gewicht)",
        _MASS,
    ),
    "coating_mass_mg": (r"(?:coating (?:mass|weight)|beschichtungsmasse)", _MASS),
    "foil_mass_mg": (r"(?:(?:foil|substrate) (?:mass|weight)|folienmasse)", _MASS),
    "area_cm2": (r"(?:(?:sheet |coating )?area|(?:blatt)?fläche)", _AREA),
    "electrode_thickness_um": (_ELECTRODE, _LENGTH),
    "coating_thickness_um": (_COATING, _LENGTH),
    "uncalendered_electrode_thickness_um": (rf"{_UNCALENDERED} {_ELECTRODE}", _LENGTH),
    "uncalendered_coating_thickness_um": (rf"{_UNCALENDERED} {_COATING}", _LENGTH),
}
"""What a table may hold, under our names; a thickness may be there several times."""
_NAMES: Final = {
    "sheet": r"sheet|sample|name|id|blatt|probe|muster",
    "run": r"run|lauf|configuration|konfiguration|group",
}


@dataclass(frozen=True, kw_only=True)
class SheetColumns:
    """Where a table holds what.

    Attributes
    ----------
    numbers : mapping of str to tuple of (str, float)
        By our name: the table's own headers, with the factor from their unit to ours.
    names : mapping of str to str
        Headers of ``sheet`` and ``run``, where they are there.
    """

    numbers: Mapping[str, tuple[tuple[str, float], ...]]
    names: Mapping[str, str]


def sheet_columns(headers: Sequence[str], place: str) -> SheetColumns:
    """Return where a table holds masses, areas and thicknesses.

    Headers that mean nothing here are passed over.

    Examples
    --------
    >>> found = sheet_columns(["run", "Masse [g]", "thickness 1 (µm)", "thickness 2 (µm)"], "a.csv")
    >>> found.numbers["sheet_mass_mg"]
    (('Masse [g]', 1000.0),)
    >>> [header for header, _ in found.numbers["electrode_thickness_um"]]
    ['thickness 1 (µm)', 'thickness 2 (µm)']
    """
    found: dict[str, list[tuple[str, float]]] = {}
    for header in headers:
        for name, (words, units) in _QUANTITIES.items():
            factor = _factor(header, words, units, place)
            if factor is not None:
                found.setdefault(name, []).append((header, factor))
    for name, held in found.items():
        if len(held) > 1 and not name.endswith("thickness_um"):
            raise IngestError(
                f"'{held[0][0]}' and '{held[1][0]}' both hold {name}",
                where=place,
                fix="rename or delete one of the two columns",
            )
    if not found:
        raise IngestError(
            "no column holds a mass, an area or a thickness with its unit",
            where=place,
            fix="name the columns with their units: 'mass (g)', 'thickness 1 (µm)', 'area (cm²)'",
        )
    names = {
        name: header
        for name, words in _NAMES.items()
        for header in headers
        if re.fullmatch(words, header.strip(), re.IGNORECASE)
    }
    return SheetColumns(numbers={name: tuple(held) for name, held in found.items()}, names=names)


def _factor(header: str, words: str, units: Mapping[str, float], place: str) -> float | None:
    """Return the factor of a header's unit, or None where it speaks of something else."""
    plain = " ".join(header.replace("_", " ").split())
    match = re.fullmatch(
        rf"(?i:{words})(?: ?\d+)?(?:\s*[\[(]\s*(?P<marked>[^\])]+?)\s*[\])]|\s*/\s*(?P<over>\S+)"
        r"|\s+(?:in\s+)?(?P<bare>[^\W\d]+[²2]?))?(?: ?\d+)?",
        plain,
    )
    if match is None:
        return None
    unit = match["marked"] or match["over"] or match["bare"]
    if unit not in units:
        raise IngestError(
            f"'{header}' is in {unit}" if unit else f"'{header}' has no unit",
            where=place,
            fix=f"write the unit into the header, one of {', '.join(units)}",
        )
    return units[unit]
