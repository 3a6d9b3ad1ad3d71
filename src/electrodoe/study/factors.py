"""What was set, or measured before the response, and may explain it."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, StrictStr, field_validator, model_validator

from electrodoe.study.strict import STRICT
from electrodoe.study.tolerance import checked_tolerance


class Factor(BaseModel):
    """One input variable: a process parameter or an intermediate product's property.

    Attributes
    ----------
    label : str or None
        Words for figures; made from the column's name where it is not given.
    range : (float, float) or None
        Minimum and maximum believable value, in the column's unit; others become findings.
    region : (float, float) or None
        Ends of the design region; a plan may set the factor anywhere between them.
    levels : tuple of float, tuple of str, or None
        The only settings a plan may use: numbers in rising order, or names of categories.
    hard_to_change : bool
        Whether the factor cannot be reset for every run, such as a dryer's temperature.
    tolerance : float, str or None
        Allowed deviation from a planned setting: a fraction of it (0.05, or ``"5 %"``), or so much
        in a unit, ``"1 °C"``.
    process : str or None
        The process step that sets the factor, such as ``coating``: a run has its value from there
        on. Without it, what is usual of the quantity by its name.
    unit : str or None
        Unit of the column, as it is to be shown; that of its name or of the table's header where it
        is not given. A table in another unit is converted to it.
    """

    model_config = STRICT
    label: str | None = None
    range: tuple[float, float] | None = None
    region: tuple[float, float] | None = None
    levels: tuple[float, ...] | tuple[StrictStr, ...] | None = Field(default=None, max_length=100)
    hard_to_change: bool = False
    tolerance: Annotated[float | StrictStr, BeforeValidator(checked_tolerance)] | None = None
    process: str | None = None
    unit: str | None = Field(default=None, min_length=1)

    @field_validator("range", "region")
    @classmethod
    def _ends_rise(cls, ends: tuple[float, float] | None) -> tuple[float, float] | None:
        """Refuse ends that are swapped."""
        if ends is not None and ends[0] >= ends[1]:
            raise ValueError(f"{list(ends)} does not rise; write [min, max]")
        return ends

    @field_validator("levels")
    @classmethod
    def _levels_differ(
        cls, levels: tuple[float, ...] | tuple[str, ...] | None
    ) -> tuple[float, ...] | tuple[str, ...] | None:
        """Refuse a single level, one that is given twice, and numbers out of order."""
        if levels is None:
            return None
        if len(set(levels)) != len(levels) or len(levels) < 2:
            raise ValueError(f"levels {list(levels)} need two that differ; give each level once")
        numbers = [level for level in levels if isinstance(level, int | float)]
        if numbers != sorted(numbers):
            raise ValueError(f"levels {list(levels)} do not rise; write them in rising order")
        return levels

    @model_validator(mode="after")
    def _one_kind_of_region(self) -> "Factor":
        """Refuse a factor that is both continuous and discrete."""
        if self.levels is not None and self.region is not None:
            raise ValueError("region and levels are both given; keep one of the two")
        return self

    @property
    def is_categorical(self) -> bool:
        """Return whether the levels are names."""
        return self.levels is not None and isinstance(self.levels[0], str)
