"""An argument that would change nothing is refused, and so is what stands in a list that offers something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.commands import refused as refused_by_model
from helpers.each import each

from briefing.__main__ import main as briefing

USELESS = (
    ("estimate", "--language", "ur", "--format", "csv"),
    ("events", "--shipped", "--layout", "own"),
    ("events", "--shipped", "--until", "2026-01-05"),
    ("events", "list.csv", "--dask", "tcp://x:1", "--workers", "2"),
    ("year", "--country", "KEN", "--layout", "own"),
    ("year", "--country", "KEN", "--until", "2026-01-05"),
    ("year", "--country", "KEN", "--by", "usd"),
    ("year", "--country", "KEN", "--fitted-to", "2020"),
    ("--press", "--to", "out"),
    ("--press", "--page", "world"),
    ("--press", "--formats", "pdf"),
    ("--press", "--template", "a.pptx"),
    ("--press", "--overwrite"),
    ("--formats", "pdf", "--template", "a.pptx"),
    *(
        (f"--{name}", "x")
        for name in ("durations", "countries", "list", "preset", "kind", "calendar", "baseline")
    ),
    ("--show", "kinds"),
    ("--by", "usd"),
    ("--set", "firm.people=3"),
    *(("--page", page, "--scenario", "x_block_2024") for page in ("events", "firm", "pakistan")),
    ("--page", "world", "--show", "kinds"),
    ("--page", "compare", "--show", "durations", "--countries", "KEN"),
    ("--page", "compare", "--show", "kinds", "--durations", "1d,3d"),
    ("--page", "compare", "--show", "places", "--beside", "x_block_2024"),
    ("--page", "compare", "--durations", "1d,3d", "--countries", "KEN"),
)


@each("given", USELESS)
def test_an_argument_that_changes_nothing_is_refused(
    given: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    to = [] if "--to" in given or "--press" in given else ["--to", str(folder)]
    if given[0].startswith("-"):
        code, (out, said) = briefing([*given, *to]), capsys.readouterr()
        assert (code, out, said.count("\n")) == (2, "", 1)
    else:
        said = refused_by_model(capsys, *given, *(to if given[0] == "events" else []))
    assert any(word in said for word in ("has no use", "is not read by")), said
    assert "[" not in said and not folder.exists()


def test_a_word_that_is_not_on_offer_is_told_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused_by_model(capsys, "estimate", "--format", "xml").endswith(
        "'xml' is not known; allowed: text, json, csv\n"
    )
    assert "command: 'bogus' is not known; allowed: estimate, world" in refused_by_model(capsys, "bogus")
    assert briefing(["--page", "compare", "--show", "x", "--to", "out"]) == 2
    assert (
        capsys.readouterr().err
        == "error: --show: 'x' is not known; allowed: durations, kinds, scenarios, places\n"
    )
    assert briefing(["--date", "2026-W01-1", "--to", "out"]) == 2
    assert "--date: '2026-W01-1' is not a date" in capsys.readouterr().err


def test_a_value_is_repeated_as_it_was_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "given.toml"
    for body, said in (
        ("country = ['PAK', 'KEN']", "scenario.country: 'PAK, KEN' has the wrong type"),
        ("hours = true", "scenario.hours: 'true' has the wrong type"),
        ("kind = {a = 1, b = [2, 3]}", "scenario.kind: 'a = 1, b = 2, 3' has the wrong type"),
        (f"seed = {10**400}", "seed: a number of too many digits"),
    ):
        file.write_text(f"[scenario]\n{body}\n", encoding="utf-8")
        assert said in refused_by_model(capsys, "estimate", "--scenario", str(file))
