"""One derived value: an array where everything it needs is known, else what is missing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from electrodoe.findings import Finding, Severity
from electrodoe.physics import theoretical_density
from electrodoe.study import Material, Study

Values = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """What is not known, and how to declare it.

    Attributes
    ----------
    why, where, fix : str
        What is missing, the table of ``study.toml`` it belongs to, one instruction.
    """

    why: str
    where: str
    fix: str


def derive(law: Callable[..., Values], *needs: Values | float | Gap) -> Values | Gap:
    """Return what a law gives, or the first of its arguments that is a gap.

    Parameters
    ----------
    law : callable
        Of :mod:`electrodoe.physics`.
    *needs : array, float or Gap
        Its arguments in order.

    Returns
    -------
    array or Gap
        Whatever can be said.

    Raises
    ------
    PhysicsError
        If the law refuses a planned setting.
    """
    for need in needs:
        if isinstance(need, Gap):
            return need
    return law(*needs)


def declared(study: Study, material: str | Gap, name: str) -> float | Gap:
    """Return a number that a material declares, or say that it does not."""
    if isinstance(material, Gap):
        return material
    value: float | None = getattr(study.materials[material], name)
    if value is not None:
        return value
    words = name.removesuffix("_mah_g").replace("_", " ")
    return Gap(
        why=f"the {words} of '{material}' is not known",
        where=f"study.toml, [materials.{material}]",
        fix=f"declare '{name}'",
    )


def density_of(study: Study, material: str | Gap) -> float | Gap:
    """Return the theoretical density of a material, printed or made of its components."""
    if isinstance(material, Gap):
        return material
    found: Material = study.materials[material]
    if found.theoretical_density_g_cm3 is not None:
        return found.theoretical_density_g_cm3
    solids = list(found.components.values())
    return theoretical_density(
        np.array([solid.mass_fraction for solid in solids]),
        np.array([solid.density_g_cm3 for solid in solids]),
    )


def planned_material(study: Study) -> str | Gap:
    """Return the name of the material that the plan is about."""
    if study.cell is not None:
        return study.cell.electrode
    if len(study.materials) == 1:
        return next(iter(study.materials))
    if not study.materials:
        return Gap(
            why="no material is declared",
            where="study.toml",
            fix="declare [materials.anode] with active_mass_fraction and theoretical_density_g_cm3",
        )
    return Gap(
        why=f"nothing says which of {', '.join(study.materials)} is planned",
        where="study.toml",
        fix="declare [cell] with 'electrode' and 'counter_electrode'",
    )


def gap_findings(columns: dict[str, Values | Gap]) -> tuple[Finding, ...]:
    """Return one remark per gap, with all columns that it leaves out."""
    left_out: dict[Gap, list[str]] = {}
    for name, column in columns.items():
        if isinstance(column, Gap):
            left_out.setdefault(column, []).append(name)
    return tuple(
        Finding(
            code="P110",
            severity=Severity.REMARK,
            title="Derived setting left out",
            what=f"{', '.join(names)}: {gap.why}",
            where=gap.where,
            fix=gap.fix,
        )
        for gap, names in left_out.items()
    )
