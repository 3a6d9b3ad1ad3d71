"""Figures as a journal wants them: one or two columns wide, fonts within, no date."""

from typing import Final, Literal

from electrodoe.report.drawing import shapes_of_figure
from electrodoe.report.figure import FigureData

PublicationFormat = Literal["pdf", "svg", "png"]

SINGLE_COLUMN_MM: Final = 85.0  # one column of a Cell Press journal; others differ by some mm
DOUBLE_COLUMN_MM: Final = 174.0
"""Both columns of a Cell Press journal; others differ by some mm."""
_MM_PER_IN: Final = 25.4
"""Exact: the international inch."""
_PIXELS_PER_IN: Final = 600.0
"""What journals ask of line art."""


def publication_figure(
    data: FigureData, file_format: PublicationFormat, width_mm: float | None = None
) -> bytes:
    """Return a figure as a file to hand in.

    Parameters
    ----------
    data : FigureData
        One of :func:`electrodoe.report.build_figures`.
    file_format : {"pdf", "svg", "png"}
        Vector with embedded fonts, vector with letters as outlines, or 600 pixels per inch.
    width_mm : float or None, mm
        Of the figure, from 80 to 200; without it 85 mm where the figure is narrow, else 174 mm.

    Returns
    -------
    bytes
        With letters of 7 to 8 points at any width: a narrow figure has fewer panels in a row. The
        same bytes for the same numbers.
    """
    from electrodoe.report.plot.on_paper import file_of

    own_mm = SINGLE_COLUMN_MM if data.is_narrow else DOUBLE_COLUMN_MM
    width_in = (width_mm or own_mm) / _MM_PER_IN
    return file_of(shapes_of_figure(data, width_in), file_format, _PIXELS_PER_IN)
