"""Hypothesis strategies for declarations."""

import string

from hypothesis import strategies as st

from electrodoe.study import Effort, Study

NAMES = st.text(
    string.ascii_letters + string.digits + "_- .µ°'\"#[]=", min_size=1, max_size=12
).map(lambda name: f"x{name}y")
"""Column names, with everything that could be mistaken for TOML; none has a space at its end."""

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20).map(str.strip)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)
RANGES = st.tuples(NUMBERS, NUMBERS).filter(lambda ends: ends[0] < ends[1]).map(list)


def _without_none(declared: dict[str, object]) -> dict[str, object]:
    """Return a mapping without what is not given."""
    return {key: value for key, value in declared.items() if value is not None}


def _subset(names: list[str]) -> st.SearchStrategy[list[str]]:
    """Return some of the names, at least one, none twice."""
    return st.lists(st.sampled_from(names), min_size=1, unique=True)


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, object]:
    """Return the content of a valid ``study.toml``."""
    columns = draw(st.lists(NAMES, min_size=3, max_size=8, unique=True))
    n_factors = draw(st.integers(1, len(columns) - 2))
    factors, responses, rest = columns[:n_factors], columns[n_factors:-1], columns[-1:]
    optional = st.none() | TEXTS
    declared: dict[str, object] = {
        "title": draw(TEXTS.filter(bool)),
        "question": draw(optional),
        "measurements": _without_none(
            {
                "table": draw(NAMES),
                "group": draw(st.sampled_from([None, *rest])),
                "context": draw(st.sampled_from([None, rest])),
                "decimal": draw(st.sampled_from([None, ".", ","])),
                "separator": draw(st.sampled_from([None, ",", ";", "\t", "|", " "])),
            }
        ),
        "factors": {
            name: _without_none({"label": draw(optional), "range": draw(st.none() | RANGES)})
            for name in factors
        },
        "responses": {
            name: _without_none(
                {
                    "label": draw(optional),
                    "range": draw(st.none() | RANGES),
                    "measured_per": draw(st.sampled_from([None, "sample", "configuration"])),
                }
            )
            for name in responses
        },
        "scenarios": draw(
            st.none()
            | st.dictionaries(
                NAMES,
                st.fixed_dictionaries(
                    {"inputs": _subset(factors)}, optional={"responses": _subset(responses)}
                ),
                max_size=2,
            )
        ),
        "set_aside": draw(
            st.none()
            | st.lists(
                st.fixed_dictionaries(
                    {
                        "rows": st.lists(NAMES, min_size=1, max_size=2),
                        "reason": TEXTS.filter(lambda text: len(text) >= 3),
                    },
                    optional={"responses": _subset(responses)},
                ),
                max_size=2,
            )
        ),
        "settings": draw(
            st.none()
            | st.fixed_dictionaries(
                {},
                optional={
                    "seed": st.integers(0, 2**32 - 1),
                    "effort": st.sampled_from([str(effort) for effort in Effort]),
                    "test_fraction": st.floats(0.01, 0.99),
                    "n_repeats": st.integers(2, 10_000),
                },
            )
        ),
    }
    return _without_none(declared)


def studies() -> st.SearchStrategy[Study]:
    """Return valid studies."""
    return declarations().map(Study.model_validate)
