"""The metadata document of an RO-Crate 1.1: plain JSON-LD, one flat list of entities."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from electrodoe.quantities import unit_of
from electrodoe.study import Condition
from electrodoe.workflow.crate_words import BATTERY_DATA_FORMAT, COLUMNS

Entity = dict[str, Any]
"""One entity of JSON-LD."""

_ADDRESS: Final = re.compile(r"https?://\S+")
_SPDX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


def links(names: Iterable[str]) -> Entity | list[Entity]:
    """Return references; a single one stands without brackets, as RO-Crate recommends."""
    found = [{"@id": name} for name in names]
    return found[0] if len(found) == 1 else found


def license_id(name: str) -> str:
    """Return the address of a license, or a place in this document where only words are known."""
    if _ADDRESS.fullmatch(name):
        return name
    return f"https://spdx.org/licenses/{name}" if _SPDX.fullmatch(name) else "#license"


def path_id(path: str) -> str:
    """Return a file's path as it may stand in an address."""
    return re.sub(r"[^A-Za-z0-9_./-]", lambda match: _percent(match[0]), path)


def _percent(sign: str) -> str:
    """Return a sign that has no place in an address, encoded."""
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def protocol_id(name: str) -> str:
    """Return the name of a protocol inside this document."""
    return f"#protocol-{path_id(name)}"


def column_id(name: str) -> str:
    """Return the name of a column inside this document."""
    return f"#column-{path_id(name)}"


CRATE_FILE: Final = "ro-crate-metadata.json"
_CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.1"
_NEWER_TERMS: Final = {
    "creditText": "https://schema.org/creditText",
    "sha256": "https://schema.org/sha256",
}
"""Words of schema.org that came after the context of RO-Crate 1.1."""
_RUN: Final = "#run"
_NO_LICENSE: Final = "The study declares no license; ask those whom it credits before use."


@dataclass(frozen=True, kw_only=True)
class CrateFile:
    """One file of the crate.

    Attributes
    ----------
    path : str
        In the results folder, with slashes.
    description : str
        What it is.
    media_type : str
        Its format.
    n_bytes : int or None
        Its size; None where the file still changes, as the manifest does.
    sha256 : str or None
        Of its bytes; None where ``n_bytes`` is.
    columns : tuple of str
        Of a table.
    """

    path: str
    description: str
    media_type: str
    n_bytes: int | None
    sha256: str | None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CrateWords:
    """What the crate says about the whole.

    Attributes
    ----------
    title, description, credit, license : str
        Of the study; any but the title may be empty.
    ended : str
        Date and time at which the run has ended, ISO 8601.
    versions : mapping of str to str
        Of this package, which comes first, of Python and of libraries.
    inputs : mapping of str to str
        What the run has read, by name: a file's hash, or nothing for a pattern of many files.
    labels, units : mapping of str to str
        Words and unit of factors and responses, by column.
    is_simulated : bool
        Whether the data were made up.
    measured : mapping of str to tuple of Condition
        How each measurement was made, by its protocol's name.
    """

    title: str
    description: str
    credit: str
    license: str
    ended: str
    versions: Mapping[str, str]
    inputs: Mapping[str, str]
    labels: Mapping[str, str]
    units: Mapping[str, str]
    is_simulated: bool
    measured: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)


def crate_metadata(words: CrateWords, files: Sequence[CrateFile]) -> Entity:
    """Return the document that makes a folder an RO-Crate.

    References
    ----------
    .. [1] Soiland-Reyes et al., Data Science 5 (2022) 97, 10.3233/DS-210053.
    """
    software = _software(words.versions)
    inputs = [_input(*read) for read in words.inputs.items()]
    columns = {name: None for file in files for name in file.columns}
    graph = [
        {
            "@id": CRATE_FILE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _SPECIFICATION},
        },
        _root(words, files),
        _license(words.license),
        *(_file(file) for file in files),
        *(_column(name, words) for name in columns),
        *software,
        *inputs,
        *(entity for name in words.measured for entity in _protocol(name, words.measured[name])),
        _action(words, files, software, inputs),
    ]
    return {"@context": [_CONTEXT, _NEWER_TERMS], "@graph": graph}


def _root(words: CrateWords, files: Sequence[CrateFile]) -> Entity:
    """Return the entity that stands for the folder."""
    lead = "Simulated data, not measured. " if words.is_simulated else ""
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": words.title,
        "description": lead + (words.description or f"Results of the study: {words.title}"),
        "datePublished": words.ended,
        "hasPart": links(path_id(file.path) for file in files),
        "variableMeasured": links(column_id(name) for name in words.labels),
        "license": {"@id": license_id(words.license)},
        "mentions": {"@id": _RUN},
        "keywords": "battery electrode, design of experiments"
        + (", simulated" if words.is_simulated else ""),
    }
    if words.credit:
        root["creditText"] = words.credit
    if words.measured:
        root["measurementTechnique"] = links(protocol_id(name) for name in words.measured)
    return root


def _license(name: str) -> Entity:
    """Return the license, which RO-Crate requires: also that none was declared."""
    return {
        "@id": license_id(name),
        "@type": "CreativeWork",
        "name": name or "No license declared",
        "description": f"License of the data: {name}" if name else _NO_LICENSE,
    }


def _file(file: CrateFile) -> Entity:
    """Return one file."""
    entity: Entity = {
        "@id": path_id(file.path),
        "@type": "File",
        "name": file.path,
        "description": file.description,
        "encodingFormat": file.media_type,
    }
    if file.n_bytes is not None:
        entity |= {"contentSize": str(file.n_bytes), "sha256": file.sha256}
    if file.columns:
        entity["variableMeasured"] = links(column_id(name) for name in file.columns)
    return entity


def _column(name: str, words: CrateWords) -> Entity:
    """Return what a column holds, with its unit and its name in the Battery Data Format."""
    entity: Entity = {"@id": column_id(name), "@type": "PropertyValue", "name": name}
    description = words.labels.get(name) or COLUMNS.get(name)
    if description:
        entity["description"] = description
    if words.units.get(name):
        entity["unitText"] = words.units[name]
    if name in BATTERY_DATA_FORMAT:
        machine_name, label = BATTERY_DATA_FORMAT[name]
        entity["alternateName"] = [machine_name, label]
    return entity


def _software(versions: Mapping[str, str]) -> list[Entity]:
    """Return this package, what it computes with, and their versions."""
    return [
        {
            "@id": f"#software-{name}",
            "@type": "SoftwareApplication",
            "name": name,
            "version": version,
            "softwareVersion": version,
        }
        for name, version in versions.items()
    ]


def _input(name: str, sha256: str) -> Entity:
    """Return a file that was read and is not part of the folder, or a pattern of such files."""
    entity = {
        "@id": f"#input-{path_id(name.replace('/', '-'))}",
        "@type": "CreativeWork",
        "name": name,
        "description": "Read by the run, not part of this folder.",
    }
    return entity | ({"sha256": sha256} if sha256 else {})


def _protocol(name: str, told: Sequence[Condition]) -> list[Entity]:
    """Return how a measurement was made, and each fact about it with its unit."""
    facts = [_fact(name, condition) for condition in told]
    protocol: Entity = {
        "@id": protocol_id(name),
        "@type": "DefinedTerm",
        "name": name,
        "description": f"How '{name}' was measured, as the study declares it.",
    }
    if facts:
        protocol["additionalProperty"] = links(fact["@id"] for fact in facts)
    return [protocol, *facts]


def _fact(protocol: str, condition: Condition) -> Entity:
    """Return one fact about a measurement."""
    is_number = isinstance(condition.value, float | int) and not isinstance(condition.value, bool)
    unit = unit_of(condition.name) if is_number else ""
    entity: Entity = {
        "@id": f"{protocol_id(protocol)}-{path_id(condition.name)}",
        "@type": "PropertyValue",
        "name": condition.name,
        "value": condition.value,
        "description": "declared by the study" if condition.is_declared else "default",
    }
    return entity | ({"unitText": unit} if unit else {})


def _action(
    words: CrateWords, files: Sequence[CrateFile], software: list[Entity], inputs: list[Entity]
) -> Entity:
    """Return the run: with what, from what, to what."""
    return {
        "@id": _RUN,
        "@type": "CreateAction",
        "name": f"electrodoe run: {words.title}",
        "endTime": words.ended,
        "instrument": links(entity["@id"] for entity in software),
        "object": links(entity["@id"] for entity in inputs),
        "result": links(path_id(file.path) for file in files),
    }
