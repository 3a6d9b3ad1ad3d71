"""From pydantic's complaint about a declaration to what, where (with its line) and fix."""

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError

from electrodoe.errors import StudyError
from electrodoe.study.nearest import or_nearest
from electrodoe.study.study import Study


def study_error(error: ValidationError, text: str, source: str) -> StudyError:
    """Return the first complaint as an error that a person can act on.

    Parameters
    ----------
    error : ValidationError
        Pydantic's complaints; an unknown key comes before the key that it was meant to be.
    text : str
        The declaration's text, to find the line in; may be empty.
    source : str
        The file, or whatever else declared the study.

    Returns
    -------
    StudyError
        Ready to be raised.
    """
    fault = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    location = tuple(str(part) for part in fault["loc"])
    key = ".".join(location)
    message = fault["msg"].removeprefix("Value error, ")
    line = _line_of(text, location) or _line_of_quoted(text, message)
    where = f"{source}, line {line}" if line else source
    if fault["type"] == "extra_forbidden":
        known = _keys_at(Study, location[:-1])
        return StudyError(f"unknown key '{key}'", where, or_nearest(location[-1], known))
    if fault["type"] == "missing":
        return StudyError(f"'{key}' is missing", where, f"add '{location[-1]}' to the study")
    what, _, fix = message.partition("; ")
    if isinstance(fault["input"], str | int | float | bool):
        what = f"{what}, not {fault['input']!r}"
    fix = fix or _fix_for(fault["type"], location)
    return StudyError(f"{key}: {what}" if key else what, where, fix)


def _fix_for(kind: str, location: Sequence[str]) -> str:
    """Return the instruction for a value of the wrong kind."""
    named = [part for part in location if not part.isdigit()]
    subject = f"'{named[-1]}'" if named else "the declaration"
    if subject == "'test_share'":
        return "give a fraction between 0 and 1: 0.2, not 20"
    if kind == "string_type":
        return f"put text in quotes in {subject}"
    return f"correct {subject}; 'electrodoe new DIR' writes a commented example"


def _keys_at(model: type[BaseModel], location: Sequence[str]) -> list[str]:
    """Return the keys that a declaration knows at a place."""
    for part in location:
        if part in model.model_fields:
            inner = _declared_model(model.model_fields[part].annotation)
            if inner is None:  # a column that is called like a key
                break
            model = inner
    return list(model.model_fields)


def _declared_model(annotation: object) -> type[BaseModel] | None:
    """Return the model inside an annotation such as ``dict[str, Factor]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_declared_model(argument) for argument in get_args(annotation))
    return next((model for model in inner if model is not None), None)


def _paths(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Return each declaring line's number and full path, list positions included."""
    header: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := re.match(r"\s*(\[\[?)([^\]]+)\]", line):
            header = _names(match[2])
            if match[1] == "[[":
                counts[header] = counts.get(header, -1) + 1
                header = (*header, str(counts[header]))
            yield number, header
        elif match := re.match(r"\s*([\w\-.\"']+)\s*=", line):
            yield number, (*header, *_names(match[1]))


def _names(dotted: str) -> tuple[str, ...]:
    """Return the parts of a dotted key without their quotes."""
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _line_of(text: str, location: Sequence[str]) -> int | None:
    """Return the first line that declares a key or a part of it, or the deepest table around it."""
    target = tuple(location)
    paths = list(_paths(text)) if target else []
    if inside := [number for number, path in paths if path[: len(target)] == target]:
        return inside[0]
    around = [(len(path), -number) for number, path in paths if path == target[: len(path)]]
    return -max(around)[1] if around else None


def _line_of_quoted(text: str, message: str) -> int | None:
    """Return the line that names what a message complains about, in quotes or as a key."""
    keys = [(number, path[-1]) for number, path in _paths(text)]
    for name in reversed(re.findall(r"'([^']+)'", message.partition("; ")[0])):
        quoted = re.compile(rf"""["']{re.escape(name)}["']""")
        lines = [n for n, line in enumerate(text.splitlines(), start=1) if quoted.search(line)]
        if declaring := [number for number, key in keys if key == name]:
            return min(lines + declaring)
        if lines:
            return lines[-1]
    return None
