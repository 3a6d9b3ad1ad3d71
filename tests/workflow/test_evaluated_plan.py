"""An imported plan is evaluated as ours is, and beside another one."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from electrodoe.errors import DesignError, ElectrodeError, IngestError, WorkflowError
from electrodoe.study import Study, declare_study
from electrodoe.workflow.evaluated_plan import EvaluatedPlan, evaluate_table
from electrodoe.workflow.planning import plan_study

LOADING, TEMPERATURE, POROSITY = FACTORS = (
    "active_mass_loading_mg_cm2",
    "dryer_2_temperature_c",
    "porosity",
)
LEVELS: dict[str, Any] = {
    LOADING: {"levels": [8.2, 9.2, 10.2, 11.2]},
    TEMPERATURE: {"levels": [50, 55, 60, 65]},
    POROSITY: {"levels": [0.25, 0.3, 0.35, 0.4]},
}


def study_of(factors: dict[str, Any] = LEVELS, **plan: Any) -> Study:
    """Return a study, with a plan where one is asked for."""
    content: dict[str, Any] = {"title": "A plan", "factors": factors}
    return declare_study({**content, "plan": plan} if plan else content, "here")


def composite(n_center: int = 3) -> pl.DataFrame:
    """Return a face-centered central composite design in the factors' own units."""
    faces = [tuple(s if i == j else 0 for i in range(3)) for j in range(3) for s in (-1, 1)]
    coded = [*product((-1, 1), repeat=3), *faces, *[(0, 0, 0)] * n_center]
    units = ((9.7, 1.5), (57.5, 7.5), (0.325, 0.075))
    rows = [[mid + half * x for (mid, half), x in zip(units, run, strict=True)] for run in coded]
    return pl.DataFrame(rows, schema=dict.fromkeys(FACTORS, pl.Float64), orient="row")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a composite design of 17 runs as a table."""
    composite().write_csv(tmp_path / "theirs.csv")
    return tmp_path / "theirs.csv"


def summary_of(evaluated: EvaluatedPlan) -> dict[str, Any]:
    """Return what was written about an evaluated table."""
    content: dict[str, Any] = json.loads((evaluated.folder / "plan_evaluation.json").read_text())
    return content


def test_a_central_composite_design_has_its_published_variances(
    tmp_path: Path, table: Path
) -> None:
    """Face-centered with 3 center points: average .323357 and largest .79472 over the cube."""
    evaluated = evaluate_table(study_of(), tmp_path, table)

    found = evaluated.imported.evaluated.evaluation
    assert found.value("i_continuous") == pytest.approx(0.323357, abs=5e-7)
    assert found.value("max_prediction_variance") == pytest.approx(0.79472, abs=5e-6)
    assert evaluated.about_runs == ("9 runs have a setting that is no declared level.",)


def test_page_account_and_figures_leave_the_plans_own_alone(tmp_path: Path, table: Path) -> None:
    """Every product is new, and those of the plan keep their bytes."""
    study = study_of(runs=12)
    own = plan_study(study, tmp_path)
    before = {name: (own.folder / name).read_bytes() for name in own.files}

    evaluated = evaluate_table(study, tmp_path, table)

    assert not set(evaluated.files) & set(own.files)
    assert {"plan_evaluation.json", "plan_evaluation.html"} <= set(evaluated.files)
    assert {"figures/evaluation_plan_comparison.svg", "figures/evaluation_design_space.svg"} <= set(
        evaluated.files
    )
    assert before == {name: (own.folder / name).read_bytes() for name in own.files}


def test_another_plan_stands_beside_it(tmp_path: Path, table: Path) -> None:
    """A second table when named, else the study's own plan, else the full factorial."""
    study = study_of(runs=12)
    factorial = evaluate_table(study, tmp_path, table).beside
    plan_study(study, tmp_path)
    own = evaluate_table(study, tmp_path, table).beside
    composite(5).write_csv(tmp_path / "other.csv")
    other = evaluate_table(study, tmp_path, table, tmp_path / "other.csv").beside

    titles = [each.title for each in (factorial, own, other) if each is not None]
    assert titles == ["full factorial, 64 runs", "run_plan.csv, 12 runs", "other.csv, 19 runs"]


def test_two_plans_are_compared_criterion_by_criterion(tmp_path: Path, table: Path) -> None:
    """Each value is the plan's own, and the ratio is theirs."""
    composite(5).write_csv(tmp_path / "other.csv")
    study = study_of()

    compared = summary_of(evaluate_table(study, tmp_path, table, tmp_path / "other.csv"))["beside"]
    alone = summary_of(evaluate_table(study, tmp_path, tmp_path / "other.csv", table))

    assert compared["plan"] == "other.csv"
    assert compared["runs"] == 19
    values = {name: entry["value"] for name, entry in alone["criteria"].items()}
    assert {row["criterion"]: row["beside"] for row in compared["compared"]} == values
    for row in compared["compared"]:
        assert row["ratio"] == pytest.approx(row["table"] / row["beside"])


def test_bounds_of_two_plans_that_hold_for_different_plans_are_distinguished(
    tmp_path: Path, table: Path
) -> None:
    """One on the declared levels, one between them: each note under its plan's name."""
    plan_study(study_of(runs=12), tmp_path)

    page = (evaluate_table(study_of(), tmp_path, table).folder / "plan_evaluation.html").read_text()

    assert "<p>Bounds hold for any plan in the region.</p>" in page
    assert "<p>run_plan.csv: Bounds hold for any plan on these levels.</p>" in page


def test_the_studys_own_plan_is_not_compared_with_itself(tmp_path: Path) -> None:
    """Where the table is that very plan, the full factorial stands beside it."""
    plan_study(study_of(runs=12), tmp_path)

    evaluated = evaluate_table(study_of(runs=12), tmp_path, tmp_path / "results/run_plan.csv")

    assert evaluated.beside is not None
    assert evaluated.beside.name == "full factorial"


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        ("a,b\n1,2\n", "the plan on disk is not that of this study"),
        ("run,replicate_of,whole_plot,block,purpose,{0}\n1,,,,planned,8.2,50,0.25\n", "determine"),
        (None, "its run 1: dryer_2_temperature_c 50 lies below 55"),
    ],
)
def test_an_own_plan_that_no_longer_fits_says_why_it_is_not_there(
    tmp_path: Path, table: Path, content: str | None, remark: str
) -> None:
    """Other columns, too few runs, a region that was changed since."""
    (tmp_path / "results").mkdir()
    text = content
    if text is None:
        head = "run,replicate_of,whole_plot,block,purpose"
        lines = composite().write_csv(include_header=False).splitlines()
        rows = [f"{row},,,,planned,{line}" for row, line in enumerate(lines, start=1)]
        text = "\n".join([f"{head},{','.join(FACTORS)}", *rows, ""])
    (tmp_path / "results/run_plan.csv").write_text(text.format(",".join(FACTORS)))
    levels = LEVELS if content is not None else {**LEVELS, TEMPERATURE: {"levels": [55, 60, 65]}}

    evaluated = evaluate_table(study_of(levels), tmp_path, table)

    assert evaluated.beside is not None
    assert evaluated.beside.name == "full factorial"
    assert any(remark in sentence for sentence in evaluated.about_runs)


def test_a_comma_table_is_read_as_it_is_written(tmp_path: Path, table: Path) -> None:
    """Semicolons, decimal commas: the same plan, and the reading is reported."""
    german = tmp_path / "deutsch.csv"
    german.write_text(table.read_text().replace(",", ";").replace(".", ","))

    evaluated = evaluate_table(study_of(), tmp_path, german, table)

    assert evaluated.about_runs[0] == "deutsch.csv: the decimal mark is the comma."
    rows = summary_of(evaluated)["beside"]["compared"]
    assert [row["ratio"] for row in rows] == pytest.approx([1.0] * len(rows))


def test_whole_plots_of_two_plans_may_differ(tmp_path: Path) -> None:
    """Six sections against nine, 18 runs against 27; a reset within a section is reported."""
    factors = {**LEVELS, TEMPERATURE: {"levels": [50, 57.5, 65], "hard_to_change": True}}
    study = study_of(factors, runs=18, whole_plots=6)
    temperatures = [50.0, 57.5, 65.0]
    for name, n_plots in (("six.csv", 6), ("nine.csv", 9)):
        plots = [
            {"whole_plot": 100 - plot, LOADING: loading, TEMPERATURE: temperatures[plot % 3],
             POROSITY: [0.25, 0.3, 0.4][(index * (1 + plot // 3) + plot) % 3]}
            for plot in range(n_plots)
            for index, loading in enumerate((8.2, 9.2, 11.2))
        ]  # fmt: skip
        pl.DataFrame(plots).write_csv(tmp_path / name)

    evaluated = evaluate_table(study, tmp_path, tmp_path / "six.csv", tmp_path / "nine.csv")

    assert evaluated.n_misplaced == 0
    assert evaluated.beside is not None
    assert evaluated.beside.title == "nine.csv, 27 runs"
    assert evaluated.imported.plan.frame["whole_plot"].to_list() == [
        1 + row // 3 for row in range(18)
    ]
    degrees_of_freedom = [
        found.terms.filter(term=TEMPERATURE)["degrees_of_freedom"][0]
        for found in (evaluated.imported.evaluated.evaluation, evaluated.beside.evaluation)
    ]
    assert degrees_of_freedom == [3, 6]


def test_equal_file_names_are_distinguished_by_their_folders(tmp_path: Path, table: Path) -> None:
    """As far up as it takes; one file against itself is refused."""
    (tmp_path / "jmp").mkdir()
    composite(5).write_csv(tmp_path / "jmp/theirs.csv")

    evaluated = evaluate_table(study_of(), tmp_path, table, tmp_path / "jmp/theirs.csv")

    assert evaluated.beside is not None
    assert evaluated.beside.name == "jmp/theirs.csv"
    assert evaluated.imported.evaluated.name == f"{tmp_path.name}/theirs.csv"
    with pytest.raises(WorkflowError, match="compared with itself"):
        evaluate_table(study_of(), tmp_path, table, table)


def test_figures_of_a_table_evaluated_before_do_not_stay(tmp_path: Path, table: Path) -> None:
    """Without a plan beside it there is no comparison, and no older one is left over."""
    evaluate_table(study_of(), tmp_path, table)
    continuous = {name: {"region": [4, 70]} for name in FACTORS[:2]} | {
        POROSITY: {"region": [0.2, 0.5]}
    }

    evaluated = evaluate_table(study_of(continuous), tmp_path, table)

    assert evaluated.beside is None
    kept = {f"figures/{file.name}" for file in (evaluated.folder / "figures").iterdir()}
    assert kept == {name for name in evaluated.files if name.startswith("figures/")}


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        (lambda frame: frame.drop(POROSITY), "no column is called 'porosity'", "bad.csv"),
        (
            lambda frame: frame.with_columns(pl.lit("warm").alias(TEMPERATURE)),
            "'warm' where a number is meant",
            "bad.csv, line 2, column 'dryer_2_temperature_c'",
        ),
        (
            lambda frame: frame.with_columns(pl.col(POROSITY) * 100.0),
            "where a fraction from 0 to 1 is meant: percent?",
            "bad.csv, line 2, column 'porosity'",
        ),
        (lambda frame: frame.head(8), "8 runs do not determine the 10 terms", "bad.csv"),
        (lambda frame: frame.head(1), "1 runs do not determine the 10 terms", "bad.csv"),
        (
            lambda frame: frame.with_columns(pl.lit(55.0).alias(TEMPERATURE)),
            "17 runs do not determine the 10 terms",
            "bad.csv",
        ),
    ],
)
def test_a_table_that_cannot_be_evaluated_is_reported_with_its_place(
    tmp_path: Path, table: Path, change: Any, what: str, where: str
) -> None:
    """As the first table and as the one beside; nothing is written."""
    change(composite()).write_csv(tmp_path / "bad.csv")
    bad = tmp_path / "bad.csv"
    for pair in ((bad, None), (table, bad)):
        with pytest.raises((DesignError, IngestError)) as caught:
            evaluate_table(study_of(), tmp_path, *pair)

        assert what in caught.value.what
        assert caught.value.where == str(tmp_path / where)
    assert not (tmp_path / "results").exists()


def test_a_missing_table_is_reported(tmp_path: Path, table: Path) -> None:
    """Whichever of the two it is."""
    for pair in ((tmp_path / "nowhere.csv", None), (table, tmp_path / "nowhere.csv")):
        with pytest.raises(ElectrodeError, match="no such table"):
            evaluate_table(study_of(), tmp_path, *pair)
