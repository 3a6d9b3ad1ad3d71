"""Models as bytes and as files: JSON for what a person may read, npz for the arrays, no pickle."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from electrodoe.dataset import Transform
from electrodoe.dataset.categories import input_columns
from electrodoe.errors import ModelError
from electrodoe.models.catalogue import FAMILIES
from electrodoe.models.fitted import FittedModel, Normalization
from electrodoe.models.npz import arrays_from_npz, npz_from_arrays
from electrodoe.storage import digest, write_atomically

MAX_JSON_BYTES: Final = 2_000_000
"""Bound against damaged or foreign files: a model's card is far smaller; chosen."""
MAX_ARRAY_BYTES: Final = 200_000_000
"""Of all arrays together, packed."""
_JSON: Final = "model.json"
_NPZ: Final = "model.npz"
_STATE: Final = "state/"


class _Scale(BaseModel):
    """On whose scale a saved model sees its response; no ceiling where there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    name: Literal["log", "sqrt", "logit", "box-cox"]
    power: float | None = Field(default=None, ge=-2.0, le=2.0)
    ceiling: float | None = Field(default=None, gt=0.0)
    low: float = Field(ge=0.0)
    high: float = Field(gt=0.0)

    @model_validator(mode="after")
    def _is_known(self) -> "_Scale":
        """Refuse a scale that says too little, or bounds out of order."""
        if (self.power is None) != (self.name == "logit") or (self.ceiling is None) != (
            self.name != "logit"
        ):
            raise ValueError("a logit has a ceiling, every other transform a power")
        if not self.low < self.high < (self.ceiling or float("inf")):
            raise ValueError("bounds out of order")
        return self

    def transform(self) -> Transform:
        """Return it as the model has it."""
        return Transform(
            name=self.name,
            power=self.power,
            ceiling=float("inf") if self.ceiling is None else self.ceiling,
            low=self.low,
            high=self.high,
        )


class _Card(BaseModel):
    """What a saved model says about itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    format: Literal["electrodoe model 1"] = "electrodoe model 1"
    family: str
    scenario: str
    response_name: str
    input_names: tuple[str, ...] = Field(min_length=1)
    hyperparameters: dict[str, JsonValue]
    given: tuple[str, ...] = ()
    levels: dict[str, dict[int, str]] = Field(default_factory=dict)
    n_samples: int = Field(ge=1)
    n_configurations: int = Field(ge=1)
    seed: int
    arrays_sha256: str
    transform: _Scale | None = None


def model_to_bytes(model: FittedModel) -> dict[str, bytes]:
    """Return a model as the content of its two files.

    Parameters
    ----------
    model : FittedModel
        Of any family.

    Returns
    -------
    dict of str to bytes
        ``model.json`` and ``model.npz``; the same model always gives the same bytes.
    """
    normalization = model.normalization
    arrays = npz_from_arrays(
        {f"{_STATE}{name}": values for name, values in model.state.items()}
        | {
            "input_mean": normalization.input_mean,
            "input_scale": normalization.input_scale,
            "response_mean": np.array(normalization.response_mean),
            "response_scale": np.array(normalization.response_scale),
            "lower": model.lower,
            "upper": model.upper,
        }
    )
    card = _Card(
        family=model.family,
        scenario=model.scenario,
        response_name=model.response_name,
        input_names=model.input_names,
        hyperparameters=dict(model.hyperparameters),
        given=model.given,
        levels={name: dict(levels) for name, levels in model.levels.items()},
        n_samples=model.n_samples,
        n_configurations=model.n_configurations,
        seed=model.seed,
        arrays_sha256=digest(arrays),
        transform=_scale(model.transform),
    )
    unsaid = {name for name in ("levels", "transform") if not getattr(card, name)}
    said = card.model_dump(mode="json", exclude=unsaid)
    text = json.dumps(said, indent=2, sort_keys=True, allow_nan=False)
    return {_JSON: f"{text}\n".encode(), _NPZ: arrays}


def _scale(transform: Transform | None) -> _Scale | None:
    """Return what a card says of a transform."""
    if transform is None:
        return None
    return _Scale(
        name=transform.name,
        power=transform.power,
        ceiling=None if np.isinf(transform.ceiling) else transform.ceiling,
        low=transform.low,
        high=transform.high,
    )


def model_from_bytes(files: Mapping[str, bytes], where: str = "saved model") -> FittedModel:
    """Return the model that :func:`model_to_bytes` turned into bytes.

    Parameters
    ----------
    files : mapping of str to bytes
        ``model.json`` and ``model.npz``; others are not looked at.
    where : str
        What to name in an error.

    Returns
    -------
    FittedModel
        Predicts the same bits as the one that was saved.

    Raises
    ------
    ModelError
        If a file is missing, too large, damaged, of another program, or of another model.
    """
    for name, most in ((_JSON, MAX_JSON_BYTES), (_NPZ, MAX_ARRAY_BYTES)):
        if name not in files or len(files[name]) > most:
            fault = f"has more than {most} bytes" if name in files else "is missing"
            raise _not_a_model(f"{name} {fault}", where)
    card = _card(files[_JSON], where)
    if card.arrays_sha256 != digest(files[_NPZ]):
        raise _not_a_model("the arrays are not those that the JSON was saved with", where)
    try:
        arrays = arrays_from_npz(files[_NPZ])
    except ValueError as error:
        raise _not_a_model(f"{_NPZ}: {error}", where) from error
    model = _model(card, arrays, where)
    _require_prediction(model, where)
    return model


def save_model(model: FittedModel, folder: Path, name: str) -> Path:
    """Write a model as ``name.json`` and ``name.npz``.

    Parameters
    ----------
    model : FittedModel
        Of any family.
    folder : Path
        Made where it is missing.
    name : str
        Of both files, without suffix.

    Returns
    -------
    Path
        The JSON file. It is written last and holds the digest of the arrays, so that a save that
        was cut off is found out.
    """
    files = model_to_bytes(model)
    write_atomically(folder / f"{name}.npz", files[_NPZ])
    write_atomically(folder / f"{name}.json", files[_JSON])
    return folder / f"{name}.json"


def load_model(path: Path) -> FittedModel:
    """Return a saved model.

    Parameters
    ----------
    path : Path
        The JSON file, or the npz beside it.

    Returns
    -------
    FittedModel
        Predicts the same bits as the one that was saved.

    Raises
    ------
    ModelError
        If a file is missing, too large, damaged, of another program, or of another model.
    """
    files = {
        _JSON: _read(path.with_suffix(".json"), MAX_JSON_BYTES),
        _NPZ: _read(path.with_suffix(".npz"), MAX_ARRAY_BYTES),
    }
    return model_from_bytes(files, str(path))


def _read(path: Path, most: int) -> bytes:
    """Return a file's content, and one byte beyond its bound at most."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise _not_a_model(f"cannot be read: {error.strerror}", str(path)) from error


def _card(content: bytes, where: str) -> _Card:
    """Return the JSON part, checked for itself."""
    try:
        card = _Card.model_validate_json(content)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or _JSON
        raise _not_a_model(f"{place}: {fault['msg']}", where) from error
    if unknown := set(card.given) - set(card.hyperparameters):
        raise _not_a_model(f"given: '{min(unknown)}' is no hyperparameter of it", where)
    if card.family not in FAMILIES:
        raise _not_a_model(f"'{card.family}' is none of {', '.join(FAMILIES)}", where)
    return card


def _model(card: _Card, arrays: dict[str, NDArray[Any]], where: str) -> FittedModel:
    """Return card and arrays as a model, if they fit together."""
    columns = input_columns(card.input_names, card.levels)
    n_inputs, n_columns = (len(card.input_names),), (len(columns.is_number),)
    shapes = {
        **dict.fromkeys(("input_mean", "input_scale"), n_columns),
        **dict.fromkeys(("lower", "upper"), n_inputs),
    }
    for name, shape in {**shapes, "response_mean": (), "response_scale": ()}.items():
        if name not in arrays or arrays[name].shape != shape or arrays[name].dtype.kind != "f":
            raise _not_a_model(f"'{name}' is not numbers of shape {shape}", where)
        if not np.all(np.isfinite(arrays[name])) or ("scale" in name and np.min(arrays[name]) <= 0):
            raise _not_a_model(f"'{name}' is not finite, or a scale not positive", where)
    return FittedModel(
        family=card.family,
        scenario=card.scenario,
        response_name=card.response_name,
        input_names=card.input_names,
        hyperparameters=card.hyperparameters,
        given=card.given,
        normalization=Normalization(
            input_mean=arrays["input_mean"],
            input_scale=arrays["input_scale"],
            response_mean=float(arrays["response_mean"]),
            response_scale=float(arrays["response_scale"]),
            transform=card.transform.transform() if card.transform else None,
            columns=columns if columns.has_categories else None,
        ),
        state={
            name.removeprefix(_STATE): values
            for name, values in arrays.items()
            if name.startswith(_STATE)
        },
        lower=arrays["lower"],
        upper=arrays["upper"],
        levels=card.levels,
        n_samples=card.n_samples,
        n_configurations=card.n_configurations,
        seed=card.seed,
    )


def _require_prediction(model: FittedModel, where: str) -> None:
    """Raise where a model's state is not one that its family can predict from."""
    try:
        predicted = model.predict(model.lower[None, :])
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise _not_a_model(f"its arrays are not those of a '{model.family}'", where) from error
    if predicted.shape != (1,) or not np.all(np.isfinite(predicted)):
        raise _not_a_model("predicts no number at its own lowest inputs", where)


def _not_a_model(what: str, where: str) -> ModelError:
    """Return the error of bytes that are no model of ours."""
    return ModelError(what, where=where, fix="run the study again with --force to fit it anew")
