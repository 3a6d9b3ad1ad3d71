"""A run's value holds from a process step on; a sample is taken after one."""

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import Study, declare_study
from electrodoe.study.process_steps import PROCESS_STEPS, usual_step

BASE: dict[str, object] = {
    "title": "Two kinds of specimens",
    "factors": {
        "active_mass_loading_mg_cm2": {},
        "dryer_2_temperature_c": {},
        "porosity": {},
        "roll_gap_um": {},
    },
    "responses": {"adhesion_strength_kpa": {}, "uncalendered_adhesion_strength_kpa": {}},
}
PULL_OFF = {"instrument": "adhesion", "files": ["a/*.tra"]}


def _study(**declared: object) -> Study:
    return declare_study(BASE | declared, source="study.toml")


@pytest.mark.parametrize(
    ("column", "step"),
    [
        ("porosity", "calendering"),
        ("porosity_pct", "calendering"),
        ("compaction_rate", "calendering"),
        ("roll_gap_um", "calendering"),
        ("calender_roll_temperature_c", "calendering"),
        ("line_load_n_mm", "calendering"),
        ("wet_mass_loading_mg_cm2", "coating"),
        ("coating_gap_um", "coating"),
        ("active_mass_loading_mg_cm2", "coating"),
        ("dry_mass_loading_mg_cm2", "drying"),
        ("dryer_2_temperature_c", "drying"),
        ("drying_temperature_c", "drying"),
        ("uncalendered_coating_thickness_um", "drying"),
        ("uncalendered_porosity", "drying"),
        ("slurry_viscosity", "mixing"),
        ("coating_thickness_um", None),
        ("electrode_thickness_um", None),
        ("temperature_c", None),
        ("web_speed_m_min", None),
    ],
)
def test_a_known_quantity_has_its_step_only_where_that_is_certain(column: str, step: str | None):
    """A thickness may be one before the calender or one behind it."""
    assert usual_step(column) == step


@pytest.mark.parametrize("after", PROCESS_STEPS)
def test_only_what_was_set_by_then_holds(after: str):
    """From the factor's step on, and in no sample that was taken before."""
    process = _study().process
    at = PROCESS_STEPS.index(after)

    assert process.holds("porosity", after) is (at >= PROCESS_STEPS.index("calendering"))
    assert process.holds("dryer_2_temperature_c", after) is (at >= PROCESS_STEPS.index("drying"))
    assert process.holds("porosity", None)


def test_what_the_study_declares_comes_before_what_is_usual():
    """A line without a calender sets the porosity when it dries."""
    factors = {**BASE["factors"], "porosity": {"process": "drying"}}  # type: ignore[dict-item]

    assert _study(factors=factors).process.holds("porosity", "drying")


def test_a_study_may_have_steps_of_its_own():
    """In their order; the usual ones are then unknown."""
    steps = ["extrusion", "lamination"]
    factors = {
        "screw_speed_rpm": {"process": "extrusion"},
        "nip_force_n": {"process": "lamination"},
    }
    protocols = {"peel": {**PULL_OFF, "after": "extrusion"}}
    study = _study(factors=factors, process_steps=steps, protocols=protocols)

    assert study.process.holds("screw_speed_rpm", "extrusion")
    assert not study.process.holds("nip_force_n", "extrusion")


@pytest.mark.parametrize(
    ("declared", "what", "fix"),
    [
        (
            {"protocols": {"a": {**PULL_OFF, "after": "dryng"}}},
            "'dryng' is no process step",
            "drying",
        ),
        ({"process_steps": ["coating", "coating"]}, "'coating' stands twice", "once"),
        (
            {
                "factors": {"web_speed_m_min": {}},
                "protocols": {"a": {**PULL_OFF, "after": "drying"}},
            },
            "factor 'web_speed_m_min': the samples of 'a' are taken after drying",
            "[factors.web_speed_m_min]",
        ),
        (
            {
                "factors": {"porosity": {"process": "pressing"}},
                "protocols": {"a": {**PULL_OFF, "after": "drying"}},
            },
            "factor 'porosity': process: 'pressing' is no process step",
            "process_steps",
        ),
        (
            {
                "responses": {"uncalendered_adhesion_strength_kpa": {"after": "drying"}},
                "scenarios": {"product": {"inputs": ["dryer_2_temperature_c", "porosity"]}},
            },
            "'uncalendered_adhesion_strength_kpa' is measured after drying, and 'porosity' has",
            "a scenario without 'porosity'",
        ),
    ],
)
def test_contradictions_are_refused_by_name(declared: dict[str, object], what: str, fix: str):
    """With the way out."""
    with pytest.raises(StudyError) as caught:
        _study(**declared)

    assert what in caught.value.what
    assert fix in caught.value.fix


def test_a_response_that_only_sees_what_was_set_by_then_is_accepted():
    """Figure 2 of the paper: uncalendered adhesion over loading and temperature."""
    study = _study(
        responses={
            "adhesion_strength_kpa": {},
            "uncalendered_adhesion_strength_kpa": {"after": "drying"},
        },
        scenarios={
            "product": {
                "inputs": ["active_mass_loading_mg_cm2", "porosity"],
                "responses": ["adhesion_strength_kpa"],
            },
            "uncalendered": {
                "inputs": ["active_mass_loading_mg_cm2", "dryer_2_temperature_c"],
                "responses": ["uncalendered_adhesion_strength_kpa"],
            },
        },
    )

    assert study.responses_of("uncalendered") == ("uncalendered_adhesion_strength_kpa",)
