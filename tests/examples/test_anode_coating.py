"""The published anode study: its declaration gives the numbers that the paper prints."""

import itertools
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.design.run_sheet.derived_settings import density_of, derive_settings
from electrodoe.physics import theoretical_density
from electrodoe.quantities import c_rate_of, quantity_of
from electrodoe.study import Study, read_study
from strategies.run_plans import run_plan


@pytest.fixture(scope="module")
def study(repository: Path) -> Study:
    """Return the example's declaration."""
    return read_study(repository / "examples" / "anode-coating")


def _levels(study: Study) -> dict[str, tuple[float, ...]]:
    """Return the levels of the factors that are planned; others are measured alone."""
    return {name: factor.levels for name, factor in study.factors.items() if factor.levels}


@pytest.fixture(scope="module")
def factorial(study: Study) -> pl.DataFrame:
    """Return what follows from all 64 combinations of levels."""
    levels = _levels(study)
    columns = zip(*itertools.product(*levels.values()), strict=True)
    plan = run_plan(dict(zip(levels, columns, strict=True)))
    derived = derive_settings(study, plan)
    assert derived.findings == ()
    return plan.frame.join(derived.frame, on="run")


def test_three_factors_of_four_levels_are_planned_in_17_runs(study: Study):
    """For the full quadratic, by the I-criterion."""
    assert [len(levels) for levels in _levels(study).values()] == [4, 4, 4]
    assert (study.plan.runs, study.plan.criterion, study.plan.model) == (17, "I", "quadratic")


@pytest.mark.parametrize(("name", "printed"), [("anode", 2.158), ("cathode", 4.447)])
def test_the_components_give_the_printed_density(study: Study, name: str, printed: float):
    """Which is the one that is used."""
    solids = study.materials[name].components.values()
    fractions = np.array([solid.mass_fraction for solid in solids])
    densities = np.array([solid.density_g_cm3 for solid in solids])

    assert theoretical_density(fractions, densities) == pytest.approx(printed, abs=5e-4)
    assert density_of(study, name) == printed


def test_each_anode_has_its_published_cathode(factorial: pl.DataFrame):
    """14.27, 16.01, 17.75 and 19.49 mg/cm² of active material."""
    loadings = factorial["cathode_active_mass_loading_mg_cm2"].unique().sort()

    np.testing.assert_allclose(loadings, [14.27, 16.01, 17.75, 19.49], atol=5.1e-3)


def test_every_target_thickness_is_the_known_one(factorial: pl.DataFrame):
    """16 of them, by eq. (1)."""
    found = factorial.filter(dryer_2_temperature_c=50.0)["target_coating_thickness_um"]

    known = (
        "53.898 57.748 62.190 67.373 60.471 64.790 69.774 75.589 "
        "67.044 71.833 77.358 83.805 73.617 78.875 84.943 92.021"
    )
    np.testing.assert_allclose(found, [float(each) for each in known.split()], atol=5.1e-4)


def test_every_target_of_table_5_has_the_papers_scenarios(study: Study):
    """Three for what is measured on calendered electrodes; with and without the wet film inline."""
    by_inputs = {name: set(study.responses_of(name)) for name in study.scenarios}

    product, process, combined = (by_inputs[name] for name in ("product", "process", "combined"))
    assert product == process == combined
    assert (
        by_inputs["inline"]
        == by_inputs["gap"]
        == {
            "dry_mass_loading_mg_cm2",
            "uncalendered_electrode_thickness_um",
        }
    )
    printed = {(title.quantity, title.unit, title.c_rate) for title in study.compare_with.targets}
    ours = {
        (quantity_of(name).name, quantity_of(name).unit_suffix, c_rate_of(name))
        for name in product | by_inputs["inline"]
    }
    assert printed <= ours


def test_figure_2_has_its_scenario(study: Study):
    """Uncalendered adhesion over loading and temperature alone."""
    scenario = study.scenarios["uncalendered"]

    assert scenario.inputs == ("active_mass_loading_mg_cm2", "dryer_2_temperature_c")
    assert study.responses_of("uncalendered") == ("uncalendered_adhesion_strength_kpa",)
    assert study.report.explained_of("uncalendered_adhesion_strength_kpa") == "mlr"
