"""A page of ours as a tree of elements; drawings are taken out before it is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from electrodoe.report.style import LIGHT

_VOID: Final = {"meta", "img", "br", "hr", "link", "input"}
_SVG: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_PICTURE: Final = "img"


@dataclass(frozen=True, kw_only=True)
class Element:
    """One element of a page.

    Attributes
    ----------
    tag : str
        Its name.
    attributes : dict of str to str
        As they are written; one without value is empty.
    children : list of Element or str
        Elements and texts in their order.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """Return the element's classes."""
        return set(self.attributes.get("class", "").split())

    @property
    def elements(self) -> "list[Element]":
        """Return the children that are no text."""
        return [child for child in self.children if isinstance(child, Element)]

    def walk(self) -> "Iterator[Element]":
        """Yield this element and all below it, in the order of the page."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def first(self, tag: str) -> "Element | None":
        """Return the first element of a name at or below this one, or None."""
        return next((element for element in self.walk() if element.tag == tag), None)


def read_tree(page: str) -> tuple[Element, tuple[str, ...]]:
    """Return a page's elements, and its drawings as files.

    Parameters
    ----------
    page : str
        HTML that this package has written.

    Returns
    -------
    root : Element
        A drawing stands in it as an ``img`` whose ``src`` is its position.
    drawings : tuple of str
        SVG in the colors of a white page.
    """
    drawings: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        drawings.append(_as_file(match[0]))
        return f'<{_PICTURE} src="{len(drawings) - 1}">'

    reader = _Reader()
    reader.feed(_SVG.sub(put_aside, page))
    reader.close()
    return reader.root, tuple(drawings)


def _as_file(svg: str) -> str:
    """Return a drawing that stands alone: with namespace, and colors in place of names."""
    for role, color in LIGHT.items():
        svg = svg.replace(f"var(--{role})", color)
    svg = re.sub(r'font-family="[^"]*"', 'font-family="DejaVu Sans"', svg, count=1)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


class _Reader(HTMLParser):
    """Builds the tree; what is not closed by our own templates does not occur."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(tag="page")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a place where a line may break becomes a space of no width."""
        if tag == "wbr":
            self._open[-1].children.append("\N{ZERO WIDTH SPACE}")
            return
        element = Element(tag=tag, attributes={name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of a name, and what was left open in it."""
        names = [element.tag for element in self._open]
        if tag in names[1:]:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Add text."""
        self._open[-1].children.append(data)
