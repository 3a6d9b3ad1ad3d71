"""A cycler's clock that jumps back, mended so that no row is lost and no charge is invented."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.findings import Finding, found

_LONE: Final = 0.9
"""A clock that jumps forward again by this fraction of its fall has come back to itself."""
_LISTED: Final = 20
"""Line numbers listed in a finding: chosen, more make no sentence."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RepairedClock:
    """Times that never fall, and where they were mended.

    Attributes
    ----------
    time_s : array of shape (n_rows,), s
        Never falling.
    strays : array of shape (n_strays,), int
        Rows whose own time was wrong; they have the time of the next row, so that they carry no
        charge.
    restarts : array of shape (n_restarts,), int
        Rows from which on the clock was counted on from the row before.
    """

    time_s: Floats
    strays: Integers
    restarts: Integers


def repair_clock(time_s: Floats) -> RepairedClock:
    """Return a clock without jumps back.

    Parameters
    ----------
    time_s : array of shape (n_rows,), s
        As recorded.

    Returns
    -------
    RepairedClock
        The same times where they do not fall.

    Notes
    -----
    Where the clock falls and later jumps forward by nearly all of its fall, the rows between are
    strays. Where one row stands above both its neighbours, that row is the stray. Else the clock
    was started anew, and is counted on from the row before; the pause in between is not known.

    Examples
    --------
    >>> repair_clock(np.array([0.0, 10.0, 0.0, 10.5, 20.0])).time_s
    array([ 0. , 10. , 10.5, 10.5, 20. ])
    >>> repair_clock(np.array([0.0, 5.0, 10.0, 1.0, 6.0])).time_s
    array([ 0.,  5., 10., 10., 15.])
    """
    clock = time_s.copy()
    strays: list[int] = []
    restarts: list[int] = []
    for row in np.flatnonzero(np.diff(time_s) < 0.0) + 1:
        if clock[row] >= clock[row - 1]:
            continue
        back = _comes_back(clock, int(row))
        if back is not None:
            clock[row:back] = clock[back]
            strays.extend(range(int(row), back))
        elif row > 1 and clock[row] >= clock[row - 2]:
            clock[row - 1] = clock[row]
            strays.append(int(row) - 1)
        else:
            clock[row:] += clock[row - 1] - clock[row]
            restarts.append(int(row))
    return RepairedClock(
        time_s=np.maximum.accumulate(clock),
        strays=np.array(strays, dtype=np.int64),
        restarts=np.array(restarts, dtype=np.int64),
    )


def clock_findings(path: Path, clock: RepairedClock, lines: Integers) -> tuple[Finding, ...]:
    """Return how many rows were mended, and where."""
    n_strays, n_restarts = len(clock.strays), len(clock.restarts)
    if n_strays + n_restarts == 0:
        return ()
    parts = []
    if n_strays:
        parts.append(
            f"{n_strays} row{'' if n_strays == 1 else 's'} with a stray time got that of the next"
            " row and carry no charge"
        )
    if n_restarts:
        parts.append(
            f"{n_restarts} restart{'' if n_restarts == 1 else 's'} from which on time is counted"
            " on from the row before"
        )
    rows = np.sort(np.concatenate([clock.strays, clock.restarts]))
    listed = ", ".join(str(line) for line in lines[rows[:_LISTED]])
    more = f" and {len(rows) - _LISTED} more" if len(rows) > _LISTED else ""
    finding = found(
        "D220",
        f"the clock falls: {'; '.join(parts)}; no row was left out",
        f"{path}, lines {listed}{more}",
    )
    return (finding,)


def _comes_back(clock: Floats, row: int) -> int | None:
    """Return the row at which a fallen clock is itself again, if it ever is."""
    before = clock[row - 1]
    later = np.flatnonzero(clock[row + 1 :] >= before)
    if len(later) == 0:
        return None
    back = row + 1 + int(later[0])
    is_jump = clock[back] - clock[back - 1] >= _LONE * (before - clock[row])
    return back if is_jump else None
