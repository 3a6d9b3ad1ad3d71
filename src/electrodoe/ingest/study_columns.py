"""What a study wants of a table: its columns as they are looked for, their units and regions."""

from collections.abc import Mapping

from electrodoe.errors import StudyError
from electrodoe.quantities import conversion, parse_unit, unit_of
from electrodoe.study import Factor, Response, Study
from electrodoe.tables import Wanted


def wanted_columns(study: Study) -> tuple[Wanted, ...]:
    """Return the columns of the samples' table that a study names, as they are looked for.

    Raises
    ------
    StudyError
        If a column's name ends in another unit than the study declares for it.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", factors={"gap_um": {"label": "Gap"}}, responses={"Kraft": {}})
    >>> [(column.name, column.labels, column.own_unit) for column in wanted_columns(study)]
    [('gap_um', ('Gap',), 'µm'), ('Kraft', (), '')]
    """
    table = study.measurements
    rows = (table.group, table.id, table.whole_plot, *table.context)
    words = [name for name in rows if name is not None]
    found = {name: Wanted(name=name, is_number=False) for name in words}
    for name, entry in _modeled(study).items():
        _require_one_unit(name, entry.unit)
        found[name] = Wanted(
            name=name,
            labels=(entry.label,) if entry.label else (),
            is_number=_is_number(entry),
            unit=entry.unit or "",
        )
    return tuple(found.values())


def _modeled(study: Study) -> dict[str, Factor | Response]:
    """Return every factor and response of a study."""
    return {**study.factors, **study.responses}


def _is_number(entry: Factor | Response) -> bool:
    """Return whether a column is read as numbers: no category, and no two outcomes."""
    if isinstance(entry, Factor):
        return not entry.is_categorical
    return entry.kind != "binary"


def _require_one_unit(name: str, unit: str | None) -> None:
    """Raise where a declared unit is not the one that the column's name ends in."""
    own, other = unit_of(name), parse_unit(unit or "")
    known = parse_unit(own)
    if unit is None or known is None:
        return
    if other is None or conversion(other, known) != (1.0, 0.0):
        raise StudyError(
            f"'{name}' ends in its unit, {own}, and unit = \"{unit}\" says another",
            where="study.toml, factors and responses",
            fix="keep one of the two; a table in another unit is converted by its own header",
        )


def declared_regions(study: Study) -> dict[str, tuple[float, float]]:
    """Return the ends of each continuous factor that declares a region or levels."""
    ends = {}
    for name, factor in study.factors.items():
        numbers = [level for level in factor.levels or () if isinstance(level, int | float)]
        if factor.region is not None:
            ends[name] = factor.region
        elif numbers:
            ends[name] = (float(numbers[0]), float(numbers[-1]))
    return ends


def with_units(study: Study, units: Mapping[str, str]) -> Study:
    """Return a study with the units of its table's header, where it declares none itself.

    Parameters
    ----------
    study : Study
        The declaration.
    units : mapping of str to str
        By column, as they are written; empty without one.

    Raises
    ------
    StudyError
        If a tolerance cannot be said in the unit of its column.
    """
    new = {name: {"unit": unit} for name, unit in units.items() if unit and not unit_of(name)}
    factors = {
        name: entry.model_copy(update=new.get(name, {}) if entry.unit is None else {})
        for name, entry in study.factors.items()
    }
    responses = {
        name: entry.model_copy(
            update=new.get(name, {}) if entry.unit is None and _is_number(entry) else {}
        )
        for name, entry in study.responses.items()
    }
    shown = study.model_copy(update={"factors": factors, "responses": responses})
    for name in factors:
        shown.tolerance_of(name)  # says now what is wrong with it, not when settings are found
    return shown
