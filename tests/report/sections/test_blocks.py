"""Sections are blocks: what a screen folds and lists is decided once, and for paper alike."""

from dataclasses import replace

from electrodoe.report import ReportContent
from electrodoe.report.blocks import Folded, Paragraph, Section, Subheading
from electrodoe.report.document import report_document
from electrodoe.report.page import page_html

_ORDER = (
    "recommendation", "screening", "data", "inputs", "models", "explanations", "significance",
    "verification", "conclusions", "methods",
)  # fmt: skip


def test_the_sections_stand_in_the_papers_order(content: ReportContent):
    """The recommendation leads, where there is one, then a screening design, if it is one."""
    with_goal = report_document(content, {})
    without = report_document(replace(content, recommendation=None), {})

    assert tuple(section.anchor for section in with_goal.sections) == _ORDER
    assert tuple(section.anchor for section in without.sections) == _ORDER[1:]
    no_design = report_document(replace(content, screening=content.screening.clear()), {})
    assert "screening" not in {section.anchor for section in no_design.sections}


def test_the_contents_name_sections_headings_and_parts(content: ReportContent, page: str):
    """Twice: beside the page, and folded for a narrow screen."""
    document = report_document(content, {})

    for section in document.sections:
        named = [section, *(b for b in section.blocks if isinstance(b, Subheading) and b.anchor)]
        named_parts = [b for b in section.blocks if isinstance(b, Folded) and b.link]
        for each in named:
            assert page.count(f'<a href="#{each.anchor}">{each.title}</a>') == 2
        for part in named_parts:
            assert page.count(f'<a href="#{part.anchor}">{part.link}</a>') == 2


def test_what_few_look_up_stands_in_a_folded_appendix(content: ReportContent, page: str):
    """One part per section that has any, every one closed; sections hold no such table."""
    document = report_document(content, {})
    parts = [block for block in document.appendix.blocks if isinstance(block, Folded)]

    details = [section for section in document.sections if section.details]
    assert [part.blocks for part in parts] == [section.details for section in details]
    assert not any(part.is_open for part in parts)
    body, appendix = page.split('<section id="appendix">')
    for caption in ("Hyperparameters of", "Where the time went", "variance inflation factor.<"):
        assert caption not in body
        assert caption in appendix


def test_every_section_says_itself_in_one_sentence_first(content: ReportContent):
    """Before any table, list or picture."""
    for section in report_document(content, {}).sections:
        assert isinstance(section.blocks[0], Paragraph), section.title


def test_a_block_without_look_and_anchor_has_no_attributes(content: ReportContent):
    """The page stays plain."""
    section = Section(anchor="a", title="A", blocks=(Subheading(title="H"), Paragraph(words=())))
    document = replace(report_document(content, {}), lead=(), sections=(section,), appendix=None)

    page = page_html(document)

    assert '<section id="a">\n<h2>A</h2>\n<h3>H</h3>\n<p></p>\n</section>' in page
