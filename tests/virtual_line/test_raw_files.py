"""The plant writes where a protocol looks."""

from fnmatch import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import SimulationError
from electrodoe.study import RawFiles
from electrodoe.virtual_line.raw_files import only_file, specimen_file


@given(
    st.integers(1, 120),
    st.integers(1, 20),
    st.sampled_from(["run{run}_cell{sample}", "C{sample}_R{run}", "{any}x{run}-{sample}"]),
)
def test_a_file_is_found_again_by_its_protocol(run: int, sample: int, template: str):
    """Its pattern matches, and its template tells run and sample."""
    protocol = RawFiles(files=("raw/eis/a*.mpt",), name="a" + template)
    file = specimen_file(
        "eis", protocol.model_copy(update={"name": template}), str(run), str(sample)
    )

    assert fnmatch(file, "raw/eis/a*.mpt")
    stem = file.removeprefix("raw/eis/").removesuffix(".mpt")
    assert protocol.sample_of(stem) == (str(run), str(sample))


def test_a_template_without_sample_still_distinguishes_files():
    """The sample's number is put behind."""
    protocol = RawFiles(files=("raw/*.mpt",), name="run{run}{any}")
    files = {specimen_file("eis", protocol, "3", str(n)) for n in (1, 2)}

    assert files == {"raw/run03_1.mpt", "raw/run03_2.mpt"}


@pytest.mark.parametrize("pattern", ["raw/*/a.mpt", "raw/**/*.mpt", "raw/a.mpt", "raw/?_*.mpt"])
def test_a_pattern_that_leaves_the_place_open_is_refused(pattern: str):
    """One star, in the file's name."""
    with pytest.raises(SimulationError, match="leaves open") as refused:
        specimen_file("eis", RawFiles(files=(pattern,)), "1", "1")

    assert refused.value.where == "study.toml, protocols.eis, key 'files'"


def test_a_log_has_the_name_that_is_declared():
    """Or a plain one in place of a star."""
    assert only_file("coil", RawFiles(files=("raw/coil/log.csv",)), "x") == "raw/coil/log.csv"
    assert only_file("coil", RawFiles(files=("raw/coil/*.csv",)), "x") == "raw/coil/x.csv"
