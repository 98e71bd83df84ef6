"""A visitor without a browser: speaks the protocol of the dashboard's page over its websocket.

One page has one connection. What the browser sends is sent here: the address, the page and the values of all widgets
that were entered; what it draws is counted and not drawn. Several visitors live in one event loop.
"""

from __future__ import annotations

import asyncio
import time
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

STREAM, UPLOAD = "/_stcore/stream", "/_stcore/upload_file"
LONGEST = 120.0  # seconds until an answer counts as missing


class NoAnswerError(Exception):
    """The server ended the connection, raised in the page, or said nothing for long."""


@dataclass
class Step:
    """One message and all that came back: seconds until the script had finished, and the bytes."""

    seconds: float
    size: int
    texts: list[str] = field(repr=False)  # of the headings, captions and notices that were drawn
    widgets: dict[str, str] = field(repr=False)  # id by key
    downloads: dict[str, Any] = field(repr=False)  # by label


class Visitor:
    """One tab. `begin` opens the page, `enter` changes a field, `leave` closes it."""

    def __init__(self, address: str, query: dict[str, str] | None = None, page: str = "") -> None:
        self.address, self.query, self.page = address.rstrip("/"), urlencode(query or {}), page
        self.session = ""
        self.script_hash = ""
        self.widgets: dict[str, str] = {}
        self.downloads: dict[str, Any] = {}
        self.entered: dict[str, WidgetState] = {}
        self._socket: ClientConnection | None = None

    async def begin(self) -> Step:
        """Connect, again where the session is known, and run the page."""
        parts = urlsplit(self.address)
        protocols: list[Any] = ["streamlit", "visitor", *([self.session] if self.session else [])]
        self._socket = await connect(
            f"ws://{parts.netloc}{parts.path}{STREAM}", subprotocols=protocols, max_size=None, compression=None,
            ping_interval=None, open_timeout=LONGEST,
        )  # fmt: skip
        return await self._run()

    async def enter(self, key: str, **value: Any) -> Step:
        """Change the field with this key; `value` names one kind of value, such as `string_value="6h"`."""
        self._put(key, value)
        return await self._run()

    async def follow(self) -> Step:
        """Run the page at the address in `query`, as after a step back."""
        self.entered.clear()
        return await self._run(stepped=True)

    async def click(self, key: str) -> Step:
        """Press a button."""
        name = self._put(key, {"trigger_value": True})
        try:
            return await self._run()
        finally:
            self.entered.pop(name, None)

    async def upload(self, key: str, name: str, content: bytes) -> Step:
        """Give a file to a field; raises `NoAnswerError` where the server does not take it."""
        identifier, file_id = self._id(key), str(uuid.uuid4())
        url = f"{self.address}{UPLOAD}/{self.session}/{file_id}"
        status = await asyncio.to_thread(_put_file, url, name, content)
        if status >= 300:
            raise NoAnswerError(f"upload: {status}")
        state = WidgetState(id=identifier)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = file_id, name, len(content)
        info.file_urls.upload_url = info.file_urls.delete_url = url
        info.file_urls.file_id = file_id
        self.entered[identifier] = state
        return await self._run()

    async def download(self, label: str) -> bytes:
        """The file of a button whose label begins so; made first where it is made when asked for."""
        button = next(item for name, item in self.downloads.items() if name.startswith(label))
        url = button.url
        if button.deferred_file_id:
            message, asked = BackMsg(), str(uuid.uuid4())
            request = message.backend_operation_request
            request.request_id = asked
            request.deferred_file.file_id = button.deferred_file_id
            await self._send(message)
            answer = await self._answer(lambda got: got.HasField("backend_operation_response"))
            response = answer.backend_operation_response
            if response.error_msg:
                raise NoAnswerError(response.error_msg)
            url = response.deferred_file.url
        return await asyncio.to_thread(_read, f"{self.address}{url}")

    async def leave(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def drop(self) -> None:
        """Lose the connection without a word, as a tunnel or a sleeping machine does."""
        if self._socket is not None:
            self._socket.transport.abort()
            self._socket = None

    def _id(self, key: str) -> str:
        try:
            return next(
                identifier
                for name, identifier in self.widgets.items()
                if name == key or name.startswith(f"{key}_v")
            )
        except StopIteration:
            raise NoAnswerError(f"no field {key}; there are {', '.join(self.widgets)}") from None

    def _put(self, key: str, value: dict[str, Any]) -> str:
        identifier = self._id(key)
        state = WidgetState(id=identifier)
        for name, content in value.items():
            if name.endswith("array_value"):
                getattr(state, name).data.extend(content)
            else:
                setattr(state, name, content)
        self.entered[identifier] = state
        return identifier

    async def _run(self, *, stepped: bool = False) -> Step:
        message = BackMsg()
        state = message.rerun_script
        state.is_history_navigation = stepped
        state.query_string, state.page_script_hash, state.page_name = self.query, self.script_hash, self.page
        state.context_info.url = f"{self.address}/{self.page}"
        state.context_info.timezone, state.context_info.locale = "UTC", "en-GB"
        state.widget_states.widgets.extend(self.entered.values())
        start, size = time.perf_counter(), 0
        await self._send(message)
        texts: list[str] = []
        widgets: dict[str, str] = {}
        downloads: dict[str, Any] = {}
        while True:
            raw = await self._receive()
            size += len(raw)
            got = ForwardMsg.FromString(raw)
            kind = got.WhichOneof("type")
            if kind == "new_session":
                self.session = got.new_session.initialize.session_id or self.session
                self.script_hash = got.new_session.page_script_hash
            elif kind == "page_info_changed":
                self.query = got.page_info_changed.query_string
            elif kind == "delta" and got.delta.WhichOneof("type") == "new_element":
                self._take(got.delta.new_element, texts, widgets, downloads)
            elif kind == "script_finished":
                if got.script_finished in (
                    ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
                ):  # fmt: skip
                    break
                if got.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise NoAnswerError(f"script finished: {got.script_finished}")
        self.widgets, self.downloads = widgets, downloads
        self.entered = {name: state for name, state in self.entered.items() if name in widgets.values()}
        return Step(time.perf_counter() - start, size, texts, widgets, downloads)

    @staticmethod
    def _take(element: Any, texts: list[str], widgets: dict[str, str], downloads: dict[str, Any]) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise NoAnswerError(f"{element.exception.type}: {element.exception.message}")
        part = getattr(element, kind)
        identifier = str(getattr(part, "id", ""))
        if identifier.startswith("$$"):
            widgets[identifier.split("-", 2)[-1]] = identifier
        if kind in ("markdown", "alert", "heading"):
            texts.append(str(part.body))
        if kind == "download_button":
            downloads[str(part.label)] = part

    async def _answer(self, wanted: Any) -> ForwardMsg:
        while True:
            got: ForwardMsg = ForwardMsg.FromString(await self._receive())
            if wanted(got):
                return got

    async def _send(self, message: BackMsg) -> None:
        if self._socket is None:
            raise NoAnswerError("not connected")
        try:
            await self._socket.send(message.SerializeToString())
        except (OSError, WebSocketException) as problem:
            raise NoAnswerError(type(problem).__name__) from None

    async def _receive(self) -> bytes:
        assert self._socket is not None
        try:
            raw = await asyncio.wait_for(self._socket.recv(), LONGEST)
        except (OSError, WebSocketException, TimeoutError) as problem:
            raise NoAnswerError(type(problem).__name__) from None
        return raw if isinstance(raw, bytes) else raw.encode()


def _put_file(url: str, name: str, content: bytes) -> int:
    border = uuid.uuid4().hex
    head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = (
        f"{head}Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        + f"\r\n--{border}--\r\n".encode()
    )
    request = urllib.request.Request(
        url, body, {"Content-Type": f"multipart/form-data; boundary={border}"}, method="PUT"
    )
    try:
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return int(problem.code)
    except OSError:
        return 599


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=LONGEST) as answer:
        content: bytes = answer.read()
        return content
