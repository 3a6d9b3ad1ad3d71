"""A recommendation and its confirmation, as words for people and as JSON."""

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from electrodoe.errors import RecommendationError
from electrodoe.optimize import json_values
from electrodoe.report.recommendation.sentences import wanted_sentence
from electrodoe.study import Study
from electrodoe.workflow.engines import choose_engine
from electrodoe.workflow.recommend import RecommendOutcome, recommend_study
from electrodoe.workflow.recommending.confirming import confirm_study
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE, RECOMMENDATION_PAGE


def read_targets(texts: list[str]) -> dict[str, float]:
    """Return wanted values from ``RESPONSE=VALUE``.

    Raises
    ------
    RecommendationError
        If one has another form.
    """
    targets = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            targets[name.strip()] = float(value)
        except ValueError as error:
            raise RecommendationError(
                f"'{text}' is no wanted value",
                where="option --target",
                fix="write RESPONSE=VALUE, such as adhesion_strength_kpa=800",
            ) from error
    return targets


def show_recommendation(
    study: Study, folder: Path, targets: dict[str, float], *, as_json: bool
) -> None:
    """Recommend, write and show."""
    if as_json:
        outcome = recommend_study(study, folder, targets, choose_engine())
        content = json.loads((outcome.folder / RECOMMENDATION_FILE).read_text(encoding="utf-8"))
        wanted = None if outcome.wanted is None else json_values(outcome.wanted)
        told_all = {
            "status": "done",
            "results": str(outcome.folder),
            "files": list(outcome.files),
            **content,
            "wanted": wanted,
        }
        typer.echo(json.dumps(told_all, indent=2, ensure_ascii=False))
        return
    with Console(stderr=True).status("looking for the best settings"):
        outcome = recommend_study(study, folder, targets, choose_engine())
    _print(study, outcome)


def _print(study: Study, outcome: RecommendOutcome) -> None:
    """Print the recommendation in words, and where everything lies."""
    lines = Console(highlight=False, soft_wrap=True)
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


def show_verdicts(study: Study, folder: Path, table: Path, *, as_json: bool) -> None:
    """Compare what came back with what was promised; leaves with 1 where it is not confirmed."""
    found = confirm_study(study, folder, table)
    is_confirmed = all(verdict.is_confirmed for verdict in found)
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
            for verdict in found
        ]
        status = "done" if is_confirmed else "findings"
        typer.echo(json.dumps({"status": status, "verdicts": rows}, indent=2, ensure_ascii=False))
    else:
        lines = Console(highlight=False, soft_wrap=True)
        for verdict in found:
            lines.print(escape(verdict.sentence))
    raise typer.Exit(0 if is_confirmed else 1)
