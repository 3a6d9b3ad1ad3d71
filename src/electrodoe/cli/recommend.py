"""``electrodoe recommend``: which settings, how sure, how far to drift, what to run next."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from electrodoe.cli.options import JsonOption, StudyPath, folder_of

if TYPE_CHECKING:
    from electrodoe.study import Study
    from electrodoe.workflow.recommend import RecommendOutcome


def recommend(
    study: StudyPath,
    *,
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="A wanted value, RESPONSE=VALUE, to be answered with settings; may be repeated.",
            metavar="RESPONSE=VALUE",
            show_default=False,
        ),
    ] = None,
    confirm: Annotated[
        Path | None,
        typer.Option(
            help="Table of confirmation runs that came back, one column per response: the verdict.",
            metavar="TABLE",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Recommend settings, an operating window and the next runs, from a finished run.

    A run whose study has goals ends with the same; asked alone, changed goals are answered without
    running anything else again.

    What is wanted stands in study.toml with the responses: goal = "maximize", "minimize", "target"
    or "range", with lower = ..., upper = ..., target = .... Recommendation, page and run sheets
    are written to STUDY/results.
    """
    from electrodoe.study import read_study

    declared, folder = read_study(study), folder_of(study)
    if confirm is not None:
        _show_verdicts(declared, folder, confirm, as_json=as_json)
    else:
        _show_recommendation(declared, folder, _targets(target or []), as_json=as_json)


def _targets(texts: list[str]) -> dict[str, float]:
    """Return wanted values from ``RESPONSE=VALUE``, or say which has another form."""
    from electrodoe.errors import IngestError, RecommendationError
    from electrodoe.tables import said_number

    how = "write RESPONSE=VALUE, such as adhesion_strength_kpa=800"
    targets = {}
    for text in texts:
        name, _, value = text.rpartition("=")
        try:
            targets[name.strip()] = said_number(value, "option --target")
        except IngestError as error:
            raise RecommendationError(
                f"'{text}' is no wanted value: {error.what}",
                "option --target",
                f"{how}; {error.fix}",
            ) from error
    return targets


def _show_recommendation(
    study: "Study", folder: Path, targets: dict[str, float], *, as_json: bool
) -> None:
    """Recommend, write and show."""
    from rich.console import Console

    from electrodoe.cli.printing import print_json
    from electrodoe.optimize import json_values
    from electrodoe.workflow.engines import choose_engine
    from electrodoe.workflow.recommend import recommend_study
    from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE

    if as_json:
        outcome = recommend_study(study, folder, targets, choose_engine())
        content = json.loads((outcome.folder / RECOMMENDATION_FILE).read_text(encoding="utf-8"))
        wanted = None if outcome.wanted is None else json_values(outcome.wanted)
        reported_all = {
            "status": "done",
            "results": str(outcome.folder),
            "files": list(outcome.files),
            **content,
            "wanted": wanted,
        }
        print_json(reported_all)
        return
    with Console(stderr=True).status("looking for the best settings"):
        outcome = recommend_study(study, folder, targets, choose_engine())
    _print(study, outcome)


def _print(study: "Study", outcome: "RecommendOutcome") -> None:
    """Print the recommendation in words, and where everything lies."""
    from rich.markup import escape

    from electrodoe.cli import printing
    from electrodoe.report.recommendation.sentences import wanted_sentence
    from electrodoe.workflow.recommending.files import RECOMMENDATION_PAGE

    lines = printing.lines()
    for paragraph in outcome.summary:
        lines.print(f"{escape(paragraph)}\n")
    if outcome.wanted is not None:
        lines.print(f"{escape(wanted_sentence(study, outcome.wanted))}\n")
    lines.print("[bold]What this does not know[/bold]")
    for sentence in outcome.unknowns:
        lines.print(f"- {escape(sentence)}")
    lines.print(f"\nRun sheet: {escape(str(outcome.folder / 'next_runs.xlsx'))}")
    if not outcome.is_in_report:
        again = escape(f"electrodoe run {outcome.folder.parent}")
        lines.print(f"Report:    tells what was recommended before; {again} brings it up to date")
    lines.print(f"Page:      [bold]{escape(str(outcome.folder / RECOMMENDATION_PAGE))}[/bold]")


def _show_verdicts(study: "Study", folder: Path, table: Path, *, as_json: bool) -> None:
    """Compare what came back with what was promised; leaves with 1 where it is not confirmed."""
    from rich.markup import escape

    from electrodoe.cli.printing import finding_rows, lines, print_json, print_reading
    from electrodoe.workflow.confirm import confirm_study

    found = confirm_study(study, folder, table)
    if as_json:
        rows = [
            {
                "response": verdict.response_name,
                "is_confirmed": verdict.is_confirmed,
                "predicted": verdict.predicted,
                "interval": [verdict.lower, verdict.upper],
                "mean": verdict.mean,
                "values": list(verdict.values),
            }
            for verdict in found.verdicts
        ]
        reported: dict[str, object] = {
            "status": "done" if found.is_confirmed else "findings",
            "verdicts": rows,
            "causes": {own.response_name: list(own.causes) for own in found.diagnoses},
            "not_compared": found.not_compared,
            "findings": finding_rows(found.findings),
            "page": str(found.page),
        }
        print_json(reported)
    else:
        print_reading(found.findings)
        for verdict in found.verdicts:
            lines().print(escape(verdict.sentence))
        for finding in found.findings:
            if finding.code in {"S224", "S225"}:
                lines().print(f"[bold]Why:[/bold]   {escape(finding.what)}")
                lines().print(f"[bold]Check:[/bold] {escape(finding.fix)}.")
        if found.not_compared:
            lines().print(f"Causes are not compared: {escape(found.not_compared)}")
        lines().print(f"Page:  [bold]{escape(str(found.page))}[/bold]")
    raise typer.Exit(0 if found.is_confirmed else 1)
