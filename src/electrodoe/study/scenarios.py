"""Which inputs a model is allowed to see together."""

from pydantic import BaseModel, Field, field_validator

from electrodoe.study.strict import STRICT


class Scenario(BaseModel):
    """A named choice of inputs, as the paper's product, process and combined scenarios.

    Attributes
    ----------
    inputs : tuple of str
        Declared factors, at least one, none twice.
    responses : tuple of str or None
        Declared responses to model with these inputs; all where it is not given.
    """

    model_config = STRICT
    inputs: tuple[str, ...] = Field(min_length=1)
    responses: tuple[str, ...] | None = Field(default=None, min_length=1)

    @field_validator("inputs", "responses")
    @classmethod
    def _none_twice(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Refuse a column that is named twice."""
        for name in names or ():
            if (names or ()).count(name) > 1:
                raise ValueError(f"'{name}' is named twice; name each column once")
        return names
