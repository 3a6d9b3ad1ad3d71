"""The hash under which a finished part is kept: of all that its products depend on."""

import json

from electrodoe.dataset import TrainingData
from electrodoe.storage import digest
from electrodoe.workflow.manifest import code_fingerprint


def part_key(kind: str, settings: list[object], *content: bytes) -> str:
    """Return the hash of a task.

    Parameters
    ----------
    kind : str
        What is done.
    settings : list
        Numbers and names that JSON can hold.
    *content : bytes
        What it is done to.

    Returns
    -------
    str
        Another one for another version of this package or of a numerical library.
    """
    head = json.dumps([kind, settings]).encode()
    return digest(code_fingerprint().encode(), head, *content)


def content_of(data: TrainingData) -> bytes:
    """Return all that training data say, as bytes."""
    names = [data.scenario, data.response_name, data.input_names, data.sample_names]
    arrays = (data.inputs, data.response, data.configurations)
    return json.dumps(names).encode() + b"".join(array.tobytes() for array in arrays)
