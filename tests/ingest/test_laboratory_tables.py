"""Tables as laboratories keep them, from a generator that knows what they mean."""

import math
from pathlib import Path

import pytest

from electrodoe.errors import ElectrodeError
from electrodoe.ingest import names, numbers
from electrodoe.study import declare_study
from electrodoe.workflow.loading import read_samples
from strategies.laboratory_tables import FACTORS, KINDS, RESPONSES, Truth, laboratory_table

STUDY = declare_study(
    {
        "title": "t",
        "measurements": {"group": "run"},
        "factors": {name: {} for name in FACTORS},
        "responses": {name: {} for name in RESPONSES},
    },
    source="test",
)
SEEDS = range(4)
"""Tables of each kind here; ``benchmarks/tables.py`` counts over many more."""


def outcome(path: Path, truth: Truth) -> str:
    """Return whether a table is read right, wrong, or refused with the place."""
    try:
        table = read_samples(STUDY, path)
    except ElectrodeError as error:
        return f"refused: {error.what}"
    if names(table, "run") != truth.runs:
        return f"wrong: {names(table, 'run')} for {truth.runs}"
    for name, meant in truth.values.items():
        for row, (value, own) in enumerate(zip(numbers(table, name), meant, strict=True)):
            if not (
                math.isclose(value, own, rel_tol=1e-9) or (math.isnan(value) and math.isnan(own))
            ):
                return f"wrong: {name}, row {row}, {value} for {own}"
    return "right"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_laboratorys_table_is_read_as_it_is_meant(kind: str, seed: int, tmp_path: Path):
    """Alone, and with other oddities: every number, every run; at most a question, none wrong."""
    for more in (0.0, 0.25):
        path = tmp_path / f"{more}.table"
        truth = laboratory_table(path, kind, seed, more)
        told = outcome(path, truth)

        assert told == "right" or (more and "or thousands" in told)
