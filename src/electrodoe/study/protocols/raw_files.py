"""Which files a measurement left, and of which run and sample each of them speaks."""

import re
from typing import Final

from pydantic import BaseModel, Field, field_validator, model_validator

from electrodoe.study.strict import STRICT

_FIELD: Final = re.compile(r"\{(\w+)\}")
_KNOWN: Final = {"run": r"(?P<run>[^_\s]+)", "sample": r"(?P<sample>[^_\s]+)", "any": ".*"}
"""What a field of a template stands for, inside a file's name: as much as there is of it."""


def require_inside(patterns: tuple[str, ...]) -> None:
    """Raise where a pattern leads out of the study's folder."""
    for pattern in patterns:
        if pattern.startswith(("/", "~")) or ".." in re.split(r"[/\\]", pattern) or ":" in pattern:
            raise ValueError(
                f"'{pattern}' leads out of the study's folder; copy or link the files into it"
            )


class RawFiles(BaseModel):
    """Files of one measurement, and how they name their samples.

    Attributes
    ----------
    files : tuple of str
        Patterns relative to the study's folder, such as ``raw/impedance/*.mpt``.
    name : str or None
        How a file's name without its ending tells run and sample: ``run{run}_cell{sample}``;
        ``{any}`` stands for whatever does not matter. Without ``{sample}``, the whole name is the
        sample's.
    index : str or None
        A table in place of ``name``, relative to the study: columns ``file``, ``run`` and, where
        wanted, ``sample``.
    columns : dict of str to str
        New names of values, where two measurements yield the same quantity:
        ``{ ionic_resistance_ohm = "uncalendered_ionic_resistance_ohm" }``.
    after : str or None
        The process step after which the samples were taken, such as ``drying``. Of their run they
        have only what was set by then; without it, everything.
    """

    model_config = STRICT
    files: tuple[str, ...] = Field(min_length=1, max_length=1000)
    name: str | None = None
    index: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    after: str | None = None

    @field_validator("files")
    @classmethod
    def _stay_in_the_study(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse files outside the study's folder."""
        require_inside(patterns)
        return patterns

    @field_validator("name")
    @classmethod
    def _names_a_run(cls, name: str | None) -> str | None:
        """Refuse a template that names no run, or something unknown."""
        fields = _FIELD.findall(name or "{run}")
        unknown = [field for field in fields if field not in _KNOWN]
        if unknown:
            raise ValueError(f"'{{{unknown[0]}}}' is unknown; use {{run}}, {{sample}} and {{any}}")
        if fields.count("run") != 1 or fields.count("sample") > 1:
            raise ValueError(
                f"'{name}' has to name {{run}} once; write 'run{{run}}_cell{{sample}}'"
            )
        return name

    def sample_of(self, stem: str) -> tuple[str, str] | None:
        """Return the run and the sample that a file's name tells of, or None where it tells none.

        Examples
        --------
        >>> files = RawFiles(files=["raw/*.mpt"], name="run{run}_cell{sample}{any}")
        >>> files.sample_of("run07_cell12_C01")
        ('7', '12')
        >>> files.sample_of("blank") is None
        True
        """
        parts = _FIELD.split(self.name or "{run}")
        pattern = "".join(
            _KNOWN[part] if number % 2 else re.escape(part) for number, part in enumerate(parts)
        )
        match = re.fullmatch(pattern, stem)
        if match is None:
            return None
        return plain_name(match["run"]), plain_name(match.groupdict().get("sample") or stem)

    @model_validator(mode="after")
    def _one_way_to_name(self) -> "RawFiles":
        """Refuse files that are named twice."""
        if self.name is not None and self.index is not None:
            raise ValueError("name and index are both given; keep one of the two")
        return self


def plain_name(text: str) -> str:
    """Return a run's or sample's name as a plan writes it: whole numbers without zeros before.

    Examples
    --------
    >>> plain_name("007"), plain_name(" A07 "), plain_name("3.0")
    ('7', 'A07', '3')
    """
    plain = re.sub(r"\.0+$", "", text.strip())
    return str(int(plain)) if plain.isascii() and plain.isdigit() else text.strip()
