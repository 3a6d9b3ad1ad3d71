"""Pull-off curves, each as a whole with its parts and near its peak, for a person to look at."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.findings import Severity
from electrodoe.preprocess.adhesion import PullOffTest
from electrodoe.report.figure import FigureData
from electrodoe.report.plot import (
    Box,
    Dots,
    Drawing,
    Line,
    Panel,
    Segments,
    across,
    apart,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.style import FAINT, FIRST, INK, MUTED, PAGE_WIDTH_IN, SECOND, wrapped

_PER_FIGURE: Final = 8  # tests; chosen
_BINS: Final = 150  # of a curve, of which the min and max are drawn; chosen
_NAME_WIDTH: Final = 26  # letters that fit above a panel
_ZERO_DASHES: Final = (4.0, 3.0)
"""Of the zero line, in points: line and gap; longer than those of other lines."""
_PARTS: Final = ("before", "compression", "dwell", "pull", "after")
_COLORS: Final = {
    "unknown": MUTED,
    "before": FAINT,
    "compression": SECOND,
    "dwell": MUTED,
    "pull": FIRST,
    "after": FAINT,
}


def build(tests: Sequence[PullOffTest]) -> list[FigureData]:
    """Return pictures of pull-off curves, eight to a figure.

    ``curve, title, note, accepted, view, part, x, y``: time in s and force in N in the view
    ``whole``, tension positive, with ``zero`` as its own part; in the view ``peak`` the time from
    the peak in s and the force less its zero, with ``window`` for the points behind the peak and
    ``peak`` for the peak with both ends of its interval.
    """
    figures = []
    for number, first in enumerate(range(0, len(tests), _PER_FIGURE), start=1):
        own = tests[first : first + _PER_FIGURE]
        frames = [_frame(first + at, test) for at, test in enumerate(own)]
        figures.append(
            FigureData(
                name="pull_off_gallery" if number == 1 else f"pull_off_gallery-{number}",
                title="Pull-off curves",
                caption=(
                    "Left of each pair the whole test with tension upwards: free travel (light),"
                    " compression (orange), dwell (gray), pull (blue), and the zero line that is"
                    " taken off (dashed). Right the force less its zero around the peak, with the"
                    " points behind the peak and its 95 % interval."
                ),
                kind="pull_off_gallery",
                frame=pl.concat(frames),
            )
        )
    return figures


def _frame(number: int, test: PullOffTest) -> pl.DataFrame:
    """Return one curve's rows."""
    rows = pl.concat(
        [
            pl.DataFrame({"x": x, "y": y}).select(
                pl.lit(view).alias("view"), pl.lit(part).alias("part"), "x", "y"
            )
            for view, part, x, y in _lines(test)
        ]
    )
    words = {
        "curve": number,
        "title": _title(test),
        "note": _note(test),
        "accepted": test.is_accepted,
    }
    return rows.select(*(pl.lit(value).alias(name) for name, value in words.items()), pl.all())


def _title(test: PullOffTest) -> str:
    """Return a curve's name, short enough for its panel."""
    name = test.curve.path.stem
    short = name if len(name) <= _NAME_WIDTH else f"{name[: _NAME_WIDTH - 1]}…"
    return short if test.curve.specimen == 1 else f"{short} #{test.curve.specimen}"


def _note(test: PullOffTest) -> str:
    """Return a curve's strength, or why it has none."""
    graves = [each.title.lower() for each in test.findings if each.severity is Severity.ERROR]
    if graves:
        return f"rejected: {', '.join(dict.fromkeys(graves))}"
    half = test.half_width_kpa
    digits = max(0, 1 - int(np.floor(np.log10(half)))) if half > 0.0 else 1
    return f"{test.adhesion_strength_kpa:.{digits}f} ± {half:.{digits}f} kPa"


_Line = tuple[str, str, Floats, Floats]


def _lines(test: PullOffTest) -> Iterator[_Line]:
    """Yield the lines of a curve: view, part, x, y."""
    time, force, reading = test.curve.time_s, test.curve.force_n, test.reading
    time = time - time[0]
    if reading is None:
        yield "whole", "unknown", *_thinned(time, force)
        return
    sign = reading.orientation.tension_sign
    for part in _PARTS:
        segment: slice = getattr(reading.segments, part)
        joined = slice(max(segment.start - 1, 0), segment.stop)
        if segment.stop > segment.start:
            yield "whole", part, *_thinned(time[joined], sign * force[joined])
    ends = test.curve.time_s[[0, -1]]
    yield "whole", "zero", time[[0, -1]], sign * reading.baseline.line.at(ends)
    peak = reading.peak
    lasted = max(peak.rupture - reading.segments.pull.start, 10)
    near = slice(reading.segments.pull.start, min(peak.rupture + lasted // 2, time.size))
    past = time - time[peak.index]
    yield "peak", "pull", *_thinned(past[near], reading.pull_n[near])
    yield "peak", "window", *_thinned(past[peak.window], reading.pull_n[peak.window])
    half = test.half_width_kpa * test.area_mm2 / 1000.0
    yield (
        "peak",
        "peak",
        np.zeros(3),
        np.array([peak.force_n - half, peak.force_n, peak.force_n + half]),
    )


def _thinned(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return few points that look like all: the minimum and the maximum of each of many bins."""
    if x.size <= 2 * _BINS:
        return x, y
    edges = np.linspace(0, x.size, _BINS + 1).astype(np.int64)
    kept = {0, x.size - 1}
    for start, stop in pairwise(edges.tolist()):
        kept |= {start + int(y[start:stop].argmin()), start + int(y[start:stop].argmax())}
    at = np.array(sorted(kept))
    return x[at], y[at]


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return two panels per curve, two curves in a row."""
    curves = data.frame.partition_by("curve", maintain_order=True)
    whole = sheet(
        width_in,
        2 * len(curves),
        4,
        height_in=1.15,
        left_in=0.52,
        bottom_in=0.42,
        top_in=0.45,
        min_in=1.6,
    )
    panels = []
    for rows, left, right in zip(curves, whole.boxes[::2], whole.boxes[1::2], strict=True):
        panels.append(_whole(rows, left))
        peak = rows.filter(pl.col("view") == "peak")
        panels += [_peak(peak, right)] if peak.height else []
    return drawing_of(whole, panels)


def _whole(rows: pl.DataFrame, box: Box) -> Panel:
    """Return a test with its parts, its zero, its name and its strength."""
    seen = rows.filter(pl.col("view") == "whole")
    lines = [
        _line(line, "zero", INK, 0.8, _ZERO_DASHES)
        if part == "zero"
        else _line(line, str(part), _COLORS[str(part)], 1.1)
        for (part,), line in seen.group_by("part", maintain_order=True)
    ]
    return Panel(
        box=box,
        x=round_axis(limits(seen["x"]), 4, label="time (s)"),
        y=round_axis(limits(seen["y"]), 3, label="force (N)"),
        marks=lines,
        title=rows["title"][0],
        note=wrapped(rows["note"][0], 64).replace("\n", " "),
        note_color=INK if rows["accepted"][0] else SECOND,
        title_gap=4.0,
    )


def _line(
    rows: pl.DataFrame, part: str, color: str, width: float, dashes: tuple[float, ...] = ()
) -> Line:
    """Return one part of a curve as a line."""
    own = rows.filter(pl.col("part") == part)
    return Line(x=own["x"], y=own["y"], color=color, width=width, dashes=dashes)


def _peak(rows: pl.DataFrame, box: Box) -> Panel:
    """Return the force around its peak, with the peak and its interval."""
    low, middle, high = rows.filter(pl.col("part") == "peak")["y"].to_list()
    drawn = rows.filter(pl.col("part") != "peak")
    bottom, top = -0.2 * middle, limits(drawn["y"], [low, high])[1]
    return Panel(
        box=box,
        x=round_axis(limits(drawn["x"], [0.0]), 3, label="time from the peak (s)"),
        y=round_axis(apart(min(bottom, top), max(bottom, top)), 3),
        marks=[
            across(y=0.0, color=INK, width=0.8, dashes=_ZERO_DASHES),
            _line(rows, "pull", FAINT, 1.0),
            _line(rows, "window", FIRST, 1.2),
            Segments(x=0.0, y=low, to_x=0.0, to_y=high, color=INK, width=0.9),
            Dots(x=[0.0, 0.0], y=[low, high], color=INK, shape="bar", size=6.0),
            Dots(x=[0.0], y=[middle], color=INK, size=4.0),
        ],
    )
