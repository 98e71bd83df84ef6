"""What the browser tests share: a served app and a real Chromium. A missing Chromium is a failure, never a skip."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = (  # the first draws the same pages in half the time
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # A tab finds what the one before has compiled, and opens in half the time.
    "--process-per-site", "--disable-features=ScriptStreaming",
    "--js-flags=--no-flush-bytecode --no-maglev --no-turbofan",  # a page lives too short for faster code to pay
]  # fmt: skip
START_SECONDS, INSTALL_SECONDS = 60, 600  # the run command may have to install everything first


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A Streamlit app with the project's settings, on one port for as long as it lives.

    Without a script it is the dashboard, opened by the README's command; `settings` are variables of the environment.
    """

    def __init__(self, script: Path | None, log: Path, settings: dict[str, str] | None = None) -> None:
        self.port, self.log, self.settings = free_port(), log, settings or {}
        self.seconds = START_SECONDS if script else INSTALL_SECONDS
        command = [sys.executable, "-m", "streamlit", "run", str(script)] if script else ["./dev", "run"]
        command += ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        self.command = [*command, "--server.headless", "true", "--server.fileWatcherType", "none"]
        self.url = f"http://127.0.0.1:{self.port}{self.settings.get('STREAMLIT_SERVER_BASE_URL_PATH', '')}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, or begin anew, and wait until it answers."""
        with self.log.open("ab") as sink:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **self.settings},
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        answered(f"{self.url}/_stcore/health", self._process, self.log, self.seconds)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of its process; raises `AssertionError` before it was started."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End at once, as a crash does: nothing of a visit is kept."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """End in good order."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()


@contextmanager
def served(script: Path | None, log: Path) -> Iterator[str]:
    """The address of an app that runs until the block ends."""
    server = Server(script, log)
    try:
        server.start()
        yield server.url
    finally:
        server.stop()


def answered(url: str, server: "subprocess.Popen[bytes]", log: Path, seconds: int) -> None:
    """Wait until a server that is starting answers at an address."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=1).read()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url} in {seconds} s:\n{log.read_text()}")


def chromium() -> str:
    """The path of a Chromium: the one that CHROMIUM names, else one on the PATH."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert path, "no Chromium found: install chromium or set CHROMIUM to its path"
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine can miss a beat: its tests, and only they, get a second try. Two misses fail."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=FLAGS)
        _hold(made.new_context().new_page())
        yield made
        made.close()


def _hold(page: Page) -> None:
    """An empty tab of the same site keeps the process, and what it has compiled, alive between the tests."""
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=""))
    page.goto("http://127.0.0.1/")


@pytest.fixture(scope="session")
def dashboard_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard, opened as the README says; a test of long work needs many simulations."""
    os.environ["NETTOLL_DRAWS"] = "65536"
    server = Server(None, tmp_path_factory.mktemp("dashboard") / "log.txt")
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def dashboard(dashboard_server: Server) -> str:
    """The address of the dashboard."""
    return dashboard_server.url


def grip(page: Page, stop: int | None = None) -> tuple[float, float]:
    """Where the hand holds the explorer's slider at a stop, by default the chosen one."""
    slider = page.locator(".explorer-slider")
    box = slider.bounding_box()
    assert box
    last = int(slider.get_attribute("max") or 0)
    at = int(page.locator(".explorer").get_attribute("data-stop") or 0) if stop is None else stop
    return box["x"] + 8 + at / last * (box["width"] - 16), box["y"] + box["height"] / 2


def saved(page: Page, button: Locator) -> tuple[str, bytes]:
    """The name and the content of the file that a button gives."""
    with page.expect_download(timeout=30_000) as caught:
        button.click()
    return caught.value.suggested_filename, Path(caught.value.path()).read_bytes()
