"""A goal as people say it at the terminal: ``adhesion max >= 300``."""

import re
from collections.abc import Sequence
from typing import Final

from electrodoe.errors import IngestError, StudyError
from electrodoe.study.nearest import or_nearest

_KINDS: Final = {
    **dict.fromkeys(("max", "maximize", "maximum", "maximieren"), "maximize"),
    **dict.fromkeys(("min", "minimize", "minimum", "minimieren"), "minimize"),
    **dict.fromkeys(("target", "ziel"), "target"),
    **dict.fromkeys(("range", "bereich", "between"), "range"),
}
"""Words for the four goals."""
_LIMIT: Final = re.compile(r"(>=|<=|≥|≤|>|<)\s*(\S+)")
_HOW: Final = (
    "write NAME max, NAME min, NAME target VALUE or NAME range, each with limits such as >= 300"
    " or <= 5"
)


def goal_from_words(words: str, responses: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Return a response and the keys of its goal.

    Parameters
    ----------
    words : str
        A response's name, then ``max``, ``min``, ``target VALUE`` or ``range``, then limits in the
        response's unit: ``>= VALUE`` (lower), ``<= VALUE`` (upper).
    responses : sequence of str
        The names that may be meant; they may hold blanks.

    Returns
    -------
    name : str
        The response.
    keys : dict
        ``goal``, ``target``, ``lower`` and ``upper`` as study.toml has them.

    Raises
    ------
    StudyError
        If no response is named, or something else is said.

    Examples
    --------
    >>> goal_from_words("adhesion max >= 300", ["adhesion"])
    ('adhesion', {'goal': 'maximize', 'lower': 300.0})
    >>> goal_from_words("Kapazität 5C target 1,9 >= 1,8 <= 2", ["Kapazität 5C"])[1]
    {'goal': 'target', 'target': 1.9, 'lower': 1.8, 'upper': 2.0}
    >>> goal_from_words("loss <= 5", ["loss"])
    ('loss', {'goal': 'range', 'upper': 5.0})
    """
    from electrodoe.quantities import parse_unit

    fitting = [name for name in responses if words.strip().startswith(name)]
    if not fitting:
        first = words.split(maxsplit=1)[0] if words.split() else ""
        raise _fault(words, "names no response", or_nearest(first, responses))
    name = max(fitting, key=len)
    rest = words.strip()[len(name) :].strip()
    keys: dict[str, object] = {}
    for sign, value in _LIMIT.findall(rest):
        keys["lower" if sign in {">=", "≥", ">"} else "upper"] = _number(words, value)
    said = _LIMIT.sub(" ", rest).split()
    kind = _KINDS.get(said[0].lower()) if said else ("range" if keys else None)
    units = [word for word in said[1:] if not word[0].isdigit() and parse_unit(word) is not None]
    if kind is not None and units:
        raise _fault(
            words,
            f"'{units[0]}' beside a value",
            f"leave out the unit: a value is in the unit that the table has for '{name}'",
        )
    if kind is None or len(said) > (2 if kind == "target" else 1):
        raise _fault(words, f"'{' '.join(said)}' is no goal" if said else "says no goal", _HOW)
    if kind == "target":
        if len(said) < 2:
            raise _fault(words, "a target without its value", _HOW)
        keys["target"] = _number(words, said[1])
    order = ("goal", "target", "lower", "upper")
    keys["goal"] = kind
    return name, {key: keys[key] for key in order if key in keys}


def _number(words: str, text: str) -> float:
    """Return a number with a decimal point or comma."""
    from electrodoe.tables import said_number

    try:
        return said_number(text, "command line")
    except IngestError as error:
        raise _fault(words, error.what, error.fix) from None


def _fault(words: str, what: str, fix: str) -> StudyError:
    """Return the error about a goal."""
    return StudyError(f"--goal '{words}': {what}", where="command line", fix=fix)
