"""Section 3: how good the models are, with the two questions kept apart."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from electrodoe.report.blocks import (
    Folded,
    Paragraph,
    Picture,
    Section,
    TextRun,
    paragraphs,
    strong,
    words,
)
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import (
    family_title,
    in_scenario,
    is_binary,
    scenario_title,
    shown,
    slug,
)
from electrodoe.report.page import DrawnFigures, said_once
from electrodoe.report.rounding import brief_score, measured, score
from electrodoe.report.scales import scale_sentences
from electrodoe.report.sections.calibration import calibration_table, outcome_sentences
from electrodoe.report.selection import (
    best_row,
    best_scenario,
    cases,
    deciding_row,
    families_in,
    leading_cases,
    of,
    verdict,
)
from electrodoe.report.table import Table, numbers, present, text

NEW_CONFIGURATIONS = "new configurations (leave one configuration out)"
VERDICTS = {
    "well": "well predictable",
    "fairly": "fairly predictable",
    "weakly": "hardly predictable",
    "not": "not predictable from these inputs",
}
"""What the report says of a response, by the word of ``electrodoe.evaluate.judgement``."""


def models_section(content: ReportContent, drawn: DrawnFigures) -> Section:
    """Return how well each response is predicted, and by which family."""
    known = known_configurations(content)
    return Section(
        anchor="models",
        title="3 Models",
        blocks=(
            Paragraph(
                words=words(
                    "A model is judged by ",
                    strong("new configurations (leave one configuration out)"),
                    ": each is predicted by a model that has seen none of its samples. The paper's"
                    " split asks about ",
                    strong(known),
                    ", which says nothing about settings that were never run.",
                )
            ),
            predictability_table(content),
            *said_once(_leading(content, drawn)),
        ),
        details=(
            *paragraphs(random_split_sentence(content)),
            replace(overview_table(content), look="wide overview"),
            *_parts(content, drawn),
            Folded(
                title="All models in one table",
                anchor="all-models",
                blocks=(replace(summary_of_models(content), look="wide"),),
            ),
        ),
    )


def _leading(content: ReportContent, drawn: DrawnFigures) -> Iterator[Picture]:
    """Yield predictions beside measurements, one picture per leading response."""
    for target, _ in leading_cases(content):
        found = drawn.of("parity_grid", target=target) or drawn.of("parity", target=target)
        yield from found[:1]


def _parts(content: ReportContent, drawn: DrawnFigures) -> Iterator[Folded]:
    """Yield one part per response: its model table, its scatter and its parity plots."""
    for index, target in enumerate(dict.fromkeys(target for target, _ in cases(content))):
        scenario = best_scenario(content, target)
        word = "not" if scenario is None else verdict(content, target, scenario).value
        title = shown(content.study, target).axis
        yield Folded(
            anchor=slug("model", str(index + 1), target),
            title=title,
            link=title,
            tag=TextRun(text=VERDICTS[word], tag=word),
            blocks=(
                *paragraphs(
                    [
                        *scale_sentences(content, target),
                        *outcome_sentences(content, target),
                        *_unreplicated(content, target),
                    ]
                ),
                replace(model_table(content, target), look="wide"),
                *present(calibration_table(content, target)),
                *drawn.of("split_scatter", "parity_grid", "parity", target=target),
            ),
        )


def _unreplicated(content: ReportContent, target: str) -> tuple[str, ...]:
    """Return the sentence that a response without replicates needs."""
    rows = content.evaluation.filter(pl.col("target") == target)
    if (rows["n"] > rows["n_configurations"]).any():
        return ()
    sentence = (
        "One value per configuration: there are no replicates, so here the random split, too,"
        " holds whole configurations back, only few of them."
    )
    return (sentence,)


def random_split_sentence(content: ReportContent) -> list[str]:
    """Return what the scatter of the random split means, with the worst example's numbers."""
    scored = content.evaluation.drop_nulls(["r2_test_p05", "r2_test_p95", "r2_loco"]).drop_nans()
    likely = scored.filter(
        pl.col("n") > pl.col("n_configurations"),
        pl.col("r2_loco") > -1.0,
        pl.col("r2_test_p05") > -1.0,
    )
    rows = likely if likely.height else scored
    if rows.is_empty():
        return []
    width = pl.col("r2_test_p95") - pl.col("r2_test_p05")
    worst = rows.sort(width, descending=True, maintain_order=True).row(0, named=True)
    n_repeats = content.repeats["repeat"].n_unique()
    label = shown(content.study, worst["target"]).label
    model = f"{family_title(worst['family'])}{in_scenario(content.study, worst['scenario'])}"
    low, high = brief_score(worst["r2_test_p05"]), brief_score(worst["r2_test_p95"])
    return [
        (
            "A single random split says little, and it asks about new replicates of known"
            f" configurations only: for {label} ({model}) R² on the test samples runs from {low} to"
            f" {high} (5–95 % of {n_repeats} random splits; the printed one says"
            f" {brief_score(worst['r2_test'])}), while on new configurations it is"
            f" {brief_score(worst['r2_loco'])}."
        )
    ]


def known_configurations(content: ReportContent) -> str:
    """Return what the random split asks, with its shares."""
    test = round(100 * content.study.settings.test_fraction)
    return f"new replicates of known configurations (random {100 - test}/{test})"


def predictability_table(content: ReportContent) -> Table:
    """Return how well each response is predicted for new configurations, by scenario."""
    rows = [_overview_row(content, *case) for case in cases(content)]
    targets = [target for target, _ in cases(content)]
    return Table(
        caption="Which response can be predicted for new configurations, by a family that was"
        " chosen before its scores were seen. RMSE: the typical error of a prediction."
        f"{_of_outcomes(content)}",
        columns=(*text("Response", "Scenario"), *numbers("R²", "RMSE"), *text("Verdict")),
        rows=tuple(
            (row[0] if new else "", row[1], *row[4:7])
            for row, new in zip(rows, _is_new(targets), strict=True)
        ),
        first_rows=frozenset(row for row, new in enumerate(_is_new(targets)) if new),
    )


def _is_new(names: list[str]) -> list[bool]:
    """Return whether each name is another than the one before."""
    return [row == 0 or names[row] != names[row - 1] for row in range(len(names))]


def overview_table(content: ReportContent) -> Table:
    """Return one row per response and scenario: what can be predicted, and how well."""
    rows = [_overview_row(content, *case) for case in cases(content)]
    targets = [target for target, _ in cases(content)]
    return Table(
        caption=(
            "Which response can be predicted for new configurations. The verdict goes by a family"
            " that was chosen before its scores were seen. The best of all is named beside it: it"
            " is chosen with the same samples, so its score is too good, the more so the fewer"
            f" configurations there are.{_of_outcomes(content)}"
        ),
        columns=(
            *text("Response", "Scenario"),
            *numbers("Samples / configurations"),
            *text("Model"),
            *numbers("R²", "RMSE"),
            *text("Verdict", "Best afterwards"),
            *numbers("R²", "RMSE below"),
        ),
        groups=(("", 3), (NEW_CONFIGURATIONS, 4), ("With hindsight", 3)),
        rows=tuple(rows),
        first_rows=frozenset(row for row, new in enumerate(_is_new(targets)) if new),
    )


def _of_outcomes(content: ReportContent) -> str:
    """Return how a table with binary responses is to be read; nothing where there are none."""
    if not any(is_binary(content.study, target) for target, _ in cases(content)):
        return ""
    return (
        " Of two outcomes R² is the skill, 1 less the Brier score over that of the base rate, and"
        " an RMSE has no unit and is left out."
    )


def _overview_row(content: ReportContent, target: str, scenario: str) -> tuple[str, ...]:
    """Return the verdict on one response and scenario."""
    look = shown(content.study, target)
    row, best = (ask(content, target, scenario) for ask in (deciding_row, best_row))
    if row is None or best is None:
        return (look.label, scenario, "–", "none", "–", "–", "no model fits", "–", "–", "–")
    is_best = row["family"] == best["family"]
    return (
        look.label,
        scenario,
        f"{row['n']} / {row['n_configurations']}",
        family_title(str(row["family"])),
        score(row["r2_loco"]),
        "–"
        if is_binary(content.study, target)
        else look.with_unit(measured(row["rmse_loco"] * look.factor)),
        VERDICTS[verdict(content, target, scenario).value],
        "the same" if is_best else family_title(str(best["family"])),
        "–" if is_best else score(best["r2_loco"]),
        "–"
        if is_best or is_binary(content.study, target)
        else f"{100.0 * (1.0 - best['rmse_loco'] / row['rmse_loco']):.1f} %",
    )


def model_table(content: ReportContent, target: str) -> Table:
    """Return every family's scores on one response, scenario by scenario."""
    look = shown(content.study, target)
    has_unit = look.unit and not is_binary(content.study, target)
    unit = f" ({look.unit})" if has_unit else ""
    factor = np.nan if is_binary(content.study, target) else look.factor
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
            rows.append((family_title(family), *_scores(row, factor)))
    return Table(
        caption=(
            f"{look.axis}: scores of every family. Bold: the best on new configurations; it is"
            " named by its R² there, not by the random split. A dash: the data do not determine"
            f" this model.{_of_outcomes(content) if np.isnan(factor) else ''}"
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
    train, test, loco = (
        measured(None if row[name] is None else row[name] * factor)
        for name in ("rmse_train", "rmse_test", "rmse_loco")
    )
    low, high = row["r2_test_p05"], row["r2_test_p95"]
    spread = "–" if low is None else f"{score(low)} to {score(high)}"
    r2 = (score(row["r2_train"]), score(row["r2_test"]), spread)
    return (*r2, train, test, measured(row["mse_ratio"], 2), score(row["r2_loco"]), loco)


def summary_of_models(content: ReportContent) -> Table:
    """Return every model: target, inputs, scores of the random split, of new configurations."""
    rows: list[tuple[str, ...]] = []
    headings = {}
    for target, scenario in cases(content):
        scores = of(content.evaluation, target, scenario)
        look, names = shown(content.study, target), content.study.scenarios[scenario].inputs
        inputs = ", ".join(shown(content.study, name).label for name in names)
        headings[len(rows)] = f"{look.axis} from {inputs}"
        for family in families_in(scores):
            row = scores.filter(family=family).row(0, named=True)
            factor = np.nan if is_binary(content.study, target) else look.factor
            values = _scores(row, factor)
            rows.append((family_title(family), *values[:2], *values[3:]))  # without the repeats
    return Table(
        caption="All models, with the columns of Table 5 of Haghi et al. (2023). Errors are in the"
        " target's unit; the random split is the paper's, and not what a new configuration meets."
        f"{_of_outcomes(content)}",
        columns=(
            *text("Model"),
            *numbers("R² train", "R² test", "RMSE train", "RMSE test", "MSE train/test"),
            *numbers("R²", "RMSE"),
        ),
        groups=(("", 1), (known_configurations(content), 5), (NEW_CONFIGURATIONS, 2)),
        rows=tuple(rows),
        headings=headings,
    )
