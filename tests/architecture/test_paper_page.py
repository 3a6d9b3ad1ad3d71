"""The page about the paper names what is there."""

import re
from pathlib import Path

import pytest

from electrodoe.study import read_study

_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", flags=re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_PATH = re.compile(r"`((?:[a-z_0-9-]+/)+[\w.-]+|(?:[a-z_-]+/)+)`")


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    """Return the page."""
    return (repository / "docs" / "paper.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(page: str) -> list[tuple[str, ...]]:
    """Return its rows: number, the paper, where, test, done."""
    return _ROW.findall(page)


def test_the_paper_does_89_things(rows: list[tuple[str, ...]]):
    """Each has its row, in the order of the paper."""
    assert [int(number) for number, *_ in rows] == list(range(1, 90))


def test_every_path_of_the_page_is_there(repository: Path, rows: list[tuple[str, ...]]):
    """In the package or in the repository."""
    named = [path for _, _, where, _, _ in rows for path in _PATH.findall(where)]

    assert len(named) > 60
    for path in named:
        places = [repository / "src" / "electrodoe" / path, repository / path]
        assert any(place.exists() for place in places), path


def test_every_test_of_the_page_is_there(repository: Path, rows: list[tuple[str, ...]]):
    """By file and name."""
    named = [test for *_, tests, _ in rows for test in _TEST.findall(tests)]

    assert len(named) > 60
    for file, name in named:
        text = (repository / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {name}\(", text, flags=re.MULTILINE), f"{file}::{name}"


def test_what_is_done_has_a_test_and_what_is_not_a_reason(page: str, rows: list[tuple[str, ...]]):
    """No row without either; the counts of the page are those of its rows."""
    for number, _, where, tests, done in rows:
        if done == "yes":
            assert _TEST.search(tests), number
            assert where != "–", number
        else:
            assert re.match(r"partial: .{20,}", done), number
    n_done = sum(done == "yes" for *_, done in rows)

    assert f"Of {len(rows)} things {n_done} are done; {len(rows) - n_done} are partial" in page


def test_table_5_has_the_papers_45_rows(page: str, repository: Path):
    """Each with the R² that the paper prints, beside ours."""
    rows = re.findall(
        r"^\| [^|\d]+(?:[\d.]+C[^|]*)? \| \w+ \| \w+ \| (\S+) \| ", page, flags=re.MULTILINE
    )
    paper = read_study(repository / "examples" / "anode-coating").compare_with
    printed = [
        f"{score.r2_train:.2f}/{score.r2_test:.2f}"
        for each in paper.targets
        for score in each.scores
    ]

    assert len(rows) == 45
    assert sorted(rows) == sorted(printed)
