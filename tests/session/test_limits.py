"""What a server that many share computes and keeps for one visitor, said where it matters."""

from __future__ import annotations

import pytest
from helpers.compare_page import link_of, opened, plain, scenario_of, unfolded
from streamlit.testing.v1 import AppTest

from model.common import limits
from model.scenario.fields import DEFAULT_DRAWS, MAX_DRAWS
from model.scenario.file import to_toml
from model.scenario.scenario import BASELINE


def test_a_limit_is_set_by_its_variable_and_a_bad_one_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert limits.limit("NETTOLL_X", 7) == 7
    monkeypatch.setenv("NETTOLL_X", " 12 ")
    assert limits.limit("NETTOLL_X", 7) == 12 and not capsys.readouterr().err
    for text in ("much", "-3", "1.5", "99999999999999", "2"):
        monkeypatch.setenv("NETTOLL_X", text)
        assert limits.limit("NETTOLL_X", 7, 3) == 7
        assert f"NETTOLL_X: {text!r} cannot be used; allowed: a whole number" in capsys.readouterr().err


def said(page: AppTest) -> list[str]:
    assert not page.exception, page.exception
    return [
        plain(item.value)
        for item in [*page.warning, *page.error]
        if "simulations than this" in plain(item.value)
    ]


def test_more_simulations_than_the_server_shares_are_refused_by_name() -> None:
    everywhere = {
        "draws": str(MAX_DRAWS),
        "show": "scenarios",
        "s2.kind": "vpn_block",
        "s2.draws": str(MAX_DRAWS),
    }
    page = opened(**everywhere)
    (text,) = said(page)
    for part in (f"{MAX_DRAWS}", f"{limits.DRAWS:,}", "command line", "Ignored draws"):
        assert part in text, text
    assert scenario_of(page).draws == DEFAULT_DRAWS
    assert "draws" not in link_of(page) and "s2.draws" not in link_of(page)
    file = to_toml(BASELINE.with_changes(draws=MAX_DRAWS, hours=50.0)).encode()
    page = unfolded()
    before = scenario_of(page)
    page.file_uploader[0].upload("mine.toml", file, "application/toml").run()
    (text,) = said(page)
    assert f"{limits.DRAWS:,}" in text and scenario_of(page) == before, "nothing of it is taken"
