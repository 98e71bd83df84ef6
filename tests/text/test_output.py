"""What leaves the program: letters that a pipe lacks, a full disk, and the mark by which Excel reads a CSV."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.catalogue.load import ROOT
from model.text.writer import file_bytes

FEW = ("estimate", "--country", "Ivory Coast", "--draws", "256")


def piped(encoding: str, *arguments: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "model", *arguments],
        cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": encoding}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_a_pipe_of_few_letters_takes_everything() -> None:
    text = piped("cp437", *FEW).decode("cp437")
    assert "would cost Côte d'Ivoire about $" in text and "\\u2212" not in text
    plain = json.loads(piped("ascii", *FEW, "--format", "json").decode("ascii"))
    assert plain == json.loads(piped("utf-8", *FEW, "--format", "json").decode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "model", *FEW],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2 and done.stderr.startswith(b"error: output: No space left on device")
    assert done.stderr.count(b"\n") == 1


def test_a_csv_file_begins_with_the_mark_of_its_letters_and_no_other_file_does(tmp_path: Path) -> None:
    for name, marked in (("a.csv", True), ("a.CSV", True), ("a.json", False), ("a.txt", False)):
        assert file_bytes(name, "é").startswith(b"\xef\xbb\xbf") == marked
    from model.__main__ import main

    target = tmp_path / "list.csv"
    assert main(["list", "kinds", "--format", "csv", "--out", str(target)]) == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfkey,label")
    assert target.read_text(encoding="utf-8-sig").splitlines()[1].startswith("full_blackout,Full blackout")
