"""Errors: three lines, through a process pool, caught by a stranger."""

import pickle

import pytest

from electrodoe import errors
from electrodoe.errors import ElectrodeError

CLASSES = [
    found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, ElectrodeError)
]


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_survives_pickling(kind: type[ElectrodeError]):
    """It comes out of another process as it went in."""
    error = kind("what", "where", "fix")

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes, as a process pool sends them

    assert type(copy) is kind
    assert (copy.what, copy.where, copy.fix, copy.args) == ("what", "where", "fix", error.args)


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_is_three_lines(kind: type[ElectrodeError]):
    """What, where and fix, as a face shows them."""
    assert str(kind("a", "b", "c")) == "a\n  where: b\n  fix:   c"


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind is not ElectrodeError])
def test_an_error_is_also_a_built_in(kind: type[ElectrodeError]):
    """A stranger can catch it without knowing this package."""
    assert issubclass(kind, ValueError | LookupError | RuntimeError)
