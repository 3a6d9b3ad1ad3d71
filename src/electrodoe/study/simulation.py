"""The coating line, and how the virtual one plays a study."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT


class CoatingLine(BaseModel):
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


PlantedFault = Literal["short", "wrong_unit", "swapped_sample"]
RateModel = Literal["closed_form", "dfn"]


class Simulation(BaseModel):
    """How the virtual line plays a study.

    Attributes
    ----------
    samples : dict of str to int
        Specimens of each protocol, spread evenly over runs; three of a run where it is not given.
    uncalendered : tuple of str
        Protocols whose specimens are cut before the calender: one set for each coil section,
        under the name of the first run that is cut from it.
    n_shorted, n_noisy : int
        Symmetric cells that are made in addition and fail, as some always do.
    noise_scale : float
        1 for the levels that follow from the paper, 0 for a plant without scatter.
    rate_model : {"closed_form", "dfn"}
        Capacities by the closed form that is fitted to the Doyle-Fuller-Newman model, or by that
        model itself, which needs the extra ``simulate``.
    faults : tuple of {"short", "wrong_unit", "swapped_sample"}
        Planted to see whether they are found: a good cell's spectrum becomes that of a short, a
        sheet's thickness is written in mm, the spectra of two runs change places.
    """

    model_config = STRICT
    samples: dict[str, Annotated[int, Field(ge=1, le=100_000)]] = Field(default_factory=dict)
    uncalendered: tuple[str, ...] = ()
    n_shorted: int = Field(default=2, ge=0, le=100)
    n_noisy: int = Field(default=2, ge=0, le=100)
    noise_scale: float = Field(default=1.0, ge=0.0, le=10.0)
    rate_model: RateModel = "closed_form"
    faults: tuple[PlantedFault, ...] = ()
