"""What columns, families, scenarios and terms are called where people read them."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from electrodoe.dataset import JOINED
from electrodoe.models import FAMILIES
from electrodoe.quantities import is_fraction, label_of
from electrodoe.report.rounding import significant
from electrodoe.study import Study, Tolerance

_words_of = lru_cache(maxsize=1024)(label_of)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How a column's values are shown.

    Attributes
    ----------
    label : str
        Words that no other column has.
    words : str
        Words that need the unit beside them.
    unit : str
        Unit that is printed; ``%`` for a fraction, empty for other numbers without unit.
    factor : float
        What a stored value is multiplied by: 100 for a fraction, else 1.
    """

    label: str
    words: str
    unit: str
    factor: float

    @property
    def axis(self) -> str:
        """Return label and unit, for an axis or a table's head."""
        return f"{self.words} ({self.unit})" if self.unit else self.label

    @property
    def squared_unit(self) -> str:
        """Return the unit of a square, factor by factor: ``mAh²/g²``, ``Ω²·cm⁴``."""
        parts = re.split("([/·])", self.unit)
        return "".join(part if part in {"", "/", "·"} else _squared(part) for part in parts)

    def with_unit(self, number: str) -> str:
        """Return a printed number and the unit."""
        return f"{number}\N{NO-BREAK SPACE}{self.unit}" if self.unit else number


def _squared(unit: str) -> str:
    """Return one factor of a unit, squared."""
    power = {"²": "⁴", "³": "⁶"}.get(unit[-1])
    return unit[:-1] + power if power else f"{unit}²"


def shown(study: Study, column: str) -> Shown:
    """Return how a factor or a response is shown; the study's own label comes first.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", measurements={"table": "a.csv"},
    ...     factors={"porosity": {}}, responses={"discharge_capacity_5c_mah": {}})
    >>> shown(study, "porosity").axis, shown(study, "discharge_capacity_5c_mah").axis
    ('Porosity (%)', 'Discharge capacity 5C (mAh)')
    """
    words = _declared_label(study, column) or _words_of(column)
    label = _distinguished(study, column, words)
    if is_binary(study, column):
        words = _probability_of(study, column, label)
        return Shown(label=words, words=words, unit="%", factor=100.0)
    if is_fraction(column):
        return Shown(label=label, words=words, unit="%", factor=100.0)
    return Shown(label=label, words=words, unit=column_unit(study, column), factor=1.0)


def is_binary(study: Study, column: str) -> bool:
    """Return whether a column is a response of two outcomes, shown as a probability."""
    return column in study.responses and study.responses[column].kind == "binary"


def _probability_of(study: Study, column: str, label: str) -> str:
    """Return what a binary response is called: the probability of its event.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", factors={"porosity": {}},
    ...     responses={"seal": {"kind": "binary", "event": "ok"}})
    >>> shown(study, "seal").axis
    "Probability of seal 'ok' (%)"
    """
    event = study.responses[column].event
    small = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return f"Probability of {small}" + (f" '{event}'" if event not in {None, "1", column} else "")


def _declared_label(study: Study, column: str) -> str | None:
    """Return the words that the study gives a factor or a response, or None."""
    entries = (study.factors.get(column), study.responses.get(column))
    return next((each.label for each in entries if each is not None and each.label), None)


def _distinguished(study: Study, column: str, words: str) -> str:
    """Return the words of a column, with its unit where another column has the same words."""
    others = [
        name
        for name in study.factors | study.responses
        if name != column and (_declared_label(study, name) or _words_of(name)) == words
    ]
    return f"{words} ({column_unit(study, column) or column})" if others else words


def column_unit(study: Study, column: str) -> str:
    """Return the unit that the study or its table gives a column, else the one of its name.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", factors={"Dicke": {"unit": "µm"}, "gap_mm": {}})
    >>> column_unit(study, "Dicke"), column_unit(study, "gap_mm")
    ('µm', 'mm')
    """
    return study.unit_of(column)


def input_label(study: Study, column: str) -> str:
    """Return an input's words, a group's joined; the shadow input is called what it is."""
    if column == "shadow":
        return "Shadow (pure noise)"
    first, *others = _members(study, column)
    return JOINED.join([shown(study, first).label, *_few(study, others)])


def _few(study: Study, others: list[str]) -> list[str]:
    """Return the other members of a group: by name, or how many where there are several."""
    if len(others) > 1:
        return [f"{len(others)} more"]
    return [in_sentence(study, each) for each in others]


def _members(study: Study, column: str) -> list[str]:
    """Return the inputs that count as one under a joined name; a column's own name else."""
    known = {name for scenario in study.scenarios.values() for name in scenario.inputs}
    parts = column.split(JOINED)
    return parts if column not in known and known.issuperset(parts) else [column]


def family_title(family: str) -> str:
    """Return a family's name in sentences."""
    return FAMILIES[family].title if family in FAMILIES else family


def scenario_title(study: Study, scenario: str) -> str:
    """Return a scenario's name and, in words, its inputs."""
    inputs = study.scenarios[scenario].inputs
    return f"{scenario}: {', '.join(shown(study, name).label for name in inputs)}"


def in_scenario(study: Study, scenario: str) -> str:
    """Return which scenario is meant, as an addition to a title; nothing where there is one."""
    return f", scenario {scenario}" if len(study.scenarios) > 1 else ""


def term_label(study: Study, term: str) -> str:
    """Return a term of a polynomial with labels in the place of column names.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", measurements={"table": "a.csv"},
    ...     factors={"porosity": {}, "roll_temperature_c": {}}, responses={"tortuosity": {}})
    >>> term_label(study, "porosity × roll_temperature_c"), term_label(study, "porosity²")
    ('Porosity × Roll temperature', 'Porosity²')
    >>> term_label(study, "1")
    'Intercept'
    """
    if term in {"1", "intercept", "Intercept"}:
        return "Intercept"
    names = sorted(study.factors, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?![a-zA-Z0-9_])" for name in names))
    return pattern.sub(lambda match: shown(study, match[0]).label, term)


def slug(*parts: str) -> str:
    """Return words that may stand in a file's name and in an HTML id.

    Examples
    --------
    >>> slug("parity", "capacity 5C <b>", "all")
    'parity-capacity-5c-b-all'
    """
    joined = "-".join(parts).lower()
    return re.sub(r"[^a-z0-9_]+", "-", joined).strip("-") or "x"


_ROUNDING: Final = 1e-6
"""Of the last shown place: an end that stands on it is not moved by its last bits."""
_DASH: Final = "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}"


def format_value(study: Study, column: str, value: float | str) -> str:
    """Return a value of a factor or a response with its unit, as people read it; a level's name."""
    return shown(study, column).with_unit(format_number(study, column, value))


def format_tolerance(tolerance: Tolerance) -> str:
    """Return how far a setting may come out from what was set, on both sides."""
    return f"± {tolerance.written}".replace(" ", "\N{NO-BREAK SPACE}")


def format_number(study: Study, column: str, value: float | str) -> str:
    """Return the same without its unit, for a table whose head has it.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", measurements={"table": "a.csv"},
    ...     factors={"porosity": {}, "binder": {"levels": ["PVDF", "PAA"]}})
    >>> format_number(study, "porosity", 0.355), format_number(study, "binder", 1.0)
    ('35.5', 'PAA')
    """
    levels = study.levels.get(column)
    if isinstance(value, str):
        return value
    if levels is not None:
        return levels[round(value)]
    return significant(value * shown(study, column).factor)


def format_range(
    study: Study, column: str, low: float, high: float, *, is_inward: bool = False
) -> str:
    """Return two values with one unit and as many decimals as tell a fiftieth of their distance.

    An inward range never becomes wider by rounding.
    """
    quantity = shown(study, column)
    width = (high - low) * quantity.factor
    decimals = max(0, 1 - math.floor(math.log10(width))) if width > 0.0 else 3
    if column in study.responses and study.responses[column].kind == "count":
        decimals = 0
    step = 10.0**-decimals
    ends = [end * quantity.factor / step for end in (low, high)]
    if is_inward:
        ends = [math.ceil(ends[0] - _ROUNDING), math.floor(ends[1] + _ROUNDING)]
    words = [f"{round(end) * step:.{decimals}f}".replace("-", "−") for end in ends]
    return quantity.with_unit(_DASH.join(words))


def in_sentence(study: Study, column: str) -> str:
    """Return a column's label for the middle of a sentence; a heading stays as it is written.

    Examples
    --------
    >>> from electrodoe.study import Study
    >>> study = Study(title="a", factors={"porosity": {}}, responses={"Haftfestigkeit": {}})
    >>> in_sentence(study, "porosity"), in_sentence(study, "Haftfestigkeit")
    ('porosity', 'Haftfestigkeit')
    """
    first, *others = _members(study, column)
    if others:
        return JOINED.join([in_sentence(study, first), *_few(study, others)])
    label = shown(study, column).label
    is_written = column[:1].isupper() and _declared_label(study, column) is None
    return label if is_written or label[1:2].isupper() else label[:1].lower() + label[1:]


def listed(words: list[str]) -> str:
    """Return words joined as in a sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
