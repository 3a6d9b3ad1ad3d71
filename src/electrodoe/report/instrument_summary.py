"""One measurement that samples were condensed from: how much there is, and what to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class InstrumentSummary:
    """One measurement of a study.

    Attributes
    ----------
    name : str
        Its protocol's.
    instrument : str
        What measured.
    n_runs, n_samples, n_rejected, n_outliers : int
        How much there is, and how much of it is doubtful.
    pictures : mapping of str to str
        SVG by key of ``PICTURES``.
    files : tuple of str
        Table and galleries, relative to the report.
    """

    name: str
    instrument: str
    n_runs: int
    n_samples: int
    n_rejected: int
    n_outliers: int
    files: tuple[str, ...]
    pictures: Mapping[str, str] = field(default_factory=dict)
