"""Which level of a category a person means by a name, however it is spelled."""

import unicodedata
from collections.abc import Mapping

from electrodoe.study.nearest import or_nearest


def level_number(name: str, levels: Mapping[int, str]) -> int | None:
    """Return the number of the level that a name means, or None where it means none.

    Case, runs of spaces and Unicode's ways of writing a letter make no other level, unless the
    study tells two of its levels apart by nothing else.

    Examples
    --------
    >>> level_number("cmc/sbr ", {0: "CMC/SBR", 1: "PVDF"}), level_number("PVD", {0: "PVDF"})
    (0, None)
    """
    exact = {level: number for number, level in levels.items()}
    spelled = {_spelled(level): number for number, level in levels.items()}
    if name in exact or len(spelled) < len(exact):
        return exact.get(name)
    return spelled.get(_spelled(name))


def or_level(name: str, levels: Mapping[int, str], column: str) -> str:
    """Return what to do about a name that means no level."""
    return (
        f"{or_nearest(name, levels.values())} A level that is new: add it to the levels of"
        f" '{column}' in study.toml"
    )


def _spelled(level: str) -> str:
    """Return a name without what differs by the hand that wrote it."""
    return " ".join(unicodedata.normalize("NFKC", level).casefold().split())
