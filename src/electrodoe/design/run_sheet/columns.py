"""Columns of a run sheet: their names for programs and their titles for people."""

from collections.abc import Sequence
from typing import Final

from electrodoe.design.run_plan import BLOCK, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT
from electrodoe.design.run_sheet.derived_settings import MAX, MIN
from electrodoe.quantities import is_fraction, label_of, unit_of
from electrodoe.study import Study

MEASURED: Final = "measured_"
"""Before a factor's name: what was measured in the place of its planned value."""
OPERATOR: Final = "operator"
MADE_ON: Final = "made_on"
REMARKS: Final = "remarks"

_TITLES: Final = {
    RUN: "Run",
    REPLICATE_OF: "Replicate of run",
    WHOLE_PLOT: "Whole plot",
    BLOCK: "Block",
    PURPOSE: "Purpose",
    OPERATOR: "Operator",
    MADE_ON: "Date and time",
    REMARKS: "Remarks",
}
_NOTES: Final = {MEASURED: "measured", MIN: "min. allowed", MAX: "max. allowed"}


def columns_to_fill_in(study: Study, factors: Sequence[str]) -> tuple[str, ...]:
    """Return the empty columns of a run sheet, in order.

    Parameters
    ----------
    study : Study
        Its responses get a column each.
    factors : sequence of str
        Planned factors; each gets a column for what was measured.

    Returns
    -------
    tuple of str
        What is written at the line: ``measured_<factor>``, who, when, remarks; then the
        responses, but for one that is planned as a factor. A name that the study gives to a factor
        or a response is not taken twice.
    """
    measured = tuple(MEASURED + name for name in factors)
    about = (OPERATOR, MADE_ON, REMARKS)
    free = tuple(name for name in about if name not in study.factors | study.responses)
    return (*measured, *free, *(name for name in study.responses if name not in factors))


def sheet_title(study: Study, column: str) -> str:
    """Return what stands above a column where people read: words, what it is, and the unit.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", factors={"porosity": {}, "roll_gap_um": {"label": "Gap"}})
    >>> sheet_title(study, "measured_porosity"), sheet_title(study, "roll_gap_um")
    ('Porosity, measured (%)', 'Gap (µm)')
    """
    words, note = sheet_words(study, column)
    unit = sheet_unit(study, column)
    title = f"{words}, {note}" if note else words
    return f"{title} ({unit})" if unit else title


def sheet_unit(study: Study, column: str) -> str:
    """Return the unit of a column where people read: the declared one, else the one of its name."""
    factor = column
    for prefix in _NOTES:
        factor = factor.removeprefix(prefix)
    entry = study.factors.get(factor) or study.responses.get(column)
    declared = entry.unit if entry is not None else None
    return "%" if is_fraction(column) else declared or unit_of(column)


def sheet_words(study: Study, column: str) -> tuple[str, str]:
    """Return a column's words without unit, and what kind of value it holds, or nothing."""
    if column in _TITLES and column not in study.factors | study.responses:
        return _TITLES[column], ""
    for prefix, note in _NOTES.items():
        if column.removeprefix(prefix) in study.factors and column not in study.factors:
            return _words(study, column.removeprefix(prefix)), note
    return _words(study, column), ""


def sheet_titles(study: Study, columns: Sequence[str]) -> dict[str, str]:
    """Return the titles of columns; where two would be equal, both keep their names."""
    titles = {column: sheet_title(study, column) for column in columns}
    seen = [_folded(title) for title in titles.values()]
    return {
        column: column if seen.count(_folded(title)) > 1 else title
        for column, title in titles.items()
    }


def named_columns(study: Study, columns: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    """Return which column of a file each known column is, by its name or by its title.

    Parameters
    ----------
    study : Study
        Gives the titles.
    columns : sequence of str
        Names that are looked for.
    header : sequence of str
        Header of the file.

    Returns
    -------
    dict
        Header by name; names that the file does not have are not there.
    """
    by_text = {_folded(text): text for text in reversed(header)}
    found = {}
    for column, title in sheet_titles(study, columns).items():
        header_text = by_text.get(_folded(column), by_text.get(_folded(title)))
        if header_text is not None:
            found[column] = header_text
    return found


def _words(study: Study, column: str) -> str:
    """Return the study's own words for a column, or words made from its name."""
    entries = (study.factors.get(column), study.responses.get(column))
    declared = (each.label for each in entries if each is not None and each.label)
    return next(declared, None) or label_of(column)


def _folded(text: str) -> str:
    """Return a header without regard to case, line breaks and double spaces."""
    return " ".join(text.split()).casefold()
