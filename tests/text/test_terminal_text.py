"""What the command line says to a reader at a terminal, and the arguments that would change nothing."""

from __future__ import annotations

import pytest
from helpers.commands import FEW, as_json, refused, run

from model.common.numbers import money, significant
from model.common.ranges import Range


def test_the_text_shows_who_bears_it_and_what_a_measure_is_worth(capsys: pytest.CaptureFixture[str]) -> None:
    lever = ("--set", "lever.backup_hub.coverage=0.3", "--set", "lever.backup_hub.cost_musd_per_year=2")
    text = run(capsys, "estimate", *FEW, *lever)
    table = as_json(capsys, *lever)
    for row in table["amounts"]:
        label = row["label"].removeprefix("Direct loss: ")
        line = next(line for line in text.splitlines() if line.startswith(label))
        assert Range(row["low"], row["median"], row["high"]).money(row["unit"]).median in line
    worth = next(row for row in table["levers"] if row["lever"] == "backup_hub")
    line = next(line for line in text.splitlines() if line.startswith(worth["label"]))
    assert f"cost $2.0M a year; benefit over cost {significant(worth['ratio']['median'])} (" in line


@pytest.mark.parametrize(
    ("cost", "more", "words"),
    [
        ("0", (), "[cost $0 a year]"),
        ("5000", ("--hours", "1"), "would not pay for itself even in two years of it]"),
        ("1", ("--hours", "6", "--spells", "50"), " days each, in 50 outages]"),
    ],
)
def test_a_measure_is_priced_in_words_that_hold(
    capsys: pytest.CaptureFixture[str], cost: str, more: tuple[str, ...], words: str
) -> None:
    lever = "lever.backup_hub"
    given = ("--set", f"{lever}.coverage=0.3", "--set", f"{lever}.cost_musd_per_year={cost}", *more)
    assert words in run(capsys, "estimate", *FEW, *given)


def test_a_measure_that_exposes_is_said_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "estimate", *FEW, "--set", "lever.work_from_home.coverage=0.5")
    assert "[adds to this loss]" in text and "no sourced cost" not in text


def test_an_empty_or_repeated_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "given twice" in refused(capsys, "estimate", "--days", "1", "--days", "30")
    refused(capsys, "estimate", *FEW, "--scenario", "")
    refused(capsys, "estimate", *FEW, "--out", "")


def test_an_exchange_rate_is_one_number(capsys: pytest.CaptureFixture[str]) -> None:
    rate = "currency.lcu_per_usd=270:280:290"
    message = refused(capsys, "estimate", *FEW, "--currency", "PKR", "--set", rate)
    assert "currency.lcu_per_usd" in message and "270:280:290" in message and "one rate" in message


def test_a_rate_that_must_not_be_used_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    table = as_json(capsys, "--country", "IRN", "--currency", "IRR")
    assert table["currency"]["unit"] == "USD"
    assert any("official rate far from the one people pay" in text for text in table["warnings"])


def test_an_authority_that_changes_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    silent = as_json(capsys, "--kind", "vpn_block", "--not-ordered")
    assert any("an authority ordered it changes nothing" in text for text in silent["warnings"])
    whitelist = ("--set", "lever.whitelisting.coverage=0.3", "--not-ordered")
    heard = as_json(capsys, "--kind", "full_blackout", *whitelist)
    assert not any("authority" in text for text in heard["warnings"])


def test_work_days_are_spelt_out() -> None:
    assert [*Range(12_100, 12_000, 12_400).money("work_days")] == [
        "12,100 work-days", "12,000 work-days", "12,400 work-days",
    ]  # fmt: skip
    assert money(-1_840_000, "work_days") == "\u22121.8 million work-days"
