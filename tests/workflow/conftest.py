"""A small simulated study that runs in seconds."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

STUDY = """\
title = "Small simulated study"
question = "Does the chain hold?"

[measurements]
table = "samples.csv"
group = "run"
id = "sample"

[factors.mass_loading_mg_cm2]
[factors.porosity]

[responses.adhesion_strength_kpa]

[settings]
seed = 7
effort = "quick"
n_repeats = 3
n_bootstraps = 3
families = ["mlr", "ridge_quadratic", "random_forest"]
"""


def simulated_samples(seed: int = 0) -> pl.DataFrame:
    """Return 9 configurations of 3 samples each: simulated, with noise."""
    rng = np.random.default_rng(seed)
    loading, porosity = np.meshgrid([8.0, 10.0, 12.0], [0.25, 0.3, 0.35])
    loading, porosity = np.repeat(loading.ravel(), 3), np.repeat(porosity.ravel(), 3)
    strength = 300.0 - 400.0 * (porosity - 0.3) + 10.0 * (loading - 10.0) ** 2
    return pl.DataFrame(
        {
            "sample": [f"S{number:02d}" for number in range(27)],
            "run": np.repeat(np.arange(9), 3),
            "mass_loading_mg_cm2": loading,
            "porosity": porosity,
            "adhesion_strength_kpa": strength + rng.normal(0.0, 3.0, 27),
        }
    )


@pytest.fixture
def small_study(tmp_path: Path) -> Path:
    """Return a folder with the study and its table."""
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "study.toml").write_text(STUDY)
    simulated_samples().write_csv(folder / "samples.csv")
    return folder


@pytest.fixture
def wanting_study(small_study: Path) -> Path:
    """Return the folder with a goal: strong, at least 310 kPa."""
    declare_goal(small_study, 'goal = "maximize"\nleast = 310.0\n')
    return small_study


def declare_goal(folder: Path, goal: str) -> None:
    """Write a goal, a tolerance and two fast families into the study."""
    file = folder / "study.toml"
    text = file.read_text()
    head = "[responses.adhesion_strength_kpa]\n"
    text = text.replace(head, head + goal)
    text = text.replace("[factors.porosity]\n", "[factors.porosity]\ntolerance = 0.02\n")
    text = text.replace(
        '"mlr", "ridge_quadratic", "random_forest"', '"polynomial", "ridge_quadratic"'
    )
    file.write_text(text)
