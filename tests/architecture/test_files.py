"""Files: short, named by their thought, and fit for strangers."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from electrodoe.dataset import CHECKS
from electrodoe.findings import KINDS

_ROOT = Path(__file__).parents[2]
_SOURCE = _ROOT / "src"
_MODULES = sorted(_SOURCE.rglob("*.py"))
_PACKAGES = [path.parent for path in _MODULES if path.name == "__init__.py"]
_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "tools"}
_SKIPPED = {".git", ".venv", "__pycache__", "results", "dist", "node_modules"}
_CODE = re.compile(r"[DPSV][1-9]\d\d")


def _name(path: Path) -> str:
    """Return a path as a test's id."""
    return str(path.relative_to(_SOURCE))


def _written_by_us() -> list[Path]:
    """Return the files that a commit would hold, apart from pictures and data."""
    kinds = {
        ".py",
        ".md",
        ".toml",
        ".txt",
        ".in",
        ".cff",
        ".html",
        ".css",
        ".js",
        ".csv",
        ".j2",
        "",
    }
    return [
        path
        for path in sorted(_ROOT.rglob("*"))
        if path.is_file()
        and path.suffix in kinds
        and not any(
            part in _SKIPPED or part.endswith(("_cache", ".egg-info")) or part == ".hypothesis"
            for part in path.relative_to(_ROOT).parts
        )
    ]


@pytest.mark.parametrize("path", _MODULES, ids=_name)
def test_a_file_says_what_it_is_for(path: Path):
    """Its first line is its thought, under a name that says it."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert path.stem not in _DRAWERS


@pytest.mark.parametrize("package", _PACKAGES, ids=_name)
def test_a_packages_face_is_sorted_and_there(package: Path):
    """``__all__`` names what exists, capitals first, and nothing but imports stands beside it."""
    module = import_module(".".join(package.relative_to(_SOURCE).parts))
    names = getattr(module, "__all__", None)
    if names is None:
        statements = ast.parse((package / "__init__.py").read_text(encoding="utf-8")).body
        assert len(statements) == 1
        return

    assert names == sorted(names, key=_isort_key)
    assert [name for name in names if not hasattr(module, name)] == []


def _isort_key(name: str) -> tuple[int, str]:
    """Return the order of ruff's RUF022: constants, classes, functions."""
    if name.isupper():
        return 0, name
    return (1 if name[:1].isupper() else 2), name


def test_nothing_that_runs_foreign_code_is_called():
    """No pickle, no joblib.load, no eval, no exec: a saved model is data."""
    forbidden = {"eval", "exec", "compile", "__import__"}
    found = []
    for path in _MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [getattr(node, "module", None) or "", *[each.name for each in node.names]]
                found += [(path.name, name) for name in names if "pickle" in name or name == "dill"]
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in forbidden or called in {"joblib.load", "joblib.dump"}:
                    found.append((path.name, called))
                allows = [each for each in node.keywords if each.arg == "allow_pickle"]
                found += [
                    (path.name, "allow_pickle")
                    for each in allows
                    if ast.unparse(each.value) != "False"
                ]

    assert found == []


def test_every_finding_of_the_catalogue_is_used_and_explained():
    """No code without a call, none without a paragraph under the catalogue's own words."""
    used = {
        node.value
        for path in _MODULES
        if path.name != "catalogue.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and _CODE.fullmatch(str(node.value))
    }
    text = (_ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    paragraphs = re.findall(r"^### (\w+) (.+)\n\*(.+)\*\n\n(?=[^#\s])", text, flags=re.MULTILINE)

    assert sorted(used) == sorted(KINDS)
    assert set(CHECKS) <= used
    assert paragraphs == [
        (code, kind.title, f"{kind.severity.capitalize()}: {kind.fix}.")
        for code, kind in sorted(KINDS.items())
    ]


def test_every_finding_of_the_catalogue_is_named_in_a_test():
    """A code that no test names may appear for any reason, or never."""
    named = {
        code
        for path in sorted((_ROOT / "tests").rglob("*.py"))
        for code in re.findall(rf"\b{_CODE.pattern}\b", path.read_text(encoding="utf-8"))
    }

    assert sorted(set(KINDS) - named) == []


@pytest.mark.parametrize("code", list(CHECKS))
def test_every_check_is_tested(code: str):
    """One test file per check, named like it."""
    check = Path(CHECKS[code].__code__.co_filename)

    assert (_ROOT / "tests" / "dataset" / "checks" / f"test_{check.name}").is_file()


def test_no_file_knows_the_machine_it_was_written_on():
    """No absolute path of a computer, no registry's host."""
    machine = r"(?<![\w.])/(?:work|tmp|root|home)/"
    registry = r"pypi\.org|pythonhosted\.org|artifact[o]ry|index-url ?[=h]"
    pattern = re.compile(f"{machine}|{registry}")

    found = [
        f"{path.relative_to(_ROOT)}: {match[0]}"
        for path in _written_by_us()
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]

    assert found == []


def test_only_the_virtual_line_knows_where_the_truth_lies():
    """No other stage names that folder, so that none can read what it is to find out."""
    allowed = {"virtual_line", "simulate.py"}
    found = [
        _name(path)
        for path in _MODULES
        if not allowed & set(path.relative_to(_SOURCE / "electrodoe").parts)
        and re.search(r"""["'/\\]truth["'/\\]""", path.read_text(encoding="utf-8"))
    ]

    assert found == []
