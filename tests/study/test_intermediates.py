"""A column that is an input of some scenarios and a response of others: an inline loading."""

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import Study, declare_study

BASE: dict[str, object] = {
    "title": "Inline",
    "factors": {"coating_gap_um": {}, "dry_mass_loading_mg_cm2": {}, "porosity": {}},
    "responses": {"dry_mass_loading_mg_cm2": {"label": "Inline loading"}, "tortuosity": {}},
}


def _study(scenarios: dict[str, object], **declared: object) -> Study:
    return declare_study(BASE | {"scenarios": scenarios} | declared, source="study.toml")


def test_it_is_never_an_input_of_its_own_model():
    """A scenario that names no responses models all but its inputs."""
    study = _study(
        {
            "line": {"inputs": ["coating_gap_um"], "responses": ["dry_mass_loading_mg_cm2"]},
            "combined": {"inputs": ["coating_gap_um", "dry_mass_loading_mg_cm2", "porosity"]},
        }
    )

    assert study.responses_of("line") == ("dry_mass_loading_mg_cm2",)
    assert study.responses_of("combined") == ("tortuosity",)
    assert study.modeled_responses == ("dry_mass_loading_mg_cm2", "tortuosity")
    assert study.columns.count("dry_mass_loading_mg_cm2") == 1


@pytest.mark.parametrize(
    ("scenarios", "what"),
    [
        (
            {
                "a": {
                    "inputs": ["dry_mass_loading_mg_cm2"],
                    "responses": ["dry_mass_loading_mg_cm2"],
                }
            },
            "scenario 'a': 'dry_mass_loading_mg_cm2' is an input and a response of it",
        ),
        ({}, "'dry_mass_loading_mg_cm2' is an input and a response"),
    ],
)
def test_a_scenario_that_would_explain_it_by_itself_is_refused(
    scenarios: dict[str, object], what: str
):
    """Also the one that a study without scenarios would have."""
    with pytest.raises(StudyError) as caught:
        _study(scenarios)

    assert what in caught.value.what


def test_a_scenario_without_any_response_is_refused():
    """Its only response is its input."""
    with pytest.raises(StudyError, match="models nothing"):
        _study(
            {"a": {"inputs": ["porosity", "dry_mass_loading_mg_cm2"]}},
            responses={"dry_mass_loading_mg_cm2": {}},
        )


@pytest.mark.parametrize(
    ("factor", "is_measured_only"),
    [({}, True), ({"region": [5.0, 9.0]}, False), ({"levels": [5.0, 9.0]}, False)],
)
def test_what_a_plan_sets_is_no_mere_measurement(factor: dict[str, object], is_measured_only: bool):
    """A declared region or levels say that somebody can set it."""
    factors = {**BASE["factors"], "dry_mass_loading_mg_cm2": factor}  # type: ignore[dict-item]
    study = _study({"a": {"inputs": ["coating_gap_um"]}}, factors=factors)

    assert study.is_measured_only("dry_mass_loading_mg_cm2") is is_measured_only
    assert not study.is_measured_only("porosity")
