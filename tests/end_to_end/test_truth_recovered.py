"""From the virtual line's raw files back to what was true, without having looked.

The limits are those of the project's own aim: 3 % for the ionic resistance, 5 % for the adhesion,
1 % for capacities and for the coil's mapping.
"""

import json
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.study import Simulation
from end_to_end.conftest import Played, Recorder, play

SAMPLES = {
    "adhesion": 17,
    "uncalendered_adhesion": 12,
    "impedance": 86,
    "uncalendered_impedance": 12,
    "cells": 17,
}


@pytest.mark.parametrize(
    ("measurement", "value", "limit"),
    [
        ("impedance", "ionic_resistance_ohm", 0.03),
        ("adhesion", "adhesion_strength_kpa", 0.05),
        ("cells", "discharge_capacity_c10_mah", 0.01),
        ("cells", "discharge_capacity_1c_mah", 0.01),
        ("cells", "discharge_capacity_3c_mah", 0.01),
        ("cells", "discharge_capacity_5c_mah", 0.01),
    ],
)
def test_the_mean_of_every_configuration_is_found(
    anode: Played, measurement: str, value: str, limit: float, record_property: Recorder
):
    """Of the specimens that were accepted, against the truth of the same specimens."""
    found = anode.condensed.tables[measurement].filter("accepted").select("run", "sample", value)
    truth = anode.truth(measurement).select(
        pl.col("run", "sample").cast(pl.String), true=f"specimen_{value}"
    )

    means = (
        found.join(truth, on=["run", "sample"]).group_by("run").agg(pl.col(value, "true").mean())
    )

    record_property("largest error", float((means[value] / means["true"] - 1.0).abs().max()))
    assert means.height == 17
    np.testing.assert_allclose(means[value], means["true"], rtol=limit)


def test_the_coil_is_mapped_to_its_web(anode: Played, record_property: Recorder):
    """Wet and dry loading of every configuration, through speed changes, a stop and a splice.

    As the gauges show them: 1 % is for the mapping, and nobody can see a gauge's own error.
    """
    runs = pl.read_csv(anode.folder / "results" / "condensed" / "coil_runs.csv")

    found = runs.join(anode.truth("runs"), on="run")

    assert found.height == 17
    for film in ("wet", "dry"):
        ours, true = found[f"{film}_mass_loading_mg_cm2"], found[f"mean_gauged_{film}_mg_cm2"]
        record_property(f"largest error, {film}", float((ours / true - 1.0).abs().max()))
        np.testing.assert_allclose(ours, true, rtol=0.01)


def test_every_sample_can_be_traced_to_its_lines(anode: Played):
    """The file is there, and has the lines."""
    for table in anode.condensed.tables.values():
        for file, lines in table.select("file", "lines").unique("file").rows():
            last = int(lines.replace(",", "-").split("-")[-1])
            n_lines = (anode.folder / file).read_bytes().count(b"\n")
            assert 1 <= last <= n_lines + 1, (file, lines)


def test_planted_faults_are_each_found(repository: Path, tmp_path: Path, seed: int):
    """A short, a thickness in mm, and the spectra of two runs in each other's place."""
    faults = Simulation(
        samples=SAMPLES,
        uncalendered=("uncalendered_adhesion", "uncalendered_impedance"),
        n_shorted=0,
        n_noisy=0,
        faults=("short", "wrong_unit", "swapped_sample"),
    )

    played = play(repository, tmp_path, seed, faults)

    reported = json.loads((played.folder / "truth" / "truth.json").read_text(encoding="utf-8"))
    unit, short, swap = (re.findall(r"\d+", fault) for fault in reported["faults"])
    places = {
        code: " ".join(each.where for each in played.condensed.findings if each.code == code)
        for code in ("D302", "D702", "D723")
    }
    assert f"sheet {unit[0]}-{unit[2]}" in places["D702"]
    assert f"run{int(short[0]):02}_cell{short[1]}" in places["D302"]
    for run, sample in (swap[:2], swap[2:]):
        assert f"run{int(run):02}_cell{sample}" in places["D723"]
    rejected = played.condensed.tables["impedance"].filter(~pl.col("accepted"))
    assert rejected.height == 1


def test_nothing_is_called_exchanged_where_nothing_is(anode: Played):
    """The plant's own scatter does not look like exchanged labels."""
    assert "D723" not in {finding.code for finding in anode.condensed.findings}
