"""Screening designs: which effects are active, what each is aliased with, what would part them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import polars as pl

from electrodoe.evaluate.screening.terms import letter
from electrodoe.findings.wording import counted
from electrodoe.report.blocks import Block, Folded, Section, paragraphs
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import (
    format_number,
    in_scenario,
    listed,
    shown,
    slug,
    term_label,
)
from electrodoe.report.page import DrawnFigures
from electrodoe.report.rounding import equals, measured, p_value, percent, significant
from electrodoe.report.scales import shown_on_scale
from electrodoe.report.selection import of
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Study

_VERDICTS: Final = {"active": "active", "possibly": "possibly active", "not": "–"}
_NO_OPTIMUM: Final = (
    "A screening tells which factors matter, not where the best settings lie: for that, plan runs"
    " with more levels of the active factors."
)


def screening_section(content: ReportContent, drawn: DrawnFigures) -> Section | None:
    """Return what the runs say as a screening design, or None where they are none."""
    if content.screening.is_empty():
        return None
    return Section(
        anchor="screening",
        title="Screening",
        blocks=(*paragraphs([_NO_OPTIMUM]), *_parts(content, drawn)),
    )


def _parts(content: ReportContent, drawn: DrawnFigures) -> Iterator[Block]:
    """Yield one part per response and scenario."""
    for index, row in enumerate(content.screening.iter_rows(named=True)):
        target, scenario = row["target"], row["scenario"]
        effects = of(content.screening_effects, target, scenario)
        runs = of(content.screening_runs, target, scenario)
        tables = [effects_table(content.study, row, effects), runs_table(content.study, row, runs)]
        title = shown(content.study, target).axis + in_scenario(content.study, scenario)
        yield Folded(
            anchor=slug("screening", str(index + 1), target, scenario),
            title=title,
            is_open=index == 0,
            blocks=(
                *paragraphs(screening_sentences(content.study, row, effects)),
                *drawn.of("screening", target=target, scenario=scenario),
                *(table for table in tables if table is not None),
            ),
        )


def screening_sentences(study: Study, row: Mapping[str, Any], effects: pl.DataFrame) -> list[str]:
    """Return what a screening design says of one response.

    Parameters
    ----------
    study : Study
        Labels and units.
    row : mapping
        Of the table ``SCREENING_SCHEMA``.
    effects : polars.DataFrame
        Its effects, as in ``SCREENING_EFFECT_SCHEMA``.

    Returns
    -------
    list of str
        What is active; how that was judged; what it is aliased with; what to run next.
    """
    return [
        active_sentence(study, row, effects),
        _judged(study, row, effects),
        *_curvature(study, row),
        *_aliased(study, row, effects),
    ]


def active_sentence(study: Study, row: Mapping[str, Any], effects: pl.DataFrame) -> str:
    """Return which effects are active, in one sentence."""
    found = {
        verdict: [
            term_label(study, term) for term in effects.filter(verdict=verdict)["term"].to_list()
        ]
        for verdict in ("active", "possibly")
    }
    parts = []
    if found["active"]:
        parts.append(f"active {_are(found['active'])} {listed(found['active'])}")
    if found["possibly"]:
        parts.append(f"possibly active {listed(found['possibly'])}")
    label = shown(study, row["target"]).label
    said = "; ".join(parts) or "no effect stands out from noise"
    return f"{label}{in_scenario(study, row['scenario'])}: {said}."


def _are(names: list[str]) -> str:
    """Return the verb."""
    return "is" if len(names) == 1 else "are"


def _judged(study: Study, row: Mapping[str, Any], effects: pl.DataFrame) -> str:
    """Return what the effects were judged against, and how often noise would pass."""
    what = f"{row['n_runs']} runs of {counted(row['n_factors'], 'factor')}"
    first = effects.filter(stage=1)
    if row["kind"] == "supersaturated":
        return (
            f"{what}: fewer runs than effects, so that main effects are aliased with one another."
            " Forward selection takes the fewest that stand out from simulated noise in the same"
            " design; where no factor has an effect, any is selected in 5 % of studies. What is not"
            " selected may still be active: plan runs for the selected factors before others are"
            " dropped."
        )
    margins = (
        "An active effect is larger than noise makes the largest of"
        f" {first.height} in 5 % of studies, a possibly active one than noise makes a single one in"
        f" 5 %: of {first.height} effects that are noise, {significant(0.05 * first.height, 2)}"
        " would pass for possibly active."
    )
    return f"{what}. {_error(study, row, first)} {margins}{_second_stage(row)}{_averaged(row)}"


def _error(study: Study, row: Mapping[str, Any], first: pl.DataFrame) -> str:
    """Return where the error comes from, with its size where all effects share one."""
    look = shown_on_scale(study, row["target"])
    errors = first["standard_error"].drop_nulls()
    is_one = len(errors) and errors.round_sig_figs(9).n_unique() == 1
    size = f" ({look.with_unit(measured(errors[0] * look.factor))})" if is_one else ""
    if row["error"] == "lenth":
        return (
            "Too few runs were made again to show the error; the effects show it themselves, as"
            f" most of them are noise: Lenth's pseudo standard error{size}. Where more than about a"
            " third are active, it comes out too large, and some are missed."
        )
    degrees = f"{row['degrees_of_freedom']} degrees of freedom"
    if row["error"] == "pure_error":
        return f"Runs with equal settings show the standard error of an effect{size}, {degrees}."
    return (
        f"What neither main effects nor second order reach (fake factors, equal runs) shows the"
        f" standard error of an effect{size}, {degrees}."
    )


def _second_stage(row: Mapping[str, Any]) -> str:
    """Return how second order was judged in a definitive screening design."""
    if row["kind"] != "definitive":
        return ""
    rivals = (
        f" {counted(row['n_rivals'], 'other set')} of as many terms fit"
        f"{'s' if row['n_rivals'] == 1 else ''} as well: these terms are possible, not proved."
        if row["n_rivals"]
        else ""
    )
    return (
        " Squares and interactions of active factors alone are looked for, as few as leave no more"
        f" than error; where there are none, one is found in 5 % of studies.{rivals}"
    )


def _averaged(row: Mapping[str, Any]) -> str:
    """Return that samples of one run were averaged, if so."""
    if not row["n_averaged"]:
        return ""
    return (
        " Samples of one configuration were averaged first: their scatter is not that of runs. If"
        " each was made as a run of its own, give each run a name of its own."
    )


def _curvature(study: Study, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield how far the center runs lie from the corners, where there are any."""
    if row["curvature"] is None:
        return
    look = shown_on_scale(study, row["target"])
    size = look.with_unit(measured(row["curvature"] * look.factor))
    tested = (
        f" (p {equals(p_value(row['curvature_p']))} against pure error)"
        if row["curvature_p"] is not None
        else "; without equal runs it cannot be tested"
    )
    yield f"Curvature: the center runs lie {size} from the mean of the corners{tested}."


def _aliased(study: Study, row: Mapping[str, Any], effects: pl.DataFrame) -> Iterator[str]:
    """Yield what the runs cannot tell apart, and which runs would."""
    if row["next_runs"] is not None:
        groups = term_label(study, row["parted"])
        what = (
            "all runs again with every factor at its other level"
            if row["next_runs"] == "foldover"
            else "a D-optimal augmentation"
        )
        yield (
            f"These runs do not part {groups}. Next: {counted(row['n_next_runs'], 'run')}"
            f" ({row['next_runs']}, {what}), made as a block of their own; they part them."
            + _left_out(row)
        )
    elif _has_aliases(effects):
        yield (
            "What is aliased with an active effect are interactions of factors that are not active"
            " themselves, or of three factors; they are taken for none."
        )


def _left_out(row: Mapping[str, Any]) -> str:
    """Return how many runs of a foldover the limits of the plan forbid."""
    if not row["n_left_out"]:
        return ""
    return (
        f" {counted(row['n_left_out'], 'run')} of the foldover would break a limit of the plan and"
        f" {'is' if row['n_left_out'] == 1 else 'are'} left out: they part less."
    )


def _has_aliases(effects: pl.DataFrame) -> bool:
    """Return whether an effect that may be active is aliased with another."""
    return not effects.filter(
        pl.col("verdict") != "not", pl.col("estimates") != pl.col("letters")
    ).is_empty()


def effects_table(study: Study, row: Mapping[str, Any], effects: pl.DataFrame) -> Table:
    """Return every effect with its size, verdict and alias chain."""
    look = shown_on_scale(study, row["target"])
    unit = f" ({look.unit})" if look.unit else ""
    square = f" ({look.squared_unit})" if look.unit else ""
    total = float(effects["sum_of_squares"].sum()) or float("nan")
    inputs = study.scenarios[row["scenario"]].inputs
    named = [(letter(n, len(inputs)), shown(study, name).label) for n, name in enumerate(inputs)]
    legend = ", ".join(f"{sign} {label}" for sign, label in named if sign != label)
    table = Table(
        caption="Effects: the mean response at the high level less that at the low level; of a"
        " square, the ends less the middle. Estimates: what else the same contrast is, to second"
        f" order, or to third where there is nothing else.{legend and f' {legend}.'}",
        columns=(
            *text("Term", "Effect of"),
            *numbers(f"Effect{unit}", f"Sum of squares{square}", "Of all", "Margin of error"),
            *text("Verdict", "Estimates"),
        ),
        rows=tuple(
            (
                one["letters"],
                term_label(study, one["term"]),
                measured(one["effect"] * look.factor),
                measured(_times(one["sum_of_squares"], look.factor**2)),
                percent(_times(one["sum_of_squares"], 1.0 / total)),
                measured(_times(one["margin"], look.factor)),
                _VERDICTS[one["verdict"]],
                one["estimates"],
            )
            for one in effects.iter_rows(named=True)
        ),
        strong_rows=frozenset(
            index
            for index, verdict in enumerate(effects["verdict"].to_list())
            if verdict == "active"
        ),
        look="wide",
    )
    return table if row["kind"] != "supersaturated" else _narrowed(table)


def _narrowed(table: Table) -> Table:
    """Return a table without the columns that are empty in every row."""
    kept = [n for n in range(len(table.columns)) if any(row[n] != "–" for row in table.rows)]
    return replace(
        table,
        columns=tuple(table.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in table.rows),
    )


def _times(value: float | None, factor: float) -> float | None:
    """Return a value in the shown unit, or None."""
    return None if value is None else value * factor


def runs_table(study: Study, row: Mapping[str, Any], runs: pl.DataFrame) -> Table | None:
    """Return the runs that part what is aliased, or None."""
    if runs.is_empty():
        return None
    factors = runs["factor"].unique(maintain_order=True).to_list()
    return Table(
        caption=f"Next runs ({row['next_runs']}); make them in random order, as a block of their"
        f" own. They part {term_label(study, row['parted'])}.",
        columns=(*text("Run"), *numbers(*(shown(study, name).axis for name in factors))),
        rows=tuple(
            (str(number[0]), *(format_number(study, *cell) for cell in own.iter_rows()))
            for number, own in runs.select("run", "factor", "value").group_by(
                "run", maintain_order=True
            )
            for own in [own.select("factor", "value")]
        ),
        look="wide",
    )
