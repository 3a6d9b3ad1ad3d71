"""``study.toml``: read, refused with its line, written and read back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from electrodoe.errors import StudyError
from electrodoe.study import Study, declare_study, read_study, study_text, write_study
from strategies.study import studies


def test_a_study_is_read_by_its_folder_or_its_file(declare: Callable[..., Path]):
    """A person may name the folder or the file in it."""
    file = declare()

    assert read_study(file) == read_study(file.parent)
    assert read_study(file).settings.seed == 7


def test_without_scenarios_one_sees_every_factor(declare: Callable[..., Path]):
    """A study that declares no scenario gets one called ``all``."""
    study = read_study(declare('[scenarios.product]\ninputs = ["porosity"]\n', ""))

    assert study.scenarios["all"].inputs == ("porosity", "roll_gap_um")


@pytest.mark.parametrize(
    ("old", "new", "line", "offered"),
    [
        ('title = "Adhesion"', 'ttitle = "Adhesion"', 1, "'title'"),
        ('group = "run"', 'grup = "run"', 5, "'group'"),
        ("range = [0.2, 0.6]", "rage = [0.2, 0.6]", 8, "'range'"),
        (
            "[responses.adhesion_strength_kpa]",
            "[response.adhesion_strength_kpa]",
            10,
            "'responses'",
        ),
        ('inputs = ["porosity"]', 'inputs = ["porosity"]\nresponse = ["y"]', 14, "'responses'"),
        ('reason = "cut askew"', 'reason = "cut askew"\nrow = ["A3"]', 23, "'rows'"),
        ("[factors.roll_gap_um]", "[factors.label]\nlable = 'x'", 10, "'label'"),
        ("seed = 7", "sed = 7", 25, "'seed'"),
    ],
)
def test_an_unknown_key_is_reported_with_its_line_and_the_nearest_key(
    declare: Callable[..., Path], old: str, new: str, line: int, offered: str
):
    """At every depth, the second entry of a list included."""
    file = declare(old, new)

    with pytest.raises(StudyError, match="unknown key") as caught:
        read_study(file)

    assert caught.value.where == f"{file}, line {line}"
    assert caught.value.fix == f"did you mean {offered}?"


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "fix"),
    [
        ('reason = "cut askew"\n', "", 19, "'set_aside.1.reason' is missing", "add 'reason'"),
        ("seed = 7", 'seed = "many"', 25, "not 'many'", "correct 'seed'"),
        ("seed = 7", "test_fraction = 20", 25, "not 20", "0.2, not 20"),
        ("seed = 7", 'effort = "fast"', 25, "'quick', 'standard' or 'full'", "correct 'effort'"),
        ('group = "run"', "group = 3", 5, "not 3", "quotes"),
        ('rows = ["A2"]', "rows = [2]", 20, "not 2", "put text in quotes in 'rows'"),
        ("[0.2, 0.6]", "[0.6, 0.2]", 8, "[0.6, 0.2] does not rise", "[min, max]"),
        ("[0.2, 0.6]", '[0.2, "x"]', 8, "not 'x'", "correct 'range'"),
        ("[0.2, 0.6]", "[0.2, inf]", 8, "finite", "correct 'range'"),
        ('inputs = ["porosity"]', 'inputs = ["porosty"]', 13, "'porosty'", "'porosity'"),
        ('inputs = ["porosity"]', 'inputs = ["gap_um"]', 13, "'gap_um'", "'roll_gap_um'"),
        ('inputs = ["porosity"]', "inputs = []", 13, "at least 1", "correct 'inputs'"),
        ('inputs = ["porosity"]', 'inputs = ["porosity", "porosity"]', 13, "twice", "once"),
        ("[responses.adhesion_strength_kpa]", "[responses.porosity]", 12, "models nothing", "one"),
        ('group = "run"', 'group = "porosity"', 5, "names rows and is modeled", "keep one"),
        ('group = "run"', 'context = ["porosity"]', 5, "context and is modeled", "keep one"),
        ('responses = ["adhesion_', 'responses = ["adesion_', 21, "not declared", "did you mean"),
    ],
)
def test_a_fault_is_reported_with_its_line_and_its_fix(
    declare: Callable[..., Path], old: str, new: str, line: int, what: str, fix: str
):
    """What is missing, of the wrong kind or contradicts the rest is reported where it stands."""
    file = declare(old, new)

    with pytest.raises(StudyError) as caught:
        read_study(file)

    assert what in caught.value.what
    assert caught.value.where == f"{file}, line {line}"
    assert fix in caught.value.fix


@pytest.mark.parametrize("text", ["title = ", 'title = "a"\ntitle = "b"', "[a\n", "= 1", "\x00"])
def test_what_is_not_toml_is_reported(tmp_path: Path, text: str):
    """A fault of writing names the file."""
    file = tmp_path / "study.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(StudyError, match="not TOML") as caught:
        read_study(file)

    assert caught.value.where.startswith(str(file))


def test_a_fault_of_writing_names_its_line(tmp_path: Path):
    """The line is the one that the editor shows."""
    file = tmp_path / "study.toml"
    file.write_text('title = "a"\n\nquestion = ?\n', encoding="utf-8")

    with pytest.raises(StudyError) as caught:
        read_study(file)

    assert caught.value.where == f"{file}, line 3"


def test_a_study_in_another_encoding_is_refused(tmp_path: Path):
    """TOML is UTF-8; other bytes are named."""
    file = tmp_path / "study.toml"
    file.write_bytes('title = "Prüfung"'.encode("latin-1"))

    with pytest.raises(StudyError, match="not UTF-8") as caught:
        read_study(file)

    assert caught.value.fix == "save the file as UTF-8"


def test_a_byte_order_mark_is_accepted(declare: Callable[..., Path]):
    """Windows editors put one before the first key."""
    file = declare()
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert read_study(file).title == "Adhesion"


def test_a_missing_study_is_reported(tmp_path: Path):
    """A folder without ``study.toml`` is reported how to get one."""
    with pytest.raises(StudyError, match="no study here") as caught:
        read_study(tmp_path)

    assert "electrodoe new" in caught.value.fix


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(study=studies())
def test_a_written_study_reads_back_the_same(
    study: Study, tmp_path_factory: pytest.TempPathFactory
):
    """Whatever is declared survives the way through the file."""
    file = tmp_path_factory.mktemp("study") / "study.toml"
    file.write_text(study_text(study), encoding="utf-8")

    assert read_study(file) == study


def test_writing_a_study_twice_changes_nothing(declare: Callable[..., Path], tmp_path: Path):
    """The same declaration may be written again."""
    study = read_study(declare())

    first = write_study(study, tmp_path / "new")
    before = first.read_bytes()

    assert write_study(study, tmp_path / "new") == first
    assert first.read_bytes() == before


def test_a_study_is_never_written_over_another(declare: Callable[..., Path]):
    """The folder of another study keeps its file."""
    file = declare()
    before = file.read_bytes()

    with pytest.raises(StudyError, match="another study"):
        write_study(read_study(file).with_settings(seed=8), file.parent)

    assert file.read_bytes() == before


def test_a_declared_mapping_is_refused_with_its_source():
    """A command line has no lines; its name stands in their place."""
    declared = {
        "title": "t",
        "measurements": {"table": "t.csv"},
        "factors": {"porosity": {}},
        "responses": {"porosity": {}},
    }

    with pytest.raises(StudyError, match="input and a response") as caught:
        declare_study(declared, source="command line")

    assert caught.value.where == "command line"
