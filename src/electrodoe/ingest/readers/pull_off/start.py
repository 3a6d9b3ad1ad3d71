"""The first bytes of a file as lines, to see which format it is."""

import codecs
from typing import Final

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def first_lines(start: bytes) -> list[str]:
    """Return the whole lines at a file's start; none where it is no text."""
    if start.startswith(_UTF_16):
        text = start.decode("utf-16", errors="ignore")
    else:
        try:
            text = start[: start.rfind(b"\n") + 1 or None].decode("utf-8-sig")
        except UnicodeDecodeError:
            text = start.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
