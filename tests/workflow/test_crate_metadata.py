"""The metadata document against what RO-Crate 1.1 requires."""

from dataclasses import replace
from typing import Any

import pytest

from electrodoe.study import Condition
from electrodoe.workflow.crate_metadata import CRATE_FILE, CrateFile, CrateWords, crate_metadata

WORDS = CrateWords(
    title="A study",
    description="What sets the strength?",
    credit="Someone, 2026",
    license="CC-BY-4.0",
    ended="2026-11-26T12:00:00+00:00",
    versions={"electrodoe": "0.1.0", "numpy": "2.4.0"},
    inputs={"cells.csv": "ab" * 32},
    labels={"porosity": "Porosity", "adhesion_strength_kpa": "Adhesion strength"},
    units={"adhesion_strength_kpa": "kPa"},
    is_simulated=False,
)
FILES = (
    CrateFile(
        path="samples.csv",
        description="The samples.",
        media_type="text/csv",
        n_bytes=12,
        sha256="cd" * 32,
        columns=("porosity", "adhesion_strength_kpa", "cycle", "discharge_capacity_mah"),
    ),
    CrateFile(
        path="models/a b.json",
        description="A model.",
        media_type="application/json",
        n_bytes=3,
        sha256="ef" * 32,
    ),
)


def _graph(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entity["@id"]: entity for entity in document["@graph"]}


@pytest.fixture
def graph() -> dict[str, dict[str, Any]]:
    return _graph(crate_metadata(WORDS, FILES))


def _references(value: Any):
    if isinstance(value, dict) and set(value) == {"@id"}:
        yield value["@id"]
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_the_descriptor_is_about_the_root_and_names_the_specification(graph):
    """Section "RO-Crate Metadata File Descriptor" of the specification."""
    descriptor = graph[CRATE_FILE]

    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}


def test_the_root_has_all_that_is_required_of_it(graph):
    """Type, name, description, date published, license; "Direct properties of the Root"."""
    root = graph["./"]

    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license", "hasPart"} <= set(root)
    assert root["license"] == {"@id": "https://spdx.org/licenses/CC-BY-4.0"}


def test_every_entity_has_an_id_of_its_own_and_a_type():
    """JSON-LD in flattened form."""
    entities = crate_metadata(WORDS, FILES)["@graph"]

    assert all({"@id", "@type"} <= set(entity) for entity in entities)
    assert len({entity["@id"] for entity in entities}) == len(entities)


def test_every_reference_leads_to_an_entity(graph):
    """Only the specification lies outside."""
    found = {name for entity in graph.values() for name in _references(entity)}

    assert found - set(graph) == {"https://w3id.org/ro/crate/1.1"}
    assert {"samples.csv", "models/a%20b.json"} <= set(graph)


def test_a_file_has_size_hash_format_and_description(graph):
    """As the specification recommends; sizes are text."""
    file = graph["samples.csv"]

    assert file["@type"] == "File"
    assert file["contentSize"] == "12"
    assert file["sha256"] == "cd" * 32
    assert file["encodingFormat"] == "text/csv"
    assert file["description"] == "The samples."


def test_columns_have_words_units_and_their_name_in_the_battery_data_format(graph):
    """Cycle and discharge capacity are known there; units are our own."""
    assert graph["#column-adhesion_strength_kpa"]["unitText"] == "kPa"
    assert graph["#column-porosity"]["description"] == "Porosity"
    assert graph["#column-cycle"]["alternateName"] == ["cycle_count", "Cycle Count / 1"]
    capacity = graph["#column-discharge_capacity_mah"]["alternateName"]
    assert capacity == ["discharging_capacity_ah", "Discharging Capacity / Ah"]


def test_the_run_names_its_inputs_its_software_and_its_results(graph):
    """Provenance as a CreateAction."""
    run = graph["#run"]

    assert run["@type"] == "CreateAction"
    assert run["object"] == {"@id": "#input-cells.csv"}
    assert {"@id": "#software-electrodoe"} in run["instrument"]
    assert graph["#software-electrodoe"]["version"] == "0.1.0"
    assert len(run["result"]) == 2


def test_simulated_data_are_called_so():
    """In the description that catalogues print."""
    root = _graph(crate_metadata(replace(WORDS, is_simulated=True), FILES))["./"]

    assert root["description"].startswith("Simulated data, not measured.")


@pytest.mark.parametrize(
    ("declared", "name"),
    [("", "No license declared"), ("ask the institute for it", "ask the institute for it")],
)
def test_a_license_without_address_is_not_made_up(declared: str, name: str):
    """The root must have one: what was declared stands there, or that nothing was."""
    graph = _graph(crate_metadata(replace(WORDS, license=declared), FILES))

    assert graph["./"]["license"] == {"@id": "#license"}
    assert graph["#license"]["name"] == name


def test_how_was_measured_stands_beside_the_data():
    """A protocol's facts with value and unit, reached from the folder; text has no unit."""
    told = (
        Condition(name="compression_velocity_mm_min", value=0.75, is_declared=True),
        Condition(name="recipe_a", value="2 % CMC", is_declared=True),
        Condition(name="dwell_time_s", value=30.0, is_declared=False),
    )

    graph = _graph(crate_metadata(replace(WORDS, measured={"pull off": told}), FILES))

    assert graph["./"]["measurementTechnique"] == {"@id": "#protocol-pull%20off"}
    protocol = graph["#protocol-pull%20off"]
    facts = [graph[reference["@id"]] for reference in protocol["additionalProperty"]]
    assert [(fact["name"], fact["value"], fact.get("unitText")) for fact in facts] == [
        ("compression_velocity_mm_min", 0.75, "mm/min"),
        ("recipe_a", "2 % CMC", None),
        ("dwell_time_s", 30.0, "s"),
    ]
    assert [fact["description"] for fact in facts] == ["declared by the study"] * 2 + ["default"]
