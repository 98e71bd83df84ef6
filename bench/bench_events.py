"""How long lists of events take, and the memory they need: `python -m bench.bench_events`.

Rows like those of a real list, made by us, through the command line, everything written: 2,000 rows with one worker
and with two, 100,000 with two. The files of all runs of one list have to be the same to the byte. With `--dask` a
cluster of two worker processes is started on this machine and has to give the same files too.

Prints figures and judges none of them. Quote the ratios: the times belong to the machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORT = 18786


def main() -> None:
    """Time the lists, and compare the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--many", type=int, default=100_000, help="0 leaves the long list out")
    parser.add_argument("--dask", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from helpers.event_rows import mixed_stop

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short = folder / "short.csv"
        short.write_bytes(mixed_stop(options.rows))
        files = {
            run(short, folder / f"of_{workers}", options.rows, "--workers", str(workers))
            for workers in (1, 2, 4)
        }
        if options.dask:
            files.add(on_cluster(short, folder / "of_cluster", options.rows))
        print("the same files" if len(files) == 1 else "THE FILES DIFFER")
        if options.many:
            long = folder / "long.csv"
            long.write_bytes(mixed_stop(options.many))
            run(long, folder / "of_many", options.many, "--workers", "2")


def run(path: Path, to: Path, rows: int, *arguments: str) -> str:
    """Run the command in a process of its own; returns what its files are, as one number."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "model", "events", str(path), "--to", str(to), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    print(
        f"{rows:>8,} rows {' '.join(arguments):<32} {seconds:7.1f} s  {usage.ru_maxrss / 1024:6,.0f} MB in the main "
        f"process  (ended with {os.waitstatus_to_exitcode(status)})"
    )
    together = hashlib.sha256()
    for file in sorted(to.iterdir()):
        together.update(file.read_bytes())
    return together.hexdigest()


def on_cluster(path: Path, to: Path, rows: int) -> str:
    """The same on a Dask cluster of two worker processes on this machine."""
    address = f"tcp://127.0.0.1:{PORT}"
    dask = [sys.executable, "-m", "dask"]
    started = [
        subprocess.Popen([*dask, *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for words in (
            ("scheduler", "--host", "127.0.0.1", "--port", str(PORT)),
            ("worker", address, "--nworkers", "2", "--nthreads", "1"),
        )
    ]
    try:
        return run(path, to, rows, "--dask", address)
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=30)


if __name__ == "__main__":
    main()
