"""The report as PDF."""

import builtins
from dataclasses import replace

import pytest
from tests.report.conftest import HOSTILE

from electrodoe.errors import ReportError
from electrodoe.report import ReportContent, report_html
from electrodoe.report.pdf import report_pdf

_SIGNS = '#text(red)[x] $ a^2 $ *b* _c_ `d` <label> @ref \\ "quoted" // comment /* open [ ] { }'
"""Everything that means something to Typst."""


def test_a_page_becomes_the_same_pdf_twice(page: str):
    """It holds no date."""
    pytest.importorskip("typst", reason="the extra pdf is not installed")

    pdf = report_pdf(page)

    assert pdf.startswith(b"%PDF-")
    assert pdf == report_pdf(page)
    assert b"/FontFile2" in pdf


@pytest.mark.parametrize("words", [HOSTILE, _SIGNS])
def test_signs_of_markup_are_set_as_they_are(content: ReportContent, words: str):
    """Neither HTML nor Typst in a title, a question or a finding is obeyed."""
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    study = content.study.model_copy(update={"title": words, "question": words, "credit": words})
    finding = replace(content.findings[0], what=words, fix=words)
    told = replace(content, study=study, findings=(finding,), is_simulated=True)

    assert report_pdf(report_html(told, {})).startswith(b"%PDF-")


def test_without_typst_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    """With the extra's name."""
    usual = builtins.__import__

    def without_typst(name, *arguments, **named):
        if name == "typst":
            raise ImportError(name)
        return usual(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without_typst)

    with pytest.raises(ReportError) as refused:
        report_pdf("<main></main>")
    assert "electrodoe[pdf]" in refused.value.fix
