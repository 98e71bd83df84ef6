"""What is used of Streamlit beyond its documentation is still there; each test says what to do when it is not."""

from __future__ import annotations

import inspect
import re
import socket
import tomllib
from dataclasses import fields
from types import SimpleNamespace

import pytest
from streamlit import config, net_util
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.session_state import SessionState
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_server

from model.catalogue.load import ROOT
from views.session import streamlit_private

OF_RUN = {item.name for item in fields(ScriptRunContext)}


def test_the_service_that_knows_our_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a start without a window, and a foreign page that tries the socket, make it ask a host on the internet.

    Find where the answer is kept now, or set `browser.serverAddress`.
    """
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda *_, **__: pytest.fail("it was asked"))
    streamlit_private.ask_nobody_for_our_address()
    assert not net_util.get_external_ip()


def test_a_connection_sends_at_once() -> None:
    """Else each file and message waits 40 ms. Where Streamlit's socket does it by itself, delete `send_at_once`."""
    listening = starlette_server._bind_socket("127.0.0.1", 0, 1)
    with listening, socket.socket() as client:
        assert not listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) and not listening.proto
        streamlit_private.send_at_once()
        listening.setblocking(True)
        client.connect(listening.getsockname())
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_run_says_its_page_and_what_the_browser_showed() -> None:
    """Else an entry that a click on a page overtakes takes the click back.

    Find the new names for `this_run`, or delete it with `address.follow_click` and say that a second click is needed.
    """
    assert {"context_info", "pages_manager"} <= OF_RUN and hasattr(ScriptRunContext, "page_script_hash")
    assert callable(PagesManager.get_pages) and callable(PagesManager.set_script_intent)
    assert get_script_run_ctx() is None and streamlit_private.this_run() is None


def test_a_run_says_that_back_or_forward_was_pressed() -> None:
    """Else every address is followed, and a late one undoes an entry: find the new name for `stepped`."""
    assert "is_history_navigation" in OF_RUN
    assert streamlit_private.stepped(), "unknown means that the address is followed"


def test_a_run_says_which_widgets_the_browser_sent() -> None:
    """Else the first entry after a restart of the server is lost in silence.

    Find the new names for `unread_widgets`, or say above the page, whenever a session begins with an address, that
    the last entry may be lost.
    """
    assert "session_state" in OF_RUN
    kinds = {item.name for item in WidgetState.DESCRIPTOR.oneofs_by_name["value"].fields}
    assert kinds >= set(streamlit_private.CLICKS)
    state = SessionState()
    state._new_widget_state.set_widget_from_proto(WidgetState(id="$$ID-12ab-w_a-b", string_value="x"))
    (item,) = state._new_widget_state.states.values()
    assert item.value.HasField("string_value") and not item.value.HasField("trigger_value")


def test_the_key_of_a_widget_stands_at_the_end_of_its_name() -> None:
    """Else `unread_widgets` finds no key: see how Streamlit names its widgets now."""

    def page() -> None:
        import streamlit as st

        st.text_input("A field", key="w_a-b")

    made = AppTest.from_function(page).run()
    assert re.fullmatch(r"\$\$ID-[^-]+-w_a-b", made.text_input[0].proto.id)


def test_a_field_looks_up_its_own_value_alone() -> None:
    """By itself each field copies the session. Where Streamlit no longer does so, delete `look_up_one_by_one`."""

    def page() -> None:
        from typing import Any

        import pytest
        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx
        from streamlit.runtime.state.session_state import SessionState

        from views.session import streamlit_private

        copies = list[object]()
        private: Any = SessionState.filtered_state
        whole = private.fget

        def copied(state: object) -> object:
            copies.append(state)
            return whole(state)

        kind: Any = type(getattr(get_script_run_ctx(), "session_state", None))
        own = kind.filtered_state  # another page of this process may have been here
        st.session_state.setdefault("w_one", None)
        st.session_state.setdefault("w_two", "typed")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SessionState, "filtered_state", property(copied))
            patch.setattr(kind, "filtered_state", property(getattr(own, "whole", own.fget)))
            st.text_input("One", "shipped", key="w_one")
            assert copies, "Streamlit has another way now"
            streamlit_private.look_up_one_by_one()
            copies.clear()
            st.text_input("Two", "shipped", key="w_two")
            st.text_input("Three", "shipped", key="w_three")
            assert not copies
            streamlit_private.look_up_one_by_one()  # a second time changes nothing
            st.text(", ".join(sorted(map(str, st.session_state))))
            assert len(copies) == 1

    made = AppTest.from_function(page).run()
    assert not made.exception, made.exception
    assert [item.value for item in made.text_input] == [None, "typed", "shipped"]
    assert [item.proto.default for item in made.text_input] == ["", "shipped", "shipped"]
    assert made.text[0].value == "w_one, w_three, w_two"


def test_a_given_file_is_held_once() -> None:
    """Else every list stands twice in memory: once here by its content, once with Streamlit."""
    content = b"x" * 10_000
    given = UploadedFile(UploadedFileRec("1", "list.csv", "text/csv", content), FileURLs())
    assert given.getvalue() is content


def test_visits_whose_time_is_over_take_their_files_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else they stay until another browser goes: find the new names for `forget_expired`, `expected`, `uploaded`."""
    now, files = [0.0], MemoryUploadedFileManager("/upload")
    storage = MemorySessionStorage(ttl_seconds=60)
    monkeypatch.setattr(storage._cache, "_timer", lambda: now[0])
    files.add_file("gone", UploadedFileRec("1", "list.csv", "text/csv", b"12345"))
    session = SimpleNamespace(id="gone", shutdown=lambda: files.remove_session_files("gone"))
    storage.save(SimpleNamespace(session=session))  # type: ignore[arg-type]
    manager = SimpleNamespace(_session_storage=storage, num_active_sessions=lambda: 0)
    loop = SimpleNamespace(call_soon_threadsafe=lambda work: work())
    runtime = SimpleNamespace(
        _session_mgr=manager, uploaded_file_mgr=files, _get_async_objs=lambda: SimpleNamespace(eventloop=loop)
    )
    monkeypatch.setattr(streamlit_private, "get_instance", lambda: runtime)
    assert streamlit_private.forget_expired() == 0
    assert streamlit_private.uploaded() == 5 and streamlit_private.expected()
    now[0] = 61.0
    assert streamlit_private.forget_expired() == 1
    assert streamlit_private.uploaded() == 0 and not streamlit_private.expected()
    for name in ("_session_mgr", "_get_async_objs"):
        assert name in vars(Runtime) or name in inspect.getsource(Runtime.__init__)
    assert "_session_storage" in inspect.getsource(WebsocketSessionManager.__init__)
    assert callable(AppSession.shutdown)


def test_streamlit_knows_our_settings() -> None:
    """`runner.postScriptGC` is hidden: when it is gone, delete it.

    Full collections then come back after every run; `housekeeping.begin` keeps them small.
    """
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for section in ("runner", "server", "browser", "global"):
        for option in settings[section]:
            assert f"{section}.{option}" in config._config_options_template


def test_nothing_else_of_streamlit_is_private() -> None:
    names = re.compile(
        r"streamlit\.(?:runtime|proto|elements|delta_generator_s|web)|get_script_run|\b_(?:state|new_w)"
    )
    for path in (*(ROOT / "views").rglob("*.py"), ROOT / "dashboard.py"):
        if path.stem != "streamlit_private":
            assert not names.search(path.read_text(encoding="utf-8")), path
