"""What every test may rely on: no deadline, whose tests stand together, where examples lie."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("electrodoe", deadline=None, database=None, max_examples=40)
settings.load_profile("electrodoe")

_ROOT = Path(__file__).parents[1]
_SHARED = ("anode", "first_small_run", "first_wanting_run", "first_ridge_run")
"""Fixtures that take longer to make than most tests take: a folder simulated, or run."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring tests together that share what is costly to make; the rest keeps its random order.

    Two workers start with one half each, so that only the first makes it.
    """
    items.sort(key=_shared)


def _shared(item: pytest.Item) -> int:
    """Return the place of the shared fixture that a test asks for; others come last."""
    asked = getattr(item, "fixturenames", ())
    return next((place for place, name in enumerate(_SHARED) if name in asked), len(_SHARED))


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
def shared_cases() -> Path:
    """Return the folder of inputs that went wrong once, or skip where it is absent."""
    folder = _ROOT / ".." / "shared" / "cases"
    if not folder.is_dir():
        pytest.skip("the shared cases are not beside this repository")
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the repository, or skip where it is absent."""
    folder = _ROOT / ".." / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data are not beside this repository")
    return folder
