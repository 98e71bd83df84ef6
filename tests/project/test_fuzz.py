"""A small sample of `python -m bench.fuzz`: what is spoilt ends in a sentence, and no value changes unsaid."""

from __future__ import annotations

import random
from importlib import import_module

import pytest

fuzz = import_module("bench.fuzz")  # the other benchmarks are scripts, and their folder no package


@pytest.mark.parametrize(
    ("sort", "count", "outcomes"),
    [("links", 400, {"taken", "refused in part"}), ("commands", 120, {"taken", "refused"}),
     ("edits", 250, {"taken", "refused"}), ("files", 400, {"taken", "refused"}),
     ("templates", 12, {"taken", "refused"}), ("lists", 60, {"taken", "refused"})],
)  # fmt: skip
def test_what_is_spoilt_ends_in_a_sentence(sort: str, count: int, outcomes: set[str]) -> None:
    tally = fuzz.spoil(sort, count)
    assert not tally.faults
    assert set(tally.counts) == outcomes and min(tally.counts.values()) >= 2, (
        "too mild or too harsh to test anything"
    )


def test_a_fault_is_counted_and_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def bad(*_: object) -> None:
        raise KeyError("a traceback")

    monkeypatch.setattr(fuzz, "from_toml", bad)
    assert (
        fuzz.main(
            [
                "--links",
                "3",
                "--commands",
                "0",
                "--edits",
                "0",
                "--files",
                "5",
                "--pages",
                "0",
                "--templates",
                "0",
                "--lists",
                "0",
            ]
        )
        == 1
    )
    printed = capsys.readouterr().out
    assert "files: 5 tried; 5 fault" in printed and "KeyError" in printed and printed.count("KeyError") == 1


def test_the_same_seed_spoils_the_same() -> None:
    once, again = ([fuzz.spoilt("full_blackout", random.Random(5)) for _ in range(3)] for _ in range(2))
    assert once == again
