"""The first lines of a file, for telling what wrote it."""

import codecs
from typing import Final

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS: Final = ("\t", ";", ",", "|")


def first_lines(start: bytes) -> list[str]:
    r"""Return the lines among a file's first bytes; none where they are no text.

    Examples
    --------
    >>> first_lines(b"\xef\xbb\xbfa\tb\r\n1\t2\r\n")
    ['a\tb', '1\t2']
    """
    if start.startswith(_WIDE):
        text = start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    elif b"\x00" in start:
        return []
    else:
        text = start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    return text.splitlines()


def separator_of(header: str) -> str:
    """Return the mark that parts a header most often.

    Examples
    --------
    >>> separator_of("Test Time (s);Current (A)")
    ';'
    """
    return max(_SEPARATORS, key=header.count)
