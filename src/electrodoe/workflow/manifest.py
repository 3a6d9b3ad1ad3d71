"""What results were made from: hashes, versions, seed, times; whether anybody measured it."""

import json
import platform
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError
from threadpoolctl import threadpool_info

from electrodoe import __version__
from electrodoe.storage import digest, write_atomically
from electrodoe.study import Study

MANIFEST_FILE: Final = "manifest.json"
_LIBRARIES: Final = ("numpy", "scipy", "polars", "scikit-learn", "xgboost-cpu", "contourpy")


class StageRecord(BaseModel):
    """One finished stage.

    Attributes
    ----------
    key : str
        Hash of everything the stage depends on.
    products : dict
        Hash of each file it wrote, by its path in the results folder.
    seconds : float
        How long it took.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    products: dict[str, str]
    seconds: float


class Manifest(BaseModel):
    """What a results folder holds and where it comes from.

    Attributes
    ----------
    versions : dict
        Of this package, Python and the numerical libraries.
    machine : dict
        What sums are added up by: processor, instruction sets that NumPy uses, kernel and threads
        of the libraries for linear algebra. Results agree between machines to the printed digits.
    inputs : dict
        Hash of the study and of the table.
    seed : int
        Start of every random choice.
    effort : str
        How many repeats, bootstraps and candidates.
    condense_seconds : float or None
        How long instruments' files took to condense; None where there are none.
    stages : dict
        Finished stages.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    versions: dict[str, str]
    machine: dict[str, str] = {}
    inputs: dict[str, str]
    seed: int
    effort: str = ""
    condense_seconds: float | None = None
    stages: dict[str, StageRecord] = {}

    def with_stage(self, name: str, record: StageRecord) -> "Manifest":
        """Return the manifest with one more finished stage."""
        return self.model_copy(update={"stages": {**self.stages, name: record}})

    def is_fresh(self, name: str, key: str, folder: Path) -> bool:
        """Return whether a stage was made from the same things and its files are untouched."""
        record = self.stages.get(name)
        if record is None or record.key != key:
            return False
        return all(
            (folder / path).is_file() and digest((folder / path).read_bytes()) == expected
            for path, expected in record.products.items()
        )


def read_manifest(folder: Path) -> Manifest | None:
    """Return a results folder's manifest, or None where there is no readable one."""
    file = folder / MANIFEST_FILE
    try:
        return Manifest.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest atomically."""
    text = (
        json.dumps(
            manifest.model_dump(mode="json", exclude_none=True), indent=2, ensure_ascii=False
        )
        + "\n"
    )
    write_atomically(folder / MANIFEST_FILE, text.encode())


@cache
def versions() -> dict[str, str]:
    """Return the versions of this package, of Python and of the libraries that compute."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    found = {"electrodoe": __version__, "python": python}
    for library in _LIBRARIES:
        name = "xgboost" if library == "xgboost-cpu" and sys.platform == "darwin" else library
        found[name] = version(name)
    return found


@cache
def machine() -> dict[str, str]:
    """Return what sums are added up by on this machine: nothing in a result's key depends on it."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    found = {
        "processor": platform.machine(),
        "numpy_simd": " ".join([*simd.get("baseline", []), *simd.get("found", [])]),
    }
    for library in threadpool_info():
        name = Path(str(library["filepath"])).name.split("-")[0].split(".")[0]
        kernel = library.get("architecture")
        parts = [library.get("version"), kernel, f"{library['num_threads']} threads"]
        found[name] = ", ".join(str(part) for part in parts if part)
    return found


@cache
def code_fingerprint() -> str:
    """Return a hash of this package's own code and of the versions it computes with."""
    root = Path(__file__).parents[1]
    sources = sorted(
        path for path in root.rglob("*") if path.suffix in {".py", ".html", ".j2", ".css"}
    )
    parts = [part for path in sources for part in (path.name.encode(), path.read_bytes())]
    return digest(*parts, json.dumps(versions()).encode())


MARK_FILE: Final = "raw/SIMULATED.txt"
"""What the virtual line leaves beside the files that it has written."""


def is_simulated_study(study: Study, folder: Path) -> bool:
    """Return whether samples were made up: as the study says, or as the virtual line has marked."""
    if study.measurements.simulated or not study.protocols:
        return study.measurements.simulated
    return is_simulated(folder)


def is_simulated(folder: Path) -> bool:
    """Return whether a study's raw files come from the virtual line, all of them or a part."""
    return (folder / MARK_FILE).is_file()
