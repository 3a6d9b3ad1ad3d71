"""A published model table that a study is compared with: targets, inputs and scores as printed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import tomlkit
from pydantic import BaseModel, Field
from tomlkit.exceptions import TOMLKitError

from electrodoe.study.strict import STRICT

CAP: Final = 0.99
"""R² of 0.99 stands for 0.985 and everything above: no standard deviation follows from it."""
MAX_PUBLICATION_BYTES: Final = 1_000_000
"""Table 5 of the paper takes 6 kB."""
_SHIPPED: Final = Path(__file__).parent / "publications"

_R2 = Annotated[float, Field(le=1.0)]
_Error = Annotated[float, Field(gt=0.0)]


class PublishedScore(BaseModel):
    """One row of a published model table.

    Attributes
    ----------
    family : str
        Key of ``electrodoe.models.FAMILIES``.
    r2_train, r2_test : float
        Of one random split.
    rmse_train, rmse_test : float
        In the unit of the target.
    mse_ratio : float or None
        Mean squared error of training over that of test, where it is printed.
    """

    model_config = STRICT
    family: str
    r2_train: _R2
    r2_test: _R2
    rmse_train: _Error
    rmse_test: _Error
    mse_ratio: _Error | None = None

    @property
    def sd_train(self) -> float | None:
        """Return the standard deviation that the training rows must have had."""
        return _implied(self.r2_train, self.rmse_train)

    @property
    def sd_test(self) -> float | None:
        """Return the standard deviation that the test rows must have had."""
        return _implied(self.r2_test, self.rmse_test)


class PublishedTarget(BaseModel):
    """One target of a publication in one of its scenarios.

    Attributes
    ----------
    title : str
        As the publication calls it.
    quantity, unit : str
        Name and unit suffix in the catalogue of quantities.
    c_rate : float or None
        Rate of a capacity.
    inputs : tuple of str
        Quantities of the inputs, in alphabetical order.
    n : int
        Rows.
    scores : tuple of PublishedScore
        By model.
    """

    model_config = STRICT
    title: str
    quantity: str
    unit: str = ""
    inputs: tuple[str, ...] = Field(min_length=1)
    n: int = Field(ge=1)
    scores: tuple[PublishedScore, ...] = Field(min_length=1)
    c_rate: float | None = Field(default=None, gt=0.0)


class Publication(BaseModel):
    """What was printed about one study, with where it stands.

    Attributes
    ----------
    name : str
        Short, for tables.
    reference : str
        Authors, journal, year, doi, table.
    targets : tuple of PublishedTarget
        In the order of the table.
    """

    model_config = STRICT
    name: str = Field(min_length=1)
    reference: str = Field(min_length=1)
    targets: tuple[PublishedTarget, ...] = Field(min_length=1)


def publication_content(named: str, folder: Path) -> Mapping[str, object]:
    """Return the content of a publication's file: of a folder (``NAME.toml``), or a shipped one.

    Parameters
    ----------
    named : str
        A TOML file relative to the folder, or a name such as ``haghi-2023``.
    folder : Path
        Where the study is declared.

    Raises
    ------
    ValueError
        If there is no such file, or it is no TOML.

    Examples
    --------
    >>> publication_content("haghi-2023", Path())["name"]
    'haghi-2023'
    """
    known = {file.stem: file for file in sorted(_SHIPPED.glob("*.toml"))}
    file = known.get(named, folder / named)
    if file.suffix != ".toml" or not file.is_file():
        raise ValueError(
            f"a publication is meant; name a file beside study.toml that ends in .toml, or one"
            f" of {', '.join(known)}"
        )
    if file.stat().st_size > MAX_PUBLICATION_BYTES:
        raise ValueError(f"{file.name} is too large for a table of scores; give its rows alone")
    try:
        return tomlkit.parse(file.read_text(encoding="utf-8")).unwrap()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name} is not TOML: {error}") from error


def _implied(r2: float, rmse: float) -> float | None:
    """Return RMSE / sqrt(1 - R²), or None where R² is printed at its cap."""
    return None if r2 >= CAP else float(rmse / (1.0 - r2) ** 0.5)
