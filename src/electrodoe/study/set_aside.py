"""Measurements that a person decided not to model, with the reason."""

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT


class SetAside(BaseModel):
    """Rows kept in every table but left out of the models.

    Attributes
    ----------
    rows : tuple of str
        Names of rows, from the study's ``id`` column, or row numbers where it has none.
    responses : tuple of str or None
        Responses for which they are set aside; all where it is not given.
    reason : str
        Why; it is printed in the report.
    """

    model_config = STRICT
    rows: tuple[str, ...] = Field(min_length=1)
    responses: tuple[str, ...] | None = Field(default=None, min_length=1)
    reason: str = Field(min_length=3)
