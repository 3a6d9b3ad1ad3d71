"""How wide words are, and where their base line stands, in the font that the figures are set in."""

from typing import Final

_NARROW: Final = "ijlI.,:;|!'()[]/ft "
_WIDE: Final = "mwMW%@—…×±"
_SHARES: Final = dict.fromkeys(_NARROW, 0.36) | dict.fromkeys(_WIDE, 0.92)
"""Width over size of DejaVu Sans' letters, in three groups; a page's other fonts are narrower."""
_OTHER: Final = 0.63
_BOLD: Final = 1.1
CAP_HEIGHT: Final = 0.73
"""Height of capitals and digits over the size, in DejaVu Sans."""
ASCENT, DESCENT = 0.76, 0.24
"""What letters need above and below their base line, over the size."""
LEADING: Final = 1.2
"""From one base line to the next, over the size."""


def width_of(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return about how wide words are, in points: rather too wide than too narrow."""
    shares = sum(_SHARES.get(letter, _OTHER) for letter in words)
    return shares * size * (_BOLD if is_bold else 1.0)


def base_line(middle: float, size: float) -> float:
    """Return the base line of digits and capitals whose middle stands at a height."""
    return middle + 0.5 * CAP_HEIGHT * size
