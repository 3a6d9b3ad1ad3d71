"""A whole run: rows of a response that no scenario models change no number, picture or gate."""

import re
from pathlib import Path

import polars as pl
from tests.workflow.conftest import declare_goal, run_first, write_small_study

from electrodoe.report.catalogue import build_figures
from electrodoe.study import read_study
from electrodoe.workflow.finished import finished_run
from electrodoe.workflow.stages.content import report_content

ABOUT_ALL_ROWS = {"samples.csv", "manifest.json", "ro-crate-metadata.json", "report.html"}
"""What lists the rows themselves, or has times in it."""
PICTURES_OF_RESPONSES = ("configurations", "replicates")
"""They have a panel of every response, modeled or not."""
OTHER = "Uncalendered adhesion strength"
"""How the report calls what no scenario models."""


def _study(folder: Path, *, with_others: bool) -> Path:
    """Write a study of two responses, the second of which no scenario models."""
    write_small_study(folder)
    declare_goal(folder, 'goal = "maximize"\nlower = 310.0\n')
    file = folder / "study.toml"
    text = file.read_text().replace(
        "[settings]",
        "[responses.uncalendered_adhesion_strength_kpa]\n\n[scenarios.product]\n"
        'inputs = ["mass_loading_mg_cm2", "porosity"]\n'
        'responses = ["adhesion_strength_kpa"]\n\n[settings]',
    )
    file.write_text(text.replace('"polynomial", "ridge_quadratic"', '"polynomial"'))
    table = pl.read_csv(folder / "samples.csv").with_columns(
        uncalendered_adhesion_strength_kpa=pl.lit(None, dtype=pl.Float64)
    )
    rows = 9 if with_others else 1
    table = table.with_columns(pl.col("run").cast(pl.String))
    others = pl.DataFrame(
        {
            "sample": [f"U{row}" for row in range(rows)],
            "run": [f"{row - 1} before" if row else "0" for row in range(rows)],
            "mass_loading_mg_cm2": [8.0 + 3.0 * row for row in range(rows)],
            "porosity": [0.4 + 0.03 * row if row else 0.25 for row in range(rows)],
            "adhesion_strength_kpa": [None] * rows,
            "uncalendered_adhesion_strength_kpa": [90.0 + 7.0 * (row % 4) for row in range(rows)],
        },
        schema=table.schema,
    )
    pl.concat([others, table]).write_csv(folder / "samples.csv")
    return folder


def _products(folder: Path) -> dict[str, str]:
    """Return every product that speaks of a scenario, by its path."""
    results = folder / "results"
    files = {path.relative_to(results): path for path in results.rglob("*") if path.is_file()}
    return {
        str(name): re.sub(r"line \d+", "line", path.read_text(errors="replace"))
        for name, path in files.items()
        if name.parts[0] != "work"
        and name.name not in ABOUT_ALL_ROWS
        and not name.name.startswith(PICTURES_OF_RESPONSES)
    }


def _report(folder: Path) -> dict[str, str]:
    """Return what the report says of scenarios, by section.

    Left out is what lists or counts all rows: the sentence with their number, pictures of every
    response and the other one's row in the table, empty cells, times, the hash of the samples.
    """
    page = (folder / "results" / "report.html").read_text()
    page = re.sub(r"<p>\d+ samples of \d+ configurations were .*?</p>", "", page)
    page = re.sub(rf"<tr[^>]*><td>{OTHER}</td>.*?</tr>", "", page)
    page = re.sub(r"<tr><td>D101</td>.*?</tr>", "", page)
    page = re.sub(r"<tr[^>]*><td>samples</td>.*?</tr>", "", page)
    page = re.sub(r'<figure class="picture">.*?</figure>', _modeled_picture, page, flags=re.DOTALL)
    page = re.sub(r"<figcaption>Where the time went.*?</figure>", "", page, flags=re.DOTALL)
    return {part[: part.index('"')]: part for part in re.split('(?:section|header) id="', page)[1:]}


def _modeled_picture(picture: re.Match[str]) -> str:
    """Return a picture of the page, or nothing for one that shows every response."""
    shows_all = any(f'"{name}' in picture[0] for name in PICTURES_OF_RESPONSES)
    return "" if shows_all or OTHER in picture[0] else picture[0]


def _samples(folder: Path) -> pl.DataFrame:
    """Return the samples of the modeled response as they are listed, but for their lines."""
    table = pl.read_csv(folder / "results" / "samples.csv", infer_schema=False)
    return table.filter(pl.col("adhesion_strength_kpa").is_not_null()).drop("line")


def _panels(folder: Path) -> list[pl.DataFrame]:
    """Return what the pictures of every response show of the modeled one."""
    study = read_study(folder)
    figures = build_figures(report_content(finished_run(study, folder)))
    frames = [each.frame for each in figures if each.kind in PICTURES_OF_RESPONSES]
    return [frame.filter(~pl.col("response").str.starts_with(OTHER)) for frame in frames]


def _findings(folder: Path) -> list[tuple[str, ...]]:
    """Return the findings, but for empty cells of responses, which are counted over the table."""
    found = pl.read_csv(folder / "results" / "findings.csv")
    of_responses = (pl.col("code") == "D101") & pl.col("where").str.contains("adhesion_strength")
    return found.filter(~of_responses).rows()


def test_uncalendered_samples_change_nothing_in_a_scenario_of_calendered_ones(tmp_path: Path):
    """The same files to the bit, apart from those that list the samples."""
    alone, beside = (
        _study(tmp_path / "a", with_others=False),
        _study(tmp_path / "b", with_others=True),
    )

    for folder in (alone, beside):
        run_first(folder)

    first, second = _products(alone), _products(beside)
    assert first.keys() == second.keys()
    assert len([name for name in first if name.startswith("figures/")]) > 5
    assert [name for name in first if first[name] != second[name]] == ["findings.csv"]
    assert _findings(alone) == _findings(beside)
    said, said_beside = _report(alone), _report(beside)
    assert {"summary", "data", "models", "recommendation", "methods"} < said.keys()
    assert [part for part in said if said[part] != said_beside[part]] == []
    assert _samples(alone).equals(_samples(beside))
    panels = [_panels(alone), _panels(beside)]
    assert [frame.height for frame in panels[0]] == [27, 27]
    assert [frame.equals(other) for frame, other in zip(*panels, strict=True)] == [True, True]
