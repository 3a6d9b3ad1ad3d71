"""The plant at work: counts, seeds, marks, faults, and what it cannot do without."""

import io
import json
import sys

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import SimulationError
from electrodoe.study import Measurements
from electrodoe.virtual_line import Played, play
from electrodoe.virtual_line.cells import ALL_RATES, rate_name
from electrodoe.virtual_line.dfn import by_dfn, dfn_capacities, full_cell
from electrodoe.virtual_line.recipe import recipe_of
from electrodoe.virtual_line.surfaces import Coatings
from strategies.plants import plant_plan, plant_study

SAMPLES = {"adhesion": 9, "green": 5, "eis": 13, "green_eis": 7, "cells": 6}


@pytest.fixture(scope="module")
def played() -> Played:
    """Return what a small plan leaves behind."""
    return play(plant_study(samples=SAMPLES), plant_plan())


def _truth(played: Played, name: str) -> pl.DataFrame:
    """Return a table of the truth."""
    return pl.read_csv(io.BytesIO(played.truth[f"{name}.csv"]))


def test_there_are_as_many_files_as_specimens_are_asked_for(played: Played):
    """Beside them: tables of coil and cells, and symmetric cells that failed."""
    assert played.counts == {
        "coil": 3,
        "sheets": 1,
        "adhesion": 9,
        "green": 5,
        "eis": 13 + 4,
        "green_eis": 7 + 1,
        "cells": 6 + 1,
    }
    assert len(played.raw) == sum(played.counts.values())


def test_the_list_of_runs_is_written_where_the_study_names_it():
    """Never over a table outside of ``raw``, which is a person's own."""
    study = plant_study(samples=SAMPLES)
    lists = {
        file: play(
            study.model_copy(update={"measurements": Measurements(runs=file)}), plant_plan()
        ).raw.get(file)
        for file in ("raw/runs.csv", "own.csv")
    }

    assert lists["own.csv"] is None
    table = pl.read_csv(io.BytesIO(lists["raw/runs.csv"]))
    assert table["run"].to_list() == [1, 3, 2, 4]
    assert table["coil_position_m"].is_sorted()


def test_specimens_are_spread_evenly(played: Played):
    """Over runs, and over sections where they have not seen the calender."""
    assert _truth(played, "adhesion")["run"].value_counts()["count"].sort().to_list() == [
        2,
        2,
        2,
        3,
    ]
    assert sorted(_truth(played, "green")["run"].unique()) == [1, 2, 4]


def test_the_same_seed_gives_the_same_bytes(played: Played):
    """All of them; another seed gives others in every file but the list of runs."""
    again = play(plant_study(samples=SAMPLES), plant_plan())
    other = play(plant_study(seed=8, samples=SAMPLES), plant_plan())

    assert (again.raw, again.truth) == (played.raw, played.truth)
    same = [path for path in played.raw if other.raw.get(path) == played.raw[path]]
    assert same == ["raw/coil/runs.csv"]


def test_every_raw_file_is_marked(played: Played):
    """Whoever opens one sees that it was not measured."""
    for path, content in played.raw.items():
        text = content.decode("latin-1")
        if not path.endswith(".xlsx"):
            assert "simulated" in text, path


def test_nothing_raw_tells_the_truth(played: Played):
    """No true value is written into a raw file's header."""
    assert all(path.startswith("raw/") for path in played.raw)
    for path, content in played.raw.items():
        assert b"surface_" not in content, path


def test_the_truth_names_the_file_that_speaks_of_it(played: Played):
    """One row per file."""
    for name in SAMPLES:
        assert set(_truth(played, name)["file"]) <= set(played.raw)


def test_some_symmetric_cells_fail_as_they_do(played: Played):
    """Two shorts and two noisy ones, in addition."""
    conditions = _truth(played, "eis")["condition"].value_counts().rows()

    assert dict(conditions) == {"sound": 13, "shorted": 2, "noisy": 2}


def test_planted_faults_are_named_in_the_truth():
    """A short, a thickness in mm, two cells that have changed places; all else is as without."""
    faults = ("short", "wrong_unit", "swapped_sample")
    plain, faulty = (
        play(plant_study(samples=SAMPLES, faults=each), plant_plan()) for each in ((), faults)
    )
    changed = [path for path in plain.raw if plain.raw[path] != faulty.raw[path]]
    table = _truth(faulty, "eis")
    swapped = table.filter(condition="swapped")

    assert len(faulty.faults) == 3
    assert list(faulty.faults) == json.loads(faulty.truth["truth.json"])["faults"]
    assert sorted(path.split("/")[1] for path in changed) == ["eis", "eis", "eis", "sheets"]
    assert table.filter(condition="planted short").height == 1
    np.testing.assert_allclose(
        swapped["ionic_resistance_in_file_ohm"], swapped["specimen_ionic_resistance_ohm"].reverse()
    )


def test_a_wrong_unit_makes_a_sheet_thinner_than_its_foil():
    """0.07 where 70 µm are meant."""
    faulty = play(plant_study(samples=SAMPLES, faults=("wrong_unit",)), plant_plan())
    sheets = pl.read_csv(io.BytesIO(faulty.raw["raw/sheets/sheets.csv"]))

    assert sheets.filter(pl.col("thickness_1_um") < 1.0).height == 1
    assert sheets.filter(pl.col("thickness_1_um") > 50.0).height == sheets.height - 1


def test_a_plant_without_scatter_repeats_itself():
    """Specimens of a run are alike in all that is true of them."""
    silent = play(plant_study(samples=SAMPLES, noise_scale=0.0), plant_plan())
    table = _truth(silent, "cells")
    for rate in ALL_RATES:
        truths = [
            table[f"{kind}_discharge_capacity_{rate_name(rate)}_mah"]
            for kind in ("surface", "configuration", "specimen")
        ]

        assert truths[0].to_list() == truths[1].to_list() == truths[2].to_list()


def test_cells_carry_the_capacity_of_their_cathode(played: Played):
    """3.7344 to 5.1004 mAh at N:P 1.2 and a disc of 14 mm (known answers)."""
    nominal = dict(_truth(played, "cells").select("run", "nominal_capacity_mah").iter_rows())

    assert nominal[1] == pytest.approx(3.7344, abs=2e-4)
    assert nominal[2] == pytest.approx(5.1004, abs=2e-4)


@pytest.mark.parametrize(
    ("block", "missing"),
    [("line", "line"), ("cell", "cell"), ("protocols", "no protocol")],
)
def test_what_the_plant_cannot_do_without_is_named(block: str, missing: str):
    """With the place in study.toml."""
    study = plant_study()
    empty = {} if block == "protocols" else None
    with pytest.raises(SimulationError, match=missing) as refused:
        play(study.model_copy(update={block: empty}), plant_plan())

    assert refused.value.where.startswith("study.toml")


def test_a_material_without_solid_content_is_refused():
    """Its film could not be wet."""
    study = plant_study()
    dry = study.materials["anode"].model_copy(update={"solid_content": None})
    with pytest.raises(SimulationError, match="solid_content"):
        recipe_of(study.model_copy(update={"materials": {**study.materials, "anode": dry}}))


def test_without_pybamm_the_way_to_it_is_reported(monkeypatch: pytest.MonkeyPatch):
    """The extra, and the closed form that needs none."""
    monkeypatch.setitem(sys.modules, "pybamm", None)
    cell = full_cell(Coatings.at(9.7, 57.5, 0.325), recipe_of(plant_study()))
    with pytest.raises(SimulationError, match="PyBaMM") as refused:
        dfn_capacities(cell, [0.1])

    assert "electrodoe[simulate]" in refused.value.fix


def test_a_full_cell_has_the_papers_measures():
    """Known answers: 8.2 mg/cm² at 25 % are 53.898 µm; its cathode at 30 % is 48.002 µm."""
    cell = full_cell(Coatings.at(8.2, 50.0, 0.25), recipe_of(plant_study()))

    assert cell.anode_thickness_um == pytest.approx(53.898, abs=1e-3)
    assert cell.cathode_thickness_um == pytest.approx(48.002, abs=3e-3)
    assert cell.nominal_capacity_mah == pytest.approx(3.7344, abs=2e-4)
    sites_mah_g = cell.anode_site_density_mol_m3 * 96485.33212 / 3600.0 / 2.26e3
    assert sites_mah_g == pytest.approx(355.0)


def test_the_dfn_model_replaces_the_closed_form(played: Played, monkeypatch: pytest.MonkeyPatch):
    """What it says of a configuration scales every cell of it; scatter stays."""
    cells = _truth(played, "cells").with_columns(pl.col("run").cast(pl.String))
    recipe = recipe_of(plant_study())
    name = "specimen_discharge_capacity_1c_mah"

    def doubled(cell: object, rates: tuple[float, ...]) -> np.ndarray:
        return np.array([2.0 * cell.nominal_capacity_mah for _ in rates])

    monkeypatch.setattr("electrodoe.virtual_line.dfn.dfn_capacities", doubled)
    replaced = by_dfn(cells, recipe)

    assert replaced.columns == cells.columns
    fraction = replaced[name] / replaced["nominal_capacity_mah"]
    assert fraction.is_between(1.9, 2.1).all()
    assert (replaced[name] / cells[name]).round(9).n_unique() == cells["run"].n_unique()
