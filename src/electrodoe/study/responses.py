"""What was measured at the end and is to be predicted."""

from typing import Literal

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.strict import STRICT

Direction = Literal["rises", "falls", "any"]
"""How a response follows a factor while the others stay; ``any`` expects nothing."""


class Response(BaseModel):
    """One target variable.

    Attributes
    ----------
    label : str or None
        Words for figures; made from the column's name where it is not given.
    range : (float, float) or None
        Least and greatest value that can be true, in the column's unit; others become findings.
    measured_per : {"sample", "configuration"}
        Whether each row was measured by itself, or one value was copied to every row of its
        configuration. The second is modeled on one row per configuration.
    expected : dict of str to {"rises", "falls", "any"}
        How physics lets the response follow a factor, by the factor's name. It adds to the laws
        that are known by the quantities' names, and overrules them.
    """

    model_config = STRICT
    label: str | None = None
    range: tuple[float, float] | None = None
    measured_per: Literal["sample", "configuration"] = "sample"
    expected: dict[str, Direction] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _range_rises(self) -> "Response":
        """Refuse a range whose ends are swapped."""
        if self.range is not None and self.range[0] >= self.range[1]:
            raise ValueError(f"range {list(self.range)} does not rise; write [least, greatest]")
        return self
