"""Mass and thickness of electrode sheets, weighed and measured by hand."""

from typing import Literal

from pydantic import Field

from electrodoe.study.measurements import Measurements
from electrodoe.study.protocols.raw_files import RawFiles
from electrodoe.study.tolerance import Fraction


class SheetsProtocol(RawFiles):
    """Mass and thickness of electrode sheets, weighed and measured by hand.

    Attributes
    ----------
    instrument : {"sheets"}
        Says which protocol this is.
    area_cm2 : float or None
        Of a sheet's coating, on one side of the foil, where the table has no column for it.
    foil_mass_loading_mg_cm2 : float or None
        Mass of the bare foil over its area, where the table has no column for its mass; 8.96 times
        the thickness in µm, over 10, for copper.
    foil_thickness_um : float or None
        Of the bare foil; the line's where it is not given.
    compaction_of : {"coating", "electrode"}
        Whose thickness the compaction rate is of, eq. (3) of the paper: the coating's, or that of
        coating and foil together, as a gauge at the calender shows it.
    loading_tolerance : float
        Fraction by which a sheet's mass loading may differ from the planned one (5 % in the paper);
        ``"5 %"`` is taken too.
    decimal, separator, encoding, sheet, header_row, units_row
        How the tables are written, as in ``[measurements]``.
    """

    instrument: Literal["sheets"]
    area_cm2: float | None = Field(default=None, gt=0.0, le=1e6)
    foil_mass_loading_mg_cm2: float | None = Field(default=None, ge=0.0, le=1e4)
    foil_thickness_um: float | None = Field(default=None, ge=0.0, le=1000.0)
    compaction_of: Literal["coating", "electrode"] = "coating"
    loading_tolerance: Fraction = 0.05
    decimal: Literal[".", ","] | None = None
    separator: Literal[",", ";", "\t", "|", " "] | None = None
    encoding: str = "utf-8"
    sheet: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    units_row: int | None = Field(default=None, ge=1)

    @property
    def measurements(self) -> Measurements:
        """Return how the tables are written, for ``read_table``."""
        return Measurements(
            decimal=self.decimal,
            separator=self.separator,
            encoding=self.encoding,
            sheet=self.sheet,
            header_row=self.header_row,
            units_row=self.units_row,
        )
