"""A key that was renamed is refused, and the new one is named with its line."""

from pathlib import Path

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import Study, read_study
from electrodoe.study.renamed_keys import RENAMED_KEYS

TEXT = """\
title = "A study"
[measurements]
table = "cells.csv"
group = "configuration"
[factors.porosity]
[responses.strength_kpa]
[scenarios.product]
inputs = ["porosity"]
"""
INSTRUMENTS = {"segment_m": "coil", "max_capacity_mah_g": "rate_capability"}


def block(name: str, new: str) -> str:
    """Return the heads under which a key stood."""
    if name == "responses":
        return "[responses.loss_kpa]"
    if name == "protocols":
        return f'[protocols.one]\ninstrument = "{INSTRUMENTS[new]}"\nfiles = ["raw/*.txt"]'
    return f"[{name}]"


@pytest.mark.parametrize(("place", "new"), RENAMED_KEYS.items())
def test_an_old_key_is_refused_with_the_new_one(place: tuple[str, str], new: str, tmp_path: Path):
    name, old = place
    text = f"{TEXT}{block(name, new)}\n{old} = 1\n"
    file = tmp_path / "study.toml"
    file.write_text(text)
    with pytest.raises(StudyError) as caught:
        read_study(file)
    assert f"'{old}' is called '{new}' now" in caught.value.what
    assert caught.value.where == f"{file}, line {text.count(chr(10))}"
    assert new in caught.value.fix


@pytest.mark.parametrize(("place", "new"), RENAMED_KEYS.items())
def test_the_new_key_is_known_and_the_old_one_is_not(place: tuple[str, str], new: str):
    schema = str(Study.model_json_schema())
    assert f"'{new}':" in schema
    assert f"'{place[1]}':" not in schema
