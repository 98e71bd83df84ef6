"""Two processes of the dashboard behind the proxy of deploy/, with the settings of a public instance, below a path."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from browser.conftest import ROOT, START_SECONDS, Server, answered, free_port, saved
from browser.steps import QUICK, length, new_tab, rest

# `.ci/run` installs it and names it, so that there it is never a skip.
CADDY = os.environ.get("CADDY") or shutil.which("caddy")
BASE = "/tolls"
CUT = 0  # in place of a status: the other side hung up, which it may do on what is too long
MARK = "nettoll_process"  # the cookie that says which process a reader has
pytestmark = pytest.mark.skipif(not CADDY, reason="needs Caddy (Debian: apt install caddy)")


@dataclass(frozen=True)
class Place:
    """The address of the proxy and the processes behind it."""

    url: str
    processes: tuple[Server, ...]


def public_settings() -> dict[str, str]:
    """The variables of deploy/public.env."""
    lines = (ROOT / "deploy" / "public.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture
def place(started: Place) -> Place:
    """All its processes answer, also through the proxy, whatever an earlier test has done to them."""
    ended = [process for process in started.processes if not process.alive]
    for process in ended:
        process.start()
    seen, until = set[str](), time.monotonic() + START_SECONDS
    while ended and len(seen) < len(started.processes):
        assert time.monotonic() < until, "the proxy passes over a process that answers"
        seen.add(answer_to(f"{started.url}/_stcore/health", {})[1].get("set-cookie", "").partition(";")[0])
        seen.discard("")
    return started


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, port = tmp_path_factory.mktemp("proxy"), free_port()
    own = {"STREAMLIT_SERVER_COOKIE_SECRET": "for this test", "STREAMLIT_SERVER_BASE_URL_PATH": BASE}
    servers = tuple(Server(None, folder / f"log_{n}.txt", public_settings() | own) for n in (1, 2))
    settings = {
        "NETTOLL_SITE": f"http://127.0.0.1:{port}", "NETTOLL_BASE": BASE, "NETTOLL_SECRET": "for this test",
        "NETTOLL_PROCESSES": " ".join(f"127.0.0.1:{server.port}" for server in servers),
        "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder),
    }  # fmt: skip
    log = folder / "caddy.txt"
    try:
        for server in servers:
            server.start()
        with log.open("wb") as sink:
            proxy = subprocess.Popen(
                [str(CADDY), "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"],
                cwd=ROOT, env=os.environ | settings, stdout=sink, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}{BASE}"
            answered(f"{url}/_stcore/health", proxy, log, START_SECONDS)
            yield Place(url, servers)
        finally:
            proxy.terminate()
            proxy.wait(10)
    finally:
        for server in servers:
            server.stop()


def process_of(context: BrowserContext) -> str:
    """The mark of the process that a reader has."""
    (mark,) = (cookie.get("value", "") for cookie in context.cookies() if cookie.get("name") == MARK)
    return str(mark)


def another(browser: Browser, url: str, taken: str) -> BrowserContext:
    """A reader whom the proxy, which draws lots, has given to another process."""
    for _ in range(20):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.request.get(f"{url}/_stcore/health")
        if process_of(context) != taken:
            return context
        context.close()
    raise AssertionError("twenty readers in one process")


def test_readers_of_two_processes(browser: Browser, place: Place, tmp_path: Path) -> None:
    one, sockets = new_tab(browser), list[str]()
    first = one.context
    one.on("websocket", lambda socket: sockets.append(socket.url))
    one.goto(f"{place.url}/?{urlencode(QUICK)}")
    rest(one)
    assert sockets == [f"{place.url.replace('http', 'ws')}/_stcore/stream"]
    mark = process_of(first)
    second = another(browser, place.url, mark)
    answer = second.request.get(f"{place.url}/api/v1/estimate?draws={QUICK['draws']}").json()
    assert one.locator(".explorer-sentence").inner_text() == answer["headline"], (
        "the other process says the same"
    )
    expect(one.locator(".explorer-dot")).to_be_visible(timeout=30_000)  # a component, with its own library
    one.get_by_role("link", name="Events").click()
    rest(one)
    one.get_by_text("Price your own list").click()
    name, content = saved(one, one.get_by_role("button", name="An example to fill in"))
    assert name == "events_example.csv" and content.startswith(b"place,")
    file = tmp_path / "mine.csv"
    file.write_text("place,kind,start,duration\nKenya,shutdown,2025-06-25,1 day\n")
    with one.expect_request(
        lambda request: "/upload_file/" in request.url and request.method == "PUT"
    ) as sent:
        one.locator("input[type=file]").set_input_files(file)
    expect(one.get_by_text("1 of 1 rows").first).to_be_visible(timeout=30_000)
    headers = {
        "X-Xsrftoken": sent.value.headers["x-xsrftoken"], "Content-Type": "multipart/form-data; boundary=cut",
        "Cookie": "; ".join(f"{cookie.get('name')}={cookie.get('value')}" for cookie in first.cookies()),
    }  # fmt: skip
    for size, statuses in ((20_000, {204}), (22_000_000, {413, CUT})):
        form = (
            b'--cut\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
            + b"x" * size
            + b"\r\n--cut--"
        )
        assert answer_to(sent.value.url, headers, form)[0] in statuses, size
    assert process_of(first) == mark
    # A process that falls over takes its visits along; who comes again is with the other, from the same link.
    place.processes[0].kill()
    for context in (first, second):
        context.request.get(f"{place.url}/_stcore/health")
    assert process_of(first) == process_of(second)
    page = one if process_of(first) != mark else second.new_page()
    page.goto(f"{place.url}/?{urlencode(QUICK | {'duration': '7d'})}")
    rest(page)
    assert length(page) == "7 days"
    one.close()
    second.close()


def answer_to(
    url: str, headers: dict[str, str], put: bytes | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, as they come."""
    request = Request(url, data=put, headers=headers, method="GET" if put is None else "PUT")
    try:
        try:
            answer = urlopen(request, timeout=30)
        except HTTPError as problem:  # an answer too
            answer = problem
        with answer:
            return answer.status, {name.lower(): text for name, text in answer.headers.items()}, answer.read()
    except OSError:
        return CUT, {}, b""


def test_a_client_is_who_the_proxy_says(place: Place) -> None:
    """A process counts by the address that the proxy names; what a client says of itself names nobody else."""
    # The first answer may take work, and so cost more.
    answer_to(f"{place.processes[1].url}/api/v1/openapi.json", {})
    claimed = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(1, 21)]
    left = [
        {int(answer_to(f"{url}/api/v1/openapi.json", one)[1]["ratelimit-remaining"]) for one in claimed}
        for url in (place.processes[1].url, place.url)
    ]
    assert left[0] == {599} and min(left[1]) < 599


def test_what_the_proxy_adds(place: Place) -> None:
    host = place.url.removesuffix(BASE)
    status, headers, body = answer_to(f"{host}/", {})  # follows the way to the dashboard
    assert status == 200 and b"<title>" in body
    assert headers["strict-transport-security"] and "server" not in headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    status, headers, body = answer_to(f"{place.url}/api/v1/estimate?country=KEN&draws=256", {})
    assert (status, headers["content-type"]) == (200, "application/json") and json.loads(body)["link"]
    assert answer_to(f"{place.url}/_stcore/metrics", {})[0] == 404
    assert answer_to(f"{place.url}/nothing", {})[0] == 404
    question = "api/v1/estimate?country=KEN&draws=256"
    assert answer_to(f"{host}/{question}", {})[2] == body, "the way to the dashboard keeps path and query"
    assert answer_to(f"{place.url}?country=KEN", {})[0] == 200
    for name in ("robots.txt", "llms.txt"):  # programs look for them at the root alone
        status, _, body = answer_to(f"{host}/{name}", {})
        assert (status, body) == (200, answer_to(f"{place.url}/{name}", {})[2]) and BASE.encode() in body, (
            name
        )
    packed = {"Accept-Encoding": "gzip"}
    status, headers, body = answer_to(f"{place.url}/app/static/plotly-basic-4.1.1.min.js", packed)
    whole = (ROOT / "static" / "plotly-basic-4.1.1.min.js").read_bytes()
    assert (status, headers["content-encoding"]) == (200, "gzip") and gzip.decompress(body) == whole
    assert len(body) < 0.4 * len(whole)


def test_a_sentence_says_that_no_process_answers(place: Place) -> None:
    for process in place.processes:
        process.kill()
    status, headers, body = answer_to(f"{place.url}/", {})
    assert status in (502, 503) and headers["retry-after"] == "10" and b"Try again in a few seconds" in body
    assert "server" not in headers
