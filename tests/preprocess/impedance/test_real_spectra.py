"""The fourteen real spectra of the FIPT data set, beside their reference fits."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.preprocess.impedance.cells import make_protocol

from electrodoe.ingest import read_spectra
from electrodoe.preprocess.impedance import condense_impedance

REPEATED = "011"


@pytest.fixture(scope="module")
def table(shared_data: Path) -> pl.DataFrame:
    """Return the condensed spectra with the reference's resistance and short."""
    folder = shared_data / "fipt-blocking-eis"
    reference = json.loads((folder / "reference_fits.json").read_text())
    spectra = [
        each for path in sorted((folder / "spectra").glob("*.csv")) for each in read_spectra(path)
    ]
    condensed = condense_impedance(spectra, make_protocol()).table
    names = [Path(file).name for file in condensed["file"]]
    return condensed.with_columns(
        pl.Series("name", [name[-7:-4] for name in names]),
        pl.Series("reference_ohm", [reference[name]["r_ion"] for name in names]),
        pl.Series("has_short", ["r_short" in reference[name] for name in names]),
    )


def test_unshorted_cells_have_the_references_resistance(table: pl.DataFrame):
    """Within 5 % in the median and 10 % at most."""
    sound = table.filter(~pl.col("has_short"))

    error = (sound["ionic_resistance_ohm"] / sound["reference_ohm"] - 1.0).abs().to_numpy()

    assert sound.height == 11
    assert np.median(error) <= 0.05
    assert error.max() <= 0.10


def test_shorted_cells_are_flagged(table: pl.DataFrame):
    """All three, and 010, whose last points bend to the real axis as well."""
    flagged = table.filter(pl.col("flags").str.contains(r"\bshort\b"))

    assert flagged["name"].to_list() == ["004", "008", "009", "010"]
    assert not flagged["accepted"].any()


def test_the_repeated_spectrum_is_found(table: pl.DataFrame):
    """002 and 011 hold the same bytes."""
    copies = table.filter(pl.col("flags").str.contains("copy"))

    assert copies["name"].to_list() == [REPEATED]


def test_the_protocol_moves_the_resistance_more_than_noise_says(table: pl.DataFrame):
    """Weighting and cropping: some percent; another trial found 4.4 in the median."""
    sound = table.filter(~pl.col("flags").str.contains(r"\bshort\b"))

    low, high = (sound[f"ionic_resistance_spread_{end}_ohm"] for end in ("low", "high"))
    span = ((high - low) / sound["ionic_resistance_ohm"]).to_numpy()

    assert 0.02 < np.median(span) < 0.12
    assert span.max() < 0.2
