"""The README's recipes of files, all followed in one copy of the project: a method, a page, a format, a command."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from recipes.project_copy import Project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The copy with a method, a page, a format and a command more."""
    copy = Project.copy_to(tmp_path_factory.mktemp("files") / "project")
    for add in (add_method, add_page, add_format, add_command):
        add(copy)
    copy.load().complete()
    yield copy
    copy.close()


METHOD = '''
"""Newcomer 2030: a share of GDP."""

from model.catalogue.methods import References
from model.methods import base
from model.methods.base import Answer, Method, Outcome, Question

NAME = "newcomer2030"


def compute(question: Question, references: References) -> Outcome:
    """GDP / 365 x days x share of daily GDP."""
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    share = references.constant(NAME, "share")
    cost = base.during(gdp.value, question.hours) * share.value
    return Answer(cost, cost, cost, {**base.asked(question), **base.gdp_inputs(gdp)}, (share,))


METHOD = Method(
    name=NAME,
    title="Newcomer 2030",
    source="newcomer_2030",
    status=base.PUBLISHED,
    formula="GDP / 365 x days x {share:.1%}",
    inputs=("gdp", "days"),
    topics=(base.BLACKOUTS,),
    basis="gross",
    basis_note="an example",
    compute=compute,
    cannot={"mobile cuts": "it knows an internet that is off as a whole"},
)
'''


STUDY = "A share of GDP for every day"


def add_method(project: Project) -> None:
    project.put("model/methods/newcomer2030.py", METHOD)
    project.append(
        "data/sources.csv", id="newcomer_2030", title=STUDY, publisher="Nobody", url="https://example.org/3"
    )
    project.append(
        "data/method_constants.csv", id="mc_900", method="newcomer2030", constant="share", value="0.01",
        unit="share of daily GDP", meaning="lost in a day", status="read", source="newcomer_2030",
    )  # fmt: skip


def test_a_published_method(project: Project) -> None:
    assert "Newcomer 2030" in project.model("methods")
    answer = json.loads(project.model("method", "newcomer2030", "--gdp", "3.65e11", "--format", "json"))
    assert answer["cost_usd"] == pytest.approx(1e7)
    with pytest.raises(AssertionError, match="it knows an internet that is off as a whole"):
        project.model("method", "newcomer2030", "--kind", "mobile_only")
    assert "Newcomer 2030" in json.dumps(project.page("estimate_page()"))
    assert "Newcomer 2030" in project.page("single(methods_app)")
    assert STUDY in project.page("single(sources_app)")


PAGE = '''
"""How many tables there are, times a number."""

import streamlit as st

from views.session import state
from views.session.store import Store, one_of
from views.words import escaped

STORE = Store("plain", lambda: {"times": one_of("plain.times", "1", {"1": "1", "2": "2"})})


def page() -> None:
    """Say it."""
    st.markdown(escaped(f"{len(state.catalogue().sources) * int(STORE.get('times'))} sources"))
'''


def add_page(project: Project) -> None:
    project.put("views/pages/plain/__init__.py", '"""A plain page."""\n')
    project.put("views/pages/plain/page.py", PAGE)
    file = "dashboard.py"
    after = "from views.pages.sources import page as sources\n"
    project.replace(file, after, f"{after}from views.pages.plain import page as plain\n")
    row = '        st.Page(plain.page, title="Plain words", icon=":material/notes:", url_path="plain"),\n'
    last = 'url_path="how-it-works"),\n'
    project.replace(file, last, f"{last}{row}")
    project.replace(file, "sources.STORE)", "sources.STORE, plain.STORE)")


def test_a_page(project: Project) -> None:
    assert "Plain words" in project.page("navigation()")
    assert f"{2 * len(project.load().sources)} sources" in project.page(
        "linked_page('plain', {'plain.times': '2'})"
    )


FORMAT = '''
"""The headline alone."""

from briefing.content import Content


def make(content: Content) -> bytes:
    """The headline as plain text."""
    return content.headline.encode()
'''


def add_format(project: Project) -> None:
    project.put("briefing/plain.py", FORMAT)
    last = '            "Every chart\'s numbers, the scenario, the full result and how to repeat it.",\n        ),\n'
    row = '        Format("txt", "Plain text", "plain", "text/plain", "The headline alone."),\n'
    project.replace("briefing/__init__.py", last, last + row)


def test_a_format_of_the_briefing(project: Project) -> None:
    assert project.briefing("[scenario]\n")["txt"].startswith(
        "A 1-day nationwide internet blackout would cost Pakistan"
    )
    shown = project.page("single(take_away_app)")
    assert "The headline alone." in shown


COMMAND = '''
"""The command `sources`: how many sources there are."""

import argparse
from typing import Any

from model.catalogue.load import Catalogue
from model.cli.parser import add_output


def add(commands: Any) -> None:
    """Hook the command into the command line."""
    add_output(commands.add_parser("sources", help="how many sources there are"), run)


def run(catalogue: Catalogue, options: argparse.Namespace) -> str:
    """The number."""
    return f"{len(catalogue.sources)} sources\\n"
'''


def add_command(project: Project) -> None:
    project.put("model/cli/sources.py", COMMAND)
    project.replace("model/__main__.py", '"list": "lists",', '"list": "lists", "sources": "sources",')


def test_a_command(project: Project) -> None:
    assert project.model("sources") == f"{len(project.load().sources)} sources\n"
    assert "how many sources there are" in project.model("--help")
