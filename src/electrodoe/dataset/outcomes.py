"""A response of two outcomes or of counts: which cell counts as 1, and what is no count."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import DatasetError
from electrodoe.ingest import RawTable, names, numbers
from electrodoe.study import Response, Study
from electrodoe.tables import is_missing

_PAIRS: Final = {
    "1": "0",
    "pass": "fail",
    "passed": "failed",
    "ok": "nok",
    "yes": "no",
    "true": "false",
    "good": "bad",
    "ja": "nein",
    "gut": "schlecht",
    "wahr": "falsch",
    "bestanden": "nicht bestanden",
    "i.o.": "n.i.o.",
    "io": "nio",
}
"""Outcomes that count as 1 where nobody says which does, each with its only counterpart."""
_SAME: Final = {"not ok": "nok", "n.ok": "nok", "1.0": "1", "0.0": "0"}
"""Other spellings of these."""
_WHOLE: Final = 1e-9
"""Farthest that a count may lie from a whole number: the rounding of a written decimal."""


def outcomes(study: Study, table: RawTable, column: str) -> Floats:
    """Return a binary response as 0 and 1, an empty cell as NaN.

    Parameters
    ----------
    study : Study
        Declares the response, and which outcome is its event where no known pair says so.
    table : RawTable
        As a reader handed it on.
    column : str
        A response with ``kind = "binary"``.

    Returns
    -------
    array of shape (n_rows,)
        1 where the cell is the event.

    Raises
    ------
    DatasetError
        If the cells hold other than two outcomes, or nobody says which counts as 1.
    """
    cells = [_folded(cell) for cell in names(table, column)]
    known = known_outcomes(table, column)
    event = _event(study.responses[column], known, _place(table, column))
    others = [cell for cell in known if cell != event]
    if len(others) > 1:
        odd = next(row for row, cell in enumerate(cells) if cell == _odd(cells, others))
        raise DatasetError(
            f"'{table.frame[column][odd]}' among the outcomes of '{column}', which has more than"
            f" two: {', '.join(known[:6])}",
            where=table.place(odd, column),
            fix="correct the cell, or leave it empty; a binary response has two outcomes",
        )
    return np.array([np.nan if cell is None else float(cell == event) for cell in cells])


def with_events(study: Study, table: RawTable) -> Study:
    """Return a study that says of every binary response which outcome counts as 1.

    Raises
    ------
    DatasetError
        If neither the study nor a known pair of words says it.
    """
    events = {
        name: _event(response, known_outcomes(table, name), _place(table, name))
        for name, response in study.responses.items()
        if response.kind == "binary" and response.event is None
    }
    said = {
        name: response.model_copy(update={"event": events[name]} if name in events else {})
        for name, response in study.responses.items()
    }
    return study.model_copy(update={"responses": said}) if events else study


def known_outcomes(table: RawTable, column: str) -> list[str]:
    """Return the outcomes that occur in a column, in the order of the alphabet."""
    cells = (_folded(cell) for cell in names(table, column))
    return sorted({cell for cell in cells if cell is not None})


def counts(table: RawTable, column: str) -> Floats:
    """Return a response of counts, refusing what cannot be one.

    Raises
    ------
    DatasetError
        At the first cell that is negative or no whole number.
    """
    values = numbers(table, column)
    is_wrong = (values < 0.0) | (np.abs(values - np.round(values)) > _WHOLE)
    if is_wrong.any():
        row = int(np.argmax(is_wrong))
        raise DatasetError(
            f"{values[row]:g} is no count: 0, 1, 2 and so on are meant",
            where=table.place(row, column),
            fix=f'correct the cell, or take kind = "count" out of [responses.{column}]',
        )
    return np.round(values)


def _place(table: RawTable, column: str) -> str:
    """Return where a column stands."""
    return f"{table.header_place}, column '{column}'"


def _folded(cell: str | None) -> str | None:
    """Return a cell without case and blanks around it, one spelling for each known outcome."""
    if cell is None or is_missing(cell):
        return None
    text = " ".join(cell.casefold().split())
    return _SAME.get(text, text)


def _odd(cells: list[str | None], others: list[str]) -> str:
    """Return the rarest outcome, the last in the alphabet of equals: most likely the slip."""
    return min(others, key=lambda each: (cells.count(each), -others.index(each)))


def _event(response: Response, known: list[str], where: str) -> str:
    """Return the outcome that counts as 1: as declared, or as a known pair has it."""
    if response.event is not None:
        event = _folded(response.event) or response.event
        if event not in known:
            raise DatasetError(
                f"no cell is '{response.event}'; the outcomes are {', '.join(known[:6])}",
                where=where,
                fix="write event as the cells write it",
            )
        return event
    for event, other in _PAIRS.items():
        if set(known) <= {event, other}:
            return event
    raise DatasetError(
        f"nobody says which outcome counts as 1: {' or '.join(known[:6])}",
        where=where,
        fix=f'add event = "{known[-1] if known else "..."}" (or the other) beside kind = "binary"',
    )
