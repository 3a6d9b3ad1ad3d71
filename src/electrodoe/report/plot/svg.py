"""From shapes to SVG, written plainly: the same bytes for the same numbers."""

import hashlib
import re
from functools import cache, singledispatch
from html import escape
from typing import Final

import numpy as np

from electrodoe.report.plot.shapes import Drawing, Outline, Points, Shape, Stamp, Stamps, Text
from electrodoe.report.style import SURFACE

_FONTS: Final = "Segoe UI, Helvetica Neue, Arial, DejaVu Sans, sans-serif"
_DECIMALS: Final = 2
"""Of a place in points: a third of the finest dot that a printer sets."""
_NUMBER: Final = f"%.{_DECIMALS}f"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML may hold."""
_HATCH_PT, _HATCH_WIDTH_PT = 4.2, 0.8
"""Distance and width of slanting lines."""


def svg_of(drawing: Drawing, name: str) -> str:
    """Return a drawing as SVG.

    Parameters
    ----------
    drawing : Drawing
        Shapes in points.
    name : str
        What the picture is called; ids inside begin with its hash.

    Returns
    -------
    str
        Letters stay letters; nothing is loaded from elsewhere.
    """
    width, height = f"{drawing.width:.2f}", f"{drawing.height:.2f}"
    hatch = f"f{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    parts = [
        (
            f'<svg role="img" aria-label="{_attribute(name)}" font-family="{_FONTS}"'
            f' xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
            f' viewBox="0 0 {width} {height}" version="1.1">'
        ),
        f'<path d="M0 0H{width}V{height}H0Z" fill="{SURFACE}"/>',
    ]
    hatched = [shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.is_hatched]
    if hatched:
        parts.append(_pattern(hatch, hatched[0].fill))
    parts += [_written(shape, hatch) for shape in drawing.shapes]
    return "\n".join([*parts, "</svg>\n"])


@singledispatch
def _written(shape: Shape, hatch: str) -> str:
    """Return one shape as an element; each kind has its own function below."""
    raise NotImplementedError(f"{type(shape).__name__}, {hatch}")


@_written.register
def _outline(shape: Outline, hatch: str) -> str:
    """Return lines or an area as a path."""
    end = "Z" if shape.is_closed else ""
    pattern = "".join(f"M{_pairs(len(ring))}{end}" for ring in shape.rings)
    path = pattern % tuple(_rounded(np.concatenate(shape.rings)).ravel().tolist())
    fill = f"url(#{hatch})" if shape.is_hatched else shape.fill
    look = _look(fill, shape.stroke, shape.width)
    if shape.fill and len(shape.rings) > 1:
        look += ' fill-rule="evenodd"'
    if shape.opacity < 1.0:
        look += f' fill-opacity="{shape.opacity:.2f}"'
    if shape.dashes:
        look += f' stroke-dasharray="{" ".join(f"{each:.2f}" for each in shape.dashes)}"'
    if shape.stroke and not shape.is_closed:
        look += ' stroke-linejoin="round"'
    return f'<path d="{path}"{look}/>'


@_written.register
def _stamps(shape: Stamps, hatch: str) -> str:  # noqa: ARG001 - all kinds share a signature
    """Return one sign at many places as a single path."""
    half = 0.5 * shape.size
    start = half * np.array(_STARTS[shape.shape])
    pattern = f"M{_NUMBER} {_NUMBER}{_sign(shape.shape, half)}" * len(shape.points)
    path = pattern % tuple(_rounded(shape.points + start).ravel().tolist())
    return f'<path d="{path}"{_look(shape.fill, shape.stroke, shape.width)}/>'


@_written.register
def _text(shape: Text, hatch: str) -> str:  # noqa: ARG001 - all kinds share a signature
    """Return a line of words."""
    x, y = round(shape.x, _DECIMALS) + 0.0, round(shape.y, _DECIMALS) + 0.0
    look = f' font-size="{shape.size:g}" fill="{shape.color}"'
    look += "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
    look += ' font-weight="bold"' if shape.is_bold else ""
    look += ' font-style="italic"' if shape.is_italic else ""
    look += f' transform="rotate(-90 {x:.2f} {y:.2f})"' if shape.is_upwards else ""
    return f'<text x="{x:.2f}" y="{y:.2f}"{look}>{_content(shape.words)}</text>'


def _look(fill: str, stroke: str, width: float) -> str:
    """Return fill and stroke as attributes."""
    painted = f' fill="{fill or "none"}"'
    return painted + (f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else "")


_STARTS: Final[dict[Stamp, tuple[float, float]]] = {
    "circle": (-1.0, 0.0),
    "square": (-1.0, -1.0),
    "diamond": (0.0, -1.0),
    "triangle": (0.0, -1.0),
    "cross": (-1.0, -1.0),
    "tick": (0.0, -1.0),
    "bar": (-1.0, 0.0),
}
"""Where a sign begins, seen from its middle, in halves of its size."""


@cache
def _sign(shape: Stamp, half: float) -> str:
    """Return a sign from its beginning on, as a path."""
    h, size = f"{half:g}", f"{2.0 * half:g}"
    arc = f"a{h} {h} 0 1 0"
    paths: dict[Stamp, str] = {
        "circle": f"{arc} {size} 0{arc} -{size} 0Z",
        "square": f"h{size}v{size}h-{size}Z",
        "diamond": f"l{h} {h} -{h} {h} -{h} -{h}Z",
        "triangle": f"l{h} {size}h-{size}Z",
        "cross": f"l{size} {size}m0 -{size}l-{size} {size}",
        "tick": f"v{size}",
        "bar": f"h{size}",
    }
    return paths[shape]


@cache
def _pairs(n: int) -> str:
    """Return the pattern of some points: numbers of a fixed count of decimals."""
    return " ".join([f"{_NUMBER} {_NUMBER}"] * n)


def _rounded(points: Points) -> Points:
    """Return rounded places, none of them a negative zero."""
    return points.round(_DECIMALS) + 0.0


def _pattern(name: str, color: str) -> str:
    """Return slanting lines that an area can be filled with."""
    line = f'<path d="M0 0V{_HATCH_PT}" stroke="{color}" stroke-width="{2 * _HATCH_WIDTH_PT:g}"/>'
    return (
        f'<defs><pattern id="{name}" width="{_HATCH_PT}" height="{_HATCH_PT}"'
        f' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">{line}</pattern></defs>'
    )


def _content(words: str) -> str:
    """Return plain text as it may stand between tags."""
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words), quote=False)


def _attribute(words: str) -> str:
    """Return plain text as it may stand between quotation marks."""
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words))
