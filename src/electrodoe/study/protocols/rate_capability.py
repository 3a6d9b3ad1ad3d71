"""Formation and rate test of cells on a cycler."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from electrodoe.study.protocols.raw_files import RawFiles

_Positive = Annotated[float, Field(gt=0.0)]


class RateCapabilityProtocol(RawFiles):
    """Formation and rate test of cells on a cycler.

    Attributes
    ----------
    instrument : {"rate_capability"}
        Says which protocol this is.
    nominal_capacity_mah, nominal_capacity_mah_g : float or None, mAh and mAh/g
        What 1C empties in an hour, of the cell or per gram of active material. Without them: what
        the slowest discharge gave, rounded to the programme's rates.
    active_mass_mg : float or None, mg
        Active material of every cell, where samples do not tell it one by one.
    cycle_at_rate : int
        Which cycle at each rate counts; the second one is the paper's rule.
    formation_cycles : int or None
        How many cycles come before the rate test; recognized by the programme where it is not
        given.
    half_cell_anode : bool
        The cell is an anode against lithium. Its cycler calls lithiation a discharge; with this,
        lithiation is the charge, as in a full cell.
    rates : tuple of float
        Rates that the test has to reach; without them, those that most of the cells reach.
    efficiency_range : tuple of two floats
        Coulombic efficiencies, as fractions, outside of which a cycle is flagged.
    max_capacity_mah_g : float or None, mAh/g
        What the active material can hold at most.
    temperature_c : float or None
        Of the cells; printed.
    electrolyte : str or None
        What it was; printed.
    """

    instrument: Literal["rate_capability"]
    nominal_capacity_mah: _Positive | None = None
    nominal_capacity_mah_g: _Positive | None = None
    active_mass_mg: _Positive | None = None
    cycle_at_rate: int = Field(default=2, ge=1, le=1000)
    formation_cycles: int | None = Field(default=None, ge=0, le=1000)
    half_cell_anode: bool = False
    rates: tuple[_Positive, ...] = ()
    efficiency_range: tuple[_Positive, _Positive] = (0.9, 1.02)
    max_capacity_mah_g: _Positive | None = None
    temperature_c: float | None = Field(default=None, gt=-273.15, le=1000.0)
    electrolyte: str | None = Field(default=None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _limits_make_sense(self) -> "RateCapabilityProtocol":
        """Refuse two nominal capacities, and limits that leave nothing."""
        if self.nominal_capacity_mah and self.nominal_capacity_mah_g:
            raise ValueError(
                "nominal_capacity_mah and nominal_capacity_mah_g are both given; keep one"
            )
        if self.efficiency_range[0] >= self.efficiency_range[1]:
            raise ValueError("efficiency_range has its smaller value first: [0.9, 1.02]")
        return self
