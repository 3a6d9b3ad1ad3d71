"""Sections are blocks: what a screen folds and lists is decided once, and for paper alike."""

from dataclasses import replace

import polars as pl

from electrodoe.report import ReportContent
from electrodoe.report.blocks import Folded, Paragraph, Section, Subheading
from electrodoe.report.document import report_document
from electrodoe.report.page import DrawnFigures, page_html
from electrodoe.report.sections.verification import verification_section
from electrodoe.report.table import Table

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


def test_a_long_table_is_folded_and_says_how_long_it_is(content: ReportContent):
    """With 24 rows it stands open."""
    lengths = {}
    for n_rows in (24, 25):
        table = content.verification["physics_checks"]
        rows = pl.concat([table] * n_rows).head(n_rows)
        reported = replace(content, verification={**content.verification, "physics_checks": rows})
        section = verification_section(reported, DrawnFigures(figures=[], drawings={}))
        lengths[n_rows] = next(b for b in section.blocks if isinstance(b, Table | Folded))

    assert isinstance(lengths[24], Table)
    assert isinstance(lengths[25], Folded)
    assert lengths[25].title == "All 25 rows as a table"


def test_a_block_without_look_and_anchor_has_no_attributes(content: ReportContent):
    """The page stays plain."""
    section = Section(anchor="a", title="A", blocks=(Subheading(title="H"), Paragraph(words=())))
    document = replace(report_document(content, {}), lead=(), sections=(section,))

    page = page_html(document)

    assert '<section id="a">\n<h2>A</h2>\n<h3>H</h3>\n<p></p>\n</section>' in page
