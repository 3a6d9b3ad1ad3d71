"""What the study declares before anything is measured, as the paper's Tables 1 to 4."""

from collections.abc import Iterable
from typing import Any, Final

from electrodoe.quantities import label_of, unit_of
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown
from electrodoe.report.rounding import percent, significant
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Factor, Material, Relevance

_NOT_A_SETTING: Final = {
    *("instrument", "files", "name", "index", "columns"),
    *("decimal", "separator", "encoding", "sheet"),
}
"""How files are found and read, not how it was measured."""


_YES_OR_NO: Final = {True: "yes", False: "no"}


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
        rows=tuple(_factor_row(content, name, factor) for name, factor in planned.items()),
    )


def _factor_row(content: ReportContent, name: str, factor: Factor) -> tuple[str, ...]:
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
        caption="Formulations; shares are of the solids by mass.",
        columns=(*text(""), *numbers(*(label_of(name) for name in materials))),
        rows=tuple((name, *(row.get(name, "–") for row in rows)) for name in names),
    )


def _material_rows(material: Material) -> dict[str, str]:
    """Return what is known of one formulation, by its words."""
    rows = {"Active material": _share(material.active_mass_fraction)}
    for name, component in material.components.items():
        rows[f"{name.replace('_', ' ')}, its density"] = (
            f"{_share(component.mass_fraction)}, {significant(component.density_g_cm3)} g/cm³"
        )
    if material.theoretical_density_g_cm3 is not None:
        rows["Theoretical density"] = f"{significant(material.theoretical_density_g_cm3, 4)} g/cm³"
    if material.solid_content is not None:
        rows["Solid content"] = percent(material.solid_content)
    if material.specific_capacity_mah_g is not None:
        rows["Specific capacity"] = f"{significant(material.specific_capacity_mah_g)} mAh/g"
    return rows


def _share(fraction: float) -> str:
    """Return a share in percent with up to three digits."""
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
        rows += _settings(protocol.model_dump(exclude_none=True))
    if not rows:
        return None
    return Table(
        caption="How it was measured, as the study declares it.",
        columns=text("Setting", "Value"),
        rows=tuple(rows),
        headings=headings,
    )


def _settings(declared: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield the plain settings of a protocol with their units, then where its files lie."""
    for name, value in declared.items():
        if name in _NOT_A_SETTING or isinstance(value, dict | list | tuple):
            continue
        unit = unit_of(name)
        printed = _YES_OR_NO[value] if isinstance(value, bool) else str(value)
        printed = significant(value, 4) if isinstance(value, float) else printed
        yield label_of(name), f"{printed} {unit}".strip()
    yield "Files", ", ".join(declared["files"])
