"""Settings of the plant that follow from a plan's factors, by declared relations and laws."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.findings import Finding, found
from electrodoe.physics import (
    active_mass_loading,
    coating_gap,
    coating_mass_loading,
    matching_anode_loading,
    matching_cathode_loading,
    slurry_density,
    theoretical_density,
    thickness_for_porosity,
    wet_film_thickness,
    wet_mass_loading,
)
from electrodoe.study import Cell, Material, Study


@dataclass(frozen=True, kw_only=True)
class MissingDeclaration:
    """What is not known, and how to declare it.

    Attributes
    ----------
    why, where, fix : str
        What is missing, the table of ``study.toml`` it belongs to, one instruction.
    """

    why: str
    where: str
    fix: str


def derive(
    law: Callable[..., Floats], *needs: Floats | float | MissingDeclaration
) -> Floats | MissingDeclaration:
    """Return what a law gives, or the first of its arguments that is a gap."""
    for need in needs:
        if isinstance(need, MissingDeclaration):
            return need
    return law(*needs)


def declared(
    study: Study, material: str | MissingDeclaration, name: str
) -> float | MissingDeclaration:
    """Return a number that a material declares, or say that it does not."""
    if isinstance(material, MissingDeclaration):
        return material
    value: float | None = getattr(study.materials[material], name)
    if value is not None:
        return value
    words = name.removesuffix("_mah_g").replace("_", " ")
    return MissingDeclaration(
        why=f"the {words} of '{material}' is not known",
        where=f"study.toml, [materials.{material}]",
        fix=f"declare '{name}'",
    )


def density_of(study: Study, material: str | MissingDeclaration) -> float | MissingDeclaration:
    """Return the theoretical density of a material, printed or made of its components."""
    if isinstance(material, MissingDeclaration):
        return material
    found: Material = study.materials[material]
    if found.theoretical_density_g_cm3 is not None:
        return found.theoretical_density_g_cm3
    solids = list(found.components.values())
    return theoretical_density(
        np.array([solid.mass_fraction for solid in solids]),
        np.array([solid.density_g_cm3 for solid in solids]),
    )


def planned_material(study: Study) -> str | MissingDeclaration:
    """Return the name of the material that the plan is about."""
    if study.cell is not None:
        return study.cell.electrode
    if len(study.materials) == 1:
        return next(iter(study.materials))
    if not study.materials:
        return MissingDeclaration(
            why="no material is declared",
            where="study.toml",
            fix="declare [materials.anode] with active_mass_fraction and theoretical_density_g_cm3",
        )
    return MissingDeclaration(
        why=f"nothing says which of {', '.join(study.materials)} is planned",
        where="study.toml",
        fix="declare [cell] with 'electrode' and 'counter_electrode'",
    )


def gap_findings(columns: dict[str, Floats | MissingDeclaration]) -> tuple[Finding, ...]:
    """Return one note per gap, with all columns that it leaves out."""
    left_out: dict[MissingDeclaration, list[str]] = {}
    for name, column in columns.items():
        if isinstance(column, MissingDeclaration):
            left_out.setdefault(column, []).append(name)
    return tuple(
        found("P110", f"{', '.join(names)}: {gap.why}", gap.where, fix=gap.fix)
        for gap, names in left_out.items()
    )


ACTIVE: Final = "active_mass_loading_mg_cm2"
COATING: Final = "coating_mass_loading_mg_cm2"
POROSITY: Final = "porosity"
MIN: Final = "min_"
MAX: Final = "max_"
"""Before a factor's name: the ends of what its tolerance allows."""


@dataclass(frozen=True, kw_only=True)
class DerivedSettings:
    """What a plan's settings imply, run by run.

    Attributes
    ----------
    frame : polars.DataFrame
        ``run``, then one column per derived setting, in the order of the process; then, for every
        factor with a tolerance, ``least_<factor>`` and ``greatest_<factor>``.
    findings : tuple of Finding
        One note (P110) per reason why something could not be derived; none of a coating where
        neither material, line nor cell is declared, and none of a counter electrode without cell.
    """

    frame: pl.DataFrame
    findings: tuple[Finding, ...]


def derive_settings(study: Study, plan: RunPlan) -> DerivedSettings:
    """Return what a plan's settings imply for line, calender and counter electrode.

    Parameters
    ----------
    study : Study
        Its materials, cell and line say what can be derived.
    plan : RunPlan
        Settings of every run.

    Returns
    -------
    DerivedSettings
        One row per run, and notes on what is left out.

    Raises
    ------
    PhysicsError
        If a planned setting is impossible, such as a porosity in percent.
    """
    columns = _coating(study, plan)
    columns |= _counter(study, columns[ACTIVE])
    for name in plan.factors:
        columns.pop(name, None)
    known = {
        name: column
        for name, column in columns.items()
        if not isinstance(column, MissingDeclaration)
    }
    frame = plan.frame.select(RUN).with_columns(
        pl.Series(name, values, dtype=pl.Float64)
        for name, values in (known | _allowed(study, plan)).items()
    )
    is_asked = study.cell or study.materials or study.line
    return DerivedSettings(frame=frame, findings=gap_findings(columns) if is_asked else ())


def _coating(study: Study, plan: RunPlan) -> dict[str, Floats | MissingDeclaration]:
    """Return what follows for the planned electrode, from the slurry to the calender."""
    material = planned_material(study)
    density = density_of(study, material)
    active, coating = _loadings(study, plan, material)
    fraction = _planned(plan, POROSITY, f"'{POROSITY}' as a factor, as a fraction")
    target = derive(thickness_for_porosity, coating, fraction, density)
    solids = declared(study, material, "solid_content")
    solvent = declared(study, material, "solvent_density_g_cm3")
    wet = derive(wet_mass_loading, coating, solids)
    slurry = _slurry_density(solids, density, solvent)
    film = derive(wet_film_thickness, wet, slurry)
    return {
        ACTIVE: active,
        COATING: coating,
        "wet_mass_loading_mg_cm2": wet,
        "wet_film_thickness_um": film,
        "coating_gap_um": derive(coating_gap, film, _of_line(study, "wet_film_per_gap")),
        "target_coating_thickness_um": target,
        "target_electrode_thickness_um": derive(
            np.add, target, _of_line(study, "foil_thickness_um")
        ),
    }


def _loadings(
    study: Study, plan: RunPlan, material: str | MissingDeclaration
) -> tuple[Floats | MissingDeclaration, Floats | MissingDeclaration]:
    """Return active and coating mass loading, one planned and the other derived from it."""
    fraction = declared(study, material, "active_mass_fraction")
    if COATING in plan.factors:
        coating = _planned(plan, COATING, "")
        return derive(active_mass_loading, coating, fraction), coating
    active = _planned(plan, ACTIVE, f"'{ACTIVE}' or '{COATING}' as a factor")
    return active, derive(coating_mass_loading, active, fraction)


def _slurry_density(
    solids: float | MissingDeclaration,
    density: float | MissingDeclaration,
    solvent: float | MissingDeclaration,
) -> float | MissingDeclaration:
    """Return the slurry's density, or the first gap."""
    if isinstance(solids, MissingDeclaration):
        return solids
    if isinstance(density, MissingDeclaration):
        return density
    return (
        solvent
        if isinstance(solvent, MissingDeclaration)
        else slurry_density(solids, density, solvent)
    )


def _counter(
    study: Study, active: Floats | MissingDeclaration
) -> dict[str, Floats | MissingDeclaration]:
    """Return what the counter electrode has to be; nothing where no cell is declared."""
    cell = study.cell
    if cell is None:
        return {}
    law = matching_cathode_loading if cell.role == "anode" else matching_anode_loading
    own = declared(study, cell.electrode, "specific_capacity_mah_g")
    other = declared(study, cell.counter_electrode, "specific_capacity_mah_g")
    loading = derive(law, active, own, other, cell.n_to_p)
    fraction = declared(study, cell.counter_electrode, "active_mass_fraction")
    coating = derive(coating_mass_loading, loading, fraction)
    density = density_of(study, cell.counter_electrode)
    thickness = derive(_evenly_porous, coating, _counter_porosity(cell), density)
    columns = (loading, coating, thickness)
    return dict(zip(_counter_columns(cell.counter_role), columns, strict=True))


def _counter_columns(role: str) -> tuple[str, str, str]:
    """Return the names of the counter electrode's columns."""
    return f"{role}_{ACTIVE}", f"{role}_{COATING}", f"target_{role}_coating_thickness_um"


def _counter_porosity(cell: Cell) -> float | MissingDeclaration:
    """Return the counter electrode's porosity, or say that it is not declared."""
    if cell.counter_porosity is not None:
        return cell.counter_porosity
    return MissingDeclaration(
        why="the porosity of the counter electrode is not known",
        where="study.toml, [cell]",
        fix="declare 'counter_porosity'",
    )


def _evenly_porous(loading: Floats, porosity: float, density_g_cm3: float) -> Floats:
    """Return the thickness of sheets that share one porosity, in µm."""
    return thickness_for_porosity(loading, np.full(loading.shape, porosity), density_g_cm3)


def _of_line(study: Study, name: str) -> float | MissingDeclaration:
    """Return a number that the line declares, or say that it does not."""
    value = None if study.line is None else getattr(study.line, name)
    if value is not None:
        return float(value)
    words = {
        "wet_film_per_gap": "nothing says how much of the coating gap the wet film fills",
        "foil_thickness_um": "the thickness of the foil is not known",
    }
    return MissingDeclaration(
        why=words[name], where="study.toml, [line]", fix=f"measure and declare '{name}'"
    )


def _planned(plan: RunPlan, name: str, wanted: str) -> Floats | MissingDeclaration:
    """Return a planned factor's numbers, or say that it is not planned."""
    if name in plan.factors and plan.frame[name].dtype.is_numeric():
        return plan.frame[name].cast(pl.Float64).to_numpy()
    return MissingDeclaration(
        why=f"{name} is not planned as a number",
        where="study.toml, [factors]",
        fix=f"plan {wanted}",
    )


def _allowed(study: Study, plan: RunPlan) -> dict[str, Floats]:
    """Return the ends of what each factor's tolerance allows."""
    ends: dict[str, Floats] = {}
    for name in plan.factors:
        tolerance = study.tolerance_of(name)
        if tolerance is not None and plan.frame[name].dtype.is_numeric():
            planned = plan.frame[name].cast(pl.Float64).to_numpy()
            allowed = tolerance.allowed(planned)
            ends[MIN + name], ends[MAX + name] = planned - allowed, planned + allowed
    return ends
