"""The known name that a misspelt one most likely means."""

from collections.abc import Iterable
from difflib import get_close_matches


def or_nearest(name: str, known: Iterable[str], limit: int = 12) -> str:
    """Return an instruction that offers the nearest known name, or lists what there is.

    Examples
    --------
    >>> or_nearest("porosty", ["porosity", "roll_gap_um"])
    "did you mean 'porosity'?"
    >>> or_nearest("date", ["porosity", "roll_gap_um"])
    "choose one of 'porosity', 'roll_gap_um'"
    """
    names = list(dict.fromkeys(known))
    folded = {candidate.lower(): candidate for candidate in names}
    if close := get_close_matches(name.lower(), folded, n=1, cutoff=0.6):
        return f"did you mean '{folded[close[0]]}'?"
    shown = ", ".join(f"'{candidate}'" for candidate in names[:limit])
    return f"choose one of {shown}{' …' if len(names) > limit else ''}"
