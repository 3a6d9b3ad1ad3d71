"""The portfolio and the page of a screening: every card in its place, nothing on top of another."""

import re
import xml.etree.ElementTree as ET

import pytest
from tests.report.text_boxes import outside, overlaps, texts_of

from electrodoe.design.screening.screening import Screening, screen
from electrodoe.report import draw_figure
from electrodoe.report.figures import portfolio
from electrodoe.report.screening_page import screening_html
from electrodoe.study import Factor, Parameter, Study

LEVELS = ("low", "medium", "high")
HOSTILE = "<script>alert('x')</script> & $x$"


def crowd(n: int, label: str = "A parameter with a rather long name that needs lines") -> Screening:
    parameters = {
        f"p{index}": Parameter(
            label=f"{label} {index}",
            process="calendering",
            complexity=LEVELS[index % 3],
            literature={"interdependencies": index, "impact": 0.3},
            experts=LEVELS[(index // 3) % 3],
            follows_from=("p0", "p1") if index % 5 == 4 else (),
            law="porosity" if index % 5 == 4 else None,
        )
        for index in range(n)
    }
    return screen(parameters, {"f": Factor()})


@pytest.mark.parametrize("n", [1, 11, 40])
def test_no_words_lie_on_others_or_leave_the_picture(n: int):
    """Whatever the number of cards: every text has its own room."""
    drawing = portfolio.draw(portfolio.build(crowd(n)))

    assert len(texts_of(drawing)) > n
    assert outside(drawing) == []
    assert overlaps(drawing) == []


def test_every_parameter_has_one_card_in_its_field():
    """The frame is the figure."""
    screening = crowd(11)
    cards = portfolio.build(screening).frame

    wanted = screening.table.select("label", "importance_level", "complexity_level").sort("label")
    assert cards.select(wanted.columns).sort("label").equals(wanted)


def test_the_picture_is_the_same_twice_and_follows_the_page():
    """No clock; every color has a role."""
    figure = portfolio.build(crowd(11))

    assert draw_figure(figure) == draw_figure(figure)
    ET.fromstring(draw_figure(figure))  # noqa: S314 - our own text


def test_the_page_is_whole_and_hostile_labels_are_words():
    """Nothing is loaded, nothing runs, all reasons are there."""
    screening = crowd(11, HOSTILE)
    study = Study(title=HOSTILE, factors={"f": Factor()})
    figure = portfolio.build(screening)
    page = screening_html(study, screening, figure, draw_figure(figure))

    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#|https://doi\.org/)', page)
    assert page.count("Follows from") == 2
    assert "Literature and experts disagree" in page
