"""The report as one page that needs no network: words, tables and figures in the paper's order."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from electrodoe.report.catalogue import build_figures
from electrodoe.report.conclusions import conclusions, random_split_sentence
from electrodoe.report.content import ReportContent
from electrodoe.report.drawing import SIMULATED
from electrodoe.report.drivers import driver_sentence
from electrodoe.report.figure import FigureData
from electrodoe.report.instruments import instrument_pictures, instrument_table
from electrodoe.report.naming import in_scenario, shown, slug
from electrodoe.report.page import Picture, picture, render
from electrodoe.report.recommendation_section import recommendation_section
from electrodoe.report.refusals import refused_cases, refused_scenarios
from electrodoe.report.selection import best_scenario, cases, explained_cases, verdict
from electrodoe.report.summary import summary
from electrodoe.report.table import Table
from electrodoe.report.tables import (
    data,
    declared,
    explanations,
    inputs,
    provenance,
    scores,
    significance,
)
from electrodoe.report.tables.summary_of_models import summary_of_models
from electrodoe.report.verification_section import verification_blocks


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What the page says about one response, or one response in one scenario."""

    anchor: str
    title: str
    link: str
    verdict: str
    word: str
    is_open: bool
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    pictures: tuple[Picture, ...]


def report_html(content: ReportContent, drawn: Mapping[str, str]) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    content : ReportContent
        What was found.
    drawn : mapping of str to str
        SVG by the name of the figure, as :func:`electrodoe.report.draw_figure` returns it. A
        figure that is not there is left out.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    figures = [figure for figure in build_figures(content) if figure.name in drawn]
    return render(
        "report.html.j2",
        content=content,
        study=content.study,
        banner=SIMULATED if content.is_simulated else "",
        summary=summary(content),
        recommendation=recommendation_section(content, figures, drawn),
        conclusions=conclusions(content),
        scatter_sentences=random_split_sentence(content),
        declared_tables=_present(
            declared.parameter_table(content),
            declared.factor_table(content),
            declared.material_table(content),
            declared.protocol_table(content),
        ),
        data_tables=_present(
            data.design_table(content), data.response_table(content), data.set_aside_table(content)
        ),
        data_pictures=(
            *_pictures(figures, drawn, "experimental_space", "configurations"),
            *_pictures(figures, drawn, "replicates", target=None),
        ),
        instrument_table=instrument_table(content.measured),
        instrument_pictures=instrument_pictures(content.measured),
        vif_table=inputs.vif_table(content),
        correlation_pictures=_pictures(figures, drawn, "correlations"),
        refused=refused_scenarios(content),
        scenarios=[(name, _labels(content, name)) for name in content.study.scenarios],
        overview=scores.overview_table(content),
        known=scores.known_configurations(content),
        models=_model_parts(content, figures, drawn),
        explained=_explained_parts(content, figures, drawn),
        unexplained=_unexplained(content),
        significance=_significance_parts(content),
        all_models=summary_of_models(content),
        verification=verification_blocks(content, figures, drawn),
        families=provenance.families_table(content),
        hyperparameters=provenance.hyperparameter_table(content),
        provenance_tables=_present(
            provenance.provenance_table(content), provenance.timing_table(content)
        ),
    )


def _present(*tables: Table | None) -> tuple[Table, ...]:
    """Return the tables that there are."""
    return tuple(table for table in tables if table is not None and table.rows)


def _pictures(
    figures: list[FigureData],
    drawn: Mapping[str, str],
    *kinds: str,
    target: str | None = "",
    scenario: str | None = None,
) -> tuple[Picture, ...]:
    """Return the drawn figures of some kinds about one response, in the order of the kinds."""
    return tuple(
        picture(figure, drawn[figure.name])
        for kind in kinds
        for figure in figures
        if figure.kind == kind
        and (target is None or figure.target == target)
        and (scenario is None or figure.scenario == scenario)
    )


def _labels(content: ReportContent, scenario: str) -> str:
    """Return a scenario's inputs in words."""
    names = content.study.scenarios[scenario].inputs
    return ", ".join(shown(content.study, name).axis for name in names)


def _model_parts(
    content: ReportContent, figures: list[FigureData], drawn: Mapping[str, str]
) -> list[_Part]:
    """Return one part per response: its model table, its scatter and its parity plots."""
    parts = []
    targets = dict.fromkeys(target for target, _ in cases(content))
    for index, target in enumerate(targets):
        scenario = best_scenario(content, target)
        word = "not" if scenario is None else verdict(content, target, scenario).value
        parts.append(
            _Part(
                anchor=slug("model", str(index + 1), target),
                title=shown(content.study, target).axis,
                link=shown(content.study, target).axis,
                verdict=scores.VERDICTS[word],
                word=word,
                is_open=index == 0,
                sentences=_unreplicated(content, target),
                tables=(scores.model_table(content, target),),
                pictures=_pictures(figures, drawn, "split_scatter", "parity", target=target),
            )
        )
    return parts


def _unreplicated(content: ReportContent, target: str) -> tuple[str, ...]:
    """Return the sentence that a response without replicates needs."""
    rows = content.evaluation.filter(pl.col("target") == target)
    if (rows["n"] > rows["n_configurations"]).any():
        return ()
    return (
        (
            "One value per configuration: there are no replicates, so here the random split, too,"
            " holds whole configurations back, only few of them."
        ),
    )


def _explained_parts(
    content: ReportContent, figures: list[FigureData], drawn: Mapping[str, str]
) -> list[_Part]:
    """Return one part per explained response and scenario."""
    parts = []
    explained = explained_cases(content)
    targets = [target for target, _ in explained]
    for index, (target, scenario) in enumerate(explained):
        word = verdict(content, target, scenario).value
        lead = driver_sentence(content, target, scenario)
        care = "The model itself predicts hardly anything; take its explanation with care."
        parts.append(
            _Part(
                anchor=slug("explained", str(index + 1), target, scenario),
                title=f"{shown(content.study, target).axis}{in_scenario(content.study, scenario)}",
                link=shown(content.study, target).axis
                + (f", {scenario}" if targets.count(target) > 1 else ""),
                verdict=scores.VERDICTS[word],
                word=word,
                is_open=index == 0,
                sentences=(*([lead] if lead else []), *([care] if word == "weakly" else [])),
                tables=_present(explanations.agreement_table(content, target, scenario)),
                pictures=_pictures(
                    figures,
                    drawn,
                    "importance",
                    "bee_swarm",
                    "effects",
                    "contour",
                    target=target,
                    scenario=scenario,
                ),
            )
        )
    return parts


def _unexplained(content: ReportContent) -> list[tuple[str, str]]:
    """Return responses without explanation outside the refused scenarios, with the reason."""
    return [
        (f"{shown(content.study, target).label}{in_scenario(content.study, scenario)}", reason)
        for (target, scenario), reason in refused_cases(content).items()
    ]


def _significance_parts(content: ReportContent) -> list[_Part]:
    """Return one part per response and scenario with tests."""
    parts: list[_Part] = []
    for index, (target, scenario) in enumerate(cases(content)):
        tables = _present(
            significance.anova_table(content, target, scenario),
            significance.coefficient_table(content, target, scenario),
        )
        if tables:
            parts.append(
                _Part(
                    anchor=slug("significance", str(index + 1), target, scenario),
                    title=shown(content.study, target).axis + in_scenario(content.study, scenario),
                    link=shown(content.study, target).axis,
                    verdict="",
                    word="",
                    is_open=not parts,
                    sentences=(),
                    tables=tables,
                    pictures=(),
                )
            )
    return parts
