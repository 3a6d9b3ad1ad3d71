"""Files of the instruments as pandas frames and arrays."""

from pathlib import Path

import numpy as np
import pandas as pd
from impedance.preprocessing import readFile

CELL_COLUMNS = ["Command", "I[A]", "Ah-Step", "Cyc-Count"]


def read_spectra(folder: Path) -> dict[Path, tuple[np.ndarray, np.ndarray]]:
    """Return frequencies and impedances of every EC-Lab file, by path."""
    return {
        path: readFile(str(path), instrument="biologic") for path in sorted(folder.glob("*.mpt"))
    }


def read_curves(folder: Path) -> dict[Path, pd.DataFrame]:
    """Return time, travel and force of every testXpert file, by path."""
    return {path: read_curve(path) for path in sorted(folder.glob("*.TRA"))}


def read_curve(path: Path) -> pd.DataFrame:
    """Return one pull-off curve: twelve lines of names and units, then numbers."""
    return pd.read_csv(
        path,
        sep="\t",
        skiprows=12,
        header=None,
        names=["time_s", "travel_mm", "force_n"],
        encoding="latin-1",
    )


def read_cells(folder: Path) -> dict[Path, pd.DataFrame]:
    """Return what capacities need of every BaSyTec file, by path."""
    return {path: read_cell(path) for path in sorted(folder.glob("*.txt"))}


def read_cell(path: Path) -> pd.DataFrame:
    """Return one cell's rows: the names stand in line 13."""
    return pd.read_csv(path, sep="\t", skiprows=12, usecols=CELL_COLUMNS, encoding="latin-1")


def run_and_sample(path: Path) -> tuple[int, int]:
    """Return what a file's name tells: ``run01_cell2`` is sample 2 of run 1."""
    run, sample = path.stem.split("_")
    return int(run.removeprefix("run")), int("".join(filter(str.isdigit, sample)))
