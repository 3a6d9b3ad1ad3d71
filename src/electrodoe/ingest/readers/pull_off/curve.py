"""From a block of numbers to one test's curve, with findings on what is odd in it."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.column_map import FoundColumn
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.number_block import NumberBlock
from electrodoe.ingest.readers.pull_off.columns import CROSSHEAD, FORCE, STRESS, TIME, TRAVEL
from electrodoe.ingest.readers.pull_off.header import area_in_header, maximum_in_header
from electrodoe.ingest.records import PullOffCurve

_SAME_MAXIMUM: Final = 1e-3
"""Largest share by which a header's maximum, rounded and smoothed, may differ from the curve's."""


def build_curve(
    file: TextFile,
    block: NumberBlock,
    found: Mapping[str, FoundColumn],
    *,
    format_name: str,
    specimen: int,
    header: Mapping[str, str],
    area_mm2: float | None,
) -> PullOffCurve:
    """Return the curve that some columns of a block hold."""
    place = file.place(int(block.lines[0]))
    columns = {
        name: block.frame.to_series(where.index).to_numpy().astype(np.float64) * where.factor
        for name, where in found.items()
    }
    own_area_mm2 = area_in_header(header)
    force, scaled = _force(columns, own_area_mm2 or area_mm2, place)
    time, travel = columns[TIME], columns.get(TRAVEL, columns.get(CROSSHEAD))
    is_row = np.any([np.isfinite(values) for values in columns.values()], axis=0)
    is_whole = np.isfinite(force) & np.isfinite(time)
    if not is_whole.any():
        raise IngestError(
            f"specimen {specimen} has no row with both time and force",
            where=place,
            fix="export time and force with the curve",
        )
    left_out = block.lines[is_row & ~is_whole]
    return PullOffCurve(
        path=file.path,
        format=format_name,
        specimen=specimen,
        time_s=time[is_whole],
        travel_mm=None if travel is None else travel[is_whole],
        force_n=force[is_whole],
        lines=block.lines[is_whole],
        header=header,
        area_mm2=own_area_mm2,
        findings=(
            *block.findings,
            *scaled,
            *_left_out(file, left_out),
            *_not_rising(file, time[is_whole], block.lines[is_whole]),
            *_other_maximum(header, force[is_whole], own_area_mm2, place),
        ),
    )


def _force(
    columns: Mapping[str, Floats], area_mm2: float | None, place: str
) -> tuple[Floats, tuple[Finding, ...]]:
    """Return the force, of a stress by its area."""
    if FORCE in columns:
        return columns[FORCE], ()
    if STRESS not in columns:
        raise IngestError(
            "no column holds a force with its unit",
            where=place,
            fix="export the force with its unit, as in 'Force (N)' or with a row of units",
        )
    if area_mm2 is None:
        raise IngestError(
            "a stress (MPa) where a force is meant, and no area to turn it back",
            where=place,
            fix="give the specimen's area: --area-mm2, or area_mm2 of the protocol",
        )
    scaled = found(
        "D232", f"the file holds a stress; force is that stress times {area_mm2:g} mm²", place
    )
    return columns[STRESS] * area_mm2, (scaled,)


def _left_out(file: TextFile, lines: Integers) -> tuple[Finding, ...]:
    """Return the finding about rows without time or force."""
    if lines.size == 0:
        return ()
    reported = found(
        "D230",
        f"{lines.size} rows have no force or no time and are left out",
        file.place(int(lines[0])),
    )
    return (reported,)


def _not_rising(file: TextFile, time_s: Floats, lines: Integers) -> tuple[Finding, ...]:
    """Return the finding about a clock that stands still or jumps back."""
    falls = np.flatnonzero(np.diff(time_s) <= 0.0)
    if falls.size == 0:
        return ()
    reported = found(
        "D231",
        f"{falls.size} times a point is not later than the one before it",
        file.place(int(lines[falls[0] + 1])),
    )
    return (reported,)


def _other_maximum(
    header: Mapping[str, str], force_n: Floats, area_mm2: float | None, place: str
) -> tuple[Finding, ...]:
    """Return the finding about a header that states another maximum force than the curve has."""
    stated = maximum_in_header(header, area_mm2)
    largest = float(np.abs(force_n).max())
    if stated is None or abs(largest - stated) <= _SAME_MAXIMUM * max(largest, stated):
        return ()
    reported = found(
        "D233",
        f"the header's maximum force is {stated:.5g} N, the curve's {largest:.5g} N",
        place,
    )
    return (reported,)
