"""Units as they end a column's name and as people read them."""

from typing import Final

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


def split_unit(column: str) -> tuple[str, str]:
    """Return a column's name without its unit ending, and that ending.

    Parameters
    ----------
    column : str
        A column name such as ``roll_temperature_c``.

    Returns
    -------
    tuple of str
        Stem and unit suffix; the suffix is empty where the name ends in no known unit.

    Examples
    --------
    >>> split_unit("discharge_capacity_5c_mah_g")
    ('discharge_capacity_5c', 'mah_g')
    >>> split_unit("porosity")
    ('porosity', '')
    """
    tokens = column.lower().split("_")
    for n_tokens in (2, 1):
        suffix = "_".join(tokens[-n_tokens:])
        if len(tokens) > n_tokens and suffix in UNITS:
            return "_".join(tokens[:-n_tokens]), suffix
    return column.lower(), ""


def unit_of(column: str) -> str:
    """Return the unit that a column's name ends in, as people read it.

    Examples
    --------
    >>> unit_of("mass_loading_mg_cm2"), unit_of("porosity")
    ('mg/cm²', '')
    """
    return UNITS.get(split_unit(column)[1], "")
