"""What every test may rely on: hypothesis without a deadline, and where the examples lie."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("electrodoe", deadline=None, database=None, max_examples=40)
settings.load_profile("electrodoe")

_ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the end-to-end claims be tried on other simulated studies."""
    parser.addoption("--study-seed", type=int, default=2023, help="seed of the simulated study")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder that holds ``pyproject.toml``."""
    return _ROOT


@pytest.fixture(scope="session")
def example() -> Path:
    """Return the folder of the calendering study."""
    return _ROOT / "examples" / "calendering-nmc622"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the repository, or skip where it is absent."""
    folder = _ROOT / ".." / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data are not beside this repository")
    return folder
