"""Units as people write them beside a column, and what one is in another."""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_BASES: Final[dict[str, tuple[float, tuple[int, ...]]]] = {
    # factor to SI, then powers of m, kg, s, A, K
    "g": (1e-3, (0, 1, 0, 0, 0)),
    "t": (1e3, (0, 1, 0, 0, 0)),
    "m": (1.0, (1, 0, 0, 0, 0)),
    "l": (1e-3, (3, 0, 0, 0, 0)),
    "L": (1e-3, (3, 0, 0, 0, 0)),
    "s": (1.0, (0, 0, 1, 0, 0)),
    "min": (60.0, (0, 0, 1, 0, 0)),
    "h": (3600.0, (0, 0, 1, 0, 0)),
    "d": (86400.0, (0, 0, 1, 0, 0)),
    "A": (1.0, (0, 0, 0, 1, 0)),
    "Ah": (3600.0, (0, 0, 1, 1, 0)),
    "K": (1.0, (0, 0, 0, 0, 1)),
    "N": (1.0, (1, 1, -2, 0, 0)),
    "Pa": (1.0, (-1, 1, -2, 0, 0)),
    "bar": (1e5, (-1, 1, -2, 0, 0)),
    "psi": (6894.757293168, (-1, 1, -2, 0, 0)),
    "P": (0.1, (-1, 1, -1, 0, 0)),
    "J": (1.0, (2, 1, -2, 0, 0)),
    "W": (1.0, (2, 1, -3, 0, 0)),
    "Wh": (3600.0, (2, 1, -2, 0, 0)),
    "V": (1.0, (2, 1, -3, -1, 0)),
    "Ω": (1.0, (2, 1, -3, -2, 0)),
    "S": (1.0, (-2, -1, 3, 2, 0)),
    "Hz": (1.0, (0, 0, -1, 0, 0)),
    "rpm": (1.0 / 60.0, (0, 0, -1, 0, 0)),
    "%": (0.01, (0, 0, 0, 0, 0)),
    "1": (1.0, (0, 0, 0, 0, 0)),
    "gsm": (1e-3, (-2, 1, 0, 0, 0)),
}
"""SI brochure, 9th edition (2019), tables 2 to 8; psi: NIST SP 811, appendix B.8."""
_PREFIXES: Final = {
    "n": 1e-9, "μ": 1e-6, "u": 1e-6, "m": 1e-3, "c": 1e-2, "d": 1e-1, "k": 1e3, "M": 1e6, "G": 1e9,
}  # fmt: skip
_UNPREFIXED: Final = frozenset({"min", "h", "d", "t", "%", "1", "gsm", "rpm", "psi"})
_ALIASES: Final = {
    "ohm": "Ω", "Ohm": "Ω", "OHM": "Ω", "ω": "Ω", "U": "1", "sec": "s", "hr": "h", "Std": "h",
    "micron": "μm", "microns": "μm", "Mikrometer": "μm", "mu": "μm", "percent": "%", "Prozent": "%",
    "wt%": "%", "wt.%": "%", "wt.-%": "%", "wt-%": "%", "vol%": "%", "vol.%": "%", "vol.-%": "%",
    "Gew.-%": "%", "Gew%": "%", "Ma.-%": "%", "Vol.-%": "%", "ma%": "%",
    "kpa": "kPa", "kPA": "kPa", "KPa": "kPa", "mah": "mAh", "mAH": "mAh", "hz": "Hz", "khz": "kHz",
}  # fmt: skip
"""Spellings that can mean nothing else, after NFKC; a lone mpa is not among them."""
_CELSIUS: Final = frozenset({"°C", "C", "°c", "degC", "deg C", "Grad C", "°Celsius", "Celsius"})
"""A factor in C is a temperature: nobody sets a charge."""
_NONE: Final = frozenset({"-", "–", "—", "1", "dimensionless", "none", "ohne", "./."})
_ZERO_CELSIUS_K: Final = 273.15
_POWER: Final = re.compile(r"(.*?)\^?([2-4]|-[1-4])?")
"""Nobody writes a power of one: ``A1`` is a name."""


@dataclass(frozen=True, kw_only=True)
class UnitText:
    """A unit that a person wrote.

    Attributes
    ----------
    written : str
        As it stands in the table.
    factor, offset : float
        A value in SI is ``factor * (value + offset)``.
    powers : tuple of int
        Of meter, kilogram, second, ampere and kelvin.
    """

    written: str
    factor: float
    powers: tuple[int, ...]
    offset: float = 0.0

    @property
    def is_dimensionless(self) -> bool:
        """Return whether it is a share or a plain number."""
        return not any(self.powers)


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> UnitText | None:
    """Return a unit that a person wrote, or None where the text is no unit.

    Parameters
    ----------
    text : str
        Such as ``mg/cm²``, ``mg cm-2``, ``µm``, ``°C``, ``Gew.-%`` or ``-``; capitals count.

    Returns
    -------
    UnitText or None
        None also for an empty text.

    Examples
    --------
    >>> parse_unit("MPa").factor, parse_unit("mg cm⁻²").powers, parse_unit("strength") is None
    (1000000.0, (-2, 1, 0, 0, 0), True)
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())
    if plain in _CELSIUS:
        return UnitText(written=text, factor=1.0, powers=(0, 0, 0, 0, 1), offset=_ZERO_CELSIUS_K)
    if plain in _NONE:
        return UnitText(written=text, factor=1.0, powers=(0,) * 5)
    factor, powers = 1.0, [0] * 5
    above, *below = _ALIASES.get(plain, plain).replace("(", " ").replace(")", " ").split("/")
    for sign, part in ((1, above), *((-1, one) for one in below)):
        tokens = re.split(r"[\s·⋅*×]+", part.strip())
        for token in tokens:
            found = _token(token)
            if found is None:
                return None
            factor *= found[0] ** sign
            powers = [power + sign * own for power, own in zip(powers, found[1], strict=True)]
    return UnitText(written=text, factor=factor, powers=tuple(powers))


def _token(token: str) -> tuple[float, tuple[int, ...]] | None:
    """Return one factor of a unit, such as ``cm2``, as its SI factor and powers."""
    if not token:
        return None
    base, power = token, 1
    if not token.isdigit() and (match := _POWER.fullmatch(token)) and match[2]:
        base, power = match[1], int(match[2])
    base = _ALIASES.get(base, base)
    found = _BASES.get(base)
    if found is None and len(base) > 1 and base[0] in _PREFIXES and base[1:] not in _UNPREFIXED:
        stem = _BASES.get(_ALIASES.get(base[1:], base[1:]))
        found = None if stem is None else (stem[0] * _PREFIXES[base[0]], stem[1])
    if found is None:
        return None
    return found[0] ** power, tuple(power * own for own in found[1])


def conversion(source: UnitText, target: UnitText) -> tuple[float, float] | None:
    """Return the factor and the offset from one unit to another, None where there is none.

    Returns
    -------
    (float, float) or None
        A value in the target is ``factor * value + offset``.

    Examples
    --------
    >>> conversion(parse_unit("MPa"), parse_unit("kPa"))
    (1000.0, 0.0)
    >>> conversion(parse_unit("K"), parse_unit("°C"))
    (1.0, -273.15)
    >>> conversion(parse_unit("N"), parse_unit("kPa")) is None
    True
    """
    if source.powers != target.powers:
        return None
    factor = _rounded(source.factor / target.factor)
    return factor, factor * source.offset - target.offset


def _rounded(factor: float) -> float:
    """Return a factor without the last bits that multiplying prefixes has left."""
    return float(f"{factor:.12g}") if math.isfinite(factor) else factor
