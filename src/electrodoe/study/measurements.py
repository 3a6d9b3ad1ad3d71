"""Where the measurements lie, what of them is modeled, and which inputs a model may see."""

from typing import Literal

from pydantic import BaseModel, Field, field_validator, model_validator

from electrodoe.study.strict import STRICT


class Measurements(BaseModel):
    """The table of measurements: one row per sample.

    Attributes
    ----------
    table : str
        Path of a CSV, XLSX or Parquet file, relative to the study's folder; a study that is
        still to be planned has none yet.
    group : str or None
        Column that names the configuration, the set of factor levels a row was produced with.
        Without it, rows with equal factor levels are one configuration.
    rows : {"runs", "samples"} or None
        Whether rows of one group, or of equal factor levels, are runs made anew or samples of one
        run. Without it: samples of one run where a group says so, else runs.
    id : str or None
        Column that names a row; the row's number in the file where it is not given.
    context : tuple of str
        Columns that are not inputs but may be mixed up with them: date, operator, machine.
    block : str or None
        Context column whose levels (coils, days) add to every response; what they add is estimated
        beside the inputs and taken off, and left-out runs are predicted with it.
    block_effects : {"fixed", "random"}
        As estimated, or shrunk by what chance explains.
    whole_plot : str or None
        Column that says between which two resets of the hard-to-change factors a row was made.
        Without it: the run sheet's, else whole plots are found by the order of rows.
    decimal, separator, encoding : str
        How a text table is written; ``decimal`` and ``separator`` are found by themselves where
        they are not given.
    sheet : str or None
        Sheet of an Excel file; where it is not given: the first that holds a table.
    header_row, units_row : int or None
        Lines of the names and of the units, as an editor or a spreadsheet counts them; found by
        themselves where they are not given.
    runs : str or None
        Where protocols are declared: table with one row per run and columns ``run`` and the
        factors, such as the filled run sheet; the plan in ``results`` where it is not given.
    simulated : bool
        Whether the table was made up, not measured; report and figures then say so everywhere.
    """

    model_config = STRICT
    table: str = Field(default="measurements.csv", min_length=1)
    group: str | None = None
    rows: Literal["runs", "samples"] | None = None
    id: str | None = None
    context: tuple[str, ...] = ()
    block: str | None = None
    block_effects: Literal["fixed", "random"] = "fixed"
    whole_plot: str | None = None
    decimal: Literal[".", ","] | None = None
    separator: Literal[",", ";", "\t", "|", " "] | None = None
    encoding: str = "utf-8"
    sheet: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    units_row: int | None = Field(default=None, ge=1)
    runs: str | None = None
    simulated: bool = False

    @model_validator(mode="after")
    def _a_block_is_a_circumstance(self) -> "Measurements":
        """Count the block among the context columns."""
        if self.block is not None and self.block not in self.context:
            object.__setattr__(self, "context", (*self.context, self.block))
        return self


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
