"""A saved model is the same model, and nothing else is taken for one."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models import (
    FittedModel,
    families_of,
    fit,
    load_model,
    model_from_bytes,
    model_to_bytes,
    save_model,
    tune,
)
from electrodoe.models.npz import MAX_ARRAYS, arrays_from_npz, npz_from_arrays
from electrodoe.storage import digest


@pytest.fixture(scope="module")
def model(data: TrainingData) -> FittedModel:
    """Return a small model."""
    return fit(data, "polynomial", tune(data, "polynomial"))


@pytest.mark.parametrize("family", families_of("number"))
def test_a_model_survives_save_and_load_to_the_bit(
    family: str, data: TrainingData, new_settings: NDArray[np.float64], tmp_path: Path
) -> None:
    """Predictions, hyperparameters, range: all that a model can be asked."""
    fitted = fit(data, family, tune(data, family, width=1))

    loaded = load_model(save_model(fitted, tmp_path, "adhesion"))

    np.testing.assert_array_equal(loaded.predict(new_settings), fitted.predict(new_settings))
    np.testing.assert_array_equal(loaded.is_inside(new_settings), fitted.is_inside(new_settings))
    assert loaded.hyperparameters == fitted.hyperparameters
    assert replace(loaded, state={}, hyperparameters={}).seed == fitted.seed


def test_the_same_model_gives_the_same_bytes(model: FittedModel, data: TrainingData) -> None:
    """No time of day in them, and a loaded model is saved as it came."""
    again = fit(data, "polynomial", tune(data, "polynomial"))
    files = model_to_bytes(model)

    assert model_to_bytes(again) == files
    assert model_to_bytes(model_from_bytes(files)) == files


def test_a_cut_off_save_is_found_out(
    model: FittedModel, data: TrainingData, tmp_path: Path
) -> None:
    """New arrays beside an old JSON are not a model."""
    path = save_model(model, tmp_path, "m")
    other = fit(replace(data, response=data.response + 1.0), "polynomial", model.hyperparameters)
    path.with_suffix(".npz").write_bytes(model_to_bytes(other)["model.npz"])

    with pytest.raises(ModelError, match="not those that the JSON was saved with") as raised:
        load_model(path)

    assert raised.value.where == str(path)
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["m.json", "m.npz"]


def test_a_failing_disk_leaves_the_old_model(
    model: FittedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is replaced whole or not at all."""
    path = save_model(model, tmp_path, "m")

    def fail(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        save_model(replace(model, seed=99), tmp_path, "m")

    assert load_model(path).seed == model.seed
    assert len(list(tmp_path.iterdir())) == 2


def _edited(key: str, value: object) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def edit(files: dict[str, bytes]) -> dict[str, bytes]:
        card = json.loads(files["model.json"]) | {key: value}
        return files | {"model.json": json.dumps(card).encode()}

    return edit


def _with_arrays(npz: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def edit(files: dict[str, bytes]) -> dict[str, bytes]:
        return _edited("arrays_sha256", digest(npz))(files) | {"model.npz": npz}

    return edit


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _pickled() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    return _zip({"state/x.npy": buffer.getvalue()})


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda files: {"model.npz": files["model.npz"]}, "model.json is missing"),
        (lambda files: files | {"model.json": b"{"}, "Invalid JSON"),
        (lambda files: files | {"model.json": b"[]"}, "model.json"),
        (lambda files: files | {"model.json": b" " * 2_000_001}, "more than 2000000 bytes"),
        (_edited("format", "another program 7"), "format"),
        (_edited("family", "oracle"), "'oracle' is none of"),
        (_edited("colour", "red"), "colour: Extra inputs"),
        (_edited("n_samples", 0), "n_samples"),
        (_edited("input_names", ["a"]), "'input_mean' is not numbers of shape"),
        (_with_arrays(b"no zip"), "damaged, or no npz"),
        (_with_arrays(_zip({})), "'input_mean' is not numbers"),
        (_with_arrays(_zip({"a.npy": b"no array"})), "model.npz"),
        (_with_arrays(_pickled()), "model.npz"),
        (_with_arrays(_zip({f"{n}.npy": b"" for n in range(MAX_ARRAYS + 1)})), "at most"),
        (_with_arrays(_zip({"a.npy": bytes(200_000_001)})), "unpacks to more than"),
    ],
)
def test_what_is_no_model_is_refused_with_its_reason(
    damage: Callable[[dict[str, bytes]], dict[str, bytes]], what: str, model: FittedModel
) -> None:
    """Foreign, damaged, too large, or of another model: never a traceback, never a pickle."""
    with pytest.raises(ModelError, match=what) as raised:
        model_from_bytes(damage(model_to_bytes(model)), "results/models/m.json")

    assert raised.value.where == "results/models/m.json"
    assert "run the study again" in raised.value.fix


def test_every_truncation_of_the_arrays_is_refused(model: FittedModel) -> None:
    """Wherever a copy breaks off."""
    files = model_to_bytes(model)
    content = files["model.npz"]

    for length in range(0, len(content), 97):
        cut = _with_arrays(content[:length])(files)
        with pytest.raises(ModelError):
            model_from_bytes(cut)


def test_a_scale_of_zero_is_refused(model: FittedModel) -> None:
    """It would turn every prediction into nothing."""
    files = model_to_bytes(model)
    arrays = arrays_from_npz(files["model.npz"]) | {"response_scale": np.array(0.0)}

    with pytest.raises(ModelError, match="scale not positive"):
        model_from_bytes(_with_arrays(npz_from_arrays(arrays))(files))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """With the system's own reason."""
    with pytest.raises(ModelError, match="cannot be read: No such file"):
        load_model(tmp_path / "m.json")


def test_only_numbers_are_saved() -> None:
    """Text has no place in a state."""
    with pytest.raises(ValueError, match="'name' holds <U3"):
        npz_from_arrays({"name": np.array("abc")})
