"""The page as blocks: every word once, nothing read as markup."""

import json
import re
from dataclasses import replace
from html import unescape

from tests.report.conftest import HOSTILE

from electrodoe.report import ReportContent, draw_figure, report_html
from electrodoe.report.catalogue import build_figures
from electrodoe.report.pdf import read_page
from electrodoe.report.pdf.blocks import Document


def _kinds(document: Document) -> list[str]:
    return [block["kind"] for block in document.blocks]


def test_every_figure_and_every_table_of_the_page_is_a_block(page: str, drawn: dict[str, str]):
    """Paper leaves nothing out."""
    document = read_page(page)

    assert len(document.drawings) == page.count("<svg ")
    assert _kinds(document).count("table") == page.count("<table")
    assert [b["drawing"] for b in document.blocks if b["kind"] == "figure"] == list(
        range(len(document.drawings))
    )
    assert drawn


def test_drawings_stand_alone(page: str):
    """With namespace, and with colors where the page has names."""
    for svg in read_page(page).drawings:
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "var(" not in svg


def test_the_words_of_paper_are_those_of_the_page(page: str):
    """Each sentence of the page is found in a block."""
    told = json.dumps(read_page(page).blocks, ensure_ascii=False)

    for sentence in re.findall(r"<p>([^<]{20,})</p>", page):
        assert re.sub(r"[ \n]+", " ", unescape(sentence)).strip() in told


def test_a_table_keeps_heads_spans_and_strong_rows(page: str):
    """The model table: two heads, a heading row over all columns, the best row bold."""
    tables = [b for b in read_page(page).blocks if b["kind"] == "table"]
    models = next(table for table in tables if "R² train" in str(table["heads"]))

    assert [cell["span"] for cell in models["heads"][0]] == [1, 6, 2]
    assert models["rows"][0]["is_heading"]
    assert sum(row["is_strong"] for row in models["rows"]) >= 1
    assert models["rows"][1]["cells"][1]["is_number"]


def test_hostile_words_stay_words(hostile_content: ReportContent):
    """A title that is a script is a title."""
    document = read_page(report_html(hostile_content, {}))

    assert document.title == HOSTILE


def test_a_page_of_simulated_data_has_its_banner(content: ReportContent):
    """It leads the page, and is no paragraph of the text."""
    document = read_page(report_html(replace(content, is_simulated=True), {}))

    assert document.banner == "SIMULATED DATA, NOT MEASURED"
    assert read_page(report_html(content, {})).banner == ""


def test_a_drawing_of_simulated_data_says_so(content: ReportContent):
    """Whoever copies the picture alone copies the mark."""
    figure = build_figures(replace(content, is_simulated=True))[0]

    assert "SIMULATED DATA, NOT MEASURED" in draw_figure(figure)
