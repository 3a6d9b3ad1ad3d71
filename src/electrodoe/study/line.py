"""The coating line, as far as its settings follow from a target."""

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT


class Line(BaseModel):
    """The coating line.

    Attributes
    ----------
    wet_film_per_gap : float or None
        Thickness of the wet film over the coating gap. Behind a doctor blade it lies between one
        half (a Newtonian liquid without pressure) and one; measure it once and declare it.
    foil_thickness_um : float or None
        Of the current collector, coated on one side; the calender sees coating and foil.
    """

    model_config = STRICT
    wet_film_per_gap: float | None = Field(default=None, gt=0.0, le=2.0)
    foil_thickness_um: float | None = Field(default=None, ge=0.0, le=1000.0)
