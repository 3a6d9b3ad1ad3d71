"""What a header of a spectrum's column says: the quantity, its sign and its unit.

Name, sign and unit vary apart from one another, and each program spells them its own way; so a
header is taken to pieces here, and not looked up as a whole as in ``column_map``. An unknown unit
can then be refused by its name.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final


class ImpedancePart(StrEnum):
    """A quantity that a point of a spectrum is made of."""

    FREQUENCY = "frequency"
    REAL = "real part"
    IMAGINARY = "imaginary part"
    MODULUS = "modulus"
    PHASE = "phase"


@dataclass(frozen=True, kw_only=True)
class HeaderWord:
    """A header, understood.

    Attributes
    ----------
    part : ImpedancePart
        The quantity.
    is_negated : bool
        Whether a minus stands before it: the column holds −Im Z, or −phase.
    unit : str
        As written; empty where the header names none.
    """

    part: ImpedancePart
    is_negated: bool
    unit: str


_SPELLINGS: Final = {
    ImpedancePart.FREQUENCY: "f fr freq frequency frequenz",
    ImpedancePart.REAL: """z' z'a z're zr zre zreal rez realz re real realpart realpartofz
        realimpedance impedancereal""",
    ImpedancePart.IMAGINARY: """z" z"b z"im zi zim zimag zimaginary imz imagz imaginaryz im imag
        imaginary imaginarypart imaginarypartofz imaginaryimpedance impedanceimag
        impedanceimaginary""",
    ImpedancePart.MODULUS: """|z| z zmod modz zabs absz zmag magz modulus modulusofz magnitude
        impedance impedancemagnitude impedancemodulus""",
    ImpedancePart.PHASE: "phase phasez phaseofz phaseangle zphz zphase theta phi argz θ φ ϕ",
}
NAMES: Final = {name: part for part, names in _SPELLINGS.items() for name in names.split()}
"""Names in small letters, without blanks, underscores, dots, hyphens and brackets."""

_PRIMES: Final = str.maketrans(
    {"´": "'", "`": "'", "‘": "'", "’": "'", "′": "'", "“": '"', "”": '"', "−": "-", "–": "-"}
)
_UNIT_AT_THE_END: Final = (
    re.compile(r"(?P<name>.+?)\s*[(\[{<](?P<unit>[^()\[\]{}]*)[)\]}>]"),
    re.compile(r"(?P<name>.+?)\s*/\s*(?P<unit>[^/]+)"),
    re.compile(
        r"(?P<name>.+?)(?:\s+in\s+|[\s_,;:]+)(?P<unit>[^\s_,;:]*(?i:hz|hertz|ohm|Ω|deg|°|rad)[^\s_,;:]*)"
    ),
)
_REMEMBERED: Final = 1024
"""Headers: the files of one instrument share theirs, and each is asked three times."""
_FILLING: Final = re.compile(r"[\s_.()\[\]\-]+")
_MINUS: Final = re.compile(r"(?:-|minus\b|negative\b|neg\b\.?)\s*")


@lru_cache(maxsize=_REMEMBERED)
def read_header(header: str) -> HeaderWord | None:
    """Return what a header says, or None where it names no part of a spectrum.

    Parameters
    ----------
    header : str
        In any usual spelling.

    Returns
    -------
    HeaderWord or None
        The quantity, its sign and its unit.

    Examples
    --------
    >>> read_header("-Im(Z)/Ohm")
    HeaderWord(part=<ImpedancePart.IMAGINARY: 'imaginary part'>, is_negated=True, unit='Ohm')
    >>> read_header("time/s")
    """
    for name, unit in _readings(plain(header)):
        minus = _MINUS.match(name.lower())
        part = NAMES.get(_FILLING.sub("", name[minus.end() if minus else 0 :].lower()))
        if part in (ImpedancePart.IMAGINARY, ImpedancePart.PHASE) or (part and not minus):
            return HeaderWord(part=part, is_negated=minus is not None, unit=unit)
    return None


def plain(text: str) -> str:
    """Return text with one spelling for primes, minus signs, ohms and powers."""
    primes = text.translate(_PRIMES)
    normal = unicodedata.normalize("NFKC", primes).translate(_PRIMES)
    return re.sub(r"\s+", " ", normal).strip().replace("''", '"')


def _readings(header: str) -> Iterator[tuple[str, str]]:
    """Give the ways to part a header into name and unit."""
    yield header, ""
    for pattern in _UNIT_AT_THE_END:
        match = pattern.fullmatch(header)
        if match:
            yield match["name"], match["unit"].strip()
