"""One sweep of an impedance analyzer, as its file holds it."""

from dataclasses import dataclass
from pathlib import Path

from electrodoe.arrays import Complexes, Floats, Integers
from electrodoe.findings import Finding


@dataclass(frozen=True, kw_only=True, eq=False)
class ImpedanceSpectrum:
    """One sweep, highest frequency first, whatever the order in the file.

    Attributes
    ----------
    path : Path
        The file.
    format : str
        What the reader calls it: ``EC-Lab text``.
    sweep : int
        Position among the file's sweeps, from 1.
    frequency_hz : array of shape (n_points,), Hz
        Positive and finite, falling.
    impedance_ohm : array of shape (n_points,), complex, ohm
        With the sign of the law: capacitive points have a negative imaginary part.
    lines : array of shape (n_points,), int
        Line of each point, counted from 1.
    findings : tuple of Finding
        What the reader remarked: points left out, sign turned, a last line that may be cut.
    """

    path: Path
    format: str
    sweep: int = 1
    frequency_hz: Floats
    impedance_ohm: Complexes
    lines: Integers
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> str:
        """Return where the sweep stands, for a message."""
        return f"{self.path}, lines {self.lines.min()} to {self.lines.max()}"
