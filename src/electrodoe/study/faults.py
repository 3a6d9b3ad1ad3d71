"""From pydantic's complaint about a declaration to what, where (with its line) and fix."""

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError

from electrodoe.errors import StudyError
from electrodoe.study.nearest import or_nearest
from electrodoe.study.renamed_keys import renamed_key
from electrodoe.study.study import Study


def study_error(error: ValidationError, text: str, source: str) -> StudyError:
    """Return the first complaint as an error that a person can act on."""
    fault = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    tagged = tuple(str(part) for part in fault["loc"])
    location = _without_tag(tagged)
    key = ".".join(location)
    message = fault["msg"].removeprefix("Value error, ")
    line = _line_of(text, location) or _line_of_quoted(text, message)
    where = f"{source}, line {line}" if line else source
    if fault["type"] == "extra_forbidden":
        if new := renamed_key(location):
            return StudyError(f"'{location[-1]}' is called '{new}' now", where, f"write '{new}'")
        known = _keys_at(Study, tagged[:-1])
        return StudyError(f"unknown key '{key}'", where, or_nearest(location[-1], known))
    if fault["type"] == "missing":
        return StudyError(f"'{key}' is missing", where, f"add '{location[-1]}' to the study")
    if fault["type"].startswith("union_tag"):
        instruments = ", ".join(f'"{tag}"' for tag in _tags(Study, tagged))
        return StudyError(
            f"{key}: no known instrument", where, f"say instrument = one of {instruments}"
        )
    what, _, fix = message.partition("; ")
    if isinstance(fault["input"], str | int | float | bool):
        what = f"{what}, not {fault['input']!r}"
    fix = fix or _fix_for(fault["type"], location)
    return StudyError(f"{key}: {what}" if key else what, where, fix)


def _fix_for(kind: str, location: Sequence[str]) -> str:
    """Return the instruction for a value of the wrong kind."""
    named = [part for part in location if not part.isdigit()]
    subject = f"'{named[-1]}'" if named else "the declaration"
    if subject == "'test_fraction'":
        return "give a fraction between 0 and 1: 0.2, not 20"
    if kind == "string_type":
        return f"put text in quotes in {subject}"
    return f"correct {subject}; 'electrodoe new DIR' writes a commented example"


def _keys_at(model: type[BaseModel], location: Sequence[str]) -> list[str]:
    """Return the keys that a declaration knows at a place; a tag tells one of several models."""
    models = [model]
    for part in location:
        tagged = [one for one in models if len(models) > 1 and part == _tag(one)]
        if tagged:
            models = tagged
        elif part in models[0].model_fields:
            inner = _declared_models(models[0].model_fields[part].annotation)
            if not inner:  # a column that is called like a key
                break
            models = inner
    return list(models[0].model_fields)


def _tags(model: type[BaseModel], location: Sequence[str]) -> list[str]:
    """Return the tags among which a declaration at a place chooses."""
    field = model.model_fields[location[0]].annotation
    return [tag for one in _declared_models(field) if (tag := _tag(one)) is not None]


def _tag(model: type[BaseModel]) -> str | None:
    """Return the instrument that tells a model from its siblings."""
    field = model.model_fields.get("instrument")
    return str(get_args(field.annotation)[0]) if field is not None else None


def _without_tag(location: tuple[str, ...]) -> tuple[str, ...]:
    """Return a location as it stands in the file, which does not repeat the instrument."""
    is_tagged = location[:1] == ("protocols",) and len(location) > 2
    return location[:2] + location[3:] if is_tagged else location


def _declared_models(annotation: object) -> list[type[BaseModel]]:
    """Return the models inside an annotation such as ``dict[str, Factor]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _declared_models(argument)]


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
    """Return the line that names what a message complains about, in quotes or as a key.

    A key may stand in a table in one line, ``{ name = ... }``, too.
    """
    keys = [(number, path[-1]) for number, path in _paths(text)]
    for name in reversed(re.findall(r"'([^']+)'", message.partition("; ")[0])):
        own = re.escape(name)
        quoted = re.compile(rf"""["']{own}["']|[{{,]\s*{own}\s*=""")
        lines = [n for n, line in enumerate(text.splitlines(), start=1) if quoted.search(line)]
        if declaring := [number for number, key in keys if key == name]:
            return min(lines + declaring)
        if lines:
            return lines[-1]
    return None
