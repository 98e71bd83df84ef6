"""Runs of the command line that work, and runs that are refused with one line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from model.__main__ import main

FEW = ["--draws", "256"]
IDS = (
    "gross", "net_direct", "lagged_receipts", "coping", "work_days", "tax", "lagged_value_added", "caught_up",
    "overtime",
)  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Standard output of a run that works."""
    code = main(arguments)
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(run(capsys, "estimate", *FEW, *arguments, "--format", "json"))
    return table


def amount(table: dict[str, Any], identifier: str) -> dict[str, Any]:
    return next(row for row in table["amounts"] if row["id"] == identifier)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on standard error of a run that is refused with exit code 2."""
    code = main(arguments)
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.startswith("error: ") and err.endswith("\n") and err.count("\n") == 1
    assert (
        "Traceback" not in err and ("; allowed: " in err or "; see python -m model" in err) and len(err) < 600
    )
    return err
