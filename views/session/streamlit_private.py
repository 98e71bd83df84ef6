"""Everything of Streamlit that its documentation does not promise, in one place.

Each function has an answer for a Streamlit that no longer says it, so that no page breaks. What else is hidden is
one option, `runner.postScriptGC` in `.streamlit/config.toml`; `housekeeping.begin` keeps collections small without.
`tests/session/test_streamlit_private.py` says for each name what to do when it is gone.
"""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import Any

from starlette.exceptions import HTTPException
from streamlit import net_util
from streamlit.runtime import Runtime, exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

SOON = 1.0  # seconds in which the server's loop comes to what it is asked
TCP = (socket.AF_INET, socket.AF_INET6)
CLICKS = ("trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value")


@dataclass(frozen=True)
class PageRun:
    """What Streamlit knows of the run under way: its page, what the browser showed as it asked, all pages' paths."""

    page: str
    address: str
    paths: Mapping[str, str]
    go_on: Callable[[str], None]  # to another page


def this_run() -> PageRun | None:
    """The run under way; None where Streamlit does not say enough of it."""
    run: Any = get_script_run_ctx()
    try:
        context, manager = run.context_info, run.pages_manager
        paths = {key: item.get("url_pathname", "") for key, item in manager.get_pages().items()}
        intend = manager.set_script_intent
        return PageRun(run.page_script_hash, context.url, paths, lambda page: intend(page, ""))
    except AttributeError:
        return None


def stepped() -> bool:
    """Whether the browser's back or forward asked for this run; yes where Streamlit does not say."""
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", True))


def unread_widgets() -> dict[str, bool]:
    """The widgets whose values the browser sent and that no widget of the page has taken yet, by key; True for a click.

    Empty where Streamlit does not say, and in a browser that has just opened the page.
    """
    run: Any = get_script_run_ctx()
    try:
        states = run.session_state._state._new_widget_state.states
        return {
            name.split("-", 2)[-1].removesuffix("__events"): any(
                item.value.HasField(kind) and bool(getattr(item.value, kind)) for kind in CLICKS
            )
            for name, item in states.items()
            if hasattr(item.value, "HasField")
        }
    except AttributeError:
        return {}


def ask_nobody_for_our_address() -> None:
    """Streamlit asks a service on the internet for the machine's own address, to print it and to know its own pages.

    It asks once and keeps the answer: an empty one is an answer too. Nothing happens where it has another way.
    """
    if hasattr(net_util, "_external_ip"):
        net_util._external_ip = ""


class SessionValues(Mapping[str, Any]):
    """The values of a session by key, each looked up when it is asked for; `whole` is Streamlit's copy of all."""

    def __init__(self, session: Any, whole: Callable[[Any], Mapping[str, Any]]) -> None:
        self._session, self._whole = session, whole

    def __getitem__(self, key: str) -> Any:
        return self._session[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole(self._session))

    def __len__(self) -> int:
        return len(self._whole(self._session))


class OneByOne(property):
    """The property that gives `SessionValues`; `whole` is Streamlit's own, in whose place it stands."""

    def __init__(self, whole: Callable[[Any], Mapping[str, Any]]) -> None:
        super().__init__(lambda session: SessionValues(session, whole))
        self.whole = whole


def look_up_one_by_one() -> None:
    """A field asks for its own value, and Streamlit copies the whole session for it: of many fields, half their time.

    To be called in a run. Nothing happens where Streamlit has another way.
    """
    session: Any = type(getattr(get_script_run_ctx(), "session_state", None))
    own = getattr(session, "filtered_state", None)
    if isinstance(own, property) and not isinstance(own, OneByOne) and own.fget is not None:
        session.filtered_state = OneByOne(own.fget)


def visitors() -> int:
    """How many browsers are connected; one where Streamlit does not say, so that nothing is taken from anybody."""
    try:
        return int(get_instance()._session_mgr.num_active_sessions())
    except (AttributeError, RuntimeError):
        return 1


def expected() -> bool:
    """Whether anybody is there or may still come back to their visit; yes where Streamlit does not say."""
    try:
        manager: Any = get_instance()._session_mgr
        return bool(manager.num_active_sessions() or manager._session_storage.list())
    except (AttributeError, RuntimeError, KeyError):  # of one that ends at this moment
        return True


def forget_absent() -> None:
    """End the visits of browsers that are gone; no effect where Streamlit does not say which."""
    try:
        runtime: Any = get_instance()
        absent = [info.session.id for info in runtime._session_mgr._session_storage.list()]
        loop = runtime._get_async_objs().eventloop
        for identifier in absent:
            loop.call_soon_threadsafe(runtime.close_session, identifier)
    except (AttributeError, RuntimeError):
        return


def forget_expired() -> int:
    """End the visits whose time to come back is over, and how many; Streamlit does it only as another browser goes."""
    ended, done = list[str](), Event()

    def end() -> None:
        for _, info in expire():
            ended.append(info.session.id)
            with suppress(Exception):  # the others end all the same
                info.session.shutdown()
        done.set()

    try:
        runtime: Any = get_instance()
        expire = runtime._session_mgr._session_storage._cache.expire
        runtime._get_async_objs().eventloop.call_soon_threadsafe(end)
    except (AttributeError, RuntimeError):
        return 0
    done.wait(SOON)
    return len(ended)


def uploaded() -> int:
    """Bytes of the files that all visitors have given; none where Streamlit does not say."""
    try:
        return sum(_uploaded_by(get_instance().uploaded_file_mgr).values())
    except (AttributeError, RuntimeError):
        return 0


def _uploaded_by(manager: Any) -> dict[str, int]:
    """Bytes of files by visitor."""
    every = list(manager.file_storage.items())
    return {key: sum(len(item.data) for item in list(files.values())) for key, files in every}


def limit_uploads(visitor: int, everybody: int) -> bool:
    """Refuse files beyond `visitor` bytes of one visitor and `everybody` bytes of all (`HTTPException`).

    Returns whether there is a server to limit.
    """
    if not exists() or type(get_instance()) is not Runtime:  # a test has another
        return False
    manager: Any = get_instance().uploaded_file_mgr
    add = getattr(manager, "add_file", None)
    if add is None or not hasattr(manager, "file_storage"):
        return True

    def add_file(session_id: str, file: Any) -> None:
        stored, size = _uploaded_by(manager), len(file.data)
        if stored.get(session_id, 0) + size > visitor or sum(stored.values()) + size > everybody:
            raise HTTPException(
                413, "The server holds as many files as it can; take one back, or try again later."
            )
        add(session_id, file)

    manager.add_file = add_file
    return True


def send_at_once() -> None:
    """Let small messages go out without waiting for the answer to the one before, which the other side holds back.

    asyncio asks for that only where a socket names its protocol, and Streamlit's own does not: each file of a page
    and each message then waits 40 ms. Connections have it from the socket that listens.
    """
    for item in gc.get_objects():
        if isinstance(item, socket.socket) and item.fileno() >= 0 and item.family in TCP:
            with suppress(OSError):
                if item.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    item.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
