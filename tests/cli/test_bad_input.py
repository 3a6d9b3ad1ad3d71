"""Bad input: exit code 2, three lines, nothing written."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = "run,cell,porosity,gap_um,strength_kpa,loss_pct"
ROWS = [
    f"{run},A{3 * run + cell},{0.3 + 0.05 * (run % 3)},{20 + 10 * (run // 3)},"
    f"{500 + 7 * run + cell},{9 + 0.1 * run + 0.01 * cell}"
    for run in range(6)
    for cell in range(3)
]
GOOD = "\n".join([HEADER, *ROWS, ""])
ASKED = ["--inputs", "porosity,gap_um", "--responses", "strength_kpa", "--group", "run"]


def _column(index: int, content: str | None) -> str:
    """Return the good table with one column changed."""
    rows = [row.split(",") for row in ROWS]
    return "\n".join(
        [
            HEADER,
            *[
                ",".join(
                    [*row[:index], row[index] if content is None else content, *row[index + 1 :]]
                )
                for row in rows
            ],
            "",
        ]
    )


@pytest.fixture
def analyze(electrodoe: Callable, tmp_path: Path) -> Callable:
    """Return a function that writes a table and calls ``analyze`` on it."""

    def call(content: str | bytes, *arguments: str):
        table = tmp_path / "table.csv"
        table.write_bytes(content.encode() if isinstance(content, str) else content)
        return electrodoe("analyze", table, *(arguments or ASKED))

    return call


def _require_refused(answer, what: str, where: str, fix: str, folder: Path) -> None:
    """Fail unless a command reported three lines, left with 2 and wrote nothing."""
    lines = re.fullmatch(r"(.+)\n  where: (.+)\n  fix:   (.+)\n", answer.err)
    assert answer.code == 2
    assert answer.out == ""
    assert lines, answer.err
    assert what in lines[1]
    assert lines[2].endswith(where)
    assert fix in lines[3]
    assert [path.name for path in folder.iterdir()] == ["table.csv"]


@pytest.mark.parametrize(
    ("content", "what", "where", "fix"),
    [
        (GOOD.replace("porosity", "porosty"), "no column 'porosity'", "line 1", "'porosty'"),
        (GOOD.replace("cell", "porosity"), "'porosity' names two columns", "line 1", "rename"),
        (GOOD.replace(",20,", ",broken,", 1), "'broken'", "line 2, column 'gap_um'", "correct"),
        (
            GOOD.replace(",20,", ',"20,5",', 1).replace(",20,", ",20.5,", 1),
            "two decimal marks",
            "line 3, column 'gap_um'",
            "one decimal mark",
        ),
        (GOOD.replace("A0", "\x81").encode("latin-1"), "not utf-8", "line 2", "latin-1"),
        ("", "the file is empty", "table.csv", "write a header"),
        (HEADER + "\n", "the table has no rows", "table.csv", "one row per sample"),
        (_column(0, "1"), "1 configuration(s)", "scenario 'all'", "measure more"),
        (_column(4, "500"), "all 18 values are 500", "scenario 'all'", "take the response out"),
        (
            GOOD.replace(",0.3", ",30.3"),
            "percent?",
            "column 'porosity'",
            "divide the column by 100",
        ),
        (GOOD.replace("A0,", "A0,0.1,", 1), "7 cells", "line 2", "add or delete cells"),
    ],
)
def test_a_bad_table_is_refused(
    analyze: Callable, tmp_path: Path, content: str | bytes, what: str, where: str, fix: str
):
    """Each with the place that can be opened."""
    _require_refused(analyze(content), what, where, fix, tmp_path)


@pytest.mark.parametrize(
    ("arguments", "what", "where", "fix"),
    [
        (["--inputs", "porosty", *ASKED[2:]], "no column 'porosty'", "line 1", "'porosity'?"),
        (
            ["--inputs", "porosity", "--responses", "porosity"],
            "input and a resp",
            "line",
            "[scenarios.NAME]",
        ),
        ([*ASKED[:4], "--group", "rn"], "no column 'rn'", "line 1", "'run'"),
        ([*ASKED, "--id", "gap_um"], "names rows and is modeled", "command line", "keep one"),
        ([*ASKED, "--id", "run"], "'0' names two rows", "line 3, column 'run'", "its own name"),
        ([*ASKED, "--context", "day"], "no column 'day'", "line 1", "choose one of"),
        ([*ASKED, "--decimal", "x"], "Input should be '.' or ','", "command line", "'decimal'"),
        ([*ASKED, "--separator", "xx"], "Input should be ','", "command line", "'separator'"),
        ([*ASKED, "--encoding", "klingon"], "unknown encoding", "table.csv", "utf-8"),
        ([*ASKED, "--seed", "99999999999"], "less than or equal", "setting 'seed'", "study.toml"),
        ([*ASKED, "--engine", "slurm"], "unknown engine 'slurm'", "--engine", "local or dask"),
        ([*ASKED, "--workers", "0"], "0 workers", "--workers", "at least 1"),
    ],
)
def test_bad_arguments_are_refused(
    analyze: Callable, tmp_path: Path, arguments: list[str], what: str, where: str, fix: str
):
    """Each with the option, or the column that it names."""
    _require_refused(analyze(GOOD, *arguments), what, where, fix, tmp_path)


def test_a_missing_table_is_reported(electrodoe: Callable, tmp_path: Path):
    """By the path that was given."""
    answer = electrodoe("analyze", tmp_path / "none.csv", *ASKED)

    assert answer.code == 2
    assert answer.err.startswith(f"no such table\n  where: {tmp_path / 'none.csv'}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_folder_without_a_study_is_reported(electrodoe: Callable, tmp_path: Path, command: str):
    """With how to make one."""
    answer = electrodoe(command, tmp_path)

    assert answer.code == 2
    assert answer.err.startswith("no study here\n")
    assert "electrodoe new DIR" in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "option", [["--engine", "slurm"], ["--engine", "dask://nowhere"], ["--workers", "0"]]
)
def test_run_refuses_an_unknown_engine_before_anything_is_written(
    electrodoe: Callable, tmp_path: Path, option: list[str]
):
    """The study's folder stays as it was."""
    (tmp_path / "table.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "study.toml").write_text(
        'title = "t"\n[measurements]\ntable = "table.csv"\ngroup = "run"\n'
        "[factors.porosity]\n[factors.gap_um]\n[responses.strength_kpa]\n",
        encoding="utf-8",
    )

    answer = electrodoe("run", tmp_path, *option)

    assert answer.code == 2
    assert answer.err.count("\n") == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study.toml", "table.csv"]


def test_names_with_commas_are_found_in_a_list(analyze: Callable, tmp_path: Path):
    """The header tells which commas are part of a name; what is missing is named alone."""
    content = GOOD.replace("porosity", '"porosity, dry"')
    asked = ["--inputs", "porosity, dry,gap", "--responses", "strength_kpa", "--group", "run"]

    _require_refused(analyze(content, *asked), "no column 'gap'", "line 1", "'gap_um'", tmp_path)


def test_a_declared_header_is_used(analyze: Callable, tmp_path: Path):
    """``--header-row`` overrules what was found."""
    answer = analyze(GOOD, *ASKED, "--header-row", "2")

    assert "line 2" in answer.err
    _require_refused(answer, "no column", "line 2", "", tmp_path)
