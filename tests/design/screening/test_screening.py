"""The screening as a whole: the paper's Table 1, roles with their reasons, findings."""

from pathlib import Path

import pytest

from electrodoe.design.screening.screening import SCREENING_SCHEMA, Screening, screen
from electrodoe.errors import StudyError
from electrodoe.study import Factor, Parameter, Study, read_study

TABLE_1 = Path(__file__).parent / "table_1.toml"
THREE = {"a": Factor(), "b": Factor(), "c": Factor()}


@pytest.fixture(scope="module")
def paper() -> Study:
    return read_study(TABLE_1)


@pytest.fixture(scope="module")
def screening(paper: Study) -> Screening:
    return screen(paper.parameters, paper.factors)


def rated(**changes: object) -> Parameter:
    declared = {"process": "drying", "importance": "high", "complexity": "low"}
    return Parameter.model_validate({**declared, **changes})


def codes(parameters: dict[str, Parameter], factors: dict[str, Factor]) -> list[str]:
    return [finding.code for finding in screen(parameters, factors).findings]


def test_table_1_leads_to_the_papers_three_factors(screening: Screening):
    """Mass loading, the second dryer's temperature standing for adhesion, and porosity."""
    assert [(factor.name, factor.stands_for) for factor in screening.selection] == [
        ("active_mass_loading_mg_cm2", ()),
        ("dryer_2_temperature_c", ("Adhesion (drying)",)),
        ("porosity", ()),
    ]
    assert screening.sentence == (
        "Factors: mass loading; temperature of the second dryer standing for adhesion (drying);"
        " porosity (calendering)."
    )
    assert screening.findings == ()


def test_table_1_loses_its_dependent_parameters_to_laws(screening: Screening):
    """The thickness by eq. (1), as the paper says, and the wet film by its linear law."""
    out = {
        row["parameter"]: row
        for row in screening.table.iter_rows(named=True)
        if row["role"] == "eliminated"
    }

    assert {name: row["law"] for name, row in out.items()} == {
        "wet_film_thickness": "wet_film_thickness",
        "thickness_after_drying": "porosity",
        "thickness_after_calendering": "porosity",
    }
    assert out["thickness_after_calendering"]["reason"] == (
        "Follows from mass loading and porosity (calendering) by eq. (1),"
        " porosity = 1 − mass loading / (thickness × theoretical density)."
    )


def test_table_1_is_ranked_with_ties(screening: Screening):
    """All are highly important; four are easy to digitize, seven are not."""
    places = screening.table.select("rank", "n_sharing_rank").rows()

    assert places == [(1, 4)] * 4 + [(5, 7)] * 7
    assert SCREENING_SCHEMA.check(screening.table).height == 11


def test_a_decision_against_the_advice_is_reported(screening: Screening):
    """The paper's porosity is hard to digitize, and a factor all the same."""
    (reason,) = [
        row["reason"]
        for row in screening.table.iter_rows(named=True)
        if row["parameter"] == "porosity_after_calendering"
    ]

    assert "though its place advises" in reason


def test_a_chain_is_reported_link_by_link():
    """The reader sees what a basis itself follows from."""
    parameters = {
        "a": rated(follows_from=("b",), law="bruggeman"),
        "b": rated(follows_from=("d",), law="bruggeman"),
        "d": rated(),
    }
    reasons = dict(screen(parameters, {}).table.select("parameter", "reason").iter_rows())

    assert "B itself follows from D." in reasons["a"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "the one declared last goes"),
        ({"importance": "medium"}, "the least important"),
        ({"complexity": "high"}, "not easier to digitize"),
        ({"left_out": "no time"}, "the study leaves out: no time"),
    ],
)
def test_the_choice_in_a_circle_is_reported(changes: dict[str, object], words: str):
    """Why this one and not the other."""
    parameters = {
        "a": rated(follows_from=("b",), law="bruggeman"),
        "b": rated(follows_from=("a",), law="bruggeman", **changes),
    }

    (reason,) = screen(parameters, {}).table.filter(role="eliminated")["reason"]

    assert words in reason


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("P201", {"a": rated(follows_from=("b", "c"), law="porosity"), "b": rated(), "c": rated()}),
        ("P202", {"x": rated(importance=None, literature="low", experts="high")}),
        ("P203", {"x": rated(follows_from=("a",))}),
        ("P203", {"x": rated(follows_from=("a",), law="residence_time")}),
        ("P204", {"a": rated(follows_from=("x",)), "x": rated()}),
        ("P205", {"x": rated(complexity="medium")}),
        ("P206", {"x": rated(complexity="high")}),
    ],
)
def test_what_is_odd_becomes_a_finding(code: str, parameters: dict[str, Parameter]):
    """One case for each number."""
    assert code in codes(parameters, THREE)


def test_dependent_factors_are_a_warning_and_not_selected():
    """The selection holds what can be set; the fix names the factor."""
    names = ("thickness", "mass_loading", "porosity")
    parameters = {name: rated() for name in names[1:]}
    parameters["thickness"] = rated(follows_from=names[1:], law="porosity")
    found = screen(parameters, dict.fromkeys(names, Factor()))

    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("P201", "warning")
    assert "'thickness'" in finding.fix
    assert [factor.name for factor in found.selection] == ["mass_loading", "porosity"]


def test_a_study_in_order_has_no_findings():
    """No remark for the sake of remarks."""
    assert codes({name: rated() for name in THREE}, THREE) == []


def test_without_parameters_there_is_nothing_to_rank():
    """The fix says what to add."""
    with pytest.raises(StudyError, match="no parameters") as caught:
        screen({}, THREE)

    assert "[parameters.NAME]" in caught.value.fix


def test_labels_that_repeat_are_distinguished():
    """By the process, and where that is the same too, by the name."""
    parameters = {
        "x": rated(label="Thickness"),
        "y": rated(label="Thickness", process="coating"),
        "z": rated(label="Thickness"),
    }

    labels = screen(parameters, {}).table["label"].to_list()

    assert labels == ["Thickness (drying), x", "Thickness (coating)", "Thickness (drying), z"]
