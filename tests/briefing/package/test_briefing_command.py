"""The command line writes the files, or one line on what is wrong and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.files.readers import deck_text

from briefing import FORMATS
from briefing.__main__ import main
from model.catalogue.load import Catalogue, shipped_file
from model.scenario.file import read_file


def test_the_command_writes_all_five(
    catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--to", str(tmp_path / "new"), "--date", "2026-11-21", "--formats", "pdf,zip"]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "PAK_full_blackout_1d_2026-11-21.pdf", "PAK_full_blackout_1d_2026-11-21.zip"
    ]  # fmt: skip
    source = shipped_file(catalogue, "x_block_2024")
    assert source is not None
    assert main(["--to", str(tmp_path), "--scenario", str(source)]) == 0
    made = {path.suffix[1:] for path in tmp_path.iterdir() if path.is_file()}
    assert made == set(FORMATS)
    assert len(capsys.readouterr().out.splitlines()) == 7
    title = read_file(catalogue, source).header.title
    (deck,) = tmp_path.glob("*.pptx")
    assert title in deck_text(deck.read_bytes())


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--to", "out", "--formats", "docx"],
        ["--to", "out", "--formats", ","],
        ["--to", "out", "--scenario", "no such file"],
        ["--to", "out", "--date", "yesterday"],
        ["--to", "out", "--date", "1979-12-31"],
        ["--to", "out", "--date", "9999-12-31"],
        ["--to", "out", "--address", "javascript:alert(1)"],
        ["--to", "out", "--address", "http://localhost:8501"],
        ["--to", "out", "--address", "http://[::1]:8501/start"],
        ["--to", "out", "--template", "no such file"],
        ["--to", "file.txt/inside", "--formats", "zip"],
    ],
    ids=lambda arguments: " ".join(arguments[-2:]),
)
def test_a_bad_command_is_one_line_and_writes_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("in the way", encoding="utf-8")
    assert main(arguments) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("error: ")
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_no_file_is_replaced_unless_that_was_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--to", str(tmp_path), "--formats", "zip", "--date", "2026-11-21"]
    assert main(command) == 0 == main(command), "the same bytes may be written again"
    (made,) = tmp_path.iterdir()
    first = made.read_bytes()
    made.write_bytes(b"notes of my own")
    capsys.readouterr()
    assert main([*command[:3], "xlsx,zip", *command[4:]]) == 2
    said = capsys.readouterr().err
    assert made.name in said and "--overwrite" in said and said.count("\n") == 1
    assert made.read_bytes() == b"notes of my own" and list(tmp_path.iterdir()) == [made]
    assert main([*command, "--overwrite"]) == 0 and made.read_bytes() == first
