"""A small simulated study that runs in seconds, and is run once for all tests that begin so."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import polars as pl
import pytest

from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.run import Silence
from electrodoe.workflow.runner import Outcome, run_study

A_MOMENT_S = 0.005
"""Pause while another process works: shorter than any part of a run takes."""
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


def write_small_study(folder: Path) -> Path:
    """Write the study and its table into a folder of theirs."""
    folder.mkdir()
    (folder / "study.toml").write_text(STUDY)
    simulated_samples().write_csv(folder / "samples.csv")
    return folder


@pytest.fixture
def small_study(tmp_path: Path) -> Path:
    """Return a folder with the study and its table."""
    return write_small_study(tmp_path / "study")


@pytest.fixture
def wanting_study(tmp_path: Path) -> Path:
    """Return the folder with a goal: strong, at least 310 kPa."""
    return write_wanting_study(tmp_path / "study")


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


def keep_ridge_alone(folder: Path) -> None:
    """Leave the family whose intervals need refits."""
    file = folder / "study.toml"
    text = file.read_text()
    assert '"polynomial", "ridge_quadratic"' in text
    file.write_text(text.replace('"polynomial", "ridge_quadratic"', '"ridge_quadratic"'))


class Counting(Silence):
    """Remembers how many parts of each stage were not there yet."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def stage_started(self, name: str, n_tasks: int) -> None:
        """Take the number down."""
        self.counts[name] = n_tasks


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A study's folder after its first run, what the run answered, and what it had to make."""

    folder: Path
    outcome: Outcome
    counts: MappingProxyType[str, int]

    def copied(self, folder: Path) -> "Ran":
        """Return the same in another folder, which a test may change."""
        shutil.copytree(self.folder, folder)
        results = folder / "results"
        outcome = replace(self.outcome, folder=results, report=results / self.outcome.report.name)
        return replace(self, folder=folder, outcome=outcome)


def run_first(folder: Path, **settings: object) -> Ran:
    """Return a study that was run in this process."""
    counting, study = Counting(), read_study(folder)
    asked = study.with_settings(**settings) if settings else study
    outcome = run_study(asked, folder, LocalEngine(n_workers=1), observer=counting)
    return Ran(folder=folder, outcome=outcome, counts=MappingProxyType(counting.counts))


def kept(ran: Ran) -> Iterator[Ran]:
    """Yield a run for many tests, and fail if one of them has changed its folder."""
    before = contents(ran.folder)
    yield ran
    assert contents(ran.folder) == before


def contents(folder: Path) -> dict[Path, bytes]:
    """Return the bytes of every file."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_wanting_study(folder: Path) -> Path:
    """Write the study with a goal: strong, at least 310 kPa."""
    declare_goal(write_small_study(folder), 'goal = "maximize"\nlower = 310.0\n')
    return folder


@pytest.fixture(scope="session")
def first_small_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Yield the small study's run; a test takes a copy."""
    yield from kept(run_first(write_small_study(tmp_path_factory.mktemp("small") / "study")))


@pytest.fixture(scope="session")
def first_wanting_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Yield the run with a goal; a test takes a copy."""
    yield from kept(run_first(write_wanting_study(tmp_path_factory.mktemp("wanting") / "study")))


@pytest.fixture(scope="session")
def first_ridge_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Yield the run with a goal whose one family needs refits; a test takes a copy."""
    folder = write_wanting_study(tmp_path_factory.mktemp("ridge") / "study")
    keep_ridge_alone(folder)
    yield from kept(run_first(folder))


@pytest.fixture
def small_run(first_small_run: Ran, tmp_path: Path) -> Ran:
    """Return a copy of the small study after its run."""
    return first_small_run.copied(tmp_path / "study")


@pytest.fixture
def wanting_run(first_wanting_run: Ran, tmp_path: Path) -> Ran:
    """Return a copy of the study with a goal after its run."""
    return first_wanting_run.copied(tmp_path / "study")


@pytest.fixture
def ridge_run(first_ridge_run: Ran, tmp_path: Path) -> Ran:
    """Return a copy of the study with a goal and refits after its run."""
    return first_ridge_run.copied(tmp_path / "study")
