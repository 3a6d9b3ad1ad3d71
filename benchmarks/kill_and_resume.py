"""A run that is killed without warning, again and again, and what is left of it.

The anode study is simulated and run once in peace. Then it is run in a folder of its own and killed
(SIGKILL to the whole process group) at random moments, until it has been killed as often as asked
for; whenever it comes to its end it starts anew. At every end, the results are compared with those
of the run in peace, byte by byte. Durations differ from run to run, so that the report and the
manifest, which print them, are compared without them.

Run: python benchmarks/kill_and_resume.py [--kills 50] [--effort quick] [--seed 0]
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STUDY = Path(__file__).parents[1] / "examples" / "anode-coating" / "study.toml"
LONGEST_S = 20.0
"""A kill comes after a random time between nothing and this."""
_SECONDS = re.compile(rb'"seconds": [\d.]+')


def folder_for(name: str, root: Path) -> Path:
    """Return a new study's folder."""
    folder = root / name
    folder.mkdir()
    shutil.copy(STUDY, folder)
    return folder


def start(folder: Path, effort: str) -> "subprocess.Popen[bytes]":
    """Start a run in a process group of its own."""
    command = [sys.executable, "-m", "electrodoe", "run", folder, "--simulate", "--effort", effort]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Return what a run has left, without durations."""
    found = {}
    for file in sorted((folder / "results").rglob("*")):
        name = file.relative_to(folder / "results").as_posix()
        if not file.is_file() or name.startswith("work/"):
            continue
        if name in {"report.html", "ro-crate-metadata.json"}:
            continue  # they print durations, or the hash of what does
        content = file.read_bytes()
        if name == "manifest.json":
            content = json.dumps(_without_report(json.loads(content))).encode()
        found[name] = _SECONDS.sub(b"", content)
    return found


def _without_report(manifest: dict[str, dict[str, dict[str, object]]]) -> object:
    """Return a manifest without durations, and without the products that print or hash them."""
    for stage in manifest["stages"].values():
        stage.pop("seconds", None)
    for name in ("report", "crate"):
        manifest["stages"].pop(name, None)
    return manifest


def main() -> None:
    """Print how often the run was killed, how often it ended, and whether it always ended alike."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--effort", default="quick")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    moments = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as root:
        peace = folder_for("peace", Path(root))
        begin = time.perf_counter()
        assert start(peace, arguments.effort).wait() in {0, 1}
        print(f"in peace: {time.perf_counter() - begin:.0f} s", flush=True)
        wanted = contents(peace)
        n_kills = n_ends = n_unlike = 0
        while n_kills < arguments.kills:
            folder = folder_for(f"run{n_ends}", Path(root))
            while True:
                run = start(folder, arguments.effort)
                try:
                    after = moments.uniform(0.0, LONGEST_S) if n_kills < arguments.kills else None
                    assert run.wait(timeout=after) in {0, 1}
                    break
                except subprocess.TimeoutExpired:
                    os.killpg(run.pid, signal.SIGKILL)
                    run.wait()
                    n_kills += 1
            n_ends += 1
            found = contents(folder)
            unlike = [n for n in wanted.keys() | found.keys() if wanted.get(n) != found.get(n)]
            n_unlike += bool(unlike)
            print(f"after {n_kills} kills: {len(found)} files, unlike: {unlike[:5]}", flush=True)
            shutil.rmtree(folder)
    print(f"{n_kills} kills, {n_ends} ends, {n_unlike} of them unlike the run in peace")
    sys.exit(n_unlike > 0)


if __name__ == "__main__":
    main()
