"""The page of the paper's figures: fourteen, described, drawn, small, called simulated."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from electrodoe.report import FIGURES
from electrodoe.report.drawing import SIMULATED
from electrodoe.study.report_request import ReportRequest

_DOCS = Path(__file__).parents[2] / "docs"
_PAGE = (_DOCS / "figures.md").read_text(encoding="utf-8")
_PICTURES = re.findall(r"!\[([^\]]*)\]\((images/figures/[^)]+)\)", _PAGE)
_MOST_BYTES = 1_500_000
"""Of all pictures together: a clone of the repository holds every version of them."""


def test_all_fourteen_figures_have_a_description_and_a_picture():
    """In the paper's order; each says what the paper shows and what is drawn here."""
    parts = re.split(r"^## Figure (\d+): ", _PAGE, flags=re.MULTILINE)

    assert [int(number) for number in parts[1::2]] == list(range(1, 15))
    for text in parts[2::2]:
        assert text.count("*The paper:*") == 1
        assert text.count("*Here:*") == 1
        assert len(re.findall(r"!\[", text)) == 1


def test_every_picture_is_there_once_and_nothing_else():
    """A picture that the page no longer shows is not carried on."""
    named = sorted(Path(file).name for _, file in _PICTURES)

    assert len(named) == 14
    assert named == sorted(path.name for path in (_DOCS / "images" / "figures").iterdir())


def test_pictures_are_small_have_words_instead_and_say_that_they_are_simulated():
    """Whoever cannot see them, or sees one alone, is told what it is."""
    sizes = []
    for alternative, file in _PICTURES:
        svg = (_DOCS / file).read_text(encoding="utf-8")
        sizes.append(len(svg.encode()))
        assert len(alternative.split()) >= 5
        assert alternative.endswith("simulated")
        assert SIMULATED in svg
        assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 - our own text

    assert sum(sizes) <= _MOST_BYTES


def test_pictures_are_figures_of_a_report():
    """Named as a run names them, so that they can be made anew."""
    kinds = {"replicates", "shapley", *FIGURES}
    names = [Path(file).stem for _, file in _PICTURES]

    assert all(name.split("-")[0] in kinds for name in names)


def test_every_key_of_the_block_is_explained():
    """In the example and in the table below it."""
    example, table = _PAGE.split("```toml")[1].split("```")[:2]

    for key in ReportRequest.model_fields:
        assert f"\n{key} = " in example
        assert f"`{key}`" in table.split("## Figure 1")[0]
