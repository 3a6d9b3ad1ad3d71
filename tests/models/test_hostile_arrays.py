"""Arrays that may come from anywhere: whatever is wrong with them, the answer is a ValueError."""

import ast
import contextlib
import io
import json
import random
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

import electrodoe
from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models import FittedModel, fit, model_from_bytes, model_to_bytes
from electrodoe.models.npz import arrays_from_npz, npz_from_arrays
from electrodoe.storage import digest

_UNPICKLERS = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "shelve", "marshal"}
_SOURCES = sorted(Path(electrodoe.__file__).parent.rglob("*.py"))


def _zip(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.npy", content)
    return buffer.getvalue()


def _npy(values: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, values, allow_pickle=True)
    return buffer.getvalue()


def _header(text: bytes) -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def _claiming(shape: str, kind: str = "<f8") -> bytes:
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n"
    return _header(text.encode())


def _packed_by(method: int) -> bytes:
    content = bytearray(_zip(b"not packed at all"))
    content[content.index(b"PK\x01\x02") + 10] = method
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_zip(_npy(np.array([{"a": 1}], dtype=object))), id="pickled object"),
        pytest.param(_zip(_npy(np.array(["text"]))), id="text"),
        pytest.param(_zip(_npy(np.array([1j]))), id="complex"),
        pytest.param(_zip(_npy(np.zeros(2, dtype=[("a", "f8")]))), id="record"),
        pytest.param(_zip(_npy(np.array(["2026"], dtype="M8[Y]"))), id="date"),
        pytest.param(_zip(_claiming("(1000000000000000,)")), id="petabytes"),
        pytest.param(_zip(_claiming("(10" + "0" * 30 + ",)")), id="beyond any integer"),
        pytest.param(_zip(_claiming("(-1,)")), id="negative length"),
        pytest.param(_zip(_claiming("(1000000000,)", "|V0")), id="a billion of nothing"),
        pytest.param(_zip(_header(b"{{{{\n")), id="open brackets"),
        pytest.param(_zip(_header(b"\xff\xfe\x00\n")), id="no text"),
        pytest.param(_zip(b""), id="empty"),
        pytest.param(_packed_by(12), id="bzip2"),
        pytest.param(_packed_by(14), id="lzma"),
        pytest.param(_packed_by(99), id="unknown packing"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(content: bytes) -> None:
    """Objects, text, lies about size, damage: one kind of error for all."""
    with pytest.raises(ValueError, match=r"\w"):
        arrays_from_npz(content)


def test_a_thousand_damaged_files_are_read_or_refused() -> None:
    """One to four bytes changed anywhere."""
    dice = random.Random(0)
    good = npz_from_arrays({"a": np.arange(50.0), "b": np.array([True])})

    for _ in range(1000):
        damaged = bytearray(good)
        for _ in range(dice.randint(1, 4)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        with contextlib.suppress(ValueError):
            assert len(arrays_from_npz(bytes(damaged))) <= 2


@pytest.fixture(scope="module")
def forest(data: TrainingData) -> FittedModel:
    """Return three trees."""
    settings = {"min_samples_leaf": 2, "max_features": 1.0, "n_trees": 3}
    return fit(data, "extra_trees", settings)


def test_a_model_of_another_familys_arrays_is_refused(forest: FittedModel) -> None:
    """The card says SVM, the arrays are trees."""
    files = model_to_bytes(forest)
    card = json.loads(files["model.json"]) | {"family": "svm"}

    with pytest.raises(ModelError):
        model_from_bytes(files | {"model.json": json.dumps(card).encode()})


def test_a_model_without_state_is_refused(forest: FittedModel) -> None:
    """Named inputs and scales alone predict nothing."""
    files = model_to_bytes(forest)
    arrays = {
        name: values
        for name, values in arrays_from_npz(files["model.npz"]).items()
        if not name.startswith("state/")
    }
    stateless = npz_from_arrays(arrays)
    card = json.loads(files["model.json"]) | {"arrays_sha256": digest(stateless)}

    with pytest.raises(ModelError):
        model_from_bytes({"model.json": json.dumps(card).encode(), "model.npz": stateless})


def _imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: path.name)
def test_nothing_in_the_package_can_load_a_pickle(path: Path) -> None:
    """No import of a module that unpickles, no call that allows it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert not _imported(tree) & _UNPICKLERS
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        allowed = [word.value for word in call.keywords if word.arg == "allow_pickle"]
        assert all(isinstance(value, ast.Constant) and value.value is False for value in allowed)
        called = ast.unparse(call.func)
        assert called not in {"joblib.load", "pd.read_pickle", "read_pickle"}
        assert called not in {"np.load", "numpy.load"} or allowed
