"""Section 1: what was declared and measured, what is odd about it, and what instruments saw."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from electrodoe.dataset import CONFIGURATION
from electrodoe.findings.wording import counted
from electrodoe.quantities import label_of, unit_of
from electrodoe.report.blocks import Section, Subheading, finding_blocks, paragraphs
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown
from electrodoe.report.page import DrawnFigures
from electrodoe.report.rounding import measured, percent, significant
from electrodoe.report.scales import SCALE_WORDS
from electrodoe.report.sections.findings import ABOUT_FINDINGS, leading_findings
from electrodoe.report.sections.instruments import instrument_blocks
from electrodoe.report.table import Table, numbers, present, text
from electrodoe.study import Factor, Material, Protocol, Relevance, conditions

_YES_OR_NO: Final[dict[object, str]] = {True: "yes", False: "no"}


def data_section(content: ReportContent, drawn: DrawnFigures) -> Section:
    """Return what was declared and measured, what is odd about it, and what instruments saw."""
    return Section(
        anchor="data",
        title="1 The data",
        blocks=(
            *paragraphs([data_sentence(content)]),
            *present(
                factor_table(content) or design_table(content),
                response_table(content),
            ),
            *drawn.of("experimental_space", "configurations", target=""),
            Subheading(title="1.1 Findings", anchor="findings"),
            *leading_findings(content),
        ),
        details=(
            *present(
                parameter_table(content),
                material_table(content),
                protocol_table(content),
                design_table(content) if factor_table(content) else None,
            ),
            *present(set_aside_table(content)),
            *drawn.of("replicates"),
            Subheading(title="All findings"),
            *finding_blocks(content.findings, ABOUT_FINDINGS),
            *instrument_blocks(content.measured, content.study.outliers),
        ),
    )


def data_sentence(content: ReportContent) -> str:
    """Return the size of the study, and whether anybody measured it."""
    dataset, study = content.dataset, content.study
    done = "simulated" if content.is_simulated else "measured"
    return (
        f"{counted(dataset.n_samples, 'sample')} of"
        f" {counted(dataset.n_configurations, 'configuration')}"
        f" {'was' if dataset.n_samples == 1 else 'were'} {done}:"
        f" {counted(len(study.factors), 'input')} and"
        f" {counted(len(study.responses), 'response')}."
    )


def parameter_table(content: ReportContent) -> Table | None:
    """Return the candidates for factors and their relevance (Table 1), or None."""
    parameters = content.study.parameters
    if not parameters:
        return None
    return Table(
        caption=(
            "Relevance of parameters: how important literature and experts hold them (a rating, or"
            " interdependencies × impact), and how complex it is to digitize them."
        ),
        columns=text("Process", "Parameter", "Literature", "Experts", "Complexity", "Factor"),
        rows=tuple(
            (
                parameter.process or "–",
                parameter.label or label_of(name),
                _relevance(parameter.literature) or parameter.importance or "–",
                _relevance(parameter.experts) or parameter.importance or "–",
                parameter.complexity,
                shown(content.study, parameter.factor).label if parameter.factor else "–",
            )
            for name, parameter in parameters.items()
        ),
    )


def _relevance(found: Relevance | None) -> str | None:
    """Return one kind of source's rating, or its two numbers."""
    if found is None or found.impact is None:
        return found.rating if found else None
    return f"{found.interdependencies} × {significant(found.impact)}"


def factor_table(content: ReportContent) -> Table | None:
    """Return the factors with the range or the levels they are planned at (Table 2), or None."""
    planned = {
        name: factor
        for name, factor in content.study.factors.items()
        if factor.levels is not None or factor.region is not None
    }
    if not planned:
        return None
    return Table(
        caption="Factors of the plan of experiments.",
        columns=text("Process", "Factor", "Range", "Levels", "Hard to change"),
        rows=tuple(_planned_row(content, name, factor) for name, factor in planned.items()),
    )


def _planned_row(content: ReportContent, name: str, factor: Factor) -> tuple[str, ...]:
    """Return one factor's range and levels, in the shown unit."""
    scale = shown(content.study, name)
    levels = factor.levels or ()
    ends = factor.region or (levels if not factor.is_categorical else ())
    printed = [
        level if isinstance(level, str) else significant(level * scale.factor, 4)
        for level in levels
    ]
    span = [significant(float(end) * scale.factor, 4) for end in (*ends[:1], *ends[-1:])]
    return (
        factor.process or "–",
        scale.axis,
        " to ".join(span) or "–",
        ", ".join(printed) or "any between",
        "yes" if factor.hard_to_change else "no",
    )


def material_table(content: ReportContent) -> Table | None:
    """Return the formulations, one column per electrode (Table 3), or None."""
    materials = content.study.materials
    if not materials:
        return None
    rows = [_material_rows(material) for material in materials.values()]
    names = dict.fromkeys(name for row in rows for name in row)
    return Table(
        caption="Formulations; fractions are of the solids by mass.",
        columns=(*text(""), *numbers(*(label_of(name) for name in materials))),
        rows=tuple((name, *(row.get(name, "–") for row in rows)) for name in names),
    )


def _material_rows(material: Material) -> dict[str, str]:
    """Return what is known of one formulation, by its words."""
    rows = {"Active material": _fraction(material.active_mass_fraction)}
    for name, component in material.components.items():
        rows[f"{name.replace('_', ' ')}, its density"] = (
            f"{_fraction(component.mass_fraction)}, {significant(component.density_g_cm3)} g/cm³"
        )
    if material.theoretical_density_g_cm3 is not None:
        rows["Theoretical density"] = f"{significant(material.theoretical_density_g_cm3, 4)} g/cm³"
    if material.solid_content is not None:
        rows["Solid content"] = percent(material.solid_content)
    if material.specific_capacity_mah_g is not None:
        rows["Specific capacity"] = f"{significant(material.specific_capacity_mah_g)} mAh/g"
    return rows


def _fraction(fraction: float) -> str:
    """Return a fraction in percent with up to three digits."""
    return f"{significant(100.0 * fraction)}\N{NO-BREAK SPACE}%"


def protocol_table(content: ReportContent) -> Table | None:
    """Return how each measurement was made (Table 4), or None."""
    protocols = content.study.protocols
    rows: list[tuple[str, ...]] = []
    headings = {}
    for name, protocol in protocols.items():
        instrument = protocol.instrument.replace("_", " ")
        title = label_of(name)
        headings[len(rows)] = title if instrument in title.lower() else f"{title}: {instrument}"
        rows += _settings(protocol)
    if not rows:
        return None
    return Table(
        caption="How it was measured, as the study declares it.",
        columns=text("Setting", "Value"),
        rows=tuple(rows),
        headings=headings,
    )


def _settings(protocol: Protocol) -> Iterable[tuple[str, str]]:
    """Yield a protocol's settings and notes with their units, then where its files lie."""
    for condition in conditions(protocol):
        name, value = condition.name, condition.value
        if isinstance(value, str | bool):  # the last word of a text's name is no unit
            words = name.replace("_", " ")
            yield words[:1].upper() + words[1:], _YES_OR_NO.get(value, str(value))
        else:
            printed = significant(value, 4) if isinstance(value, float) else str(value)
            yield label_of(name), f"{printed} {unit_of(name)}".strip()
    yield "Files", ", ".join(protocol.files)


def design_table(content: ReportContent) -> Table:
    """Return the factors with their ranges and numbers of levels."""
    return Table(
        caption="Inputs as they were set or measured, in the samples that are modeled with them.",
        columns=(
            *text("Input"),
            *numbers("Min", "Max"),
            *text("Unit", "Levels", "Column"),
        ),
        rows=tuple(_measured_row(content, name) for name in content.study.factors),
    )


def _measured_row(content: ReportContent, name: str) -> tuple[str, ...]:
    """Return one factor's range and levels."""
    look = shown(content.study, name)
    rows = content.dataset.rows_with(name)
    values = content.dataset.values(name)[rows]
    if name in content.study.levels:
        met = np.unique(values[~np.isnan(values)])
        words = ", ".join(content.study.levels[name][round(number)] for number in met)
        return look.words, "–", "–", "–", words, name
    known = values[~np.isnan(values)] * look.factor
    levels = np.unique(known)
    n_configurations = content.dataset.frame[CONFIGURATION].filter(rows).n_unique()
    is_set = len(levels) <= max(2, n_configurations // 2)
    if not len(known):
        words = "not set yet"
    elif is_set and len(levels) <= 6:
        words = ", ".join(measured(float(level)) for level in levels)
    elif is_set:
        words = f"{len(levels)} levels"
    else:
        words = f"measured, {len(levels)} values"
    ends = (known.min(), known.max()) if len(known) else (np.nan, np.nan)
    return (
        look.words,
        *(measured(float(end)) for end in ends),
        look.unit or "–",
        words,
        name,
    )


def response_table(content: ReportContent) -> Table:
    """Return the responses with their counts, ranges and means."""
    scales = ("Modeled on the scale of",) if _has_scales(content) else ()
    return Table(
        caption="Responses; mean and standard deviation over all samples that are in the models.",
        columns=(
            *text("Response"),
            *numbers("Samples", "Set aside", "Min", "Max", "Mean", "SD"),
            *text("Unit", "Measured per", *scales),
        ),
        rows=tuple(_response_row(content, name) for name in content.study.responses),
    )


def _response_row(content: ReportContent, name: str) -> tuple[str, ...]:
    """Return one response's numbers."""
    look = shown(content.study, name)
    values = content.dataset.response(name) * look.factor
    aside = content.dataset.set_aside[name] & ~np.isnan(values)
    used = values[~np.isnan(values) & ~aside]
    spread = float(used.std(ddof=1)) if len(used) > 1 else np.nan
    numbers_shown = (used.min(), used.max(), used.mean(), spread) if len(used) else (np.nan,) * 4
    return (
        look.words,
        str(len(used)),
        str(int(aside.sum())),
        *(measured(float(number)) for number in numbers_shown),
        look.unit or "–",
        content.study.responses[name].measured_per,
        *([_scale(content, name)] if _has_scales(content) else []),
    )


def _has_scales(content: ReportContent) -> bool:
    """Return whether a response is modeled on another scale than its own."""
    return any(each.transform is not None for each in content.study.responses.values())


def _scale(content: ReportContent, name: str) -> str:
    """Return the scale that a response is modeled on."""
    transform = content.study.responses[name].transform
    return "its own" if transform is None else f"its {SCALE_WORDS[transform]}"


def set_aside_table(content: ReportContent) -> Table | None:
    """Return what the study left out and why, or None."""
    entries = content.study.set_aside
    if not entries:
        return None
    return Table(
        caption="Set aside by the study: kept in every table, left out of the models.",
        columns=text("Samples", "Responses", "Reason"),
        rows=tuple(
            (
                ", ".join(entry.rows),
                ", ".join(shown(content.study, name).label for name in entry.responses)
                if entry.responses
                else "all",
                entry.reason,
            )
            for entry in entries
        ),
    )
