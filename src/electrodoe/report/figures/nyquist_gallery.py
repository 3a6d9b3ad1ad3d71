"""Impedance spectra with their fits, each seen as a whole and at the line's bend."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.report.figure import FigureData
from electrodoe.report.plot import (
    Box,
    Dots,
    Drawing,
    Line,
    Panel,
    Sheet,
    apart,
    drawing_of,
    limits,
    round_axis,
    same_scale,
    sheet,
)
from electrodoe.report.style import FAINT, FIRST, INK, MUTED, PAGE_WIDTH_IN, SECOND

MOST_SPECTRA: Final = 12
"""On one page of paper."""
_BEND: Final = 0.8
"""Fraction of the ionic resistance that the second panel shows beyond R0."""
_ALONE_IN: Final = 4.7
"""Width of a single spectrum: two nearly square panels."""
_PANE: Final = Sheet(
    width=169.0, height=150.0, boxes=(Box(left=34.0, top=4.0, width=130.0, height=116.0),)
)
"""One panel of a card, in points; it can be read on a telephone's whole width."""


def build(
    curves: pl.DataFrame, table: pl.DataFrame, names: Mapping[int, str], page: int = 1
) -> FigureData:
    """Return some spectra, their fits and what the screening says.

    The points, with ``name, accepted, flags, r0_ohm, ionic_resistance_ohm`` beside each.
    """
    about = table.with_row_index("spectrum").select(
        pl.col("spectrum").cast(pl.Int64),
        *("accepted", "flags", "r0_ohm", "ionic_resistance_ohm"),
    )
    titles = pl.DataFrame(
        {"spectrum": list(names), "name": list(names.values())},
        schema_overrides={"name": pl.String},
    )
    frame = curves.join(titles, on="spectrum", maintain_order="left").join(
        about, on="spectrum", maintain_order="left"
    )
    return FigureData(
        name=f"nyquist_gallery-{page}",
        title="Impedance spectra and their fits",
        caption=(
            "Left the whole spectrum, right the bend, from which the ionic resistance comes. Line:"
            " fit. Blue dots: accepted; orange crosses: rejected; gray rings: points that the fit"
            " did not see."
        ),
        kind="nyquist_gallery",
        frame=frame,
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return two panels per spectrum, two spectra in a row; one alone is drawn small."""
    spectra = data.frame.partition_by("spectrum", maintain_order=True)
    is_alone = len(spectra) == 1
    page = sheet(
        min(width_in, _ALONE_IN) if is_alone else width_in,
        2 * len(spectra),
        4,
        height_in=1.72 if is_alone else 1.35,
        left_in=0.5,
        top_in=0.36,
        min_in=1.3,
    )
    panels = [
        panel
        for rows, *boxes in zip(spectra, page.boxes[::2], page.boxes[1::2], strict=True)
        for panel in _panels(rows, *boxes)
    ]
    return drawing_of(page, panels)


def card_drawings(rows: pl.DataFrame) -> list[Drawing]:
    """Return one spectrum for a card: the whole and the bend, each as its own drawing."""
    (box,) = _PANE.boxes
    return [drawing_of(_PANE, [panel]) for panel in _panels(rows, box, box)]


def _panels(rows: pl.DataFrame, whole: Box, knee: Box) -> Iterator[Panel]:
    """Yield a spectrum as a whole and its bend."""
    about = rows.row(0, named=True)
    marks = _marks(rows, is_accepted=about["accepted"])
    x, y = limits(*(mark.x for mark in marks)), limits(*(mark.y for mark in marks), [0.0])
    yield _panel(marks, whole, *same_scale(x, y, whole.width, whole.height), about)
    span = _knee_span(rows, about)
    if span is None:
        yield _panel(marks, knee, *same_scale(x, y, knee.width, knee.height))
        return
    start, width = about["r0_ohm"] - 0.15 * span, 1.2 * span
    low, height = -0.08 * span, width * knee.height / knee.width
    yield _panel(marks, knee, (start, start + width), (low, low + height))


def _panel(
    marks: Sequence[Line | Dots],
    box: Box,
    x: tuple[float, float],
    y: tuple[float, float],
    about: Mapping[str, Any] | None = None,
) -> Panel:
    """Return points and fit between axes with one scale; a name and a verdict where there are."""
    title, note, color = _title(about) if about and about["name"] else ("", "", "")
    return Panel(
        box=box,
        x=round_axis(apart(*x), 4, label="Re Z, ohm"),
        y=round_axis(apart(*y), 3, label="−Im Z, ohm"),
        marks=(*marks, Line(x=x, y=(0.0, 0.0), color=MUTED, width=0.5)),
        title=title,
        note=note,
        note_color=color,
        title_gap=3.0,
    )


def _marks(rows: pl.DataFrame, *, is_accepted: bool) -> list[Line | Dots]:
    """Return the points and the fit of a spectrum."""
    names = ("real_ohm", "minus_imaginary_ohm", "fit_real_ohm", "fit_minus_imaginary_ohm")
    real, imaginary, fit_real, fit_imaginary = (rows[name].to_numpy() for name in names)
    is_used, has_fit = rows["is_used"].to_numpy(), ~np.isnan(fit_real)  # a null is NaN here
    used: dict[str, Any] = {"x": real[is_used], "y": imaginary[is_used], "may_reach_out": False}
    return [
        Dots(
            x=real[~is_used],
            y=imaginary[~is_used],
            edge=FAINT,
            size=3.0,
            may_reach_out=False,
        ),
        Dots(color=FIRST, size=3.4, **used)
        if is_accepted
        else Dots(color=SECOND, shape="cross", size=3.4, edge_width=0.9, **used),
        Line(x=fit_real[has_fit], y=fit_imaginary[has_fit], color=INK, width=0.8),
    ]


def _title(about: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return a spectrum's name, its verdict with the flags, and the color of that."""
    mark, word = ("●", "accepted") if about["accepted"] else ("×", "rejected")
    flags = f": {about['flags']}" if about["flags"] else ""
    color = FIRST if about["accepted"] else SECOND
    return _short(about["name"], 48), _short(f"{mark} {word}{flags}", 62), color


def _knee_span(rows: pl.DataFrame, about: Mapping[str, Any]) -> float | None:
    """Return how much of the real axis lies around the bend; None where there is no bend."""
    reach = about["ionic_resistance_ohm"]
    if reach is None or about["r0_ohm"] is None:
        return None
    real = rows["real_ohm"].to_numpy()
    farthest = float(real[np.isfinite(real)].max(initial=0.0)) or reach
    span = _BEND * min(reach, farthest)
    return span if np.isfinite(span) and span > 0.0 else None


def _short(text: str, most: int) -> str:
    """Return a text without its middle, where it is long."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"
