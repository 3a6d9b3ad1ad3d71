"""From planned experiments to decisions, for the people who make battery electrodes.

The names below are the public ones; each is loaded on first use, so that ``import
electrodoe`` is light. Three verbs share their name with their package:
``electrodoe.evaluate.evaluate``, ``electrodoe.explain.explain`` and ``electrodoe.verify.verify``.
"""

from importlib import import_module
from typing import Final

__version__ = "0.1.0"

_ROOMS: Final = {
    "Study": "study",
    "assemble": "dataset",
    "tune": "models",
    "fit": "models",
    "inspect": "dataset",
    "load_model": "models",
    "read_study": "study",
    "read_table": "ingest",
    "recommend_study": "workflow.recommend",
    "run_study": "workflow.runner",
}

__all__ = [
    "Study",
    "assemble",
    "fit",
    "inspect",
    "load_model",
    "read_study",
    "read_table",
    "recommend_study",
    "run_study",
    "tune",
]


def __getattr__(name: str) -> object:
    """Return a public name, loading its room on first use."""
    if name not in _ROOMS:
        message = f"module 'electrodoe' has no attribute '{name}'"
        raise AttributeError(message)
    return getattr(import_module(f"electrodoe.{_ROOMS[name]}"), name)
