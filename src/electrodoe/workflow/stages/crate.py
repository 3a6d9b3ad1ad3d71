"""Stage 10: the folder described for other programs, as an RO-Crate."""

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath

from electrodoe.quantities import unit_of
from electrodoe.report.naming import column_unit, shown
from electrodoe.storage import file_digest
from electrodoe.study import STUDY_FILE, Study, conditions, study_text
from electrodoe.workflow.crate_metadata import CRATE_FILE, CrateFile, CrateWords, crate_metadata
from electrodoe.workflow.crate_words import FORMATS, describe
from electrodoe.workflow.loading import table_path
from electrodoe.workflow.manifest import MANIFEST_FILE, is_simulated_study, read_manifest, versions
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import CONDENSED, Products

_STUDY: str = f"inputs/{STUDY_FILE}"


def make_crate(run: Run) -> Products:
    """Return the metadata document, and the declaration so that it is part of the folder."""
    declaration = study_text(run.study).encode()
    files = [*_files(run), *_condensed(run), _file(_STUDY, declaration), _manifest_file()]
    document = crate_metadata(_words(run), sorted(files, key=lambda file: file.path))
    content = json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"
    return {_STUDY: declaration, CRATE_FILE: content}


def _files(run: Run) -> Iterator[CrateFile]:
    """Yield what the stages before have written."""
    manifest = read_manifest(run.folder.path)
    for name in run.seconds if manifest else ():
        record = manifest.stages.get(name) if manifest else None
        for path in record.products if record else ():
            yield _file(path, run.folder.read(path))


def _condensed(run: Run) -> Iterator[CrateFile]:
    """Yield what was condensed from instruments on the way to the samples."""
    if not run.study.protocols:
        return
    from electrodoe.workflow.condense import MEASUREMENTS

    names = [f"{CONDENSED}/{file.name}" for file in (run.folder.path / CONDENSED).glob("*")]
    for path in [MEASUREMENTS, *sorted(names)]:
        yield _file(path, run.folder.read(path))


def _file(path: str, content: bytes) -> CrateFile:
    """Return one file with its size, its hash and, of a table, its columns."""
    ending = PurePosixPath(path).suffix
    head = content.split(b"\n", 1)[0].decode() if ending == ".csv" else ""
    return CrateFile(
        path=path,
        description=describe(path),
        media_type=FORMATS.get(ending, "application/octet-stream"),
        n_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        columns=tuple(next(csv.reader([head]), ())),
    )


def _manifest_file() -> CrateFile:
    """Return the manifest, which this stage is still to be written into."""
    return CrateFile(
        path=MANIFEST_FILE,
        description=describe(MANIFEST_FILE),
        media_type=FORMATS[".json"],
        n_bytes=None,
        sha256=None,
    )


def _words(run: Run) -> CrateWords:
    """Return what the crate says about the whole."""
    study = run.study
    modeled = (*study.factors, *study.responses)
    return CrateWords(
        title=study.title,
        description=study.question,
        credit=study.credit,
        license=study.license,
        ended=datetime.now(UTC).isoformat(timespec="seconds"),
        versions=versions(),
        inputs=_inputs(run, study),
        labels={name: shown(study, name).label for name in modeled},
        units={name: unit_of(name) for name in run.dataset.frame.columns}
        | {name: column_unit(study, name) for name in modeled},
        is_simulated=is_simulated_study(run.study, run.folder.path.parent),
        measured={name: conditions(protocol) for name, protocol in study.protocols.items()},
    )


def _inputs(run: Run, study: Study) -> dict[str, str]:
    """Return the table that was read with its hash, or the patterns of the instruments' files."""
    if study.protocols:
        return {pattern: "" for protocol in study.protocols.values() for pattern in protocol.files}
    table = table_path(study, run.folder.path.parent)
    return {study.measurements.table: file_digest(table)}
