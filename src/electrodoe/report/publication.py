"""Figures as a journal wants them: one or two columns wide, fonts within, no date."""

import io
from typing import Any, Final, Literal

import matplotlib as mpl

from electrodoe.report.drawing import drawing_of, saved_area
from electrodoe.report.figure import FigureData
from electrodoe.report.style import RC

PublicationFormat = Literal["pdf", "svg", "png"]

SINGLE_COLUMN_MM: Final = 85.0
DOUBLE_COLUMN_MM: Final = 174.0
_MM_PER_IN: Final = 25.4
_DPI: Final = 600
_NO_DATE: Final[dict[PublicationFormat, dict[str, None]]] = {
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}


def publication_figure(data: FigureData, file_format: PublicationFormat) -> bytes:
    """Return a figure as a file to hand in.

    Parameters
    ----------
    data : FigureData
        One of :func:`electrodoe.report.build_figures`.
    file_format : {"pdf", "svg", "png"}
        Vector with embedded fonts, vector with letters as outlines, or 600 pixels per inch.

    Returns
    -------
    bytes
        85 mm wide where the figure is narrow, else 174 mm, with letters of 7 to 8 points; the
        same bytes for the same numbers.
    """
    width_mm = SINGLE_COLUMN_MM if data.is_narrow else DOUBLE_COLUMN_MM
    width_in = width_mm / _MM_PER_IN
    settings: dict[Any, Any] = {
        "figure.figsize": (width_in, 0.62 * width_in),
        "pdf.fonttype": 42,
        "svg.fonttype": "path",
    }
    with mpl.rc_context({**RC, **settings}):
        figure, content = drawing_of(data), io.BytesIO()
        figure.savefig(
            content,
            format=file_format,
            dpi=_DPI,
            metadata=_NO_DATE[file_format],
            bbox_inches=saved_area(figure, data),
        )
    return content.getvalue()
