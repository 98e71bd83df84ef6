"""The package: built as it is given away, put into an empty folder and used from there, in a clean interpreter."""

from __future__ import annotations

import ast
import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from helpers.rooms import FLOORS, files

import model
from model.__main__ import main
from model.catalogue.load import ROOT
from package.hook import BESIDE, ROOMS, SINGLE, moved

INSIDE = """
import sys, warnings
sys.path.insert(0, {folder!r})
sys.path.append({packages!r})
warnings.filterwarnings("error", category=EncodingWarning, module=r"nettoll\\\\.")
"""
USED = """
import nettoll
heavy = sorted({"streamlit", "plotly", "pandas"} & set(sys.modules))
taken = []
for name in ("model", "views", "briefing", "charts", "door", "dashboard", "data", "seeds"):
    try:
        __import__(name)
        taken.append(name)
    except ImportError:
        pass
result = nettoll.estimate(nettoll.load(), nettoll.Scenario(country="KEN", hours=72, draws=256))
import contextlib, io, json
from pathlib import Path
from nettoll.__main__ import main
def said(*line):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(line)
        except SystemExit as end:
            code = end.code
    return [code, out.getvalue(), err.getvalue()]
answer = said("estimate", "--country", "Kenya", "--days", "3", "--format", "json")
listed, served, wrong = said("--help"), said("dashboard", "--help"), said("estimate", "--country", "Nowhere")
pocket = said("briefing", "pocket", "--help")
written = [said("briefing", "--to", "one"), said("briefing", "--page", "firm", "--to", "two")]
from streamlit.testing.v1 import AppTest
page = AppTest.from_file(str(Path(nettoll.__file__).with_name("dashboard.py")), default_timeout=120)
page.run()
print("ANSWER" + json.dumps({
    "heavy": heavy, "taken": taken, "unit": result.amount("net_direct").unit, "answer": answer, "listed": listed,
    "wrong": wrong, "pocket": pocket, "served": served, "written": written, "version": nettoll.__version__,
    "charts": len(page.get("plotly_chart")), "faults": [str(one.value) for one in page.exception],
    "rooms": sorted(
        {name.partition(".")[0] for name in sys.modules} & {"model", "views", "briefing", "charts", "door"}
    ),
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package alone, from a wheel that was built from the source archive."""
    work = tmp_path_factory.mktemp("package")

    def run(*command: str, at: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=at, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("hatchling", "build", "-t", "sdist", "-d", str(work), at=ROOT)
    (archive,) = work.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(work, filter="data")
    run("hatchling", "build", "-t", "wheel", "-d", str(work), at=work / archive.name.removesuffix(".tar.gz"))
    (wheel,) = work.glob("*.whl")
    run("pip", "install", "-q", "--no-deps", "--no-index", "--target", "installed", str(wheel), at=work)
    return work / "installed"


def clean(folder: Path) -> tuple[list[str], str]:
    """A Python that knows neither the project nor this environment, and the lines that show it the package."""
    lines = INSIDE.format(folder=str(folder), packages=sysconfig.get_path("purelib"))
    return [sys.executable, "-X", "warn_default_encoding", "-I", "-c"], lines


@pytest.fixture(scope="module")
def dashboard(installed: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`nettoll dashboard` on a free port, with the address at which it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start, lines = clean(installed)
    own = "from nettoll.__main__ import main\nmain(sys.argv[1:])"
    options = ["--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"]
    server = subprocess.Popen([*start, lines + own, "dashboard", *options], cwd=installed.parent, text=True)
    yield server, f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(30)


@pytest.mark.slow
def test_the_installed_package_does_what_the_folder_does(
    installed: Path, dashboard: tuple[subprocess.Popen[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert top == {"nettoll", "bin"}
    start, lines = clean(installed)
    work = installed.parent
    done = subprocess.run(
        [*start, lines + USED], cwd=work, capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp437"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout.rpartition("ANSWER")[2])
    assert (report["heavy"], report["taken"], report["rooms"]) == ([], [], [])
    assert (report["unit"], report["version"]) == ("USD", model.MODEL_VERSION)
    assert (
        report["answer"][0] == 0
        and main(["estimate", "--country", "Kenya", "--days", "3", "--format", "json"]) == 0
    )
    assert report["answer"][1] == capsys.readouterr().out
    code, text, _ = report["listed"]
    assert code == 0 and text.startswith("usage: nettoll ") and "nettoll briefing" in text
    assert "nettoll dashboard" in text and "python -m" not in text
    assert report["pocket"][1].startswith("usage: nettoll briefing pocket ")
    code, text, _ = report["served"]
    assert code == 0 and text.startswith("usage: nettoll dashboard ") and "--server.port" in text
    assert len(text.splitlines()) < 20
    code, text, error = report["wrong"]
    assert (code, text) == (2, "") and error.count("\n") == 1 and "Nowhere" in error
    assert [code for code, _, _ in report["written"]] == [0, 0], report["written"]
    for folder in ("one", "two"):
        assert {path.suffix for path in (work / folder).iterdir()} == {
            ".pptx",
            ".xlsx",
            ".pdf",
            ".html",
            ".zip",
        }
    assert report["faults"] == [] and report["charts"]
    (archive,) = (work / "one").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        (readme,) = (packed.read(name).decode() for name in packed.namelist() if name.endswith("README.md"))
    assert "\nnettoll estimate --scenario" in readme and "\nnettoll briefing --to" in readme
    assert "python -m" not in readme and "folder" not in readme
    server, address = dashboard
    for _ in range(300):
        assert server.poll() is None
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                assert answer.read() == b"ok"
            break
        except OSError:
            time.sleep(0.1)
    query = "country=KEN&duration=3d&draws=256"
    for path, begins in (
        ("app/static/plotly-LICENSE.txt", b"MIT License"), (f"api/v1/estimate?{query}", b"{"),
        ("robots.txt", b"User-agent"), (f"preview.png?{query}", b"\x89PNG"),
        (f"embed?{query}", b"<!"), (f"?{query}", b"<!"),
    ):  # fmt: skip
        with urlopen(f"{address}/{path}", timeout=60) as answer:
            assert answer.read().strip().startswith(begins), path


REFUSED_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def refused_by_windows(path: str) -> bool:
    """Whether a part of the path is a name that Windows does not take."""
    parts = path.split("/")
    return len(path) > 180 or any(
        re.search(r'[<>:"|?*\\\x00-\x1f]', part) or part.partition(".")[0].lower() in REFUSED_NAMES or part[-1:] in ". "
        for part in parts
    )  # fmt: skip


@pytest.mark.slow
def test_names_of_files_hold_on_every_system(installed: Path) -> None:
    """Of the package, and of what it writes; two names that differ in the size of letters alone are one on Windows."""
    assert [refused_by_windows(path) for path in ("a/con.csv", "a/b:c", "a/b.", "a/icon.svg")] == [
        True
    ] * 3 + [False]
    for folder in (installed, installed.parent / "one", installed.parent / "two"):
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
        assert not [name for name in names if refused_by_windows(name)]
        assert len({name.lower() for name in names}) == len(names)


def test_the_package_holds_every_room() -> None:
    rooms = {room.partition(".")[0] for floor in FLOORS for room in floor}
    assert rooms == {*ROOMS, "dashboard"}
    assert {"data", "seeds"} <= set(BESIDE) and {"CITATION.cff", "LICENSE"} <= set(SINGLE)


def test_imports_are_moved_and_nothing_else() -> None:
    source = (
        '"""From model.x import y."""\nfrom model.x import (\n    y,\n)\nif 1: from  charts import z; import os\n'
        "from models import a\nfrom streamlit.views import b\nTEXT = 'é\u2028'; from briefing import c\n"
    )
    assert moved(source) == source.replace("from model.x", "from nettoll.model.x").replace(
        "from  charts", "from nettoll.charts"
    ).replace("from briefing", "from nettoll.briefing")
    for line in ("import model.x", "import os, views", "import charts as c"):
        with pytest.raises(ValueError, match=re.escape(line)):
            moved(f"x = 1\n{line}\n")


def test_no_text_names_a_module() -> None:
    """A module that a text names is found in the folder and not in the package, which has `__name__` for it."""
    module = re.compile(rf"({'|'.join(ROOMS)})\.(\w+\.?)*|python -m .*")
    may = re.compile(rf"[\"']({'|'.join(ROOMS)})\.|python -m ")  # few files do: only these are read as Python
    wrong = [
        f"{name}:{node.lineno}: {node.value!r}"
        for name, path in files().items()
        if may.search(text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and module.fullmatch(node.value)
    ]
    assert [one for one in wrong if not one.startswith("model.common.program:")] == []
    assert len(wrong) == 2, "the two commands of the folder"
