"""The coil cut into segments: none reaches across a run's border or a splice."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from electrodoe.errors import StudyError

PLAIN: Final = "plain"
TRANSITION: Final = "transition"
SPLICE: Final = "splice"
_SAME_M: Final = 1e-9
"""A nanometer: places that only rounding parts."""
_SHORTEST: Final = 0.5
"""Of a segment's length: a shorter rest joins the segment before it."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Web from here to there, as lengths that had passed the blade."""

    name: str
    start_m: float
    end_m: float


def lay_web_segments(
    length_m: float,
    segment_m: float,
    runs: Sequence[Span] = (),
    splices: Sequence[Span] = (),
    transition_m: float = 0.0,
) -> pl.DataFrame:
    """Return the segments of a coil.

    ``run`` (null where none is), ``start_m, end_m``, ``kind`` (plain, transition or splice), in the
    order of the web and without gaps.

    Examples
    --------
    >>> lay_web_segments(1.4, 0.5, [Span(name="1", start_m=0.0, end_m=0.6)]).rows()
    [('1', 0.0, 0.6, 'plain'), (None, 0.6, 1.1, 'plain'), (None, 1.1, 1.4, 'plain')]
    """
    _refuse_overlap(runs)
    cuts = _cuts(length_m, runs, splices, transition_m)
    rows = []
    for start_m, end_m in pairwise(cuts):
        middle_m = 0.5 * (start_m + end_m)
        run = next((one for one in runs if one.start_m <= middle_m < one.end_m), None)
        kind = _kind(middle_m, run, splices, transition_m)
        edges = _edges(start_m, end_m, segment_m)
        rows += [(run.name if run else None, *pair, kind) for pair in pairwise(edges)]
    return pl.DataFrame(
        rows,
        schema={"run": pl.String, "start_m": pl.Float64, "end_m": pl.Float64, "kind": pl.String},
        orient="row",
    )


def _cuts(
    length_m: float, runs: Sequence[Span], splices: Sequence[Span], transition_m: float
) -> list[float]:
    """Return every place where a segment has to end."""
    borders = [place for span in (*runs, *splices) for place in (span.start_m, span.end_m)]
    settled = [min(one.start_m + transition_m, one.end_m) for one in runs if transition_m > 0.0]
    inside = sorted(place for place in borders + settled if _SAME_M < place < length_m - _SAME_M)
    cuts = [0.0]
    for place in [*inside, length_m]:
        if place - cuts[-1] > _SAME_M:
            cuts.append(place)
    return cuts


def _edges(start_m: float, end_m: float, segment_m: float) -> list[float]:
    """Return the borders of the segments within a piece; a short rest joins the last of them."""
    n_whole = int((end_m - start_m) / segment_m + _SAME_M)
    rest_m = end_m - start_m - n_whole * segment_m
    n_inner = n_whole if rest_m >= _SHORTEST * segment_m else n_whole - 1
    inner = start_m + segment_m * np.arange(1, max(n_inner, 0) + 1)
    return [start_m, *inner.tolist(), end_m]


def _kind(middle_m: float, run: Span | None, splices: Sequence[Span], transition_m: float) -> str:
    """Return what kind of web lies at a place."""
    if any(one.start_m <= middle_m < one.end_m for one in splices):
        return SPLICE
    is_early = run is not None and middle_m < run.start_m + transition_m
    return TRANSITION if is_early else PLAIN


def _refuse_overlap(runs: Sequence[Span]) -> None:
    """Raise where two runs hold the same web."""
    ordered = sorted(runs, key=lambda one: one.start_m)
    for before, after in pairwise(ordered):
        if after.start_m < before.end_m - _SAME_M:
            raise StudyError(
                f"run '{before.name}' ends at {before.end_m:.3f} m, after run '{after.name}' begins"
                f" at {after.start_m:.3f} m",
                where=f"runs '{before.name}' and '{after.name}' of the coil",
                fix="correct the start or the end of one of the two",
            )
