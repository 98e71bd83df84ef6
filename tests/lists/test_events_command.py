"""The command `events`: files that are written, refusals in one line, nothing overwritten."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from helpers.commands import FEW, refused, run

from model.catalogue.load import ROOT
from model.lists.reading import LAYOUTS
from model.text.lists_report import NAMES, ROW_COLUMNS

EXAMPLE = str(ROOT / "data" / "lists" / "example.csv")


def test_the_example_is_priced_and_every_file_says_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = run(capsys, "events", EXAMPLE, "--to", str(tmp_path / "out"), *FEW)
    assert out.startswith("7 rows: ") and sorted(
        path.name for path in (tmp_path / "out").iterdir()
    ) == sorted(NAMES)
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    data = json.loads((tmp_path / "out" / "events.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(tmp_path / "out" / "events.xlsx")
    sheet = [list(row) for row in book["Events"].iter_rows(values_only=True)]
    assert len(rows) == len(data["events"]) == len(sheet) - 1 == 7
    assert sheet[0] == list(ROW_COLUMNS)
    cost = ROW_COLUMNS.index("cost")
    for row, plain, cells in zip(rows, data["events"], sheet[1:], strict=True):
        assert float(row["cost"]) == plain["cost"] == pytest.approx(cells[cost], rel=1e-12)
        assert row["state"] in ("priced", "open") and row["as_read"] and row["link"].startswith("v=2&")
        assert row["cost_low"] and float(row["cost_low"]) <= float(row["cost"]) <= float(row["cost_high"])
    assert {row["iso3"] for row in rows} == {"KEN", "PAK", "IND", "GHA", "NGA", "TUR", "UGA"}
    assert (
        refused(capsys, "events", EXAMPLE, "--to", str(tmp_path / "out")).count("holds events.csv already")
        == 1
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing.csv",), "No such file"),
        ((), "needs one list"),
        ((EXAMPLE, "--shipped"), "needs one list"),
        ((EXAMPLE, "--layout", "excel"), "is not known"),
        ((EXAMPLE, "--layout", "stop"), "has no column"),
        ((EXAMPLE, "--workers", "0"), "whole number from 1"),
        ((EXAMPLE, "--until", "soon"), "is not a date"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    assert words in refused(capsys, "events", *arguments, "--to", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_the_readme_names_every_layout() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in readme for key in LAYOUTS)


def test_what_an_interrupted_run_left_is_finished_not_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "events", EXAMPLE, "--to", str(tmp_path / "whole"), *FEW)
    broken = tmp_path / "broken"
    (broken / "unfinished").mkdir(parents=True)
    (broken / "events.csv").write_text("half a row")
    run(capsys, "events", EXAMPLE, "--to", str(broken), *FEW)
    for name in NAMES:
        assert (broken / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name
    assert not (broken / "unfinished").exists()
