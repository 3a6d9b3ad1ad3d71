"""Section 8: how the numbers came about: methods with their sources, settings, versions, time."""

import json
from typing import Any

import polars as pl

from electrodoe.models import FAMILIES
from electrodoe.models.family import INPUT_OF_COLUMN
from electrodoe.report.blocks import PAPER, Folded, Paragraph, Section, words
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import family_title, in_scenario, input_label, shown
from electrodoe.report.rounding import significant
from electrodoe.report.selection import families_in
from electrodoe.report.table import Table, numbers, present, text


def methods_section(content: ReportContent) -> Section:
    """Return where the methods are described, and what the numbers follow from."""
    return Section(
        anchor="methods",
        title="8 Methods and provenance",
        blocks=(
            Paragraph(
                words=words(
                    "The order of this report, its models and its explanations follow Haghi et al.,"
                    " Batteries & Supercaps (2023), ",
                    PAPER,
                    "; methods with their sources, hyperparameters, seed and versions are in the"
                    " appendix.",
                )
            ),
        ),
        details=(
            Paragraph(
                words=words(
                    "The five families of models and the explanations by impurity, coefficients and"
                    " Shapley values are those of Haghi et al. Shapley values are exact, with the"
                    " distinct configurations as background (Lundberg, Lee, NeurIPS 2017);"
                    " accumulated local effects after Apley, Zhu, J. R. Stat. Soc. B 82 (2020)"
                    " 1059; permutation importance after Breiman, Machine Learning 45 (2001) 5; the"
                    " shadow input after Kursa, Rudnicki, J. Stat. Softw. 36 (2010) 11; variance"
                    " inflation after Kutner et al., Applied Linear Statistical Models (2005)."
                )
            ),
            families_table(content),
            *present(provenance_table(content), timing_table(content)),
            *(
                Folded(title="Hyperparameters", blocks=(table,))
                for table in present(hyperparameter_table(content), look="wide long")
            ),
        ),
    )


def families_table(content: ReportContent) -> Table:
    """Return the families that were used, with where they are described."""
    is_given = has_given(content)
    return Table(
        caption="Model families; hyperparameters are searched by folds that keep configurations"
        f" whole{', but for those that the study gives' if is_given else ''}.",
        columns=text("Family", "Described in"),
        rows=tuple(
            (FAMILIES[family].title, FAMILIES[family].reference)
            for family in families_in(content.evaluation)
        ),
    )


def hyperparameter_table(content: ReportContent) -> Table:
    """Return the hyperparameters that were found, and beside them those that were given."""
    frame = content.hyperparameters
    cases = list(frame.select("target", "scenario").iter_rows())
    columns = ("Searched", "Given") if has_given(content) else ("Hyperparameters",)
    return Table(
        caption="Hyperparameters of the models fitted to all samples, in normalized units.",
        columns=text("Family", *columns),
        rows=tuple(
            (
                family_title(family),
                *_searched_and_given(_labelled(content, scenario, json.loads(chosen)), given)[
                    : len(columns)
                ],
            )
            for scenario, family, chosen, given in frame.select(
                "scenario", "family", "hyperparameters", "given"
            ).iter_rows()
        ),
        headings={
            index: shown(content.study, target).axis + in_scenario(content.study, scenario)
            for index, (target, scenario) in enumerate(cases)
            if index == 0 or cases[index - 1] != (target, scenario)
        },
    )


def has_given(content: ReportContent) -> bool:
    """Return whether the study gives any hyperparameter."""
    return bool((content.hyperparameters["given"].fill_null("") != "").any())


def _labelled(content: ReportContent, scenario: str, chosen: dict[str, Any]) -> dict[str, Any]:
    """Return hyperparameters in which terms have their inputs' labels; a long name goes first."""
    known = content.study.scenarios[scenario].inputs

    def labelled(factor: str) -> str:
        name = factor.removesuffix("²")
        return factor.replace(name, input_label(content.study, name)) if name in known else factor

    if "terms" not in chosen:
        return chosen
    terms = [" × ".join(map(labelled, term.split(" × "))) for term in chosen["terms"]]
    return {**chosen, "terms": terms}


def _searched_and_given(chosen: dict[str, Any], given: str | None) -> tuple[str, str]:
    """Return what was searched and what was given, in words."""
    names = (given or "").split(", ")
    parts = [
        {name: value for name, value in chosen.items() if (name in names) is is_given}
        for is_given in (False, True)
    ]
    return _words(parts[0]) or "none", _words(parts[1]) or "none"


def _words(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return a JSON value in short words with rounded numbers."""
    if isinstance(value, dict):
        return ", ".join(
            f"{key.replace('_', ' ')} {_nested(entry)}"
            for key, entry in value.items()
            if key != INPUT_OF_COLUMN  # bookkeeping of categories, no choice
        )
    if isinstance(value, list):
        return "[" + ", ".join(_words(entry) for entry in value) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    return significant(float(value)) if isinstance(value, (int, float)) else str(value)


def _nested(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return an inner value, in brackets where it has parts of its own."""
    return f"({_words(value) or 'none'})" if isinstance(value, dict) else _words(value)


def provenance_table(content: ReportContent) -> Table:
    """Return seed, effort, hashes and versions."""
    return Table(
        caption="What the numbers follow from: the same inputs give the same report.",
        columns=text("", ""),
        rows=tuple((name, value) for name, value in content.provenance.items()),
    )


def timing_table(content: ReportContent) -> Table | None:
    """Return where the time went, or None."""
    timings = content.timings
    if timings.is_empty():
        return None
    total = float(timings.select(pl.col("seconds").sum()).item())
    return Table(
        caption="Where the time went.",
        columns=(*text("Stage"), *numbers("Time (s)", "Share")),
        rows=(
            *(
                (stage, significant(round(seconds, 2)), f"{100 * seconds / (total or 1.0):.0f} %")
                for stage, seconds in timings.select("stage", "seconds").iter_rows()
            ),
            ("all", significant(round(total, 2)), "100 %"),
        ),
    )
