"""What the report's figures show: whose curves, in which scale, and what stands side by side."""

from typing import Literal

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT


class ReportRequest(BaseModel):
    """The block ``[report]`` of ``study.toml``; every key may be left out.

    Attributes
    ----------
    bruggeman_curve : str or None
        Family whose tortuosities stand beside Bruggeman's relation; the best without it.
    fds : tuple of str or None
        Families whose fraction of design space is drawn; the best and the default without it.
    fds_scale : {"standard deviation", "variance"}
        What the fraction of design space is drawn of: in the response's unit, or in its square.
    parity : tuple of str or None
        Families in the parity plots; the paper's, the default and the best without it.
    explained : str or None
        Family whose Shapley values, effects and contours are drawn; the default without it, or one
        that predicts better by a word.
    mdi : tuple of str or None
        Families whose impurities are drawn; the first that has some without it.
    order_by : tuple of str
        Factors by which configurations are ordered and named, the slowest first; as declared
        without it.
    side_by_side : tuple of tuple of str
        Responses that share a figure, from the left: ``[["ionic_resistance_ohm", "tortuosity"]]``,
        in the first scenario that has them all.
    """

    model_config = STRICT
    bruggeman_curve: str | None = None
    fds: tuple[str, ...] | None = Field(default=None, min_length=1, max_length=4)
    fds_scale: Literal["standard deviation", "variance"] = "standard deviation"
    parity: tuple[str, ...] | None = Field(default=None, min_length=1)
    explained: str | None = None
    mdi: tuple[str, ...] | None = Field(default=None, min_length=1)
    order_by: tuple[str, ...] = ()
    side_by_side: tuple[tuple[str, ...], ...] = ()

    @property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Return the families that are asked for, by key."""
        one = {"bruggeman_curve": self.bruggeman_curve, "explained": self.explained}
        several = {"fds": self.fds, "parity": self.parity, "mdi": self.mdi}
        asked = {key: (family,) for key, family in one.items() if family is not None}
        return asked | {key: names for key, names in several.items() if names is not None}
