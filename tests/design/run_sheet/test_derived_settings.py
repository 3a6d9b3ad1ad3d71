"""What follows from a plan, and what is said where it does not."""

import numpy as np
import pytest

from electrodoe.design.run_sheet.derived_settings import derive_settings
from electrodoe.errors import PhysicsError
from electrodoe.findings import Severity
from electrodoe.study import Study
from strategies.run_plans import ANODE, anode_plan, anode_study, run_plan

CHAIN = (
    "coating_mass_loading_mg_cm2",
    "wet_mass_loading_mg_cm2",
    "wet_film_thickness_um",
    "coating_gap_um",
    "target_coating_thickness_um",
    "target_electrode_thickness_um",
    "cathode_active_mass_loading_mg_cm2",
    "cathode_coating_mass_loading_mg_cm2",
    "target_cathode_coating_thickness_um",
)


def _without(material: str, name: str) -> Study:
    """Return the study without one number of a material."""
    materials = {key: dict(values) for key, values in ANODE["materials"].items()}
    del materials[material][name]
    return anode_study(materials=materials)


def test_everything_follows_in_the_order_of_the_process():
    """Published numbers for the lightest anode at 25 % and the heaviest at 40 %."""
    derived = derive_settings(anode_study(), anode_plan())
    lightest, heaviest = derived.frame.row(0, named=True), derived.frame.row(1, named=True)

    assert derived.findings == ()
    assert tuple(derived.frame.columns[1:10]) == CHAIN
    np.testing.assert_allclose(
        [lightest[name] for name in CHAIN],
        [8.7234, 16.7758, 120.9474, 241.8947, 53.898, 63.898, 14.2696, 14.9420, 48.000],
        rtol=1e-5,
    )
    assert heaviest["target_coating_thickness_um"] == pytest.approx(92.021, abs=5e-4)
    assert heaviest["cathode_active_mass_loading_mg_cm2"] == pytest.approx(19.4902, abs=5e-5)


def test_the_film_weighs_what_it_leaves():
    """Wet film times slurry density times solid content is the coating, in every run."""
    frame = derive_settings(anode_study(), anode_plan()).frame
    slurry = 1.0 / (0.52 / 2.158 + 0.48)

    dry = frame["wet_film_thickness_um"] * slurry * 0.52 / 10.0

    np.testing.assert_allclose(dry, frame["coating_mass_loading_mg_cm2"])


def test_a_tolerance_has_two_ends():
    """Of factors that declare one, as a fraction of what is planned."""
    frame = derive_settings(anode_study(), anode_plan()).frame

    ends = [name for name in frame.columns if name.startswith(("min_", "max_"))]
    assert ends == [
        "min_active_mass_loading_mg_cm2",
        "max_active_mass_loading_mg_cm2",
        "min_porosity",
        "max_porosity",
    ]
    np.testing.assert_allclose(frame["min_porosity"], [0.225, 0.36, 0.27, 0.225])
    np.testing.assert_allclose(frame["max_active_mass_loading_mg_cm2"][0], 8.61)


def test_of_a_planned_coating_loading_the_active_one_follows():
    """And nothing is planned and derived under one name."""
    plan = run_plan({"coating_mass_loading_mg_cm2": [8.7234], "porosity": [0.25]})
    study = anode_study(factors={"coating_mass_loading_mg_cm2": {}, "porosity": {}})

    frame = derive_settings(study, plan).frame

    assert frame["active_mass_loading_mg_cm2"][0] == pytest.approx(8.2, abs=1e-4)
    assert frame["target_coating_thickness_um"][0] == pytest.approx(53.898, abs=1e-3)
    assert "coating_mass_loading_mg_cm2" not in frame.columns


def test_components_stand_in_for_a_density_that_is_not_printed():
    """By the harmonic mean."""
    mixture = {"a": (0.94, 2.26), "b": (0.01, 2.0), "c": (0.02, 1.6), "d": (0.03, 1.0)}
    components = {
        name: {"mass_fraction": fraction, "density_g_cm3": density}
        for name, (fraction, density) in mixture.items()
    }
    anode = ANODE["materials"]["anode"] | {"components": components}
    del anode["theoretical_density_g_cm3"]

    frame = derive_settings(anode_study(materials={"anode": anode}, cell=None), anode_plan()).frame

    expected = 53.898 * 2.158 / 2.157827
    assert frame["target_coating_thickness_um"][0] == pytest.approx(expected, abs=5e-4)


def test_a_planned_cathode_is_matched_by_an_anode():
    """The reverse of the paper's case."""
    cell = {"electrode": "cathode", "counter_electrode": "anode", "n_to_p": 1.2}
    plan = run_plan({"active_mass_loading_mg_cm2": [17.75]})
    factors = {"active_mass_loading_mg_cm2": {}}

    frame = derive_settings(anode_study(cell=cell, factors=factors), plan).frame

    assert frame["anode_active_mass_loading_mg_cm2"][0] == pytest.approx(10.2)


@pytest.mark.parametrize(
    ("study", "n_left_out", "where", "fix"),
    [
        (_without("anode", "solid_content"), 3, "[materials.anode]", "solid_content"),
        (_without("cathode", "specific_capacity_mah_g"), 3, "[materials.cathode]", "_mah_g"),
        (anode_study(line=None), 1, "[line]", "wet_film_per_gap"),
        (anode_study(line={"wet_film_per_gap": 0.6}), 1, "[line]", "foil_thickness_um"),
        (anode_study(cell={"n_to_p": 1.2}), 1, "[cell]", "counter_porosity"),
        (anode_study(materials=None, cell=None), 6, "study.toml", "[materials.anode]"),
        (anode_study(cell=None), 6, "study.toml", "'electrode'"),
    ],
)
def test_what_does_not_follow_is_said_once_with_its_reason(
    study: Study, n_left_out: int, where: str, fix: str
):
    """One remark per gap, with all that it leaves out; the rest is there."""
    derived = derive_settings(study, anode_plan())

    found = [each for each in derived.findings if fix in each.fix]
    assert len(found) == 1
    left_out = found[0].what.split(": ", 1)[0].split(", ")
    assert (len(left_out), found[0].code) == (n_left_out, "P110")
    assert found[0].severity is Severity.NOTE
    assert where in found[0].where
    assert set(left_out).isdisjoint(derived.frame.columns)


@pytest.mark.parametrize(
    "study",
    [
        anode_study(materials={"anode": ANODE["materials"]["anode"]}, cell=None),
        anode_study(factors={"roll_gap_um": {}}, materials=None, cell=None, line=None),
    ],
)
def test_what_a_study_declares_nothing_towards_is_not_said_to_be_missing(study: Study):
    """Neither a counter electrode without [cell], nor a coating where only a roll is set."""
    plan = anode_plan() if study.line else run_plan({"roll_gap_um": [20.0, 30.0]})

    derived = derive_settings(study, plan)

    assert derived.findings == ()


def test_every_column_is_either_there_or_said_to_be_missing():
    """Of a study with a line that plans nothing about coating."""
    study = anode_study(factors={"roll_gap_um": {}}, materials=None, cell=None)

    derived = derive_settings(study, run_plan({"roll_gap_um": [20.0, 30.0]}))

    assert derived.frame.columns == ["run"]
    said = " ".join(finding.what for finding in derived.findings)
    assert all(name.removeprefix("target_").split("_")[-1] in said for name in CHAIN[:6])


def test_a_porosity_in_percent_is_refused():
    """Before it becomes a thickness."""
    plan = run_plan({"active_mass_loading_mg_cm2": [8.2, 8.2], "porosity": [0.3, 30.0]})
    study = anode_study(factors={"active_mass_loading_mg_cm2": {}, "porosity": {}})

    with pytest.raises(PhysicsError, match="as a fraction"):
        derive_settings(study, plan)
