"""From records to a table: order, copies, overrules, tortuosity, what cannot be fitted."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.preprocess.impedance.cells import (
    FREQUENCY_HZ,
    make_cells,
    make_noisy,
    make_protocol,
    make_records,
)

from electrodoe.findings import Severity
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.physics import tortuosity, transmission_line
from electrodoe.preprocess.impedance import condense_impedance, impedance_curves

CELLS = make_cells(6)
NOISY = make_noisy(transmission_line(FREQUENCY_HZ, *CELLS))


def test_rows_keep_the_order_of_the_spectra():
    """Also where they lie on several grids, batched one after the other."""
    coarse = np.logspace(4, -1, 26)
    others = make_records(make_noisy(transmission_line(coarse, *CELLS)), coarse)
    mixed = [each for pair in zip(make_records(NOISY), others, strict=True) for each in pair]

    table = condense_impedance(mixed, make_protocol()).table

    assert table["file"].to_list() == [str(each.path) for each in mixed]
    np.testing.assert_allclose(
        table["ionic_resistance_ohm"].to_numpy(), np.repeat(CELLS[1], 2), rtol=0.03
    )


def test_nothing_to_condense_is_an_empty_table():
    """With all columns."""
    table = condense_impedance([], make_protocol()).table

    assert table.height == 0
    assert {"file", "lines", "rule", "accepted", "flags"} <= set(table.columns)


@pytest.mark.parametrize("model", ["auto", "line", "cut", "contact", "inductive", "shorted"])
@pytest.mark.parametrize("weighting", ["modulus", "unit"])
def test_what_is_no_cell_is_never_accepted(model: str, weighting: str):
    """A resistor, a capacitor, zeros, an RC element, numbers beyond all instruments, pure noise."""
    omega = 2.0 * np.pi * FREQUENCY_HZ
    noise = np.random.default_rng(0).normal(size=(2, 51))
    strangers = np.stack(
        [
            np.full(51, 50.0 - 1e-9j),
            1.0 / (1j * omega * 1e-3),
            np.zeros(51),
            50.0 / (1.0 + 1j * omega * 1e-2),
            np.full(51, 1e300 - 1e300j),
            np.full(51, 1e-300 - 1e-300j),
            noise[0] - 1j * np.abs(noise[1]),
            -50.0 - 1j / FREQUENCY_HZ,
        ]
    )
    protocol = make_protocol(model=model, weighting=weighting)

    table = condense_impedance(make_records(strangers), protocol).table

    assert not table["accepted"].any()


@pytest.mark.parametrize("model", ["auto", "line", "cut", "contact", "inductive", "shorted"])
def test_a_point_that_is_no_number_is_left_out(model: str):
    """The others are fitted as if it was not there, by any circuit."""
    spoiled = NOISY.copy()
    spoiled[:, 7] = np.nan

    table = condense_impedance(make_records(spoiled), make_protocol(model=model)).table

    np.testing.assert_allclose(table["ionic_resistance_ohm"].to_numpy(), CELLS[1], rtol=0.1)


def test_a_copy_is_found_and_counts_once():
    """The later one is rejected; the finding names the original."""
    records = make_records(np.concatenate([NOISY, NOISY[2:3]]))

    condensed = condense_impedance(records, make_protocol())

    assert condensed.table["flags"].to_list() == [""] * 6 + ["copy"]
    assert condensed.table["accepted"].to_list() == [True] * 6 + [False]
    (finding,) = condensed.findings
    assert finding.code == "D313"
    assert "cell_2.csv" in finding.what
    assert "cell_6.csv" in finding.where


@pytest.mark.parametrize(
    ("impedance", "settings"), [(NOISY.conj(), {}), (NOISY, {"lowest_hz": 1.0, "highest_hz": 2.0})]
)
def test_what_cannot_be_fitted_is_kept_and_reported(
    impedance: np.ndarray, settings: dict[str, float]
):
    """A turned sign, a window without points: a row without values, and an error."""
    condensed = condense_impedance(make_records(impedance), make_protocol(**settings))

    assert condensed.table["ionic_resistance_ohm"].null_count() == 6
    assert set(condensed.table["flags"]) == {"too few points for a fit"}
    assert not condensed.table["accepted"].any()
    assert {each.severity for each in condensed.findings} == {Severity.ERROR}


@pytest.mark.parametrize(
    "entry", [{"file": "cell_3.csv"}, {"file": "raw/cell_3.csv", "sweep": 1}, {"sample": "cell_3"}]
)
def test_a_person_has_the_last_word(entry: dict[str, object]):
    """Reject with a reason, by file, sweep or sample."""
    protocol = make_protocol(overrules=[entry | {"verdict": "reject", "reason": "leaky"}])

    condensed = condense_impedance(make_records(NOISY), protocol)

    row = condensed.table.row(3, named=True)
    assert not row["accepted"]
    assert row["overruled_because"] == "leaky"
    assert row["flags"] == "rejected by a person"
    assert condensed.table["accepted"].sum() == 5
    assert [each.code for each in condensed.findings] == ["D315"]


def test_a_person_can_accept_what_was_rejected():
    """The flags stay beside the verdict."""
    records = make_records(np.concatenate([NOISY, NOISY[2:3]]))
    entry = {"file": "cell_6.csv", "verdict": "accept", "reason": "measured twice"}

    table = condense_impedance(records, make_protocol(overrules=[entry])).table

    assert table["accepted"][6]
    assert table["flags"][6] == "copy; accepted by a person"


def test_an_overrule_of_nothing_is_an_error():
    """A name that was mistyped would be lost."""
    entry = {"file": "cell_33.csv", "verdict": "accept", "reason": "why not"}

    condensed = condense_impedance(make_records(NOISY), make_protocol(overrules=[entry]))

    (finding,) = condensed.findings
    assert (finding.code, finding.severity) == ("D316", Severity.ERROR)
    assert "cell_33.csv" in finding.where


def test_tortuosity_carries_every_uncertainty():
    """First order agrees with a hundred thousand draws of all five inputs, within 3 %."""
    records = make_records(NOISY)
    protocol = make_protocol(
        conductivity_us_cm=350.0,
        conductivity_uncertainty_us_cm=7.0,
        disc_diameter_mm=15.0,
        disc_diameter_uncertainty_mm=0.1,
    )
    samples = pl.DataFrame(
        {
            "file": [str(record.path) for record in records],
            "coating_thickness_um": [70.0] * 6,
            "coating_thickness_uncertainty_um": [1.5] * 6,
            "porosity": [0.3] * 6,
            "porosity_uncertainty": [0.01] * 6,
        }
    )

    table = condense_impedance(records, protocol, samples).table

    rng = np.random.default_rng(3)
    for row in table.iter_rows(named=True):
        ratio = row["ionic_resistance_high_ohm"] / row["ionic_resistance_low_ohm"]
        fraction = np.log(ratio) / 2.0 / 1.96
        drawn = tortuosity(
            row["ionic_resistance_ohm"] * np.exp(fraction * rng.normal(size=100_000)),
            rng.normal(70.0, 1.5, 100_000),
            rng.normal(0.3, 0.01, 100_000),
            rng.normal(350.0, 7.0, 100_000),
            rng.normal(15.0, 0.1, 100_000),
        )
        assert row["tortuosity_uncertainty"] == pytest.approx(drawn.std(), rel=0.03)
        inside = (row["tortuosity_low"] < drawn) & (drawn < row["tortuosity_high"])
        assert inside.mean() == pytest.approx(0.95, abs=0.01)


def test_a_sample_without_thickness_has_no_tortuosity():
    """The others have one."""
    records = make_records(NOISY)
    samples = pl.DataFrame(
        {
            "file": [str(record.path) for record in records],
            "coating_thickness_um": [70.0, None, 70.0, 70.0, 70.0, 70.0],
            "porosity": [0.3] * 6,
        }
    )
    protocol = make_protocol(conductivity_us_cm=350.0, disc_diameter_mm=15.0)

    table = condense_impedance(records, protocol, samples).table

    assert table["tortuosity"].is_null().to_list() == [False, True] + [False] * 4


def test_readers_remarks_are_handed_on_and_sweeps_distinguished():
    """Two sweeps of one file are two rows."""
    first = make_records(NOISY)[0]
    second = ImpedanceSpectrum(**vars(first) | {"sweep": 2, "impedance_ohm": NOISY[1]})

    table = condense_impedance([first, second], make_protocol()).table

    assert table["sweep"].to_list() == [1, 2]
    assert set(table["file"]) == {str(Path("raw/cell_0.csv"))}


def test_curves_are_the_reported_fits():
    """One curve per spectrum, through points that the fit saw."""
    curves = impedance_curves(make_records(NOISY), make_protocol(highest_hz=1000.0))

    assert curves["spectrum"].to_list() == np.repeat(np.arange(6), 51).tolist()
    assert curves.filter(pl.col("frequency_hz") > 1001.0)["fit_real_ohm"].null_count() == 60
    used = curves.filter("is_used")
    np.testing.assert_allclose(used["fit_real_ohm"], used["real_ohm"], rtol=0.2)
