"""What leaves the program: letters that a pipe lacks, a full disk, and the mark by which Excel reads a CSV."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import pytest
from helpers.commands import refused
from helpers.commands import run as run_here

from briefing import Made
from briefing.__main__ import main as briefing
from briefing.__main__ import write_files
from model.__main__ import main as model
from model.catalogue.load import ROOT, Catalogue
from model.cli.parser import run
from model.common.errors import InputError
from model.lists.priced import price
from model.lists.shipped import shipped_list
from model.text.lists_report import ListReport
from model.text.writer import file_bytes

FEW = ("estimate", "--country", "Ivory Coast", "--draws", "256")


def piped(encoding: str, *arguments: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "model", *arguments],
        cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": encoding}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_a_pipe_of_few_letters_takes_everything(capsys: pytest.CaptureFixture[str]) -> None:
    text = piped("cp437", *FEW).decode("cp437")
    assert "would cost Côte d'Ivoire about $" in text and "\\u2212" not in text
    plain = json.loads(piped("ascii", *FEW, "--format", "json").decode("ascii"))
    assert plain == json.loads(run_here(capsys, *FEW, "--format", "json"))


def ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stdout: Any
) -> list[tuple[int, str]]:
    """Exit code and standard error of both programs whose standard output is this."""
    results: list[tuple[int, str]] = []
    programs: tuple[Callable[[], int], ...] = (
        lambda: model(["list", "kinds"]),
        lambda: model(["--help"]),
        lambda: briefing(["--version"]),
    )
    for program in programs:
        with monkeypatch.context() as changed:
            stream = stdout()
            changed.setattr(sys, "stdout", stream)
            try:
                code = program()
            except SystemExit as end:
                code = int(end.code or 0)
            if stream is not None:
                stream.close()  # as Python does at the end: what is left over must not fail once more
        results.append((code, capsys.readouterr().err))
    return results


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
def test_a_full_disk_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = "error: output: No space left on device; allowed: a place that takes it\n"
    assert ended(monkeypatch, capsys, partial(Path("/dev/full").open, "w")) == [(2, said)] * 3


def test_a_closed_output_is_one_line_and_a_pipe_that_ended_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "error: output: is closed; allowed: a place that takes it\n"
    assert ended(monkeypatch, capsys, lambda: None) == [(2, said)] * 3

    def nobody_reads() -> TextIO:
        reads, writes = os.pipe()
        os.close(reads)
        return os.fdopen(writes, "w")

    assert ended(monkeypatch, capsys, nobody_reads) == [(0, "")] * 3
    with monkeypatch.context() as changed:  # nowhere to say it either
        changed.setattr(sys, "stdout", None)
        changed.setattr(sys, "stderr", None)
        assert model(["list", "kinds"]) == 2


def test_who_stops_it_reads_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    def stopped_half_way() -> None:
        try:
            stopped()
        except KeyboardInterrupt:
            raise InputError("events", "list.csv", "was stopped", "the same command again") from None

    assert (run(stopped), run(stopped_half_way)) == (130, 130)
    assert capsys.readouterr().err == (
        "error: stopped, as asked; nothing was left half-written\n"
        "error: events: 'list.csv' was stopped; allowed: the same command again\n"
    )


@pytest.fixture
def interrupts() -> Iterator[None]:
    """A process that is begun hears Ctrl+C: what a script starts with `&` does not, nor does what that starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


ASKED = """
import os
import signal
import sys
from model.common.program.start import listen
at_once = signal.getsignal(signal.SIGINT) is signal.SIG_DFL
listen()
print(at_once, signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print(os.environ.get("OPENBLAS_NUM_THREADS"), "numpy" in sys.modules)
"""


def test_the_installed_command_ends_at_once_until_it_listens_and_takes_one_thread_for_a_product(
    tmp_path: Path, interrupts: None
) -> None:
    plain = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    for name, at_once in (("nettoll", True), ("nettoll.exe", True), ("mine.py", False)):
        script = tmp_path / name
        script.write_text(ASKED, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(script)], env={**plain, "PYTHONPATH": str(ROOT)}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        threads = "1" if at_once else None
        assert done.stdout == f"{at_once} True\n{threads} False\n", done.stderr


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_cannot_be_written_whole_leaves_all_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], catalogue: Catalogue
) -> None:
    file = tmp_path / "kept.json"
    (tmp_path / "link.json").symlink_to(file)
    assert model(["list", "kinds", "--format", "json", "--out", str(tmp_path / "link.json")]) == 0
    before, rights = file.read_bytes(), file.stat().st_mode & 0o777
    files = [Made("small.csv", "text/csv", b"1"), Made("large.xlsx", "text/csv", b"2" * 9_000)]
    report = ListReport(price(catalogue, shipped_list(catalogue), draws=256))
    with full_after(8_000):
        assert model(["list", "parameters", "--format", "csv", "--out", str(file)]) == 2
        with pytest.raises(InputError, match=r"--to: '.*large.xlsx' File too large"):
            write_files(str(tmp_path), files)
        with pytest.raises(OSError, match="File too large"):
            report.write(tmp_path)
    assert "kept.json' File too large; allowed: a file" in capsys.readouterr().err
    assert file.read_bytes() == before and rights == 0o666 & ~umask()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.json", "link.json"]
    new = tmp_path / "new" / "deeper"
    with full_after(50):
        with pytest.raises(InputError, match=r"--to: '.*small.csv' File too large"):
            write_files(str(new), [Made("small.csv", "text/csv", b"1" * 100)])
        assert model(["events", "--shipped", "--draws", "256", "--to", str(new)]) == 2
    assert "File too large; allowed: a folder" in capsys.readouterr().err
    assert not new.parent.exists(), "folders that were made for nothing"
    file.chmod(0o640)
    assert model(["list", "kinds", "--format", "csv", "--out", str(file)]) == 0
    assert file.read_bytes() != before and file.stat().st_mode & 0o777 == 0o640


def umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe, to = str(tmp_path / "pipe"), ("--to", str(tmp_path / "out"))
    os.mkfifo(pipe)
    for arguments in (
        ("estimate", "--scenario", pipe), ("events", pipe, *to), ("year", "--country", "KEN", "--events", pipe),
        ("backtest", "--observations", pipe, "--operators", pipe),
    ):  # fmt: skip
        assert "is not a file; allowed: " in refused(capsys, *arguments)
    for files in (("--scenario", pipe), ("--template", pipe), ("--page", "events", "--list", pipe)):
        assert briefing([*files, *to]) == 2
        assert "is not a file; allowed: " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_file_without_an_end_is_not_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge, to = str(tmp_path / "huge.csv"), ("--to", str(tmp_path / "out"))
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(2**40)  # takes no room on the disk
    for arguments, most in (
        (("estimate", "--scenario", huge), "64 kB"), (("events", huge, *to), "200 MB"),
        (("backtest", "--observations", huge, "--operators", huge), "20 MB"),
    ):  # fmt: skip
        assert re.search(f"is too large; allowed: .* of at most {most}", refused(capsys, *arguments))
    assert briefing(["--template", huge, "--formats", "pptx", *to]) == 2
    assert "huge.csv' is too large; allowed: a .pptx file of at most 20 MB" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_csv_file_begins_with_the_mark_of_its_letters_and_no_other_file_does(tmp_path: Path) -> None:
    for name, marked in (("a.csv", True), ("a.CSV", True), ("a.json", False), ("a.txt", False)):
        assert file_bytes(name, "é").startswith(b"\xef\xbb\xbf") == marked
    target = tmp_path / "list.csv"
    assert model(["list", "kinds", "--format", "csv", "--out", str(target)]) == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfkey,label")
    assert target.read_text(encoding="utf-8-sig").splitlines()[1].startswith("full_blackout,Full blackout")
