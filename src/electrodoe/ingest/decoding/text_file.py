"""A text file's content with its places, and what no text may hold."""

import codecs
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError

_HEAD: Final = 100_000
"""Letters in which a header stands."""
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a file's first bytes say about its encoding."""


@dataclass(frozen=True, kw_only=True)
class TextFile:
    r"""A text file, decoded.

    Attributes
    ----------
    path : Path
        The file.
    text : str
        Its content with ``\n`` at the end of every line.
    encoding : str
        How its bytes were read.
    first_line : int
        Line of the file at which the text begins, where it is a part of a longer one.
    """

    path: Path
    text: str
    encoding: str
    first_line: int = 1

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines without their ends; the first is line 1 of an editor."""
        lines = self.text.split("\n")
        return lines[:-1] if lines[-1] == "" else lines

    @cached_property
    def head(self) -> list[str]:
        """Return the first lines only, without looking at the rest of a long file."""
        return self.text[:_HEAD].split("\n")[:-1] if len(self.text) > _HEAD else self.lines

    @cached_property
    def n_lines(self) -> int:
        """Return how many lines there are."""
        return self.text.count("\n") + self.is_open_ended

    def after(self, line: int) -> str:
        """Return the text from the start of a line, counted from 1, to the end."""
        offset = 0
        for _ in range(line - 1):
            offset = self.text.find("\n", offset) + 1
            if offset == 0:
                return ""
        return self.text[offset:]

    @property
    def is_open_ended(self) -> bool:
        """Return whether the last line has no end, as where a file was cut."""
        return bool(self.text) and not self.text.endswith("\n")

    def place(self, line: int) -> str:
        """Return where a line stands, counted from 1 in this text, for a message."""
        return f"{self.path}, line {line + self.first_line - 1}"


def refuse_nul(text: str, path: Path, line: int) -> None:
    """Raise where a text holds a NUL."""
    if "\x00" in text:
        raise IngestError(
            "a NUL among the text: the file is damaged or not text",
            where=f"{path}, line {line + text[: text.index(chr(0))].count(chr(10))}",
            fix="export the file anew",
        )
