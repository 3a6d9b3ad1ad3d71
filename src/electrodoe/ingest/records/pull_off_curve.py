"""What a testing machine recorded of one pull-off test."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from electrodoe.arrays import Floats, Integers
from electrodoe.findings import Finding


@dataclass(frozen=True, kw_only=True, eq=False)
class PullOffCurve:
    """One test's curve.

    Attributes
    ----------
    path : Path
        The file.
    format : str
        What the reader calls it: ``testXpert export``.
    specimen : int
        Which specimen of the file, from 1.
    time_s : array of shape (n_points,), s
        Rising, unless a finding says otherwise.
    travel_mm : array of shape (n_points,), mm, or None
        Crosshead travel.
    force_n : array of shape (n_points,), N
        With the machine's own sign.
    lines : array of shape (n_points,), int
        Line of each point, counted from 1.
    header : mapping of str to str
        What the file says of the test, under the machine's own words, value and unit as text.
    area_mm2 : float or None, mm²
        The specimen's, as the file states it.
    findings : tuple of Finding
        What the reader remarked.
    """

    path: Path
    format: str
    specimen: int = 1
    time_s: Floats
    travel_mm: Floats | None
    force_n: Floats
    lines: Integers
    header: Mapping[str, str]
    area_mm2: float | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> str:
        """Return where the curve stands, for a message."""
        return f"{self.path}, lines {self.lines.min()} to {self.lines.max()}"
