"""What the plant is made of follows from the study's declaration."""

from pathlib import Path

import pytest

from electrodoe.errors import SimulationError
from electrodoe.study import Study, read_study
from electrodoe.virtual_line.recipe import disc_cm2, recipe_of


@pytest.fixture(scope="module")
def study(repository: Path) -> Study:
    """Return the published anode study."""
    return read_study(repository / "examples" / "anode-coating")


def _with_anode(study: Study, **changes: object) -> Study:
    """Return the study with another declaration of its anode."""
    anode = study.materials["anode"].model_copy(update=changes)
    return study.model_copy(update={"materials": {**study.materials, "anode": anode}})


def test_a_printed_density_comes_before_that_of_the_components(study: Study):
    """2.158 as the paper prints it; without it, 2.157827 from the components (known answer)."""
    mixed = recipe_of(_with_anode(study, theoretical_density_g_cm3=None))

    assert recipe_of(study).anode.density_g_cm3 == 2.158
    assert mixed.anode.density_g_cm3 == pytest.approx(2.157827, abs=1e-6)


def test_the_active_material_is_the_largest_component(study: Study):
    """Graphite and NCM622 with their own densities."""
    recipe = recipe_of(study)

    assert (recipe.anode.active_density_g_cm3, recipe.cathode.active_density_g_cm3) == (2.26, 4.73)


def test_without_components_nobody_knows_the_active_material(study: Study):
    """The place is reported."""
    with pytest.raises(SimulationError, match="components") as refused:
        recipe_of(_with_anode(study, components={}))

    assert refused.value.where == "study.toml, materials.anode"


def test_discs_are_those_of_coin_cells():
    """π/4 times the diameter squared: 15 and 14 mm."""
    assert disc_cm2(15.0) == pytest.approx(1.767146)
    assert disc_cm2(14.0) == pytest.approx(1.539380)
