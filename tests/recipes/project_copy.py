"""A copy of the whole project in which a recipe of the README is followed, and what its programs then say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from helpers.files.readers import READERS, flat
from helpers.tables import Tables

from model.catalogue.load import ROOT

NOT_COPIED = (".git", ".venv", "__pycache__", ".*_cache", "golden")


class Project(Tables):
    """The copy; its rows are changed as those of `Tables`, its files as any other."""

    @classmethod
    def copy_to(cls, folder: Path) -> Project:
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
        copy = cls(folder)
        copy.free = count(max(copy.load().streams.values()) + 1)
        return copy

    def append_text(self, file: str, text: str) -> None:
        with (self.root / file).open("a", encoding="utf-8") as handle:
            handle.write(text)

    def put(self, file: str, text: str) -> None:
        """A new file of the copy."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Change the one place of a file that reads `old`."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        (self.root / file).write_text(text.replace(old, new), encoding="utf-8")

    @cached_property
    def process(self) -> subprocess.Popen[str]:
        """One Python run in the copy that answers every question: to import it all again takes longer than most."""
        paths = os.pathsep.join((str(self.root), str(self.root / "tests")))
        return subprocess.Popen(
            [sys.executable, "-c", ANSWERING], cwd=self.root, env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def python(self, *arguments: str) -> str:
        """Standard output of `python ARGUMENTS` (-m or -c) in the copy that works, started at the first question."""
        asked, answers = self.process.stdin, self.process.stdout
        assert asked and answers
        asked.write(json.dumps(arguments) + "\n")
        asked.flush()
        code, output, errors = json.loads(answers.readline())
        assert code == 0, errors[-3000:]
        return str(output)

    def test(self, *arguments: str) -> None:
        """Run tests of the copy, which must pass."""
        command = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments)
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]

    def close(self) -> None:
        """End the run, if there was one."""
        if "process" in self.__dict__:
            self.process.communicate()

    def model(self, *arguments: str) -> str:
        """What `./dev model` prints."""
        return self.python("-m", "model", *arguments)

    def briefing(self, scenario: str) -> dict[str, str]:
        """The words of every file that `./dev briefing` writes of a scenario (TOML), by format."""
        self.put("own.toml", scenario)
        written = self.python("-m", "briefing", "--scenario", "own.toml", "--to", "out").split()
        data = {Path(name).suffix[1:]: (self.root / name).read_bytes() for name in written}
        return {
            key: flat(READERS[key](item) if key in READERS else item.decode()) for key, item in data.items()
        }

    def page(self, code: str) -> Any:
        """What an expression says of a page of the copy under AppTest; see `PREPARED` for what it may call."""
        if code not in self.pages:
            printed = self.python("-c", f"{PREPARED}\nanswer = {code}\nprint('\\n' + json.dumps(answer))")
            self.pages[code] = json.loads(printed.splitlines()[-1])
        return self.pages[code]

    @cached_property
    def pages(self) -> dict[str, Any]:
        """What was asked before: the copy does not change while its pages are looked at."""
        return {}


ANSWERING = """
import contextlib, importlib, io, json, sys, traceback

for line in sys.stdin:
    how, what, *rest = json.loads(line)
    output, errors, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            if how == "-m":
                code = importlib.import_module(f"{what}.__main__").main(rest)
            else:
                exec(what, {"__name__": "__main__"})
        except SystemExit as end:
            code = end.code
        except BaseException:
            code = traceback.format_exc()
    print(json.dumps([code or 0, output.getvalue(), errors.getvalue() + str(code)]), flush=True)
"""

PREPARED = """
import json, logging
from functools import cache
from streamlit.components.v2 import manifest_scanner
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)  # as conftest.py
logging.disable(logging.CRITICAL)
from streamlit.testing.v1 import AppTest
from helpers.estimate_page import headline_of, link_of, opened
from helpers.single_pages import *
from model import Scenario, load
from model.scenario.link import to_query

def words(page):
    assert not page.exception, page.exception
    widgets = [*page.slider, *page.number_input, *page.selectbox, *page.multiselect, *page.radio, *page.toggle]
    choices = [str(option) for item in (*page.selectbox, *page.multiselect, *page.radio) for option in item.options]
    tables = [frame.value.to_csv() for frame in page.dataframe]
    charts = [chart.proto.spec for chart in page.get("plotly_chart")]
    folded = [item.label for item in page.expander]
    return "\\n".join([text_of(page), *tables, *charts, *folded, *(item.label for item in widgets), *choices])

def estimate_page(group="", **fields):
    page = opened(True, **to_query(Scenario(**fields, draws=256)))
    if group:  # every assumption stands under its group
        page.selectbox(key="w_group").select(group).run()
    return [words(page), headline_of(page), link_of(page)]

def single(app, store=None, **values):
    page = AppTest.from_function(app, default_timeout=120)
    if store is not None:
        hold(page, store, **values)
    return words(page.run())

def navigation():
    import streamlit
    titles, real = [], streamlit.Page
    streamlit.Page = lambda *given, **named: titles.append(named["title"]) or real(*given, **named)
    opened()
    streamlit.Page = real
    return titles

def served(path):
    # The code and the title with which the server answers an address.
    from re import search
    from starlette.applications import Starlette
    from starlette.testclient import TestClient
    from dashboard import door
    answer = TestClient(Starlette(routes=door.routes, middleware=door.middleware)).get(path)
    title = search("<title>.*?</title>", answer.text)
    return [answer.status_code, title and title[0]]

def linked_page(name, link):
    page = AppTest.from_string(
        f"import json\\nfrom views.pages.{name}.page import STORE, page\\n"
        f"link = json.loads({json.dumps(link)!r})\\n"
        "STORE.from_link(link)\\npage()\\nassert STORE.to_link() == link",
        default_timeout=120,
    )
    return words(page.run())

def whole_page(here, **link):
    page = AppTest.from_function(every_app, default_timeout=120)
    page.session_state["here"] = here
    for key, value in {"v": "2", "draws": "256", **link}.items():
        page.query_params[key] = value
    return words(page.run())

def sources_page(**values):
    from views.pages.sources.page import STORE
    return single(sources_app, STORE, **values)

def pakistan_page(section, **values):
    from views.pages.pakistan import controls
    return single(pakistan_app, controls.STORE, section=section, **values)

def firm_page(**values):
    from views.pages.firm import controls
    return single(firm_app, controls.STORE, **values)
"""
