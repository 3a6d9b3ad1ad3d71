"""The report on paper: every word once, nothing read as markup."""

import builtins
import json
import re
from dataclasses import replace
from html import unescape

import pytest
from tests.report.conftest import HOSTILE

from electrodoe.errors import ReportError
from electrodoe.report import ReportContent, build_figures, draw_figure
from electrodoe.report.blocks import Document
from electrodoe.report.document import report_document
from electrodoe.report.paper import paper_values, report_pdf

_SIGNS = '#text(red)[x] $ a^2 $ *b* _c_ `d` <label> @ref \\ "quoted" // comment /* open [ ] { }'
"""Everything that means something to Typst."""


@pytest.fixture(scope="module")
def document(content: ReportContent, drawn: dict[str, str]) -> Document:
    return report_document(content, drawn)


def test_every_figure_and_every_table_of_the_page_is_a_block(page: str, document: Document):
    """Paper leaves nothing out, where all of it is asked for."""
    values = paper_values(document, is_full=True)

    kinds = [block["kind"] for block in values["blocks"]]
    figures = [block["drawing"] for block in values["blocks"] if block["kind"] == "figure"]
    assert len(values["drawings"]) == page.count("<svg ") > 0
    assert kinds.count("table") == page.count("<table")
    assert figures == list(range(len(values["drawings"])))


def test_the_appendix_is_left_out_of_paper_unless_it_is_asked_for(document: Document):
    """The sections are printed as they are; what is to look up comes behind them."""
    short, full = (paper_values(document, is_full=is_full)["blocks"] for is_full in (False, True))

    assert full[: len(short)] == short
    assert full[len(short)]["runs"][0]["text"] == "Appendix"
    assert "Hyperparameters" in json.dumps(full)
    assert "Hyperparameters" not in json.dumps(short)


def test_drawings_stand_alone(document: Document):
    """With namespace, and with colors where the page has names."""
    for svg in paper_values(document)["drawings"]:
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "var(" not in svg


def test_the_words_of_paper_are_those_of_the_page(page: str, document: Document):
    """Each sentence of the page is found in a block, and so is each cell of its tables."""
    values = paper_values(document, is_full=True)
    reported = json.dumps(values["blocks"], ensure_ascii=False).replace("\N{ZERO WIDTH SPACE}", "")
    body = page[page.index("<main>") :].replace("<wbr>", "")

    found = re.findall(r"<(p|td|li|h2|h3)[^>]*>([^<]+)</\1>", body)
    assert {tag for tag, _ in found} == {"p", "td", "li", "h2", "h3"}
    for _, sentence in found:
        plain = re.sub(r"[ \n]+", " ", unescape(sentence)).strip()
        assert json.dumps(plain, ensure_ascii=False)[1:-1] in reported


def test_a_table_keeps_heads_spans_and_strong_rows(document: Document):
    """The model table: two heads, a heading row over all columns, the best row bold."""
    tables = [b for b in paper_values(document, is_full=True)["blocks"] if b["kind"] == "table"]
    models = next(table for table in tables if "R² train" in str(table["heads"]))

    assert [cell["span"] for cell in models["heads"][0]] == [1, 6, 2]
    assert models["rows"][0]["is_heading"]
    assert sum(row["is_strong"] for row in models["rows"]) >= 1
    assert models["rows"][1]["cells"][1]["is_number"]


def test_what_leads_beside_the_page_leads_nowhere_from_paper(document: Document):
    """Links to a doi stay, those to files of the results folder are words."""
    reported = json.dumps(paper_values(document)["blocks"])

    assert '"link": "https://doi.org/' in reported
    assert '"text": "recommendation.html"' in reported
    assert '"link": "recommendation.html"' not in reported


def test_hostile_words_stay_words(hostile_content: ReportContent):
    """A title that is a script is a title."""
    assert paper_values(report_document(hostile_content, {}))["title"] == HOSTILE


def test_a_page_of_simulated_data_has_its_banner(content: ReportContent):
    """It leads the page, and is no paragraph of the text."""
    values = paper_values(report_document(replace(content, is_simulated=True), {}))

    assert values["banner"] == "SIMULATED DATA, NOT MEASURED"
    assert values["banner"] not in str(values["blocks"])
    assert paper_values(report_document(content, {}))["banner"] == ""


def test_a_drawing_of_simulated_data_says_so(content: ReportContent):
    """Whoever copies the picture alone copies the mark."""
    figure = build_figures(replace(content, is_simulated=True))[0]

    assert "SIMULATED DATA, NOT MEASURED" in draw_figure(figure)


def test_a_report_becomes_the_same_pdf_twice(document: Document):
    """It holds no date."""
    pytest.importorskip("typst", reason="the extra pdf is not installed")

    pdf = report_pdf(document)

    assert pdf.startswith(b"%PDF-")
    assert pdf == report_pdf(document)
    assert b"/FontFile2" in pdf


@pytest.mark.parametrize("words", [HOSTILE, _SIGNS])
def test_signs_of_markup_are_set_as_they_are(content: ReportContent, words: str):
    """Neither HTML nor Typst in a title, a question or a finding is obeyed."""
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    study = content.study.model_copy(update={"title": words, "question": words, "credit": words})
    finding = replace(content.findings[0], what=words, fix=words)
    reported = replace(content, study=study, findings=(finding,), is_simulated=True)

    assert report_pdf(report_document(reported, {})).startswith(b"%PDF-")


def test_without_typst_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    """With the extra's name."""
    usual = builtins.__import__

    def without_typst(name, *arguments, **named):
        if name == "typst":
            raise ImportError(name)
        return usual(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without_typst)

    with pytest.raises(ReportError) as refused:
        report_pdf(Document(title="", banner="", lead=(), sections=()))
    assert "electrodoe[pdf]" in refused.value.fix
