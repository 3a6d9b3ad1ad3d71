"""The report on paper: its blocks as values that Typst sets, without browser and network."""

import json
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from electrodoe.errors import ReportError
from electrodoe.report.blocks import (
    Block,
    BoxedText,
    Document,
    FindingTable,
    Folded,
    Listing,
    Paragraph,
    Picture,
    Subheading,
    TextRun,
    Words,
    strong,
    words,
)
from electrodoe.report.style import LIGHT
from electrodoe.report.table import Table

Values = dict[str, Any]
"""One block for the typesetter; every text in it is plain, whatever signs it holds."""

_TEMPLATE: Final = "report.typ"
_EXTRA: Final = "pip install 'electrodoe[pdf]'"
_SHORT: Final = 9
"""Letters that any column has room for."""
_LONG: Final = 32
"""Letters of a cell that is worth two lines."""
_LINE: Final = 105
"""Letters of a table's row that fit the page."""
_FINDING_HEADS: Final = ("Code", "Severity", "What", "Where", "What to do")


def report_pdf(document: Document, *, is_full: bool = False) -> bytes:
    """Return the report as a PDF: vector figures, page numbers, embedded fonts.

    Parameters
    ----------
    document : Document
        Of :func:`electrodoe.report.document.report_document`.
    is_full : bool
        Whether its appendix is printed too.

    Returns
    -------
    bytes
        The same for the same document; it holds no date.

    Raises
    ------
    ReportError
        If Typst is not installed.

    Notes
    -----
    The template is fixed and reads the words as data, so that no text of a study is ever read as
    markup of Typst.
    """
    try:
        import typst
    except ImportError as error:
        raise ReportError(
            "a PDF needs the library typst (81 MB), which is not installed",
            where="electrodoe report",
            fix=f"install it: {_EXTRA}; report.html holds the same",
        ) from error
    values = paper_values(document, is_full=is_full)
    template = files("electrodoe.report").joinpath("templates", _TEMPLATE).read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        font_paths=typst.Fonts(font_paths=[str(_fonts())]),
        sys_inputs={"document": json.dumps(values, ensure_ascii=False)},
    )
    return bytes(made)


def _fonts() -> Path:
    """Return where matplotlib keeps the font that the figures are drawn with."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def paper_values(document: Document, *, is_full: bool = False) -> Values:
    """Return ``title``, ``banner``, ``blocks``, and ``drawings`` by the place a figure names."""
    drawings: list[str] = []
    appendix = (document.appendix,) if is_full and document.appendix else ()
    blocks = [
        _heading(1, words(document.title)),
        *_values(document.lead, drawings),
        *(
            block
            for section in (*document.sections, *appendix)
            for block in (
                _heading(2, words(section.title)),
                *_values(section.blocks, drawings),
            )
        ),
    ]
    title = "".join(piece["text"] for piece in _runs(words(document.title)))
    return {"title": title, "banner": document.banner, "blocks": blocks, "drawings": drawings}


def _heading(level: int, title: Words) -> Values:
    """Return a heading of some level."""
    return {"kind": "heading", "level": level, "runs": _runs(title)}


def _values(blocks: Sequence[Block], drawings: list[str]) -> Iterator[Values]:
    """Yield blocks in their order; what a screen folds stands open, drawings are put aside."""
    for block in blocks:
        match block:
            case Subheading():
                yield _heading(3, words(block.title))
            case Paragraph():
                yield {"kind": "paragraph", "look": block.look, "runs": _runs(block.words)}
            case BoxedText():
                yield from _values(block.paragraphs, drawings)
            case Listing():
                items = [_runs(item) for item in block.items]
                yield {"kind": "list", "is_numbered": block.is_numbered, "items": items}
            case Table():
                yield _table(block)
            case FindingTable():
                yield _findings(block)
            case Picture():
                drawings.append(_as_file(str(block.svg)))
                caption = _runs(words(strong(f"{block.title}."), f" {block.caption}"))
                yield {"kind": "figure", "caption": caption, "drawing": len(drawings) - 1}
            case Folded():
                tag = (" ", block.tag) if block.tag else ()
                yield _heading(3, words(block.title, *tag))
                yield from _values(block.blocks, drawings)


def _as_file(svg: str) -> str:
    """Return a drawing that stands alone: with namespace, and colors in place of names."""
    for role, color in LIGHT.items():
        svg = svg.replace(f"var(--{role})", color)
    svg = re.sub(r'font-family="[^"]*"', 'font-family="DejaVu Sans"', svg, count=1)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _table(table: Table) -> Values:
    """Return a table's heads and rows; a heading's row spans all columns."""
    rows: list[Values] = []
    for number, texts in enumerate(table.rows):
        if number in table.headings:
            heading = _cell(words(table.headings[number]), span=len(table.columns))
            rows.append(_row([heading], is_heading=True))
        cells = [
            _cell(_breakable(text), is_number=column.is_number)
            for column, text in zip(table.columns, texts, strict=True)
        ]
        is_strong, is_first = number in table.strong_rows, number in table.first_rows
        rows.append(_row(cells, is_strong=is_strong, is_first=is_first))
    heads = [[_cell(words(title), span=span) for title, span in table.groups]]
    heads.append([_cell(words(each.title), is_number=each.is_number) for each in table.columns])
    is_seen = any(column.title for column in table.columns)
    return _set_table(words(table.caption), [each for each in heads if each and is_seen], rows)


def _findings(table: FindingTable) -> Values:
    """Return findings as a table without caption."""
    rows = [
        (
            words(one.code),
            words(TextRun(text=one.severity, tag=one.severity)),
            words(strong(f"{one.title}."), " ", *_breakable(one.what)),
            _breakable(one.where),
            _breakable(one.fix),
        )
        for one in table.findings
    ]
    heads = [[_cell(words(head)) for head in _FINDING_HEADS]]
    return _set_table((), heads, [_row([_cell(cell) for cell in row]) for row in rows])


def _set_table(caption: Words, heads: list[list[Values]], rows: list[Values]) -> Values:
    """Return a table with the widths of its columns."""
    n_columns = max((sum(cell["span"] for cell in row["cells"]) for row in rows), default=1)
    is_grouped = any(cell["span"] > 1 for row in heads for cell in row)
    longest_words = [_longest_word(cell) for cell in heads[-1]] if is_grouped else []
    return {
        "kind": "table",
        "caption": _runs(caption),
        "n_columns": n_columns,
        "widths": _widths(rows, n_columns, longest_words),
        "heads": heads,
        "rows": rows,
    }


def _row(
    cells: list[Values],
    *,
    is_strong: bool = False,
    is_first: bool = False,
    is_heading: bool = False,
) -> Values:
    """Return one row."""
    looks = {"is_strong": is_strong, "is_first": is_first, "is_heading": is_heading}
    return {**looks, "cells": cells}


def _cell(content: Words, *, is_number: bool = False, span: int = 1) -> Values:
    """Return one cell."""
    return {"runs": _runs(content), "is_number": is_number, "span": span}


def _breakable(text: str) -> Words:
    """Return a text whose lines may end behind underscores."""
    return (TextRun(text=text, is_breakable=True),)


def _longest_word(cell: Values) -> int:
    """Return the letters of the longest word that a head has."""
    text = " ".join(piece["text"] for piece in cell["runs"])
    return max(map(len, text.split()), default=0)


def _widths(rows: list[Values], n_columns: int, longest_words: list[int]) -> list[float]:
    """Return the fraction of each column in the page's width; 0 for as wide as its longest cell.

    Under heads that span columns, whose own longest words are given, every column has a fraction;
    else only one that is to be broken into lines, worth as much as the root of its letters.
    """
    full = [row["cells"] for row in rows if len(row["cells"]) == n_columns]
    lengths = [
        [sum(len(piece["text"]) for piece in cells[column]["runs"]) for cells in full]
        for column in range(n_columns)
    ]
    longest = [max(column, default=0) for column in lengths]
    if longest_words:
        needed = zip(longest, longest_words, strict=True)
        return [float(max(length, 1.2 * word, _SHORT)) ** 0.65 for length, word in needed]
    means = [sum(column) / max(sum(map(bool, column)), 1) for column in lengths]
    is_long = [length > _LONG and sum(longest) > _LINE for length in longest]
    return [mean**0.5 if long else 0.0 for mean, long in zip(means, is_long, strict=True)]


def _runs(content: Words) -> list[Values]:
    """Return words in pieces of one look, spaces as a browser shows them."""
    pieces = [piece for run in content if (piece := _piece(run))["text"]]
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is None or before["text"].endswith(" "):
            piece["text"] = piece["text"].lstrip(" ")
    if pieces:
        pieces[-1]["text"] = pieces[-1]["text"].rstrip(" ")
    return pieces


def _piece(run: TextRun) -> Values:
    """Return one piece; links within the results folder lead nowhere from paper."""
    text = re.sub(r"[ \t\r\n]+", " ", run.text)
    piece: Values = {
        "text": text.replace("_", "_\N{ZERO WIDTH SPACE}") if run.is_breakable else text
    }
    if run.is_strong:
        piece["is_strong"] = True
    if run.tag:
        piece["tag"] = run.tag
    if run.link.startswith("https://"):
        piece["link"] = run.link
    return piece
