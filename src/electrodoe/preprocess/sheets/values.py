"""Loadings, thickness and porosity of electrode sheets, with what the material says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.ingest import RawTable, numbers
from electrodoe.physics import (
    active_mass_loading,
    compaction_rate,
    porosity,
    thickness_for_porosity,
)
from electrodoe.preprocess.sheets.columns import SheetColumns
from electrodoe.study import SheetsProtocol


@dataclass(frozen=True, kw_only=True)
class SheetMaterial:
    """Coating and foil of some sheets, as plain numbers.

    Attributes
    ----------
    theoretical_density_g_cm3 : float or None
        Of the coating's solids without pores; no porosity without it.
    active_mass_fraction : float or None
        Active material over all solids, by mass; no active loading without it.
    foil_thickness_um : float or None
        Of the line's foil, where the protocol does not say another.
    """

    theoretical_density_g_cm3: float | None = None
    active_mass_fraction: float | None = None
    foil_thickness_um: float | None = None


MOST_POROUS: Final = 0.9
"""No coating that holds together is emptier."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Thickness:
    """Several readings of every sheet.

    Attributes
    ----------
    mean_um, sd_um : array of shape (n_sheets,), µm
        Of the readings that are there; the spread is NaN for one reading.
    n : array of shape (n_sheets,), int
        How many are there.
    has_foil : bool
        Whether they are of coating and foil together.
    """

    mean_um: Floats
    sd_um: Floats
    n: Integers
    has_foil: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class SheetValues:
    """What follows of every sheet; NaN where it cannot.

    Attributes
    ----------
    coating_mass_loading_mg_cm2, active_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass over area.
    coating_thickness_um : array of shape (n_sheets,), µm
        Without the foil.
    uncalendered_coating_thickness_um, porosity, compaction_rate : array of shape (n_sheets,)
        By eq. (1) and (3) of the paper; compaction of the coating, or of coating and foil.
    calendered, uncalendered : Thickness
        The readings behind them.
    needs_foil_mass, needs_foil_thickness : bool
        Whether a value is missing because the foil is not known.
    is_impossible : array of shape (n_sheets,), bool
        Whether a sheet would be denser than its solids, or emptier than a coating can be.
    """

    coating_mass_loading_mg_cm2: Floats
    active_mass_loading_mg_cm2: Floats
    coating_thickness_um: Floats
    uncalendered_coating_thickness_um: Floats
    porosity: Floats
    compaction_rate: Floats
    calendered: Thickness
    uncalendered: Thickness
    needs_foil_mass: bool
    needs_foil_thickness: bool
    is_impossible: Booleans


def sheet_values(
    table: RawTable, columns: SheetColumns, protocol: SheetsProtocol, material: SheetMaterial
) -> SheetValues:
    """Return mass loading, thickness, porosity and compaction of every sheet."""
    foil_um = protocol.foil_thickness_um
    foil_um = material.foil_thickness_um if foil_um is None else foil_um
    loading, needs_foil_mass = _loading(table, columns, protocol)
    calendered = _thickness(table, columns, "")
    uncalendered = _thickness(table, columns, "uncalendered_")
    coating = _without_foil(calendered, foil_um)
    before = _without_foil(uncalendered, foil_um)
    is_of_electrode = protocol.compaction_of == "electrode"
    compacted = [coating, before]
    if is_of_electrode:
        compacted = [_with_foil(each, foil_um) for each in (calendered, uncalendered)]
    porosity, is_impossible = _porosity(loading, coating, material.theoretical_density_g_cm3)
    fraction = material.active_mass_fraction
    return SheetValues(
        coating_mass_loading_mg_cm2=loading,
        active_mass_loading_mg_cm2=_where_positive(
            [loading], lambda sound: active_mass_loading(sound, fraction or 1.0)
        )
        if fraction
        else np.full_like(loading, np.nan),
        coating_thickness_um=coating,
        uncalendered_coating_thickness_um=before,
        porosity=porosity,
        compaction_rate=_where_positive(compacted, compaction_rate),
        calendered=calendered,
        uncalendered=uncalendered,
        needs_foil_mass=needs_foil_mass,
        needs_foil_thickness=foil_um is None
        and any(each.has_foil or is_of_electrode for each in (calendered, uncalendered)),
        is_impossible=is_impossible,
    )


def _column(table: RawTable, columns: SheetColumns, name: str) -> list[Floats]:
    """Return every column that holds a quantity, in our unit."""
    held = columns.numbers.get(name, ())
    return [numbers(table, header) * factor for header, factor in held]


def _loading(
    table: RawTable, columns: SheetColumns, protocol: SheetsProtocol
) -> tuple[Floats, bool]:
    """Return the coating's mass over its area, and whether the foil's mass is missing for it."""
    nothing = np.full(table.frame.height, np.nan)
    area = (*_column(table, columns, "area_cm2"), nothing)[0]
    if protocol.area_cm2 is not None and "area_cm2" not in columns.numbers:
        area = np.full_like(nothing, protocol.area_cm2)
    area = np.where(area > 0.0, area, np.nan)
    for mass in _column(table, columns, "coating_mass_mg"):
        return mass / area, False
    for mass in _column(table, columns, "sheet_mass_mg"):
        for foil in _column(table, columns, "foil_mass_mg"):
            return (mass - foil) / area, False
        if protocol.foil_mass_loading_mg_cm2 is not None:
            return mass / area - protocol.foil_mass_loading_mg_cm2, False
        return nothing, True
    return nothing, False


def _thickness(table: RawTable, columns: SheetColumns, state: str) -> Thickness:
    """Return the readings of a thickness; those of the coating itself come first."""
    coating = _column(table, columns, f"{state}coating_thickness_um")
    electrode = _column(table, columns, f"{state}electrode_thickness_um")
    readings = np.array(coating or electrode or [np.full(table.frame.height, np.nan)])
    n = np.isfinite(readings).sum(axis=0)
    total = np.nansum(readings, axis=0)
    mean = np.divide(total, n, out=np.full(n.shape, np.nan), where=n > 0)
    squares = np.nansum((readings - mean) ** 2, axis=0)
    variance = np.divide(squares, n - 1, out=np.full(n.shape, np.nan), where=n > 1)
    has_foil = bool(electrode) and not coating
    return Thickness(mean_um=mean, sd_um=np.sqrt(variance), n=n, has_foil=has_foil)


def _without_foil(thickness: Thickness, foil_um: float | None) -> Floats:
    """Return the coating's thickness; NaN where the foil is not known."""
    if not thickness.has_foil:
        return thickness.mean_um
    return thickness.mean_um - (np.nan if foil_um is None else foil_um)


def _with_foil(thickness: Thickness, foil_um: float | None) -> Floats:
    """Return the thickness of coating and foil; NaN where the foil is needed and not known."""
    if thickness.has_foil:
        return thickness.mean_um
    return thickness.mean_um + (np.nan if foil_um is None else foil_um)


def _where_positive(arguments: list[Floats], law: Callable[..., Floats]) -> Floats:
    """Return a law's result where all its arguments are positive, else NaN."""
    is_sound = np.all([values > 0.0 for values in arguments], axis=0)
    result = np.full(is_sound.shape, np.nan)
    if is_sound.any():
        result[is_sound] = law(*(values[is_sound] for values in arguments))
    return result


def _porosity(loading: Floats, thickness: Floats, density: float | None) -> tuple[Floats, Booleans]:
    """Return eq. (1) where it gives what a coating can have, and where it does not."""
    result = np.full_like(loading, np.nan)
    if density is None:
        return result, np.zeros(loading.shape, dtype=bool)
    bounds = [
        _where_positive([loading], lambda sound, e=e: thickness_for_porosity(sound, e, density))
        for e in (np.float64(0.0), np.float64(MOST_POROUS))
    ]
    is_known = np.isfinite(loading) & np.isfinite(thickness)
    is_possible = is_known & (thickness >= bounds[0]) & (thickness <= bounds[1])
    if is_possible.any():
        result[is_possible] = porosity(loading[is_possible], thickness[is_possible], density)
    return result, is_known & ~is_possible
