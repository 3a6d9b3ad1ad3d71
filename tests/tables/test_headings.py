"""Headings: the name, its unit, and the declared column that is meant."""

import unicodedata

import pytest

from electrodoe.tables import Wanted, folded, heading_of, matched, split_names


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("Factor 1\nA:Mass loading\nmg/cm2", "Mass loading", "mg/cm2"),
        ("Factor 1 / A:Mass loading / mg/cm2", "Mass loading", "mg/cm2"),
        ("Factor 3\nC:Porosity\n", "Porosity", ""),
        ("Response 1\nAdhesion strength\nkPa", "Adhesion strength", "kPa"),
        ("A:Mass loading", "Mass loading", ""),
        ("Haftfestigkeit [kPa]", "Haftfestigkeit", "kPa"),
        ("Adhesion (kPa)", "Adhesion", "kPa"),
        ("Masse / g", "Masse", "g"),
        ("Adhesion in kPa", "Adhesion", "kPa"),
        ("Dicke\n[µm]", "Dicke", "µm"),
        ("Kapazität (5C) [mAh]", "Kapazität (5C)", "mAh"),
        ("mAh/g", "mAh/g", ""),
        ("Dryer 2 / left", "Dryer 2 / left", ""),
    ],
)
def test_words_and_unit_are_told_apart(text: str, words: str, unit: str):
    """As Design-Expert, JMP and people write them; the unit stays as written."""
    heading = heading_of(text)

    assert (heading.words, heading.unit) == (words, unit)


@pytest.mark.parametrize(
    ("header", "declared"),
    [
        ("thickness_µm", "thickness_μm"),
        (unicodedata.normalize("NFD", "Kapazität"), "Kapazität"),
        ("porosity ", "porosity"),
        ("Porosity", "porosity"),
        ("Haftfestigkeit [kPa]", "Haftfestigkeit"),
        ("Haftfestigkeit", "Haftfestigkeit [kPa]"),
        ("Adhesion  strength\n(kPa)", "adhesion_strength_kpa"),
        ("Roll gap [mm]", "roll_gap_um"),
    ],
)
def test_a_name_is_found_in_any_spelling(header: str, declared: str):
    """The micro sign and the Greek letter, letters composed or not, blanks, units."""
    assert matched([heading_of("x"), heading_of(header)], [Wanted(name=declared)]) == {declared: 1}


def test_a_label_is_found_like_a_name():
    """The words that a study prints."""
    wanted = [Wanted(name="strength", labels=("Haftfestigkeit",))]

    assert matched([heading_of("Haftfestigkeit [kPa]")], wanted) == {"strength": 0}


def test_a_name_comes_before_words_that_mean_another_column():
    """What stands in the table as it is declared is taken as it is."""
    headings = [heading_of("Porosity"), heading_of("porosity")]

    assert matched(headings, [Wanted(name="porosity")]) == {"porosity": 1}


@pytest.mark.parametrize("names", [["Adhesion [kPa]", "Adhesion [N]"], ["gap", "GAP"]])
def test_what_two_columns_could_be_is_neither(names: list[str]):
    """No guess."""
    wanted = [Wanted(name="Adhesion"), Wanted(name="Gap")]

    assert matched([heading_of(name) for name in names], wanted) == {}


def test_two_declared_columns_are_never_one():
    """Whatever they share in words."""
    wanted = [Wanted(name="gap_um"), Wanted(name="gap_mm")]

    assert matched([heading_of("Gap")], wanted) == {}


def test_names_may_hold_commas():
    """Alone, in a list, in quotation marks."""
    known = ["Masse, trocken", "Dicke", "a,b"]

    assert split_names("Masse, trocken", known) == ("Masse, trocken",)
    assert split_names("Dicke,Masse, trocken,x", known) == ("Dicke", "Masse, trocken", "x")
    assert split_names('"Druck, oben",Dicke', known) == ("Druck, oben", "Dicke")
    assert split_names("a,b,Dicke", known) == ("a,b", "Dicke")
    assert split_names("", known) == ()


def test_folding_is_blind_to_what_the_eye_does_not_see():
    """Compatibility forms, capitals, blanks."""
    assert folded("Ω \u00a0x") == folded("Ω x")
    assert folded("R01") == folded("r01 ")
