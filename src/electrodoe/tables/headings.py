"""Headings of a table: the name, the unit beside it, and which declared column they mean."""

import csv
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from electrodoe.quantities import bracketed_unit, label_of, parse_unit, split_unit, unit_of

_DESIGN_EXPERT: Final = re.compile(
    r"(?:Factor|Response|Faktor|Antwort)\s*\d+\s*(?:[/\n]\s*|\s)(?P<rest>.*)", re.DOTALL
)
"""Design-Expert heads a factor with three lines: ``Factor 1``, ``A:Mass loading``, ``mg/cm2``."""
_LETTER: Final = re.compile(r"[A-Z]\d?\s*:\s*")
"""The letter that Design-Expert gives a factor."""
_BEHIND: Final = re.compile(
    r"(?P<words>.+?)(?:\s+/\s+|\s+in\s+|\s*\n\s*|\s*,\s+)(?P<unit>\S.*)", re.DOTALL
)
"""``Mass / g`` as DIN 1313 has it, ``Adhesion in kPa``, a unit in a second line."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One column's heading.

    Attributes
    ----------
    written : str
        As it stands in the file, blanks and line breaks made one blank.
    words : str
        Without unit and without what a planning tool writes before it.
    unit : str
        As it is written, empty without one.
    """

    written: str
    words: str
    unit: str = ""


def heading_of(text: str, unit: str = "") -> Heading:
    r"""Return a header cell as words and unit.

    Parameters
    ----------
    text : str
        The cell.
    unit : str
        Of the row of units, where a table has one; it comes before a unit in the cell.

    Examples
    --------
    >>> heading_of("Factor 1\nA:Mass loading\nmg/cm2")
    Heading(written='Factor 1 A:Mass loading mg/cm2', words='Mass loading', unit='mg/cm2')
    >>> heading_of("Haftfestigkeit [kPa]").unit, heading_of("Masse / g").words
    ('kPa', 'Masse')
    """
    match = _DESIGN_EXPERT.fullmatch(text.strip())
    rest = match["rest"] if match else text.strip()
    rest = _LETTER.sub("", rest, count=1) if _LETTER.match(rest) else rest
    words, found = bracketed_unit(rest)
    if not found:
        words, found = _unit_behind(words, is_tool=match is not None)
    return Heading(written=_joined(text), words=_joined(words), unit=unit.strip() or found)


def _unit_behind(text: str, *, is_tool: bool) -> tuple[str, str]:
    """Return words and the unit behind a stroke, a line break or ``in``; no unit without one."""
    match = _BEHIND.fullmatch(text)
    if match and parse_unit(match["unit"]):
        return match["words"], match["unit"]
    words, _, last = text.rpartition(" ")
    if is_tool and words and parse_unit(last):
        return words, last
    return text, ""


def _joined(text: str) -> str:
    """Return a text with one blank for all that parts its words."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """Return a name as it is compared: composed, capitals and blanks aside.

    Examples
    --------
    >>> folded("Dicke_µm ") == folded("dicke_μm")
    True
    """
    return _joined(unicodedata.normalize("NFKC", text)).casefold()


def split_names(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the names in a list with commas between them, where names may hold commas too.

    Parameters
    ----------
    text : str
        Such as ``a,b``; a name may stand in quotation marks.
    known : collection of str
        Names that exist: the longest part of the list that is one of them is one name.

    Examples
    --------
    >>> split_names("Masse, trocken,Dicke", ["Masse, trocken", "Dicke"])
    ('Masse, trocken', 'Dicke')
    """
    parts = next(csv.reader([text], skipinitialspace=True), [])
    there = {folded(name) for name in known}
    names, start = [], 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        whole = next((end for end in ends if folded(",".join(parts[start:end])) in there), None)
        spaced = next((end for end in ends if folded(", ".join(parts[start:end])) in there), None)
        end = max(whole or start + 1, spaced or start + 1)
        names.append((", " if end == spaced else ",").join(parts[start:end]).strip())
        start = end
    return tuple(name for name in names if name)


def plain_name(text: str) -> str:
    """Return a text composed, so that two that look alike are one; the micro sign stays.

    Examples
    --------
    >>> plain_name("Kapazita\u0308t") == "Kapazität"
    True
    """
    return unicodedata.normalize("NFC", text).strip()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A column that a person has declared.

    Attributes
    ----------
    name : str
        As it is declared.
    labels : tuple of str
        Other words that may head it.
    is_number : bool
        Whether it holds numbers.
    unit : str
        In which the numbers are wanted; by the name's ending where it is empty.
    """

    name: str
    labels: tuple[str, ...] = ()
    is_number: bool = True
    unit: str = ""

    @property
    def own_unit(self) -> str:
        """Return the unit in which its numbers are wanted."""
        return self.unit or unit_of(self.name)


def matched(headings: Sequence[Heading], wanted: Sequence[Wanted]) -> dict[str, int]:
    """Return which column each declared one is.

    A heading is compared as it is written, then without its unit; with the declared name, then with
    its labels, then with the name in words. What two columns could be, none is.

    Parameters
    ----------
    headings : sequence of Heading
        Of the table.
    wanted : sequence of Wanted
        Declared columns.

    Returns
    -------
    dict of str to int
        Position by declared name; names that no heading means are not there.

    Examples
    --------
    >>> found = [heading_of("Lauf"), heading_of("Mass loading [mg/cm²]")]
    >>> matched(found, [Wanted(name="mass_loading_mg_cm2"), Wanted(name="run")])
    {'mass_loading_mg_cm2': 1}
    """
    result: dict[str, int] = {}
    exact = {heading.written: index for index, heading in reversed(list(enumerate(headings)))}
    for column in wanted:
        if column.name in exact:
            result[column.name] = exact[column.name]
    for spellings in _SPELLINGS:
        table = _positions(headings, spellings, taken=set(result.values()))
        for column in wanted:
            if column.name in result:
                continue
            places = {table[text] for text in _texts(column, spellings) if text in table}
            if len(places) == 1 and None not in places:
                result[column.name] = places.pop() or 0
        result = _without_shared(result)
    return result


_SPELLINGS: Final = ("name", "label", "words")
"""What of a declared column is compared, in turn."""


def _texts(column: Wanted, spelling: str) -> list[str]:
    """Return what a declared column may be headed with."""
    if spelling == "name":
        words, unit = bracketed_unit(column.name)
        return [folded(column.name), *([folded(words)] if unit else [])]
    if spelling == "label":
        return [folded(label) for label in column.labels]
    stem = split_unit(column.name)[0]
    return [folded(label_of(column.name)), folded(stem.replace("_", " ")), folded(stem)]


def _positions(
    headings: Sequence[Heading], spelling: str, taken: set[int]
) -> dict[str, int | None]:
    """Return the position of each heading that is free, None where two are headed alike."""
    found: dict[str, int | None] = {}
    for index, heading in enumerate(headings):
        if index in taken:
            continue
        own = {folded(heading.written), folded(heading.words)}
        if spelling == "words":
            own |= {text.replace("_", " ") for text in own}
        for text in own:
            found[text] = index if text not in found else None
    return found


def _without_shared(result: Mapping[str, int]) -> dict[str, int]:
    """Return the names that do not claim the same column."""
    places = list(result.values())
    return {name: place for name, place in result.items() if places.count(place) == 1}
