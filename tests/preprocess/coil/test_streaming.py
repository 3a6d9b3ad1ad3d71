"""However a log is cut into files and batches, the coil is the same."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import polars.selectors as cs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from electrodoe.preprocess.coil import coil_logs, read_coil
from electrodoe.preprocess.coil.sums import no_sums
from electrodoe.study import CoilProtocol
from strategies.made_up_coil import declared, made_up_coil, written

MADE = made_up_coil(4.0, until_s=1500.0)
PROTOCOL = CoilProtocol.model_validate(declared(run_column="run", runs=()))


def table_of(paths: list[Path], batch_rows: int) -> tuple[pl.DataFrame, list[str]]:
    """Return the segments without file and line, and the codes of the findings."""
    coil = read_coil(coil_logs(paths, PROTOCOL, batch_rows=batch_rows), PROTOCOL)
    codes = [f"{one.code} {one.what}" for one in coil.condensed.findings]
    return coil.condensed.table.drop("file", "lines"), codes


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, list[str]]:
    """Return the coil from one file in one batch."""
    return table_of([written(tmp_path_factory.mktemp("whole"), MADE.frame)], 100_000)


def assert_same(found: tuple[pl.DataFrame, list[str]], whole: tuple[pl.DataFrame, list[str]]):
    """Compare numbers to rounding, and all else exactly."""
    assert found[1] == whole[1]
    assert found[0].select(~cs.float()).equals(whole[0].select(~cs.float()))
    for name in whole[0].select(cs.float()).columns:
        np.testing.assert_allclose(found[0][name], whole[0][name], rtol=1e-9, atol=1e-9)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.integers(1, MADE.frame.height - 1), max_size=4, unique=True),
    batch_rows=st.sampled_from([13, 100, 100_000]),
    ending=st.sampled_from(["csv", "parquet"]),
)
def test_cutting_the_log_anywhere_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    whole: tuple[pl.DataFrame, list[str]],
    cuts: list[int],
    batch_rows: int,
    ending: str,
):
    """Into files, in batches, as text or Parquet."""
    folder = tmp_path_factory.mktemp("cut")
    borders = [0, *sorted(cuts), MADE.frame.height]
    paths = [
        written(folder, MADE.frame[start:end], f"{len(borders) - number}.{ending}")
        for number, (start, end) in enumerate(pairwise(borders))
    ]

    assert_same(table_of(paths, batch_rows), whole)


@given(
    web=st.lists(st.floats(0.0, 3.0), min_size=1, max_size=60).map(sorted),
    cut=st.integers(0, 60),
    seed=st.integers(0, 99),
)
def test_sums_are_those_of_a_group_by(web: list[float], cut: int, seed: int):
    """Mean, spread and number per bin, added in two parts, beside polars' own."""
    values = np.random.default_rng(seed).normal(1e6, 1.0, len(web))
    values[:: 1 + seed % 7] = np.nan if seed % 3 == 0 else 1e6
    edges = np.array([0.2, 0.5, 1.0, 1.25, 2.5])
    sums = no_sums(edges)

    sums.add(np.array(web[:cut]), values[:cut])
    sums.add(np.array(web[cut:]), values[cut:])

    frame = pl.DataFrame({"web": web, "value": values}).fill_nan(None)
    for index in range(4):
        rows = frame.filter((pl.col("web") >= edges[index]) & (pl.col("web") < edges[index + 1]))
        known = rows["value"].drop_nulls()
        assert sums.n[index] == known.len()
        if known.len() > 1:
            assert sums.mean()[index] == pytest.approx(known.mean(), rel=1e-12)
            assert sums.standard_deviation()[index] == pytest.approx(known.std(), abs=1e-6)
