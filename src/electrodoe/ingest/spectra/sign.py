"""The sign of the imaginary part, from the points themselves.

A cell in a blocking electrolyte is a capacitor to slow signals: at the low end of a sweep the
imaginary part of its impedance is negative. The high end says nothing, for cables are inductive.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.spectra.points import SpectrumPoints

_MAJORITY: Final = 0.8
"""Fraction of the points in the lower half that have to agree on a sign."""
_LIKE_A_COIL: Final = 0.9
"""Rank correlation of frequency and imaginary part from which a sweep looks like a wire alone."""

Lean = Literal["capacitive", "inductive", "coil", "mixed"]


def lean(frequency_hz: Floats, imaginary_ohm: Floats) -> Lean:
    """Return what the lower half of the points says, zero or missing ones aside.

    Parameters
    ----------
    frequency_hz, imaginary_ohm : array of shape (n_points,), Hz and ohm
        In any order.

    Returns
    -------
    {"capacitive", "inductive", "coil", "mixed"}
        Four of five points of the lower half are negative, or positive; ``coil`` where all points
        are positive and rise with frequency, as a wire's do: the sweep may end before its
        capacitor shows.

    Examples
    --------
    >>> import numpy as np
    >>> lean(np.array([1e3, 1e2, 1e1, 1.0]), np.array([0.5, -1.0, -8.0, -70.0]))
    'capacitive'
    """
    is_measured = (frequency_hz > 0.0) & (np.nan_to_num(imaginary_ohm) != 0.0)
    frequency, imaginary = frequency_hz[is_measured], imaginary_ohm[is_measured]
    if len(frequency) == 0:
        return "mixed"
    lower = imaginary[np.argsort(frequency, kind="stable")[: (len(frequency) + 1) // 2]]
    if np.mean(lower < 0.0) >= _MAJORITY:
        return "capacitive"
    if np.mean(lower > 0.0) < _MAJORITY:
        return "mixed"
    is_coil = len(frequency) < 3 or (
        bool(np.all(imaginary > 0.0)) and _rank_correlation(frequency, imaginary) >= _LIKE_A_COIL
    )
    return "coil" if is_coil else "inductive"


def _rank_correlation(first: Floats, second: Floats) -> float:
    """Return Spearman's correlation; 0 where one of the two is constant."""
    if np.ptp(first) == 0.0 or np.ptp(second) == 0.0:
        return 0.0
    ranks = np.argsort(np.argsort([first, second], axis=1, kind="stable"), axis=1, kind="stable")
    centered = ranks - (len(first) - 1) / 2.0
    return float(np.prod(centered, axis=0).sum() / np.square(centered[0]).sum())


def settle_sign(
    file: TextFile, tables: Sequence[SpectrumPoints], *, has_header: bool = True
) -> tuple[SpectrumPoints, ...]:
    """Return a file's tables with capacitive points negative.

    Turned where neither format nor header says the sign and the points do, with a finding; a
    warning where they are inductive and must not be turned.
    """
    frequency = np.concatenate([table.frequency_hz for table in tables])
    imaginary = np.concatenate([table.impedance_ohm.imag for table in tables])
    found = lean(frequency, imaginary)
    is_open = not any(table.is_sign_said for table in tables)
    if is_open and not has_header and found in ("coil", "mixed"):
        raise IngestError(
            "the sign of the imaginary part is neither said nor plain from the points",
            where=file.place(int(tables[0].lines[0])),
            fix="write a header: Frequency (Hz), Re(Z) (Ohm), Im(Z) (Ohm), or -Im(Z) (Ohm)",
        )
    if is_open and found == "inductive":
        turned = (replace(table, impedance_ohm=table.impedance_ohm.conj()) for table in tables)
        return tuple(table.with_findings(_turned(file, table)) for table in turned)
    if found in ("inductive", "coil"):
        return tuple(table.with_findings(_inductive(file, table)) for table in tables)
    return tuple(tables)


def _turned(file: TextFile, table: SpectrumPoints) -> Finding:
    """Return the finding that −Im Z was stored."""
    return found(
        "D213",
        "the imaginary part is positive at low frequencies and no minus stands in its header:"
        " read as −Im Z, since a cell is capacitive there",
        _span(file, table),
    )


def _inductive(file: TextFile, table: SpectrumPoints) -> Finding:
    """Return the finding that a sweep is inductive where a cell is capacitive."""
    return found(
        "D211",
        "the imaginary part is positive in the lower half of the frequencies, where a cell in"
        " a blocking electrolyte is capacitive",
        _span(file, table),
    )


def _span(file: TextFile, table: SpectrumPoints) -> str:
    """Return the lines of a table, for a message."""
    return f"{file.path}, lines {table.lines[0]} to {table.lines[-1]}"
