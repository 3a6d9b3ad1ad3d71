"""Impedance spectra with their fits, each seen as a whole and at the line's bend."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.report.figure import FigureData
from electrodoe.report.style import FAINT, FIRST, INK, MUTED, SECOND, SMALL, few_ticks, panels

MOST_SPECTRA: Final = 12
"""On one page of paper."""
_BEND: Final = 0.8
"""Share of the ionic resistance that the second panel shows beyond R0."""
_COLUMNS: Final = ("spectrum", "name", "accepted", "flags", "r0_ohm", "ionic_resistance_ohm")


def build(
    curves: pl.DataFrame, table: pl.DataFrame, names: Mapping[int, str], page: int = 1
) -> FigureData:
    """Return some spectra, their fits and what the screening says.

    Parameters
    ----------
    curves : polars.DataFrame
        Points of these spectra, as ``impedance_curves`` of preprocess returns them.
    table : polars.DataFrame
        Condensed rows of all spectra, in their order.
    names : mapping of int to str
        What each spectrum is called.
    page : int
        Number of the page, from 1.

    Returns
    -------
    FigureData
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


def draw(data: FigureData) -> Figure:
    """Return two panels per spectrum, two spectra in a row; one alone is drawn small."""
    spectra = data.frame["spectrum"].unique(maintain_order=True).to_list()
    if len(spectra) == 1:
        figure = Figure(figsize=(4.7, 2.2))
        axes = [figure.add_axes((left, 0.19, 0.39, 0.78)) for left in (0.1, 0.6)]
    else:
        figure, axes = panels(2 * len(spectra), 4, height_in=1.35, left_in=0.5, top_in=0.36)
    for position, spectrum in enumerate(spectra):
        rows = data.frame.filter(pl.col("spectrum") == spectrum)
        whole, bend = axes[2 * position : 2 * position + 2]
        about = dict(zip(_COLUMNS, rows.select(_COLUMNS).row(0), strict=True))
        for ax in (whole, bend):
            _draw_spectrum(ax, rows, is_accepted=bool(about["accepted"]))
        _title(whole, about)
        _zoom(figure, bend, rows, about)
    return figure


def _draw_spectrum(ax: Axes, rows: pl.DataFrame, *, is_accepted: bool) -> None:
    """Draw points and fit, with one scale for both axes."""
    used, unused = rows.filter("is_used"), rows.filter(~pl.col("is_used"))
    ax.plot(unused["real_ohm"], unused["minus_imaginary_ohm"], "o", mfc="none", mec=FAINT, ms=3)
    look: dict[str, Any] = (
        {"marker": "o", "color": FIRST, "ms": 2.6}
        if is_accepted
        else {"marker": "x", "color": SECOND, "ms": 3.4, "mew": 0.9}
    )
    ax.plot(used["real_ohm"], used["minus_imaginary_ohm"], ls="", **look)
    fit = rows.drop_nulls("fit_real_ohm")
    ax.plot(fit["fit_real_ohm"], fit["fit_minus_imaginary_ohm"], "-", color=INK, lw=0.8)
    ax.set_aspect("equal", adjustable="datalim")
    ax.axhline(0.0, color=MUTED, lw=0.5)
    ax.set_xlabel("Re Z, ohm")
    ax.set_ylabel("−Im Z, ohm")
    few_ticks(ax, 4, 3)


def _title(ax: Axes, about: Mapping[str, Any]) -> None:
    """Write name, verdict and flags above a spectrum's first panel, where it has a name."""
    if not about["name"]:
        return
    mark, word = ("●", "accepted") if about["accepted"] else ("×", "rejected")
    flags = f": {about['flags']}" if about["flags"] else ""
    ax.set_title(_short(about["name"], 48), pad=13.0)
    ax.annotate(
        _short(f"{mark} {word}{flags}", 62),
        (0.0, 1.0),
        (0.0, 3.0),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=SMALL,
        color=FIRST if about["accepted"] else SECOND,
    )


def _zoom(figure: Figure, ax: Axes, rows: pl.DataFrame, about: Mapping[str, Any]) -> None:
    """Show what lies around the bend."""
    reach = about["ionic_resistance_ohm"]
    if reach is None:
        return
    span = _BEND * min(reach, float(rows["real_ohm"].max() or reach))  # type: ignore[arg-type]  # a float column
    start = about["r0_ohm"] - 0.15 * span
    ax.set_aspect("auto")
    width, height = ax.get_position().width, ax.get_position().height
    size = figure.get_size_inches()
    ratio = height * size[1] / (width * size[0])
    ax.set_xlim(start, start + 1.2 * span)
    ax.set_ylim(-0.08 * span, -0.08 * span + 1.2 * span * ratio)


def _short(text: str, most: int) -> str:
    """Return a text without its middle, where it is long."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"
