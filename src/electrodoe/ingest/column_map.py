"""Headers of foreign files mapped to our own columns and units, by declaration."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from electrodoe.errors import IngestError


@dataclass(frozen=True, kw_only=True)
class FileColumn:
    """One column of ours, and the headers under which files hold it.

    Attributes
    ----------
    name : str
        Our name; it ends in the unit.
    headers : mapping of str to float
        Regular expressions that a whole header matches, capitals aside, with the factor from the
        header's unit to ours. A header in a unit that is not listed matches nothing.
    is_required : bool
        Whether a file without it cannot be read.
    is_ranked : bool
        Whether of several headers that a file has the one that is listed first counts.
    """

    name: str
    headers: Mapping[str, float]
    is_required: bool = True
    is_ranked: bool = False

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], float], ...]:
        """Return the headers' patterns, ready to be matched, each with its factor."""
        return tuple(
            (re.compile(pattern, flags=re.IGNORECASE), factor)
            for pattern, factor in self.headers.items()
        )


@dataclass(frozen=True, kw_only=True)
class FoundColumn:
    """Where a file holds a column.

    Attributes
    ----------
    index : int
        Position in the header, from 0.
    factor : float
        From the file's unit to ours.
    """

    index: int
    factor: float


def map_columns(
    headers: Sequence[str], columns: Sequence[FileColumn], place: str
) -> dict[str, FoundColumn]:
    """Return where a file holds each column.

    By our name; a column that is not required may be absent.

    Examples
    --------
    >>> frequency = FileColumn(name="frequency_hz", headers={r"freq/hz": 1.0, r"freq/khz": 1e3})
    >>> map_columns(["time/s", "freq/kHz"], [frequency], "a.mpt, line 3")
    {'frequency_hz': FoundColumn(index=1, factor=1000.0)}
    """
    found = {}
    names = [header.strip() for header in headers]
    for column in columns:
        matches = [
            FoundColumn(index=index, factor=factor)
            for pattern, factor in column.patterns
            for index, name in enumerate(names)
            if pattern.fullmatch(name)
        ]
        matches = matches[:1] if column.is_ranked else matches
        indices = sorted({match.index for match in matches})
        if len(indices) > 1:
            raise IngestError(
                f"'{headers[indices[0]]}' and '{headers[indices[1]]}' both hold {column.name}",
                where=place,
                fix="rename or delete one of the two columns",
            )
        if matches:
            found[column.name] = matches[0]
        elif column.is_required:
            raise IngestError(
                f"no column holds {column.name}: the file has"
                f" {', '.join(repr(header.strip()) for header in headers[:12])}",
                where=place,
                fix="export that column too, with its unit in the header",
            )
    return found
