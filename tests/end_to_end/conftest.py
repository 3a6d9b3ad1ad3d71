"""The anode study on the virtual line, its files condensed once for all tests."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from electrodoe.study import Simulation, Study, read_study
from electrodoe.workflow.condense import Condensation, condense_study
from electrodoe.workflow.simulate import simulate_study


@dataclass(frozen=True, kw_only=True)
class Played:
    """A simulated study, what was condensed from it, and what is true of it."""

    study: Study
    folder: Path
    condensed: Condensation

    def truth(self, name: str) -> pl.DataFrame:
        """Return a table of the truth."""
        return pl.read_csv(self.folder / "truth" / f"{name}.csv")


def play(repository: Path, folder: Path, seed: int, simulation: Simulation | None = None) -> Played:
    """Return the anode study, simulated and condensed in a folder."""
    shutil.copy(repository / "examples" / "anode-coating" / "study.toml", folder)
    study = read_study(folder).with_settings(seed=seed)
    if simulation is not None:
        study = study.model_copy(update={"simulation": simulation})
    simulate_study(study, folder)
    return Played(study=study, folder=folder, condensed=condense_study(study, folder))


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """Return the seed of the simulated study: the example's, or that of ``--study-seed``."""
    return int(request.config.getoption("--study-seed"))


@pytest.fixture(scope="session")
def anode(repository: Path, tmp_path_factory: pytest.TempPathFactory, seed: int) -> Played:
    """Return the anode study as the example declares it; not to be changed."""
    return play(repository, tmp_path_factory.mktemp("anode"), seed)
