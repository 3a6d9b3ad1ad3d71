"""From a figure's numbers to SVG and PNG: the same bytes for the same numbers."""

import hashlib
import io
import re
from typing import Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from electrodoe.report.catalogue import DRAWN_ALONE, FIGURES
from electrodoe.report.figure import DrawnFigure, FigureData
from electrodoe.report.style import LIGHT, RC, SECOND

SIMULATED: Final = "SIMULATED DATA, NOT MEASURED"
"""Written into every figure, and on every page, of data that were made up."""

_PNG_DPI: Final = 130
_MARK_IN: Final = 0.22
_FONTS: Final = "Segoe UI, Helvetica Neue, Arial, DejaVu Sans, sans-serif"


def draw_figure(data: FigureData) -> DrawnFigure:
    """Return a figure drawn from its numbers.

    Parameters
    ----------
    data : FigureData
        One of :func:`build_figures`, or a figure of a kind that is drawn alone.

    Returns
    -------
    DrawnFigure
        Deterministic; neither holds a date.
    """
    with mpl.rc_context(RC):
        figure = drawing_of(data)
        png = io.BytesIO()
        svg = _svg(figure, data)
        figure.savefig(
            png,
            format="png",
            dpi=_PNG_DPI,
            metadata={"Software": None},
            bbox_inches=saved_area(figure, data),
        )
    return DrawnFigure(svg=svg, png=png.getvalue())


def draw_svg(data: FigureData) -> str:
    """Return a figure as SVG alone, for a page of many; the same as :func:`draw_figure` has."""
    with mpl.rc_context(RC):
        return _svg(drawing_of(data), data)


def _svg(figure: Figure, data: FigureData) -> str:
    """Return a drawn figure as slim SVG."""
    svg = io.StringIO()
    no_date = {"Date": None, "Creator": None}
    figure.savefig(svg, format="svg", metadata=no_date, bbox_inches=saved_area(figure, data))
    return _slim(svg.getvalue(), data.name)


def drawing_of(data: FigureData) -> Figure:
    """Return a figure as matplotlib's, in the settings that hold; made-up data are marked."""
    draw = DRAWN_ALONE[data.kind] if data.kind in DRAWN_ALONE else FIGURES[data.kind].draw
    figure = draw(data)
    if data.is_simulated:
        figure.text(
            0.5,
            -0.5 * _MARK_IN / figure.get_figheight(),
            SIMULATED,
            color=SECOND,
            fontweight="bold",
            ha="center",
            va="center",
        )
    return figure


def saved_area(figure: Figure, data: FigureData) -> Bbox:
    """Return what of a figure is saved, in inches: all of it, and the mark of made-up data."""
    bottom = -_MARK_IN if data.is_simulated else 0.0
    return Bbox.from_extents(0.0, bottom, figure.get_figwidth(), figure.get_figheight())


def _slim(svg: str, name: str) -> str:
    """Return the picture with short numbers, and with ids that only this figure has."""
    svg = re.sub(_NOT_DRAWN, "", svg, flags=re.DOTALL)
    svg = re.sub(_LONG_NUMBERS, lambda match: match[1] or match[2], svg)
    svg = svg.replace("xlink:href", "href")
    svg = svg.replace(" font-family: 'DejaVu Sans';", "")
    svg = re.sub(r' transform="rotate\(-0 [^"]*"', "", svg)
    svg = re.sub(_SAME_MARKS, _marks_in_one_style, svg)
    svg = re.sub(r"\s*\n\s*", "\n", _own_ids(svg, name)).strip()
    head = f'<svg role="img" aria-label="{name}" font-family="{_FONTS}" '
    return svg.replace("<svg ", head, 1) + "\n"


def _own_ids(svg: str, name: str) -> str:
    """Return the picture without unused ids; the others begin with a hash of the figure's name."""
    prefix = hashlib.sha256(name.encode()).hexdigest()[:8]
    used = dict.fromkeys(re.findall(r'(?:url\(|href=")#([^)"]+)', svg))
    short = {old: f"f{prefix}-{number}" for number, old in enumerate(used)}
    svg = re.sub(
        r' id="([^"]*)"', lambda match: f' id="{short[match[1]]}"' if match[1] in short else "", svg
    )
    return re.sub(r'(url\(|href=")#([^)"]+)', lambda match: f"{match[1]}#{short[match[2]]}", svg)


_NOT_DRAWN: Final = r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>"
_LONG_NUMBERS: Final = r"(>[^<]*<)|(\d+\.\d{2})\d+"
"""Texts between tags first, for they are kept as they are: 0.005 is no tick of 0.00."""
_SAME_MARKS: Final = r'(<g clip-path="[^"]*">|<g>)\n((?:\s*<use [^>]*style="[^"]*"/>\n)+)\s*</g>'


def _marks_in_one_style(match: re.Match[str]) -> str:
    """Return a group of marks that says their style once instead of at every mark."""
    styles = set(re.findall(r' style="([^"]*)"', match[2]))
    if len(styles) != 1:
        return match[0]
    bare = re.sub(r' style="[^"]*"', "", match[2])
    return f'{match[1][:-1]} style="{styles.pop()}">\n{bare}</g>'


def themed(svg: str) -> str:
    """Return an SVG for a page: its colors are the page's variables, light or dark.

    Parameters
    ----------
    svg : str
        As :func:`draw_figure` returns it.

    Returns
    -------
    str
        Without fixed size and namespaces, to be written into HTML.
    """
    for role, color in LIGHT.items():
        svg = svg.replace(color, f"var(--{role})")
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
    head, body = svg.split(">", 1)
    head = re.sub(r' (width|height|version)="[^"]*"', "", head)
    return f"{head}>{body}"
