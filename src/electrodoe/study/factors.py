"""What was set, or measured before the response, and may explain it."""

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.strict import STRICT


class Factor(BaseModel):
    """One input variable: a process parameter or an intermediate product's property.

    Attributes
    ----------
    label : str or None
        Words for figures; made from the column's name where it is not given.
    range : (float, float) or None
        Least and greatest believable value, in the column's unit; others become findings.
    """

    model_config = STRICT
    label: str | None = None
    range: tuple[float, float] | None = Field(default=None)

    @model_validator(mode="after")
    def _range_rises(self) -> "Factor":
        """Refuse a range whose ends are swapped."""
        if self.range is not None and self.range[0] >= self.range[1]:
            raise ValueError(f"range {list(self.range)} does not rise; write [least, greatest]")
        return self
