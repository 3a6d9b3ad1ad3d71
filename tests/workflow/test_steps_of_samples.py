"""Any process, any factors, any tables: a sample has its own value, or its run's if that held."""

from dataclasses import dataclass

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.study import Study
from electrodoe.workflow.condensing.measurement_table import measurement_table

STEPS = ("coating", "drying", "calendering", "assembly")
RUNS = ("1", "2", "3")
FACTORS = ("a_um", "b_c", "c_mm")


@dataclass(frozen=True)
class Case:
    """Where factors are set, after which step samples are taken, and what tables measure."""

    process: dict[str, str]
    after: list[str | None]
    own: list[dict[str, list[float | None]]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return three factors and one to three tables, some of which measure factors themselves."""
    process = {factor: draw(st.sampled_from(STEPS)) for factor in FACTORS}
    after = draw(st.lists(st.sampled_from([None, *STEPS]), min_size=1, max_size=3))
    value = st.none() | st.integers(1000, 9999).map(float)
    values = st.lists(value, min_size=len(RUNS), max_size=len(RUNS))
    own = [draw(st.dictionaries(st.sampled_from(FACTORS), values, max_size=2)) for _ in after]
    return Case(process=process, after=after, own=own)


def _study(case: Case) -> Study:
    return Study.model_validate(
        {
            "title": "any",
            "process_steps": STEPS,
            "factors": {name: {"process": step} for name, step in case.process.items()},
            "responses": {f"y{number}": {} for number in range(len(case.after))},
            "protocols": {
                f"t{number}": {"instrument": "adhesion", "files": ["x"]}
                | ({} if after is None else {"after": after})
                for number, after in enumerate(case.after)
            },
        }
    )


def _tables(case: Case) -> dict[str, pl.DataFrame]:
    n = len(RUNS)
    return {
        f"t{number}": pl.DataFrame(
            {
                "run": RUNS,
                "sample": [str(row) for row in range(n)],
                "file": ["f"] * n,
                "lines": ["1"] * n,
                "accepted": [True] * n,
                "flags": [""] * n,
                f"y{number}": [1.0, 2.0, 3.0],
                **{name: pl.Series(values, dtype=pl.Float64) for name, values in own.items()},
            }
        )
        for number, own in enumerate(case.own)
    }


def _held(case: Case, factor: str, number: int) -> bool:
    """Return whether a table's samples were taken when a factor was set already."""
    after = case.after[number]
    return after is None or STEPS.index(case.process[factor]) <= STEPS.index(after)


@given(case=cases())
def test_a_sample_has_its_own_value_or_one_that_held_when_it_was_taken(case: Case):
    """Run values come from the table of runs (below 100) or from later samples (from 1000 on)."""
    planned = {name: [10.0 * at + run for run in range(3)] for at, name in enumerate(FACTORS, 1)}
    settings = pl.DataFrame({"run": RUNS, **planned})

    frame = measurement_table(_study(case), _tables(case), settings).frame

    for factor in FACTORS:
        telling = [n for n, own in enumerate(case.own) if factor in own and _held(case, factor, n)]
        of_runs = case.own[telling[0]][factor] if telling else planned[factor]
        for number, own in enumerate(case.own):
            found = frame.filter(measurement=f"t{number}")[factor].to_list()
            lent = of_runs if _held(case, factor, number) else [None] * 3
            measured = own.get(factor, [None] * 3)
            expected = [m if m is not None else run for m, run in zip(measured, lent, strict=True)]
            assert found == expected, (factor, number)
