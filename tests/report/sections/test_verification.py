"""The section on verification: what it says, and what it keeps apart."""

from dataclasses import replace

import pytest
from tests.report.verification_frames import make_verification

from electrodoe.report import ReportContent, build_figures
from electrodoe.report.blocks import Block, Paragraph, Subheading
from electrodoe.report.page import DrawnFigures
from electrodoe.report.sections.verification import verification_section
from electrodoe.report.sections.verification_tables import comparison_table
from electrodoe.report.table import Table
from electrodoe.verify import VERIFICATION_TABLES

_NOTHING_DRAWN = DrawnFigures(figures=[], drawings={})


def _blocks(content: ReportContent) -> list[Block]:
    """Return the blocks of the section below its first sentence."""
    return list(verification_section(content, _NOTHING_DRAWN).blocks[1:])


def _said(block: Block) -> str:
    """Return a paragraph's words; nothing for another block."""
    return "".join(run.text for run in block.words) if isinstance(block, Paragraph) else ""


@pytest.fixture
def sentences(content: ReportContent) -> str:
    return " ".join(map(_said, _blocks(content)))


def _without(content: ReportContent, *names: str) -> ReportContent:
    """Return the content with some tables empty."""
    empty = {name: VERIFICATION_TABLES[name].frame([]) for name in names}
    return replace(content, verification={**content.verification, **empty})


def test_a_saturated_fit_is_said_to_prove_nothing(sentences: str):
    """Agreement through two porosities is automatic."""
    assert "In 2 of 2 categories two porosities were measured" in sentences
    assert "proves nothing" in sentences


def test_the_shared_exponent_comes_with_its_interval_and_what_it_rests_on(sentences: str):
    """0.855 (0.7 to 1), from replicates alone, beside Bruggeman's 0.5."""
    assert "b = 0.855 (90 % interval 0.7 to 1, from replicates alone)" in sentences
    assert "Bruggeman's is 0.5" in sentences


def test_signs_are_counted(sentences: str):
    """One expectation: it holds by the data, and the model leaves it open."""
    assert "Physics expects 1 sign: 1 holds." in sentences


def test_the_papers_split_and_new_configurations_have_their_own_columns(content: ReportContent):
    """Paper, this study's random split, this study's new configurations, for R² and for RMSE."""
    table = comparison_table(content)

    titles = [column.title for column in table.columns[1:]]
    assert titles == 2 * [
        "paper, random 80/20",
        "this study, random 80/20",
        "this study, new configurations",
    ]
    assert [span for _, span in table.groups] == [1, 3, 3]
    assert table.rows[0] == ("Polynomial", "0.81", "0.900", "0.700", "0.7", "0.200", "0.300")
    assert "implied by its scores" in table.headings[0]


def test_the_two_kinds_of_variance_are_named(content: ReportContent):
    """Each row says how it was found and what stands behind it."""
    blocks = list(verification_section(content, _NOTHING_DRAWN).details)
    start = blocks.index(Subheading(title="Prediction variance"))
    table = next(block for block in blocks[start:] if isinstance(block, Table))

    kinds = {(row[1], row[2]) for row in table.rows}
    assert kinds == {
        ("Polynomial", "least squares, scaled by s²"),
        ("MLR", "refits"),
        ("Ensemble", "refits"),
    }
    assert "7 degrees of freedom" in table.rows[0][3]
    assert "30 refits, 2 draws refused" in table.rows[1][3]


def test_the_spread_is_drawn_in_the_responses_unit(content: ReportContent):
    """A variance of 0.01 is a standard deviation of 0.1."""
    figure = next(one for one in build_figures(content) if one.kind == "prediction_spread")

    assert figure.frame["spread"].min() == pytest.approx(0.1)
    assert figure.frame["axis"][0] == "Standard deviation (mAh)"


def test_a_study_without_tortuosity_and_paper_has_two_subjects(content: ReportContent):
    """Signs and prediction variance; no empty headings."""
    plain = _without(
        content, "bruggeman_fits", "bruggeman_tests", "bruggeman_curves", "published_comparison"
    )

    titles = [block.title for block in _blocks(plain) if isinstance(block, Subheading)]
    assert titles == ["6.1 Signs", "6.2 Prediction variance"]
    assert "bruggeman" not in {figure.kind for figure in build_figures(plain)}


def test_without_a_law_the_section_says_how_to_declare_one(content: ReportContent):
    """The reader learns the key."""
    heading, sentence, following, *_ = _blocks(_without(content, "physics_checks"))

    assert heading == Subheading(title="6.1 Signs")
    assert "expected = " in _said(sentence)
    assert following == Subheading(title="6.2 Prediction variance")  # and no table


def test_where_nothing_was_verified_the_section_says_so(content: ReportContent):
    """One sentence, no heads without rows."""
    bare = _without(content, *VERIFICATION_TABLES)

    heading, sentence = _blocks(bare)
    assert heading == Subheading(title="6.1 Prediction variance")
    assert _said(sentence) == (
        "Nothing was verified: no scenario has independent inputs and a fitted model."
    )


def test_a_refused_scenario_is_named(sentences: str):
    """Its inputs depend on one another."""
    assert "Scenario combined is not verified" in sentences


def test_the_made_up_tables_are_whole():
    """Every table of a verification has rows here."""
    tables = make_verification("tortuosity", "all", "porosity")

    assert all(table.height for table in tables.values())
