"""Units as they end a column's name and as people read them."""

import re
from typing import Final

from electrodoe.quantities.unit_texts import UnitText, parse_unit

UNITS: Final[dict[str, str]] = {
    "mg_cm2": "mg/cm²",
    "g_m2": "g/m²",
    "gsm": "g/m²",
    "g_cm3": "g/cm³",
    "kg_m3": "kg/m³",
    "mah_g": "mAh/g",
    "mah_cm2": "mAh/cm²",
    "ohm_cm2": "Ω·cm²",
    "ms_cm": "mS/cm",
    "us_cm": "µS/cm",
    "s_cm": "S/cm",
    "m_min": "m/min",
    "mm_min": "mm/min",
    "pa_s": "Pa·s",
    "mpa_s": "mPa·s",
    "pct": "%",
    "ohm": "Ω",
    "mohm": "mΩ",
    "mah": "mAh",
    "ah": "Ah",
    "kpa": "kPa",
    "mpa": "MPa",
    "bar": "bar",
    "um": "µm",
    "nm": "nm",
    "mm": "mm",
    "cm": "cm",
    "cm2": "cm²",
    "mm2": "mm²",
    "mg": "mg",
    "g": "g",
    "c": "°C",
    "k": "K",
    "n": "N",
    "s": "s",
    "min": "min",
    "h": "h",
    "hz": "Hz",
    "v": "V",
    "mv": "mV",
    "a": "A",
    "ma": "mA",
    "w": "W",
    "rpm": "1/min",
}
"""Unit of a column by the ending of its name; fractions have none."""


_BRACKETED: Final = re.compile(
    r"(?P<words>.*\S)\s*(?P<open>[\[(])\s*(?P<unit>[^\[\]()]+?)\s*[\])]", re.DOTALL
)
_C_RATE: Final = re.compile(r"\d+(\.\d+)?\s*[cC]|[cC]\s*/?\s*\d+")
"""What stands in brackets and says at which rate: ``[5C]``, ``(C/20)``."""
_LONGEST: Final = 12
"""Letters of a unit in square brackets that nobody knows: longer ones are remarks."""


def bracketed_unit(text: str) -> tuple[str, str]:
    """Return a name without the unit in brackets at its end, and that unit as it is written.

    Round brackets hold a unit where :func:`parse_unit` knows it; square ones also another short
    word, but no C-rate.

    Examples
    --------
    >>> bracketed_unit("Haftfestigkeit [kPa]"), bracketed_unit("Kapazität (5C)")
    (('Haftfestigkeit', 'kPa'), ('Kapazität (5C)', ''))
    """
    match = _BRACKETED.fullmatch(text.strip())
    if match is None or _C_RATE.fullmatch(match["unit"]):
        return text.strip(), ""
    unit = match["unit"]
    is_word = match["open"] == "[" and len(unit) <= _LONGEST and " " not in unit
    if parse_unit(unit) is None and not is_word:
        return text.strip(), ""
    return match["words"], unit


def split_unit(column: str) -> tuple[str, str]:
    """Return a column's name without its unit ending, and that ending.

    Parameters
    ----------
    column : str
        A column name such as ``roll_temperature_c`` or ``Haftfestigkeit [kPa]``.

    Returns
    -------
    tuple of str
        Stem as it is written, and unit suffix; the suffix is empty where the name ends in no known
        unit, and the unit itself where it stands in brackets and no suffix is the same.

    Examples
    --------
    >>> split_unit("discharge_capacity_5c_mah_g")
    ('discharge_capacity_5c', 'mah_g')
    >>> split_unit("porosity"), split_unit("Haftfestigkeit [kPa]")
    (('porosity', ''), ('Haftfestigkeit', 'kpa'))
    """
    words, unit = bracketed_unit(column)
    if unit:
        return words, _suffix_of(unit)
    written = column.split("_")
    tokens = column.lower().split("_")
    for n_tokens in (2, 1):
        suffix = "_".join(tokens[-n_tokens:])
        if len(tokens) > n_tokens and suffix in UNITS:
            return "_".join(written[:-n_tokens]), suffix
    return column, ""


def _suffix_of(unit: str) -> str:
    """Return the suffix that means the same as a written unit, or the unit itself."""
    found = parse_unit(unit)
    same = (suffix for suffix, shown in UNITS.items() if found and _is_same(found, shown))
    return next(same, unit)


def _is_same(found: UnitText, shown: str) -> bool:
    """Return whether a value has the same number in both units."""
    other = parse_unit(shown)
    return other is not None and (found.powers, found.factor, found.offset) == (
        other.powers,
        other.factor,
        other.offset,
    )


def unit_of(column: str) -> str:
    """Return the unit that a column's name ends in, as people read it; in brackets: as written.

    Examples
    --------
    >>> unit_of("mass_loading_mg_cm2"), unit_of("porosity"), unit_of("Haftfestigkeit [kPa]")
    ('mg/cm²', '', 'kPa')
    """
    return bracketed_unit(column)[1] or UNITS.get(split_unit(column)[1], "")
