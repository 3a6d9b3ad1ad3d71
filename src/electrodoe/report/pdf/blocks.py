"""What stands on the report's page, block by block, as plain values for a typesetter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from electrodoe.report.pdf.tree import Element, read_tree

Block = dict[str, Any]
"""Kind and content of one block; every text in it is plain, whatever signs it holds."""

_HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "summary": 3}
_SHORT: Final = 9
"""Letters that any column has room for."""
_LONG: Final = 32
"""Letters of a cell that is worth two lines."""
_LINE: Final = 105
"""Letters of a table's row that fit the page."""
_LEFT_OUT: Final = {"nav", "style", "script"}


@dataclass(frozen=True, kw_only=True)
class Document:
    """The page as values.

    Attributes
    ----------
    title : str
        Heading of the whole.
    banner : str
        What every page has to say; empty where there is nothing.
    blocks : tuple of dict
        Headings, paragraphs, lists, tables and figures in their order.
    drawings : tuple of str
        SVG, by the position that a figure names.
    """

    title: str
    banner: str
    blocks: tuple[Block, ...]
    drawings: tuple[str, ...]


def read_page(page: str) -> Document:
    """Return the report's page as blocks, so that paper and screen say the same words.

    Parameters
    ----------
    page : str
        HTML as :func:`electrodoe.report.report_html` returns it.

    Returns
    -------
    Document
        Without the page's navigation.
    """
    root, drawings = read_tree(page)
    main = root.first("main") or root
    banner = next((e for e in main.walk() if "banner" in e.classes), None)
    heading = main.first("h1")
    return Document(
        title=_plain(heading) if heading else "",
        banner=_plain(banner) if banner else "",
        blocks=tuple(_blocks(main)),
        drawings=drawings,
    )


def _blocks(element: Element) -> Iterator[Block]:
    """Yield the blocks of an element in order."""
    for child in element.elements:
        if child.tag in _LEFT_OUT or "banner" in child.classes:
            continue
        if child.tag in _HEADINGS:
            yield {"kind": "heading", "level": _HEADINGS[child.tag], "runs": runs(child)}
        elif child.tag == "p":
            yield {"kind": "paragraph", "look": " ".join(child.classes), "runs": runs(child)}
        elif child.tag in {"ul", "ol"}:
            items = [runs(item) for item in child.elements]
            yield {"kind": "list", "is_numbered": child.tag == "ol", "items": items}
        elif child.tag == "figure":
            yield _figure(child)
        else:
            yield from _blocks(child)


def _figure(figure: Element) -> Block:
    """Return a table or a drawing with its caption."""
    caption, table, drawing = (figure.first(tag) for tag in ("figcaption", "table", "img"))
    words = runs(caption) if caption else []
    if table is not None:
        return {"kind": "table", "caption": words, **_table(table)}
    number = int(drawing.attributes["src"]) if drawing else None
    return {"kind": "figure", "caption": words, "drawing": number}


def _table(table: Element) -> Block:
    """Return a table's heads and rows; a heading's row spans all columns."""
    head, body = table.first("thead"), table.first("tbody")
    heads = [row for row in head.elements if "hidden" not in row.attributes] if head else []
    rows = [_row(row) for row in body.elements] if body else []
    widest = max((sum(cell["span"] for cell in row["cells"]) for row in rows), default=1)
    top = [_row(row)["cells"] for row in heads]
    is_grouped = any(cell["span"] > 1 for row in top for cell in row)
    words = [_longest_word(cell) for cell in top[-1]] if is_grouped else []
    widths = _widths(rows, widest, words)
    return {"n_columns": widest, "widths": widths, "heads": top, "rows": rows}


def _longest_word(cell: Block) -> int:
    """Return the letters of the longest word that a head has."""
    text = " ".join(piece["text"] for piece in cell["runs"])
    return max(map(len, text.split()), default=0)


def _widths(rows: list[Block], n_columns: int, words: list[int]) -> list[float]:
    """Return the share of each column in the page's width; 0 for as wide as its longest cell.

    Under heads that span columns, whose own longest words are given, every column has a share;
    else only one that is to be broken into lines, worth as much as the root of its letters.
    """
    full = [row["cells"] for row in rows if len(row["cells"]) == n_columns]
    lengths = [
        [sum(len(piece["text"]) for piece in cells[column]["runs"]) for cells in full]
        for column in range(n_columns)
    ]
    longest = [max(column, default=0) for column in lengths]
    if words:
        needed = zip(longest, words, strict=True)
        return [float(max(length, 1.2 * word, _SHORT)) ** 0.65 for length, word in needed]
    means = [sum(column) / max(sum(map(bool, column)), 1) for column in lengths]
    is_long = [length > _LONG and sum(longest) > _LINE for length in longest]
    return [mean**0.5 if long else 0.0 for mean, long in zip(means, is_long, strict=True)]


def _row(row: Element) -> Block:
    """Return one row's cells."""
    return {
        "is_strong": "strong" in row.classes,
        "is_first": "first" in row.classes,
        "is_heading": "heading" in row.classes,
        "cells": [
            {
                "runs": runs(cell),
                "is_number": "n" in cell.classes,
                "span": int(cell.attributes.get("colspan", "1")),
            }
            for cell in row.elements
        ],
    }


def runs(element: Element) -> list[dict[str, Any]]:
    """Return an element's text in pieces of one look, spaces as a browser shows them."""
    pieces = [piece for piece in _runs(element) if piece["text"]]
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is None or before["text"].endswith(" "):
            piece["text"] = piece["text"].lstrip(" ")
    if pieces:
        pieces[-1]["text"] = pieces[-1]["text"].rstrip(" ")
    return pieces


def _runs(element: Element, **look: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - passed on
    """Yield the pieces of an element, each with the look of what it stands in."""
    for child in element.children:
        if isinstance(child, str):
            yield {"text": re.sub(r"[ \t\r\n]+", " ", child), **look}
        elif child.tag in {"b", "strong"}:
            yield from _runs(child, **{**look, "is_strong": True})
        elif "tag" in child.classes:
            word = next(iter(child.classes - {"tag"}), "")
            yield from _runs(child, **{**look, "tag": word})
        elif child.tag == "a" and child.attributes.get("href", "").startswith("https://"):
            yield from _runs(child, **{**look, "link": child.attributes["href"]})
        else:
            yield from _runs(child, **look)


def _plain(element: Element) -> str:
    """Return an element's text alone."""
    return "".join(piece["text"] for piece in runs(element))
