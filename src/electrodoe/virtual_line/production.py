"""What the virtual plant has made of a plan, before anybody measures it."""

from dataclasses import dataclass

import polars as pl

from electrodoe.design.run_plan import RunPlan
from electrodoe.study import Study
from electrodoe.virtual_line.coil import VirtualCoil, lay_out
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.recipe import Recipe, recipe_of
from electrodoe.virtual_line.sheets import cut_sheets
from electrodoe.virtual_line.specimens import configuration_effects
from electrodoe.virtual_line.web import Web, coat


@dataclass(frozen=True, kw_only=True, eq=False)
class Production:
    """What the plant has made, before anybody measures it.

    Attributes
    ----------
    study : Study
        The declaration; its ``simulation`` says how it is played, its settings hold the seed.
    recipe : Recipe
        Materials and line.
    levels : NoiseLevels
        Every standard deviation, scaled as the study wants it.
    coil, web : VirtualCoil, Web
        What should be where, and what is.
    effects : polars.DataFrame
        ``run`` and standard normal effects of its configuration.
    sheets : polars.DataFrame
        What every A4 sheet truly is.
    """

    study: Study
    recipe: Recipe
    levels: NoiseLevels
    coil: VirtualCoil
    web: Web
    effects: pl.DataFrame
    sheets: pl.DataFrame

    @property
    def seed(self) -> int:
        """Return where every random number starts from."""
        return self.study.settings.seed


@dataclass(frozen=True, kw_only=True, eq=False)
class Measured:
    """What one measurement left behind.

    Attributes
    ----------
    files : dict of str to bytes
        By their path relative to the study's folder.
    truth : polars.DataFrame
        What is true of each specimen, beside the file that speaks of it.
    faults : tuple of str
        What was planted, in words.
    """

    files: dict[str, bytes]
    truth: pl.DataFrame
    faults: tuple[str, ...] = ()


def produce(study: Study, plan: RunPlan) -> Production:
    """Return what the virtual plant makes of a plan."""
    recipe, seed = recipe_of(study), study.settings.seed
    levels = NoiseLevels().scaled(study.simulation.noise_scale)
    coil = lay_out(plan)
    effects = configuration_effects(coil, levels.section_fraction, seed)
    web = coat(coil, recipe, levels, seed)
    return Production(
        study=study,
        recipe=recipe,
        levels=levels,
        coil=coil,
        web=web,
        effects=effects,
        sheets=cut_sheets(coil, web, effects, recipe, levels, seed),
    )
