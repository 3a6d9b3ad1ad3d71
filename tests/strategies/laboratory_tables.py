"""Tables as laboratories keep them, with what they mean: layouts × units × marks × words."""

import csv
import io
import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import xlsxwriter

Cell = str | float | None
Grid = list[list[Cell]]

MISSING = ["", "n.a.", "n/a", "k.A.", "n.b.", "–", "#N/A", "NA", "-", "nan", "—", "k. A."]
TITLES = [
    ["Adhesion study 12"],
    ["Operator", "AB"],
    ["Datum:", "03.05.2024"],
    ["Coating trial, May"],
    ["Charge", "17", "", "geprüft"],
]
NOTES = [["Notes: run R05 was rushed"], ["* measured again"], ["Legende: n.a. = nicht gemessen"]]
FACTORS = {
    # declared name: words, unit of the name, range, decimals, (other unit, its number from ours)
    "mass_loading_mg_cm2": ("Mass loading", "mg/cm²", (8.0, 12.0), 1, ("g/m²", 10.0, 0.0)),
    "drying_temperature_c": ("Drying temperature", "°C", (50.0, 70.0), 1, ("K", 1.0, 273.15)),
    "porosity": ("Porosity", "", (0.25, 0.45), 3, ("%", 100.0, 0.0)),
}
RESPONSES = {
    "adhesion_strength_kpa": ("Adhesion strength", "kPa", (700.0, 1300.0), 0, ("MPa", 1e-3, 0.0)),
    "coating_thickness_um": ("Coating thickness", "µm", (40.0, 95.0), 2, ("mm", 1e-3, 0.0)),
}
COLUMNS = {**FACTORS, **RESPONSES}


@dataclass
class Written:
    """How one table is written."""

    rng: Random
    separator: str = ","
    decimal: str = "."
    thousands: str = ""
    is_workbook: bool = False
    headings: str = "name"
    units_row: bool = False
    other_units: tuple[str, ...] = ()
    titles: int = 0
    blank_below_titles: bool = True
    notes: int = 0
    summary: str = ""
    missing: int = 0
    limits: int = 0
    percent: str = ""
    merged: bool = False
    empty_column: bool = False
    counter: bool = False
    remarks: str = ""
    repeated_header: bool = False
    cover: bool = False
    hidden: bool = False
    spelled: str = ""
    behind: str = ""
    note_between: bool = False
    two_rows: bool = False
    beside: bool = False
    extras: bool = False
    numbered: bool = False
    few: bool = False
    as_text: bool = False
    blank_rows: bool = False
    other_spelling: bool = False
    other_table: bool = False
    features: list[str] = field(default_factory=list)


@dataclass
class Truth:
    """What a table means: numbers by declared column, and the run of each row."""

    values: dict[str, list[float]]
    runs: list[str]


def _titles(w: Written) -> None:
    w.titles, w.blank_below_titles = w.rng.randint(1, 4), w.rng.random() < 0.6


def _notes(w: Written) -> None:
    w.notes = w.rng.randint(1, 2)


def _units_row(w: Written) -> None:
    w.units_row, w.headings = True, w.rng.choice(["name", "words"])


def _bracket_units(w: Written) -> None:
    w.headings = w.rng.choice(["square", "round", "stroke", "in"])


def _design_expert(w: Written) -> None:
    w.headings = w.rng.choice(["design_expert", "design_expert_rows"])


def _merged(w: Written) -> None:
    w.merged = True


def _first_column(w: Written) -> None:
    w.empty_column = True


def _counter(w: Written) -> None:
    w.counter = True


def _cover(w: Written) -> None:
    w.is_workbook, w.cover = True, True


def _hidden(w: Written) -> None:
    w.is_workbook, w.hidden = True, True


def _other_units(w: Written) -> None:
    names = list(COLUMNS)
    w.other_units = tuple(w.rng.sample(names, w.rng.randint(1, len(names))))
    w.headings = w.rng.choice(["square", "round", "stroke", "units_row"])
    if w.headings == "units_row":
        w.units_row, w.headings = True, "words"


def _missing(w: Written) -> None:
    w.missing = w.rng.randint(1, 5)


def _limits(w: Written) -> None:
    w.limits = w.rng.randint(1, 3)


def _percent(w: Written) -> None:
    w.percent = w.rng.choice(["40 %", "40%", "format"])


def _thousands(w: Written) -> None:
    w.thousands = "mark"


def _comma(w: Written) -> None:
    w.decimal = ","


def _summary(w: Written) -> None:
    w.summary = w.rng.choice(["Mean", "Mittelwert", "MEAN", "Mean (n=12)", "Average:"])


def _summary_between(w: Written) -> None:
    w.summary = "between"


def _remarks(w: Written) -> None:
    w.remarks = w.rng.choice(["Remark", "Bemerkung", ""]) or "nameless"


def _repeated(w: Written) -> None:
    w.repeated_header = True


def _spelled(w: Written) -> None:
    w.spelled = w.rng.choice(["decomposed", "blanks", "capitals", "runs"])


def _behind(w: Written) -> None:
    w.behind = w.rng.choice(["unit", "spread", "footnote"])


def _note_between(w: Written) -> None:
    w.note_between = True


def _two_rows(w: Written) -> None:
    w.two_rows, w.headings = True, w.rng.choice(["name", "square"])


def _beside(w: Written) -> None:
    w.beside = True


def _extras(w: Written) -> None:
    w.extras = True


def _numbered(w: Written) -> None:
    w.numbered = True


def _few(w: Written) -> None:
    w.few = True


def _as_text(w: Written) -> None:
    w.as_text, w.is_workbook = True, True


def _blank_rows(w: Written) -> None:
    w.blank_rows = True


def _other_spelling(w: Written) -> None:
    w.other_spelling = True
    w.headings = w.rng.choice(["square", "round", "stroke", "design_expert"])


def _other_table(w: Written) -> None:
    w.is_workbook, w.other_table = True, True


SPELLINGS = {
    "mg/cm²": ["mg/cm2", "mg/cm^2", "mg cm⁻²", "mg·cm-2"],
    "g/m²": ["g/m2", "gsm", "g m-2"],
    "°C": ["C", "degC", "°C"],
    "kPa": ["kPa", "kN/m²", "kPA"],
    "MPa": ["N/mm²", "N/mm2", "MPa"],
    "µm": ["um", "μm", "micron"],
    "mm": ["mm"],
    "K": ["K"],
    "%": ["%"],
}

KINDS: dict[str, Callable[[Written], None]] = {
    "titles above": _titles,
    "notes below": _notes,
    "a row of units": _units_row,
    "units in the heading": _bracket_units,
    "Design-Expert": _design_expert,
    "cells that are one": _merged,
    "an empty first column": _first_column,
    "a column that counts": _counter,
    "a cover sheet": _cover,
    "hidden rows": _hidden,
    "other units": _other_units,
    "missing words": _missing,
    "limits": _limits,
    "percent": _percent,
    "thousands marks": _thousands,
    "decimal commas": _comma,
    "a mean below": _summary,
    "a mean after each run": _summary_between,
    "remarks": _remarks,
    "the header again": _repeated,
    "names spelled otherwise": _spelled,
    "more behind a number": _behind,
    "notes between samples": _note_between,
    "names over two rows": _two_rows,
    "numbers beside the table": _beside,
    "other columns": _extras,
    "numbered runs": _numbered,
    "few runs": _few,
    "numbers as text": _as_text,
    "empty rows": _blank_rows,
    "units spelled otherwise": _other_spelling,
    "another table first": _other_table,
}
FILES = {"comma": (",", False), "semicolon": (";", False), "tab": ("\t", False), "xlsx": ("", True)}


def laboratory_table(path: Path, kind: str, seed: int, more: float = 0.25) -> Truth:
    """Write a table of a kind, with other oddities at random, and return what it means.

    Parameters
    ----------
    path : Path
        Where it is written, without an ending that would tell its format.
    kind : str
        One of :data:`KINDS`.
    seed : int
        Of everything that is chosen.
    more : float
        Probability of each other kind.
    """
    rng = Random(f"{kind} {seed}")
    w = Written(rng=rng)
    w.separator, w.is_workbook = FILES[rng.choice(list(FILES))]
    if rng.random() < 0.5:
        w.decimal = ","
    for name, change in KINDS.items():
        if name == kind or rng.random() < more:
            change(w)
            w.features.append(name)
    _settle(w, kind)
    truth, shown = _numbers(w)
    grid, header = _grid(w, truth, shown)
    if w.is_workbook:
        _write_workbook(path, w, grid, header)
    else:
        text = io.StringIO()
        lines = [["" if cell is None else str(cell) for cell in row] for row in grid]
        csv.writer(text, delimiter=w.separator, lineterminator="\n").writerows(lines)
        path.write_text(text.getvalue(), encoding=rng.choice(["utf-8", "utf-8-sig"]))
    return truth


def _settle(w: Written, kind: str) -> None:
    """Take back what no laboratory does at once; the asked kind stays."""
    if w.is_workbook:
        w.separator = ""
    if w.thousands:
        if w.is_workbook:
            w.is_workbook, w.separator, w.cover, w.hidden = False, ";", False, False
            w.as_text = w.other_table = False
        point = "." if w.decimal == "," else ","
        w.thousands = w.rng.choice([point, point, " ", "\u00a0", "\u202f", "'"])
    if w.cover and w.thousands:
        w.cover = False
    if w.headings == "design_expert_rows":
        w.units_row = True
    if w.percent and "porosity" in w.other_units:
        w.other_units = tuple(name for name in w.other_units if name != "porosity")
    if w.percent == "format" and not w.is_workbook:
        w.percent = "40 %"
    _settle_rows(w, kind)
    if w.spelled == "runs" and w.merged:
        w.spelled = "blanks"


def _settle_rows(w: Written, kind: str) -> None:
    """Take back computed rows and missing words where cells are written once."""
    if w.merged:
        w.summary = "" if w.summary == "between" and kind != "a mean after each run" else w.summary
        w.missing = 0 if kind != "missing words" else w.missing
    if w.summary == "between":
        w.merged = w.merged and kind == "cells that are one"
    if w.other_units and w.headings == "name" and not w.units_row:
        w.headings = "square"


def _numbers(w: Written) -> tuple[Truth, dict[str, list[float]]]:
    """Return the numbers that are meant, and those that are shown in the table's units."""
    n_runs, n_samples = w.rng.randint(8, 14), w.rng.randint(2, 4)
    n_runs = 3 if w.few else n_runs
    runs = [
        f"{run + 1}" if w.numbered else f"R{run + 1:02d}"
        for run in range(n_runs)
        for _ in range(n_samples)
    ]
    values: dict[str, list[float]] = {name: [] for name in COLUMNS}
    for _ in range(n_runs):
        setting = {name: round(w.rng.uniform(*spec[2]), spec[3]) for name, spec in FACTORS.items()}
        for _ in range(n_samples):
            for name in FACTORS:
                values[name].append(setting[name])
            for name, (_, _, (low, high), digits, _) in RESPONSES.items():
                values[name].append(round(w.rng.uniform(low, high), digits))
    shown = {}
    for name, (_, _, _, digits, (_, factor, offset)) in COLUMNS.items():
        own = values[name]
        if name in w.other_units:
            places = digits + round(-math.log10(factor)) if offset == 0 else 2
            own = [round(value * factor + offset, max(0, places)) for value in own]
        shown[name] = own
    return Truth(values=values, runs=runs), shown


def _grid(w: Written, truth: Truth, shown: dict[str, list[float]]) -> tuple[Grid, int]:
    """Return the cells of a table, and the row of its header."""
    header, above = _header(w)
    rows: Grid = []
    runs = list(truth.runs)
    if w.spelled == "runs":
        runs = [run.lower() if w.rng.random() < 0.3 else run for run in runs]
        first = {run.casefold(): run for run in reversed(runs)}
        truth.runs[:] = [first[run.casefold()] for run in runs]
    for row, run in enumerate(runs):
        cells = {name: _cell(w, name, shown[name][row]) for name in COLUMNS}
        n_same = sum(each == truth.runs[row] for each in truth.runs[:row])
        settings: list[Cell] = [cells[name] for name in FACTORS]
        start: list[Cell] = [run, *settings]
        if w.merged and n_same:
            start = [None] * len(start)
        remark = "came off" if w.rng.random() < 0.15 else None
        rows.append(
            [start[0], f"{truth.runs[row]}-{n_same + 1}", *start[1:]]
            + [cells[name] for name in RESPONSES]
            + ([remark] if w.remarks else [])
        )
    _spoil(w, truth, rows)
    body = _with_means(w, truth, rows, header)
    grid = [*above, *([_units(w)] if w.units_row else []), *body]
    titles = [list(TITLES[w.rng.randrange(len(TITLES))]) for _ in range(w.titles)]
    titles += [[]] if w.titles and w.blank_below_titles else []
    if w.extras:
        _add_columns(w, grid, len(above) + w.units_row, list(header))
    if w.beside:
        _add_beside(w, grid)
    notes: Grid = [[], *NOTES[: w.notes]] if w.notes else []
    whole: Grid = [*titles, *grid, *notes]
    if w.counter:
        start = len(titles) + len(above) + w.units_row
        whole = [
            [row - start if start <= row < start + len(body) else None, *cells]
            for row, cells in enumerate(whole)
        ]
        for number, row in enumerate(whole[start : start + len(body)]):
            row[0] = number
    elif w.empty_column:
        whole = [[None, *cells] for cells in whole]
    width = max(map(len, whole))
    is_ragged = not w.is_workbook and w.rng.random() < 0.5
    data = range(len(titles), len(titles) + len(grid))
    padded = [
        [*row, *[None] * (width - len(row))] if not is_ragged or index in data else row
        for index, row in enumerate(whole)
    ]
    return padded, len(titles)


def _header(w: Written) -> tuple[list[Cell], Grid]:
    """Return the names of the columns, and all rows of the header."""
    names = list(COLUMNS)
    cells: list[str] = []
    for position, name in enumerate(names):
        words, unit, _, _, (other, _, _) = COLUMNS[name]
        unit = other if name in w.other_units else unit
        unit = w.rng.choice(SPELLINGS[unit]) if w.other_spelling and unit else unit
        unit = "%" if w.percent and name == "porosity" and w.percent == "format" else unit
        letter = "ABCDE"[position]
        kind = "Factor" if name in FACTORS else "Response"
        number = position + 1 if name in FACTORS else position + 1 - len(FACTORS)
        forms = {
            "name": name,
            "words": words,
            "square": f"{words} [{unit}]" if unit else words,
            "round": f"{words} ({unit})" if unit else words,
            "stroke": f"{words} / {unit}" if unit else words,
            "in": f"{words} in {unit}" if unit else words,
            "design_expert": f"{kind} {number}\n{letter}:{words}\n{unit}",
            "design_expert_rows": f"{letter}:{words}",
        }
        cells.append(forms[w.headings])
    if w.spelled == "decomposed":
        cells = [unicodedata.normalize("NFD", cell).replace("µ", "μ") for cell in cells]
    if w.spelled == "blanks":
        cells = [f" {cell} " for cell in cells]
    if w.spelled == "capitals" and w.headings in ("name", "words"):
        cells = [cell.upper() for cell in cells]
    n = len(FACTORS)
    last = [] if not w.remarks else [None if w.remarks == "nameless" else w.remarks]
    header: list[Cell] = ["run", "sample", *cells[:n], *cells[n:], *last]
    if w.two_rows:
        above = [cell if position < 2 else None for position, cell in enumerate(header)]
        above[2], above[2 + n] = "Settings", "Results"
        below = [None if position < 2 else cell for position, cell in enumerate(header)]
        return below, [above, below]
    if w.headings != "design_expert_rows":
        return header, [header]
    numbers: list[Cell] = [f"Factor {i + 1}" for i in range(n)]
    numbers += [f"Response {i + 1}" for i in range(len(RESPONSES))]
    return header, [[None, None, *numbers], header]


def _units(w: Written) -> list[Cell]:
    """Return the row of units."""
    cells: list[Cell] = [w.rng.choice([None, "-"]), None]
    for name, (_, unit, _, _, (other, _, _)) in COLUMNS.items():
        shown = other if name in w.other_units else unit
        if w.percent == "format" and name == "porosity":
            shown = "%"
        cells.append(f"[{shown}]" if w.titles == 1 and shown else shown or "-")
    return [*cells, *([None] if w.remarks else [])]


def _cell(w: Written, name: str, value: float) -> Cell:
    """Return a number as it is written."""
    if name == "porosity" and w.percent:
        if w.percent == "format":
            return ("%", value)  # type: ignore[return-value]  # a workbook writes it in percent
        digits = f"{100 * value:.1f}".replace(".", w.decimal)
        return digits + w.percent[2:]
    if w.is_workbook and not w.as_text and not w.behind:
        return value
    text = f"{value:.10g}"
    if w.thousands and abs(value) >= 1000:
        text = f"{value:,.10g}".replace(",", "\0")
    text = text.replace(".", w.decimal).replace("\0", w.thousands)
    if name == "coating_thickness_um" and w.behind and name not in w.other_units:
        behind = {"unit": " µm", "spread": f" ± 1{w.decimal}2", "footnote": "*"}[w.behind]
        return text + (behind if w.behind != "footnote" or w.rng.random() < 0.2 else "")
    if w.is_workbook and not w.as_text:
        return value
    return text


def _spoil(w: Written, truth: Truth, rows: Grid) -> None:
    """Write words for missing numbers, and limits, into cells of the responses."""
    names = list(COLUMNS)
    for words, count in ((MISSING, w.missing), (["<50", "< 50", ">1500", "<0.5"], w.limits)):
        for _ in range(count):
            row = w.rng.randrange(len(rows))
            name = w.rng.choice(list(RESPONSES))
            truth.values[name][row] = math.nan
            rows[row][2 + names.index(name)] = w.rng.choice(words)


def _with_means(w: Written, truth: Truth, rows: Grid, header: list[Cell]) -> Grid:
    """Return the rows with computed ones, and the header once more, between or below."""
    body = [list(row) for row in rows]
    if w.summary == "between":
        body = []
        for position, row in enumerate(rows):
            body.append(list(row))
            is_last = position + 1 == len(rows) or truth.runs[position + 1] != truth.runs[position]
            if is_last:
                body.append([row[0] or truth.runs[position], "Mean", *row[2:]])
    elif w.summary:
        body.append([w.summary, None, *rows[0][2:]])
        body.append([w.rng.choice(["SD", "Std", "Stabw."]), None, *rows[1][2:]])
        body = body if w.rng.random() < 0.5 else [*body[:-2], [], *body[-2:]]
    if w.note_between and not w.merged:
        body.insert(w.rng.randrange(1, len(body) - 3), ["Oven was opened here"])
    if w.blank_rows and not w.merged:
        body.insert(w.rng.randrange(1, len(body) - 3), [])
    if w.repeated_header:
        at = w.rng.randrange(2, len(rows)) if not w.merged else len(body)
        body.insert(at, list(header))
    return body


def _add_columns(w: Written, grid: Grid, n_head: int, header: list[Cell]) -> None:
    """Put columns that nobody asks for between the others: day, machine, a number, words."""
    extra: list[tuple[str, Callable[[], Cell]]] = [
        ("Datum", lambda: f"{w.rng.randint(1, 28):02d}.05.2024"),
        ("Anlage", lambda: w.rng.choice(["K1", "K2"])),
        ("Feuchte", lambda: w.rng.randint(30, 60)),
        ("binder", lambda: w.rng.choice(["PVDF", "CMC/SBR"])),
    ]
    for name, cell in w.rng.sample(extra, w.rng.randint(1, 4)):
        at = w.rng.randrange(2, 7)
        for index, row in enumerate(grid):
            is_again = row[:2] == header[:2] and index >= n_head
            is_header = is_again or index == n_head - 1 - w.units_row
            is_sample = index >= n_head and len(row) > 2 and not is_header
            if len(row) >= at:
                row.insert(at, cell() if is_sample else name if is_header else None)


def _add_beside(w: Written, grid: Grid) -> None:
    """Write a small calculation to the right, beyond an empty column."""
    width = max(map(len, grid))
    for row in grid[3:6]:
        row.extend([None] * (width + 1 - len(row)) + [w.rng.randint(1, 9)])


def _write_workbook(path: Path, w: Written, grid: Grid, header: int) -> None:
    """Write a workbook, with a cover before the table, merged cells and hidden rows."""
    with xlsxwriter.Workbook(path) as book:
        if w.cover:
            cover = book.add_worksheet("Info")
            cover.write_column(0, 0, ["Adhesion study", "Operator AB", "Version 3"])
        if w.other_table:
            log = book.add_worksheet("Log")
            for number, row in enumerate([["day", "speed"], ["Mo", 3], ["Tu", 4], ["We", 5]]):
                log.write_row(number, 0, row)
        sheet = book.add_worksheet("Data")
        percent = book.add_format({"num_format": "0.0%"})
        for number, row in enumerate(grid):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_number(number, column, cell[1], percent)
                elif cell not in (None, ""):
                    sheet.write(number, column, cell)
        if w.hidden:
            for number in w.rng.sample(range(header + 3, len(grid) - 1), 2):
                sheet.set_row(number, None, None, {"hidden": True})
