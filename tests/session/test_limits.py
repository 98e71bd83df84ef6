"""What a server that many share computes and keeps for one visitor, said where it matters."""

from __future__ import annotations

import gc
from types import SimpleNamespace

import pytest
from helpers.compare_page import link_of, opened, plain, scenario_of, unfolded
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from model.common import limits
from model.common.cache import FILES, Cache
from model.scenario.fields import DEFAULT_DRAWS, MAX_DRAWS, MIN_DRAWS
from model.scenario.file import to_toml
from model.scenario.scenario import BASELINE
from views.session import housekeeping, streamlit_private


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
    return [plain(item.value) for item in [*page.warning, *page.error] if "raws: " in plain(item.value)]


def test_more_simulations_than_the_server_shares_are_refused_by_name() -> None:
    everywhere = {
        "draws": str(MAX_DRAWS),
        "show": "scenarios",
        "s2.kind": "vpn_block",
        "s2.draws": str(MAX_DRAWS),
    }
    page = opened(**everywhere)
    text, beside = said(page)
    allowed = f"{MIN_DRAWS} to {limits.DRAWS:,} here, up to {MAX_DRAWS:,} on the command line"
    assert text == f"Ignored draws: '{MAX_DRAWS}' is out of range; allowed: {allowed}."
    assert beside == f"Kept scenario 1: {text[0].lower()}{text[1:]}"
    (few,) = said(opened(draws="1"))
    assert few == f"Ignored draws: '1' is out of range; allowed: {allowed}.", "too few: the same limits"
    assert scenario_of(page).draws == DEFAULT_DRAWS
    assert "draws" not in link_of(page) and "s2.draws" not in link_of(page)
    file = to_toml(BASELINE.with_changes(draws=MAX_DRAWS, hours=50.0)).encode()
    page = unfolded()
    before = scenario_of(page)
    page.file_uploader[0].upload("mine.toml", file, "application/toml").run()
    (text,) = said(page)
    assert f"{limits.DRAWS:,}" in text and scenario_of(page) == before, "nothing of it is taken"


def test_files_of_one_visitor_and_of_all_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Streamlit renames what `limit_uploads` uses, one file at a time is bounded alone: see its new names."""

    class Server:
        uploaded_file_mgr = MemoryUploadedFileManager("/upload")

    monkeypatch.setattr(streamlit_private, "exists", lambda: True)
    monkeypatch.setattr(streamlit_private, "get_instance", Server)
    monkeypatch.setattr(streamlit_private, "Runtime", Server)
    assert streamlit_private.limit_uploads(100, 250)
    manager = Server.uploaded_file_mgr

    def give(visitor: str, number: int, size: int) -> None:
        manager.add_file(visitor, UploadedFileRec(f"{number}", "x", "text/csv", bytes(size)))

    give("first", 1, 60)
    give("first", 2, 40)
    with pytest.raises(HTTPException) as problem:
        give("first", 3, 1)
    assert problem.value.status_code == 413 and "as many files as it can" in problem.value.detail
    give("second", 1, 100)
    with pytest.raises(HTTPException):
        give("third", 1, 60)
    manager.remove_session_files("first")
    give("third", 1, 60)


def test_what_nobody_needs_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    there, memory, coming, given = [1], [500.0], ["somebody"], [0]
    monkeypatch.setattr(housekeeping, "memory_mb", lambda: memory[0])
    monkeypatch.setattr(streamlit_private, "visitors", lambda: there[0])
    monkeypatch.setattr(streamlit_private, "forget_absent", lambda: done.append("absent"))
    monkeypatch.setattr(streamlit_private, "expected", lambda: bool(coming))
    monkeypatch.setattr(streamlit_private, "uploaded", lambda: given[0])
    FILES.clear()
    file = Cache[bytes](room=FILES)
    file.get("list", lambda: b"place,kind")
    results = SimpleNamespace(size=1, clear=lambda: done.append("results"))
    monkeypatch.setattr(housekeeping, "RESULTS", results)
    monkeypatch.setattr(gc, "collect", lambda: done.append("garbage"))
    house = housekeeping.House()
    house.look(0.0)
    memory[0] += housekeeping.GROWN + 1
    house.look(1.0)
    assert done == ["garbage"], "it has grown: a look for garbage, and nothing that people need is dropped"
    done.clear()
    there[0] = 0
    house.look(10.0)
    house.look(10.0 + housekeeping.ALONE / 2)
    assert done == [], "a browser that loads its page again finds the results"
    results.size = 2
    house.look(10.0 + housekeeping.ALONE)
    assert done == [], "the API makes results for those who have no page open"
    house.look(15.0 + housekeeping.ALONE)
    house.look(15.0 + 2 * housekeeping.ALONE)
    assert done == ["results", "garbage"]
    done.clear()
    there[0], memory[0] = 20, limits.MEMORY_MB + 100.0
    house.look(100.0)
    assert done == ["results", "absent", "garbage"], "too much: those whose browser is gone are forgotten too"
    done.clear()
    house.look(105.0)
    assert done == [], "what cannot be given back is not tried again at every look"
    given[0] = (limits.UPLOADS_MB - limits.UPLOAD_MB) * limits.MB + 1
    house.look(110.0)
    assert done == ["absent"], "files of those who are gone leave no room for another one"
    assert file.look_up("list"), "who comes back to the visit finds the list"
    done.clear()
    coming.clear()
    given[0] = 0
    monkeypatch.setattr(streamlit_private, "forget_expired", lambda: 1)
    house.look(115.0)
    assert not FILES.size, "nobody can come back to it"
    assert done == [], "a collection makes those wait who are there"
    there[0] = 0
    house.look(120.0)
    assert done == ["garbage"]
    monkeypatch.undo()
    assert housekeeping.memory_mb() >= 0.0


def test_a_look_that_fails_is_not_the_last(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks: list[float] = []

    class EndError(BaseException):
        pass

    def sleep(_: float) -> None:
        if len(looks) == 2:
            raise EndError

    def look(_: housekeeping.House, now: float) -> None:
        looks.append(now)
        raise OSError("a fault")

    monkeypatch.setattr(housekeeping, "time", SimpleNamespace(sleep=sleep, monotonic=lambda: 0.0))
    monkeypatch.setattr(housekeeping.House, "look", look)
    with pytest.raises(EndError):
        housekeeping._look_after()
    assert len(looks) == 2 and [record.levelname for record in caplog.records] == ["ERROR"] * 2
