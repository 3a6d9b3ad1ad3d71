"""How good the models are, like the paper's Table 5, with the two questions kept apart."""

import polars as pl

from electrodoe.models import DEFAULT_FAMILY
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import family_title, scenario_title, shown
from electrodoe.report.rounding import measured, score
from electrodoe.report.selection import best_row, cases, families_in, of, verdict
from electrodoe.report.table import Table, numbers, text

NEW_CONFIGURATIONS = "new configurations (leave one configuration out)"
VERDICTS = {
    "well": "well predictable",
    "fairly": "fairly predictable",
    "weakly": "hardly predictable",
    "not": "not predictable from these inputs",
}
"""What the report says of a response, by the word of ``electrodoe.evaluate.judgement``."""


def known_configurations(content: ReportContent) -> str:
    """Return what the random split asks, with its shares."""
    test = round(100 * content.study.settings.test_share)
    return f"new replicates of known configurations (random {100 - test}/{test})"


def overview_table(content: ReportContent) -> Table:
    """Return one row per response and scenario: what can be predicted, and by which family."""
    rows = [_overview_row(content, *case) for case in cases(content)]
    targets = [target for target, _ in cases(content)]
    return Table(
        caption=(
            "Which response can be predicted for new configurations, and by which family best. The"
            " best of several is chosen with the same samples, so its score is a little too good."
        ),
        columns=(
            *text("Response", "Scenario"),
            *numbers("Samples / configurations"),
            *text("Best family"),
            *numbers("R²", "RMSE", "R² of the default", "its RMSE above the best"),
            *text("Verdict"),
        ),
        groups=(("", 4), (NEW_CONFIGURATIONS, 4), ("", 1)),
        rows=tuple(rows),
        first_rows=frozenset(
            row for row in range(len(rows)) if row == 0 or targets[row] != targets[row - 1]
        ),
    )


def _overview_row(content: ReportContent, target: str, scenario: str) -> tuple[str, ...]:
    """Return the verdict on one response and scenario."""
    look = shown(content.study, target)
    best = best_row(content, target, scenario)
    if best is None:
        return (look.label, scenario, "–", "none", "–", "–", "–", "–", "no model fits")
    default = of(content.evaluation, target, scenario).filter(
        pl.col("family") == DEFAULT_FAMILY, pl.col("r2_loco").is_not_null()
    )
    margin = default["rmse_loco"][0] / best["rmse_loco"] - 1.0 if default.height else None
    return (
        look.label,
        scenario,
        f"{best['n']} / {best['n_configurations']}",
        family_title(str(best["family"])),
        score(best["r2_loco"]),
        look.with_unit(measured(best["rmse_loco"] * look.factor)),
        score(default["r2_loco"][0]) if default.height else "–",
        "–" if margin is None else f"+{100 * margin:.1f} %",
        VERDICTS[verdict(content, target, scenario).value],
    )


def model_table(content: ReportContent, target: str) -> Table:
    """Return every family's scores on one response, scenario by scenario."""
    look = shown(content.study, target)
    unit = f" ({look.unit})" if look.unit else ""
    rows: list[tuple[str, ...]] = []
    strong, headings = [], {}
    for _, scenario in [case for case in cases(content) if case[0] == target]:
        scores = of(content.evaluation, target, scenario)
        best = best_row(content, target, scenario)
        headings[len(rows)] = f"Scenario {scenario_title(content.study, scenario)}"
        for family in families_in(scores):
            row = scores.filter(pl.col("family") == family).row(0, named=True)
            if best is not None and family == best["family"]:
                strong.append(len(rows))
            rows.append((family_title(family), *_scores(row, look.factor)))
    return Table(
        caption=(
            f"{look.axis}: scores of every family. Bold: the best on new configurations; it is"
            " named by its R² there, not by the random split. A dash: the data do not determine"
            " this model."
        ),
        columns=(
            *text("Model"),
            *numbers("R² train", "R² test", "R² test, 5–95 % of repeats"),
            *numbers(f"RMSE train{unit}", f"RMSE test{unit}", "MSE train/test"),
            *numbers("R²", f"RMSE{unit}"),
        ),
        groups=(("", 1), (known_configurations(content), 6), (NEW_CONFIGURATIONS, 2)),
        rows=tuple(rows),
        strong_rows=frozenset(strong),
        headings=headings,
    )


def _scores(row: dict[str, float], factor: float) -> tuple[str, ...]:
    """Return one family's scores as texts; dashes where it could not be estimated."""
    low, high = row["r2_test_p05"], row["r2_test_p95"]

    def error(name: str) -> str:
        value = row[name]
        return measured(None if value is None else value * factor)

    return (
        score(row["r2_train"]),
        score(row["r2_test"]),
        "–" if low is None else f"{score(low)} to {score(high)}",
        error("rmse_train"),
        error("rmse_test"),
        measured(row["mse_ratio"], 2),
        score(row["r2_loco"]),
        error("rmse_loco"),
    )
