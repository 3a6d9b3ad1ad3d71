"""Which dependent parameter goes: directions, chains, circles, factors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.design.screening.elimination import eliminate, kept_roots, links
from electrodoe.design.screening.relevance import importances
from electrodoe.errors import StudyError
from electrodoe.study import Parameter


def rated(*follows_from: str, **changes: object) -> Parameter:
    law = "porosity" if follows_from else None
    declared = {"process": "drying", "importance": "high", "complexity": "low", "law": law}
    return Parameter.model_validate({**declared, "follows_from": follows_from, **changes})


def gone(parameters: dict[str, Parameter], *factors: str) -> dict[str, tuple[str, ...]]:
    left = eliminate(parameters, importances(parameters), factors)
    return {name: link.others(name) for name, link in left.items()}


def test_a_declared_direction_counts():
    """The thickness goes, although the porosity is harder to digitize."""
    parameters = {
        "thickness": rated("mass_loading", "porosity"),
        "mass_loading": rated(),
        "porosity": rated(complexity="high"),
    }

    assert gone(parameters) == {"thickness": ("mass_loading", "porosity")}


def test_a_law_is_solved_for_what_no_factor_sets():
    """The declared follower is a factor and stays; the porosity goes in its place."""
    parameters = {
        "thickness": rated("mass_loading", "porosity"),
        "mass_loading": rated(),
        "porosity": rated(),
    }

    assert gone(parameters, "thickness", "mass_loading") == {
        "porosity": ("thickness", "mass_loading")
    }


def test_without_a_law_nothing_is_solved_for():
    """Then the factor stays and so does the other."""
    parameters = {"thickness": rated("porosity", law=None), "porosity": rated()}

    assert gone(parameters, "thickness") == {}


def test_a_chain_goes_link_by_link():
    """A follows from B and C, B from D: C and D stay."""
    parameters = {"a": rated("b", "c"), "b": rated("d"), "c": rated(), "d": rated()}

    assert gone(parameters) == {"b": ("d",), "a": ("b", "c")}


@pytest.mark.parametrize(
    ("changes", "goes"),
    [
        ({}, "c"),
        ({"a": {"importance": "medium"}}, "a"),
        ({"b": {"complexity": "high"}}, "b"),
        ({"b": {"complexity": "high"}, "a": {"importance": "low"}}, "a"),
        ({"c": {"left_out": "no time", "importance": "high"}}, "c"),
        ({"b": {"left_out": "no time"}, "a": {"importance": "low"}}, "b"),
    ],
)
def test_of_a_circle_the_least_important_goes(changes: dict[str, dict[str, object]], goes: str):
    """Then the most complex, then the last declared; one of three, never more."""
    parameters = {
        name: rated(*(set("abc") - {name}), **changes.get(name, {})) for name in ("a", "b", "c")
    }

    assert list(gone(parameters)) == [goes]


def test_a_ring_of_pairs_keeps_one():
    """A from B, B from C, C from A: whatever goes follows from the one that stays."""
    parameters = {"a": rated("b"), "b": rated("c"), "c": rated("a")}

    assert len(gone(parameters)) == 2


def test_a_factor_goes_only_where_factors_fix_it():
    """Three factors of one law contradict one another."""
    parameters = {
        "thickness": rated("mass_loading", "porosity"),
        "mass_loading": rated(),
        "porosity": rated(),
    }

    assert list(gone(parameters, "thickness", "mass_loading", "porosity")) == ["thickness"]


def test_a_factor_under_another_name_is_the_same_quantity():
    """What follows from the factor follows from the parameter that is this factor."""
    parameters = {
        "loading": rated(factor="active_mass_loading_mg_cm2"),
        "wet_film_thickness": rated("active_mass_loading_mg_cm2"),
    }

    assert gone(parameters, "active_mass_loading_mg_cm2") == {"wet_film_thickness": ("loading",)}


def test_what_another_quantity_stands_for_is_not_that_quantity():
    """Adhesion, for which a temperature stands, is not the temperature, and stays."""
    parameters = {
        "adhesion": rated("porosity", factor="temperature_c", because="it cannot be set"),
        "porosity": rated(factor="porosity"),
    }

    assert gone(parameters, "temperature_c", "porosity") == {}


@pytest.mark.parametrize(
    "parameters",
    [
        {"porosity": rated("porosity")},
        {"pores": rated("porosity", factor="porosity")},
        {"one": rated(factor="porosity"), "other": rated(factor="porosity")},
        {"porosity": rated(left_out="no time")},
    ],
)
def test_a_contradictory_declaration_is_refused(parameters: dict[str, Parameter]):
    """With the place of the contradiction and what to do."""
    with pytest.raises(StudyError) as caught:
        links(parameters, ("porosity",))

    assert caught.value.where.startswith("study.toml, parameters.")


@st.composite
def declarations(draw: st.DrawFn) -> tuple[dict[str, Parameter], tuple[str, ...]]:
    names = [f"p{index}" for index in range(draw(st.integers(1, 7)))]
    ratings = st.sampled_from(("low", "medium", "high"))
    parameters = {}
    for name in names:
        others = st.sampled_from([each for each in names if each != name] or ["f"])
        bases = draw(st.lists(others, max_size=3, unique=True))
        parameters[name] = rated(
            *bases,
            importance=draw(ratings),
            complexity=draw(ratings),
            **({} if draw(st.booleans()) else {"law": None}),
        )
    factors = tuple(draw(st.lists(st.sampled_from([*names, "f"]), unique=True)))
    return parameters, factors


@given(declarations())
def test_what_goes_can_always_be_computed_from_what_stays(
    declared: tuple[dict[str, Parameter], tuple[str, ...]],
):
    """Never everything, never in a circle, each law once, and factors only for factors."""
    parameters, factors = declared
    left = eliminate(parameters, importances(parameters), factors)
    used = [link.members for link in left.values()]

    assert len(set(map(frozenset, used))) == len(used)
    assert {name for link in left.values() for name in link.members} - left.keys() or not left
    for name, link in left.items():
        roots = kept_roots(link.others(name), left)
        assert roots
        assert name not in roots
        assert not roots & left.keys()
        if name in factors:
            assert roots <= set(factors) | {"f"}
