"""What an electrode is made of, as far as its targets follow from it."""

from pydantic import BaseModel, Field, model_validator

from electrodoe.study.strict import STRICT


class Component(BaseModel):
    """One solid of a coating.

    Attributes
    ----------
    mass_fraction : float
        Share of the coating's solids by mass, from 0 to 1.
    density_g_cm3 : float
        Density of the solid itself.
    """

    model_config = STRICT
    mass_fraction: float = Field(gt=0.0, le=1.0)
    density_g_cm3: float = Field(gt=0.0, le=25.0)


class Material(BaseModel):
    """A coating and the slurry it comes from (Table 3 of the paper).

    Attributes
    ----------
    active_mass_fraction : float
        Active material over all solids, from 0 to 1.
    theoretical_density_g_cm3 : float or None
        Of the solids without pores; follows from ``components`` where it is not given.
    components : dict
        The solids by name; their mass fractions add up to one.
    solid_content : float or None
        Solids over slurry, by mass, from 0 to 1.
    solvent_density_g_cm3 : float
        Of the slurry's liquid; water where it is not given.
    specific_capacity_mah_g : float or None
        Of the active material.
    """

    model_config = STRICT
    active_mass_fraction: float = Field(gt=0.0, le=1.0)
    theoretical_density_g_cm3: float | None = Field(default=None, gt=0.0, le=25.0)
    components: dict[str, Component] = Field(default_factory=dict)
    solid_content: float | None = Field(default=None, gt=0.0, le=1.0)
    solvent_density_g_cm3: float = Field(default=1.0, gt=0.0, le=5.0)
    specific_capacity_mah_g: float | None = Field(default=None, gt=0.0, le=5000.0)

    @model_validator(mode="after")
    def _density_is_known(self) -> "Material":
        """Refuse a coating without density, and components that do not add up."""
        if self.theoretical_density_g_cm3 is None and not self.components:
            raise ValueError(
                "the theoretical density is not known;"
                " give 'theoretical_density_g_cm3' or 'components'"
            )
        total = sum(component.mass_fraction for component in self.components.values())
        if self.components and abs(total - 1.0) > 1e-6:
            raise ValueError(f"mass fractions add up to {total:g}, not 1; correct 'components'")
        return self
