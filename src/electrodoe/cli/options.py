"""Options that several commands share, and the folder that ``STUDY`` means."""

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells have it."""

StudyPath = Annotated[
    Path, typer.Argument(help="Folder that holds study.toml and its table.", metavar="STUDY")
]
EffortOption = Annotated[
    Literal["quick", "standard", "full"] | None,
    typer.Option(
        help="How many repeats, bootstraps and candidates; without it: the study's.",
        show_default=False,
    ),
]
SeedOption = Annotated[
    int | None,
    typer.Option(
        help="Start of every random choice; without it: the study's.", show_default=False, min=0
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        help="Processes, one per core without it; results never depend on it.", show_default=False
    ),
]
EngineOption = Annotated[
    str, typer.Option(help="Where to compute: local, or dask://host:port of a running cluster.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Do everything again.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def folder_of(study: Path) -> Path:
    """Return a study's folder, named by itself or by the ``study.toml`` in it."""
    return study if study.is_dir() else study.parent
