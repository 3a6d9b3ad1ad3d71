"""A study of seven factors, one of them a category, ends in a window that was sampled."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.study import read_study
from electrodoe.workflow.engines import choose_engine
from electrodoe.workflow.runner import run_study

NUMBERS = ("loading", "speed", "dryer_1", "dryer_2", "roll_temperature", "line_load")
SLOPES = np.array([-18.0, 0.0, 6.0, 0.0, 40.0, 25.0])
BINDERS = ("PVDF", "PAA")


def truth(coded: np.ndarray, is_paa: np.ndarray) -> np.ndarray:
    """Return the simulated adhesion."""
    return 320.0 + coded @ SLOPES + 30.0 * is_paa


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """Return the results of a run from a table to the report."""
    folder = tmp_path_factory.mktemp("seven")
    rng = np.random.default_rng(5)
    coded = rng.integers(-1, 2, (36, len(NUMBERS))).astype(float)
    is_paa = np.arange(36) % 2
    adhesion = truth(coded, is_paa) + rng.normal(0.0, 4.0, (2, 36))
    frame = pl.DataFrame(
        {
            "sample": [f"S{run:02d}{each}" for each, run in product("ab", range(36))],
            "run": [f"R{run:02d}" for run in range(36)] * 2,
            **{name: np.tile(10.0 + coded[:, j], 2) for j, name in enumerate(NUMBERS)},
            "binder": [BINDERS[each] for each in is_paa] * 2,
            "adhesion": adhesion.ravel(),
        }
    )
    frame.write_csv(folder / "samples.csv")
    factors = "".join(
        f"[factors.{name}]\nregion = [9.0, 11.0]\ntolerance = 0.005\n" for name in NUMBERS
    )
    (folder / "study.toml").write_text(
        'title = "Seven factors"\n[measurements]\ntable = "samples.csv"\nid = "sample"\n'
        f'group = "run"\n{factors}[factors.binder]\nlevels = ["PVDF", "PAA"]\n'
        '[responses.adhesion]\nunit = "kPa"\ngoal = "maximize"\nlower = 330.0\n'
        '[settings]\nfamilies = ["mlr"]\neffort = "quick"\n[recommend]\nprobability = 0.95\n'
    )
    run_study(read_study(folder), folder, choose_engine("local", 1))
    return folder / "results"


def test_the_window_truly_holds(results: Path):
    """At its worst corner, a product keeps the specification with what was asked for."""
    found = json.loads((results / "recommendation.json").read_text())
    window, settings = found["window"], found["set_point"]["settings"]

    assert window["is_sampled"]
    assert set(window["ranges"]) == set(NUMBERS)
    assert window["holds_set_point"]
    assert window["confidence"] == 0.9
    corners = np.array(list(product(*window["ranges"].values()))) - 10.0
    smallest = truth(corners, np.full(len(corners), settings["binder"] == "PAA")).min()
    assert smallest > 330.0 + 1.64 * 4.0
    assert window["region_fraction"] > 0.01


def test_report_page_and_figure_say_that_it_was_sampled(results: Path):
    """And draw the chance that was asked for, at slices through four factors."""
    found = json.loads((results / "recommendation.json").read_text())
    words = found["pictures"]["operating_window"]["caption"].replace("\N{NO-BREAK SPACE}", " ")
    drawn = (results / "figures" / "operating_window.svg").read_text()
    table = pl.read_csv(results / "operating_window.csv")

    assert "found by samples, not on a grid" in found["summary"][2]
    assert "inside the dashed line it is 95 %" in words
    assert "slice through two of the four factors" in words
    assert "95\N{NO-BREAK SPACE}%, guaranteed" in drawn
    assert table.select("x_factor", "y_factor").n_unique() == 6
    assert {"roll_temperature", "line_load"} <= set(table["x_factor"]) | set(table["y_factor"])
    assert table.filter(kind="asked")["probability"].unique().to_list() == [0.95]
    assert "found by samples" in (results / "recommendation.html").read_text()
