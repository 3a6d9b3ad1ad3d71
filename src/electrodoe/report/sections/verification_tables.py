"""Signs, prediction variance, Bruggeman fits, and the paper's scores beside this study's."""

from typing import Any

import polars as pl

from electrodoe.evaluate.judgement import Predictability
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import Shown, family_title, in_scenario, shown
from electrodoe.report.rounding import measured, percent, score, significant
from electrodoe.report.scales import shown_as_predicted
from electrodoe.report.selection import verdict
from electrodoe.report.table import Table, numbers, text
from electrodoe.verify.bruggeman import OWN
from electrodoe.verify.prediction_variance import LEAST_SQUARES

_VERDICTS = {"holds": "holds", "violated": "violated", "open": "left open"}


def sign_table(content: ReportContent) -> Table:
    """Return one row per expected sign and basis: the data, or a model."""
    checks = content.verification["physics_checks"]
    rows: list[tuple[str, ...]] = []
    first, last = [], None
    for row in checks.iter_rows(named=True):
        case = (row["target"], row["scenario"], row["factor"])
        if case != last:
            first.append(len(rows))
        rows.append(_sign_row(content, row, is_first=case != last))
        last = case
    return Table(
        caption=(
            "What physics expects, and what data and models do. The change is from one end of the"
            " factor's region to the other, with its 95 % interval: of the data by first-order"
            " terms and squares through the configurations' means, of a model between refits on"
            " drawn configurations. Against: the fraction of the region in which the model moves"
            " the other way, and in which at least 97.5 % of its refits do."
        ),
        columns=(
            *text("Response", "Expected", "Because", "Basis"),
            *numbers("Change", "95 % interval", "Against", "for certain"),
            *text("Verdict"),
        ),
        rows=tuple(rows),
        first_rows=frozenset(first),
    )


def _sign_row(content: ReportContent, row: dict[str, Any], *, is_first: bool) -> tuple[str, ...]:
    """Return one check; the expectation stands in the first row of its block."""
    look = shown(content.study, row["target"])
    factor = shown(content.study, row["factor"]).label
    words = (
        f"{look.label}{in_scenario(content.study, row['scenario'])}",
        f"{row['sign']} with {factor}",
        row["source"],
    )
    is_data = row["basis"] == "data"
    return (
        *(words if is_first else ("", "", "")),
        "data" if is_data else family_title(row["basis"]),
        look.with_unit(measured(row["effect"] * look.factor)),
        _interval(row["low"], row["high"], look),
        "–" if is_data else percent(row["fraction_against"]),
        "–" if is_data else percent(row["fraction_against_for_certain"]),
        _VERDICTS[row["verdict"]],
    )


def _interval(low: float | None, high: float | None, look: Shown) -> str:
    """Return an interval in the shown unit, or a dash."""
    if low is None or high is None:
        return "–"
    return f"{measured(low * look.factor)} to {measured(high * look.factor)}"


def variance_table(content: ReportContent) -> Table:
    """Return one row per predictable response and kind of variance, as standard deviations."""
    rows: list[tuple[str, ...]] = []
    first, last = [], None
    for row in content.verification["prediction_variance"].iter_rows(named=True):
        case = (row["target"], row["scenario"])
        if verdict(content, *case) is Predictability.NOT:
            continue
        if case != last:
            first.append(len(rows))
        look = shown_as_predicted(content.study, row["target"])
        words = f"{look.axis}{in_scenario(content.study, row['scenario'])}"
        deviations = [measured(row[name] ** 0.5 * look.factor) for name in ("median", "p90", "max")]
        rows.append((words if case != last else "", *_kind(row, look), *deviations))
        last = case
    return Table(
        caption=(
            "Standard deviation of the predicted mean over the region. Least squares and refits"
            " are different quantities: the first takes the polynomial for true, the second"
            " draws whole configurations anew and keeps a model's way of learning."
        ),
        columns=(
            *text("Response", "Model", "How", "Behind it"),
            *numbers("half of the region below", "90 % below", "maximum"),
        ),
        rows=tuple(rows),
        first_rows=frozenset(first),
    )


def _kind(row: dict[str, Any], look: Shown) -> tuple[str, str, str]:
    """Return whose variance it is, how it was found, and what stands behind it."""
    if row["kind"] == LEAST_SQUARES:
        scatter = look.with_unit(measured(row["residual_variance"] ** 0.5 * look.factor))
        return (
            family_title(row["family"]),
            "least squares, scaled by s²",
            f"s = {scatter}, {row['degrees_of_freedom']} degrees of freedom",
        )
    refused = f", {row['n_refused']} draws refused" if row["n_refused"] else ""
    return family_title(row["family"]), "refits", f"{row['n_refits']} refits{refused}"


def bruggeman_table(content: ReportContent) -> Table:
    """Return one row per category and kind of fit."""
    fits = content.verification["bruggeman_fits"]
    rows = [_fit_row(row) for row in fits.iter_rows(named=True)]
    kinds = fits["fit"].to_list()
    return Table(
        caption=(
            "Modified Bruggeman relation τ = a ε⁻ᵇ, fitted to logarithms and weighted by"
            " replicates. Deviations are root mean squares, relative to the fit: of the"
            " configurations' means, and of the model's curve between the category's porosities."
        ),
        columns=(
            *text("Category", "Exponent"),
            *numbers("a", "b", "90 % interval of b"),
            *text("Interval from"),
            *numbers("Samples / configurations / porosities", "Data from fit", "Model from fit"),
            *text("Says something"),
        ),
        rows=tuple(rows),
        first_rows=frozenset(
            row for row in range(len(rows)) if row == 0 or kinds[row] != kinds[row - 1]
        ),
    )


def _fit_row(row: dict[str, Any]) -> tuple[str, ...]:
    """Return one fit."""
    low, high = row["exponent_low"], row["exponent_high"]
    return (
        unbroken(row["category"]),
        "own" if row["fit"] == OWN else "shared",
        measured(row["prefactor"]),
        measured(row["exponent"]),
        "–" if low is None else f"{significant(low)} to {significant(high)}",
        row["interval"],
        f"{row['n_samples']} / {row['n_configurations']} / {row['n_porosities']}",
        f"{100 * row['deviation_of_data']:.1f} %",
        f"{100 * row['deviation_of_model']:.1f} %",
        "no: saturated" if row["is_saturated"] else "yes",
    )


def unbroken(category: str) -> str:
    r"""Return a category's name that breaks between its settings only.

    Examples
    --------
    >>> unbroken("8.2 mg/cm², 50 °C")
    '8.2\xa0mg/cm², 50\xa0°C'
    """
    return category.replace(" ", "\N{NO-BREAK SPACE}").replace(",\N{NO-BREAK SPACE}", ", ")


def comparison_table(content: ReportContent) -> Table:
    """Return the paper's scores beside this study's, the two splits apart."""
    compared = content.verification["published_comparison"]
    rows: list[tuple[str, ...]] = []
    headings = {}
    for (target, scenario), group in compared.group_by("target", "scenario", maintain_order=True):
        look = shown(content.study, str(target))
        headings[len(rows)] = _heading(content, str(scenario), group, look)
        rows += [_comparison_row(row, look) for row in group.iter_rows(named=True)]
    return Table(
        caption=(
            "The paper's Table 5 and this study. The paper has one random 80/20 split, which holds"
            " back replicates of known configurations; compare it with the same split here. The"
            " third column of each block leaves whole configurations out, and the paper has nothing"
            " to compare it with."
        ),
        columns=(
            *text("Model"),
            *numbers("paper, random 80/20", "this study, random 80/20"),
            *numbers("this study, new configurations"),
            *numbers("paper, random 80/20", "this study, random 80/20"),
            *numbers("this study, new configurations"),
        ),
        groups=(("", 1), ("R² of rows held back", 3), ("RMSE of rows held back", 3)),
        rows=tuple(rows),
        headings=headings,
    )


def _heading(content: ReportContent, scenario: str, group: pl.DataFrame, look: Shown) -> str:
    """Return what is compared, and the standard deviations that the scores rest on."""
    first = group.row(0, named=True)
    implied = group["paper_sd_test"].drop_nulls() * look.factor
    paper = "not to be distinguished from R² of 0.99"
    if len(implied):
        ends = dict.fromkeys(significant(float(end)) for end in (implied.min(), implied.max()))  # type: ignore[arg-type] # of floats
        paper = " to ".join(ends)
    return (
        f"{look.axis}{in_scenario(content.study, scenario)}; paper: {first['paper_target']},"
        f" {first['paper_n']} rows. Standard deviation: paper's test rows {paper} (implied by its"
        f" scores), this study {look.with_unit(significant(first['sd'] * look.factor))}"
    )


def _comparison_row(row: dict[str, Any], look: Shown) -> tuple[str, ...]:
    """Return one model's three R² and three RMSE."""
    errors = [row[name] for name in ("rmse_test", "rmse_loco")]
    return (
        family_title(row["family"]),
        f"{row['paper_r2_test']:.2f}",
        score(row["r2_test"]),
        score(row["r2_loco"]),
        significant(row["paper_rmse_test"] * look.factor),
        *(measured(None if error is None else error * look.factor) for error in errors),
    )
