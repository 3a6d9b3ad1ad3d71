"""From blocks to PDF by Typst, an optional library that needs no browser and no network."""

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Final

from electrodoe.errors import ReportError
from electrodoe.report.pdf.blocks import read_page

_TEMPLATE: Final = "report.typ"
_EXTRA: Final = "pip install 'electrodoe[pdf]'"


def report_pdf(page: str) -> bytes:
    """Return the report's page as a PDF: vector figures, page numbers, embedded fonts.

    Parameters
    ----------
    page : str
        HTML as :func:`electrodoe.report.report_html` returns it.

    Returns
    -------
    bytes
        The same for the same page; it holds no date.

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
    template = files("electrodoe.report").joinpath("templates", _TEMPLATE).read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        font_paths=typst.Fonts(font_paths=[str(_fonts())]),
        sys_inputs={"document": json.dumps(asdict(read_page(page)), ensure_ascii=False)},
    )
    return bytes(made)


def _fonts() -> Path:
    """Return where matplotlib keeps the font that the figures are drawn with."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"
