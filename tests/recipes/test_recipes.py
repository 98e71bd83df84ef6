"""The README's recipes, all followed in one copy of the project until a person sees what was added everywhere.

Rows (a parameter, a kind, a sector, a country, a measure) and files (a method, a page, a format, a command): as a
project grows, nothing may be in the way of another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from helpers.files.readers import flat

from recipes.project_copy import Project

pytestmark = pytest.mark.slow
PARAMETERS = "data/parameters.csv"
FILES = {"pptx", "xlsx", "pdf", "html", "zip"}
NOWHERE: frozenset[str] = frozenset()
PARAMETER, KIND, SECTOR, COUNTRY, MEASURE = (
    "structure.haste_of_readers", "exchange_outage", "harbour_markets", "XXB", "batteries",
)  # fmt: skip
SURVEY, CITIES = "A survey of readers", "Cities without exchanges"
BOUGHT = {f"lever.{MEASURE}.coverage": 0.5, f"lever.{MEASURE}.cost_musd_per_year": 2.0}
GROUP = f"severity/{KIND}"
# In each language of `data/languages/`: the noun of the kind, the same nationwide, the name of the country.
WORDS = {
    "ar": ("انقطاع نقطة التبادل", "انقطاع نقطة التبادل في عموم البلاد", "نيولاند"),
    "es": ("corte del punto de intercambio", "corte nacional del punto de intercambio", "Nuevalandia"),
    "fa": ("قطعی نقطه تبادل", "قطعی سراسری نقطه تبادل", "نیولند"),
    "fr": ("panne du point d'échange", "panne nationale du point d'échange", "Nouvelande"),
    "hi": ("विनिमय बिंदु बंदी", "देशव्यापी विनिमय बिंदु बंदी", "न्यूलैंड"),
    "ur": ("ایکسچینج کی بندش", "ملک بھر میں ایکسچینج کی بندش", "نیو لینڈ"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The copy with one more of each."""
    copy = Project.copy_to(tmp_path_factory.mktemp("recipes") / "project")
    rows = (add_parameter, add_kind, add_sector, add_country, add_measure)
    for add in (*rows, add_method, add_page, add_format, add_command):
        add(copy)
    copy.load().complete()
    yield copy
    copy.close()


@pytest.fixture(scope="module")
def files(project: Project) -> dict[str, str]:
    """The words of every file of a scenario at home that uses each of them."""
    given = "\n".join(f'"{key}" = {value}' for key, value in {PARAMETER: 2, **BOUGHT}.items())
    fields = f'kind = "{KIND}"\nhours = 72'
    return project.briefing(f"[scenario]\n{fields}\n[scenario.set]\n{given}")


@pytest.fixture(scope="module")
def files_of_newland(project: Project) -> dict[str, str]:
    """The words of every file of a blackout in the new country, where every sector loses."""
    return project.briefing(f'[scenario]\ncountry = "{COUNTRY}"')


def stands_in(files: dict[str, str], name: str, left_out: frozenset[str] = NOWHERE) -> None:
    """The name stands in every file that is taken away."""
    assert set(files) == {*FILES, "txt"}  # the format of the recipe holds a headline alone
    assert not [key for key in FILES - left_out if flat(name) not in files[key]], name


def new_source(project: Project, key: str, title: str) -> str:
    address = f"https://example.org/{key}"
    project.append(
        "data/sources.csv", id=key, title=title, publisher="Nobody", url=address, date="2030-01-01"
    )
    return key


def add_parameter(project: Project) -> None:
    project.append("data/groups.csv", key="readers", label="Readers", help="What readers do.", order="99")
    project.append(
        PARAMETERS, key=PARAMETER, label="Haste of readers", unit="x", low="0.5", mode="1", high="2", min="0",
        max="5", step="0.1", distribution="pert", streams=str(next(project.free)), group="readers",
        help="Moves nothing yet.", status="assumption", source=new_source(project, "own_survey_2030", SURVEY),
        source_date="2030-01", evidence="an example",
    )  # fmt: skip


def test_a_parameter(project: Project, files: dict[str, str]) -> None:
    key, label = PARAMETER, "Haste of readers"
    assert key in project.model("list", "parameters")
    assert "changes nothing" in project.model("estimate", "--set", f"{key}=2", "--format", "json")
    shown, _, link = project.page(f"estimate_page('readers', assumptions={{'{key}': 2.0}})")
    assert label in shown
    assert link[key] == "2.0"
    sources = project.page("single(sources_app)")
    assert label in sources
    assert SURVEY in sources
    stands_in(files, label)
    stands_in(files, SURVEY, frozenset({"pptx", "pdf"}))  # as many sources as a page allows, the first ones


def add_kind(project: Project) -> None:
    for code, (noun, nationwide, _) in WORDS.items():
        project.translate(code, "kind", "exchange outage", noun)
        project.translate(code, "kind", "nationwide exchange outage", nationwide)
    project.append(
        "data/kinds.csv", key=KIND, label="Exchange outage", phrase="an exchange outage", noun="exchange outage",
        nouns="exchange outages", nationwide="nationwide exchange outage",
        nationwide_plural="nationwide exchange outages", topic="exchange outages",
        family="cut", severity_from="table", ordered_by_authority="no", worked_around_at_cost="no",
        second_line_helps="no", help="No exchange point answers.", status="assumption",
        source=new_source(project, "own_city_2030", CITIES),
    )  # fmt: skip
    project.append(
        "data/groups.csv",
        key=GROUP,
        label="Connectivity lost: exchange outage",
        help="What is lost.",
        order="9",
    )
    for part in ("share", "days"):
        project.copy_row(
            PARAMETERS, f"adaptation.vpn_block.{part}", key=f"adaptation.{KIND}.{part}", group=GROUP
        )
    for row in project.read("data/user_classes.csv")[1:]:
        like = f"severity.vpn_block.{row[0]}"
        project.copy_row(
            PARAMETERS, like, key=f"severity.{KIND}.{row[0]}", group=GROUP, label="Lost with exchanges"
        )
    for part in ("per_year", "days"):
        like, own = f"calendar.vpn_block.{part}", f"Exchange outages, {part}"
        project.copy_row("data/industry.csv", like, key=f"calendar.{KIND}.{part}", label=own)


def test_a_kind_of_disruption(project: Project, files: dict[str, str]) -> None:
    assert "A 1-day nationwide exchange outage" in project.model("estimate", "--kind", KIND)
    assert KIND in project.model("list", "kinds")
    assert "Exchange outage" in project.model("firm", "--kind", KIND, "--format", "json")
    shown, headline, link = project.page(f"estimate_page('{GROUP}', kind='{KIND}')")
    assert headline.startswith("A 1-day nationwide exchange outage")
    assert link["kind"] == KIND
    assert "Lost with exchanges" in shown
    assert "Exchange outage" in project.page(f"firm_page(kind='{KIND}')")
    assert "Exchange outages, days" in project.page("pakistan_page('Exports', calendar='own')")
    sources = project.page("single(sources_app)")
    assert "Lost with exchanges" in sources
    assert CITIES in sources
    stands_in(files, "xchange outage")
    stands_in(files, CITIES, frozenset({"pptx", "pdf"}))
    stands_in(files, WORDS["ur"][1], frozenset({"pdf"}))  # the letters of a PDF are pictures of joined ones
    for code, (_, nationwide, _) in WORDS.items():
        assert nationwide in project.model("estimate", "--kind", KIND, "--language", code)
    assert "Exchange outage" in project.page("whole_page('compare', show='kinds')")
    assert "exchange outage" in project.page(f"whole_page('world', kind='{KIND}')")
    assert "Exchange outage, 1 day" in project.model("world", "--kind", KIND)


def add_sector(project: Project) -> None:
    project.copy_row(
        "data/sectors.csv", "trade", key=SECTOR, label="Harbour markets", value_added_column=SECTOR
    )
    project.split_share("trade_offline", SECTOR)
    project.append(
        "data/columns.csv", table="sector_shares", column=SECTOR, unit="share", description="Harbour markets"
    )


def test_a_sector(project: Project, files_of_newland: dict[str, str]) -> None:
    label = "Harbour markets"
    assert label in project.model("estimate", "--format", "json")
    key = f"sector.{SECTOR}.patience_days"
    assert key in project.model("estimate", "--set", f"{key}=9", "--format", "json")
    shown, _, link = project.page(f"estimate_page('sectors', assumptions={{'{key}': 9.0}})")
    assert label in shown
    assert link[key] == "9.0"
    assert label in project.page("single(sources_app)")
    assert "21 sectors" in project.page("single(methods_app)")
    stands_in(files_of_newland, label, frozenset({"pdf"}))  # the industries that lose most


def add_country(project: Project) -> None:
    project.copy_row("data/countries.csv", "KEN", iso3=COUNTRY, name="Newland")
    for code, (_, _, name) in WORDS.items():
        project.translate(code, "place", "Newland", name)
    project.copy_row("data/sector_shares.csv", "KEN", iso3=COUNTRY)
    for field in ("gdp", "gva_to_gdp"):
        cells = project.read("data/economies.csv")
        row = next(row for row in cells if row[:2] == ["KEN", field])
        project.write("data/economies.csv", [*cells, [COUNTRY, *row[1:]]])


def test_a_country(project: Project, files_of_newland: dict[str, str]) -> None:
    assert "cost Newland" in project.model("estimate", "--country", "newland")
    assert "Newland" in project.model("list", "countries")
    shown, headline, link = project.page(f"estimate_page(country='{COUNTRY}')")
    assert "cost Newland" in headline
    assert link["country"] == COUNTRY
    assert "Newland" in shown
    stands_in(files_of_newland, "Newland")
    for code, (_, _, name) in WORDS.items():
        assert name in project.model("estimate", "--country", COUNTRY, "--language", code)
    assert "Newland" in project.page(f"sources_page(country='{COUNTRY}')")
    assert "Newland" in project.page("whole_page('world')")
    assert "Newland" in project.model("world", "--format", "csv")


def add_measure(project: Project) -> None:
    label = "Shared batteries"
    project.append(
        "data/levers.csv", key=MEASURE, label=label, acts_on="severity", classes="small", kinds="*",
        help="Small firms keep a line.",
    )  # fmt: skip
    project.copy_row("data/measures.csv", "backup_hub", key=MEASURE, label=label)
    for part in ("coverage", "effect", "cost_musd_per_year"):
        like = f"lever.backup_hub.{part}"
        project.copy_row(PARAMETERS, like, key=f"lever.{MEASURE}.{part}", label=f"{label}: {part}")


def test_a_measure(project: Project, files: dict[str, str]) -> None:
    label = "Shared batteries"
    sets = [text for name, value in BOUGHT.items() for text in ("--set", f"{name}={value}")]
    assert label in project.model("estimate", *sets, "--format", "json")
    assert label in project.model("levers", "--format", "json")
    shown, _, link = project.page(f"estimate_page(assumptions={BOUGHT})")
    assert f"{label}: coverage" in shown
    assert link[f"lever.{MEASURE}.coverage"] == "0.5"
    assert label in project.page("pakistan_page('Continuity')")
    assert label in project.page("single(sources_app)")
    stands_in(files, label)


METHOD = '''
"""Newcomer 2030: a share of GDP."""

from model.catalogue.methods import References
from model.common.ranges import Range
from model.methods import base
from model.methods.base import Answer, AnswerOrRefused, Method, Question

NAME = "newcomer2030"


def compute(question: Question, references: References) -> AnswerOrRefused:
    """GDP / 365 x days x share of daily GDP."""
    gdp = base.gdp_of(question)
    if gdp is None:
        return METHOD.refuse("GDP", base.NO_GDP)
    share = references.constant(NAME, "share")
    cost = base.during(gdp.value, question.hours) * share.value
    return Answer(Range.of(cost), {**base.asked(question), **base.gdp_inputs(gdp)}, (share,))


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


def test_a_published_method(project: Project, files_of_newland: dict[str, str]) -> None:
    assert "Newcomer 2030" in project.model("methods")
    answer = json.loads(project.model("method", "newcomer2030", "--gdp", "3.65e11", "--format", "json"))
    assert answer["cost_usd"] == pytest.approx(1e7)
    with pytest.raises(AssertionError, match="it knows an internet that is off as a whole"):
        project.model("method", "newcomer2030", "--kind", "mobile_only")
    assert "Newcomer 2030" in json.dumps(project.page("estimate_page()"))
    assert "Newcomer 2030" in project.page("single(methods_app)")
    assert STUDY in project.page("single(sources_app)")
    stands_in(files_of_newland, "Newcomer 2030")


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
    after = "from views.pages.pakistan import page as pakistan\n"
    project.replace(file, after, f"{after}from views.pages.plain import page as plain\n")
    row = '    ("plain", "Plain words", "notes", plain.page),\n'
    last = '    ("how-it-works", "How it works", "balance", how.page),\n'
    project.replace(file, last, f"{last}{row}")
    project.replace(file, "sources.STORE)", "sources.STORE, plain.STORE)")


def test_a_page(project: Project) -> None:
    assert "Plain words" in project.page("navigation()")
    assert project.page("served('/plain')") == [200, "<title>Plain words - NetToll</title>"]
    assert project.page("served('/plan')")[0] == 404
    assert f"{2 * len(project.load().sources)} sources" in project.page(
        "linked_page('plain', {'plain.times': '2'})"
    )


FORMAT = '''
"""The headline alone."""

from briefing.common.content import Content


def make(content: Content) -> bytes:
    """The headline as plain text."""
    return content.headline.encode()
'''


def add_format(project: Project) -> None:
    project.put("briefing/plain.py", FORMAT)
    last = '            "Every chart\'s numbers, the scenario, the full result and how to repeat it.",\n        ),\n'
    row = '        FileFormat("txt", "Plain text", "plain", "text/plain", "The headline alone."),\n'
    project.replace("briefing/__init__.py", last, last + row)


def test_a_format_of_the_briefing(project: Project, files_of_newland: dict[str, str]) -> None:
    said = "A 1-day nationwide internet blackout would cost Newland"
    assert files_of_newland["txt"].startswith(said)
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
    project.replace("model/__main__.py", '"list": "lists",', '"list": "lists",\n    "sources": "sources",')


def test_a_command(project: Project) -> None:
    assert project.model("sources") == f"{len(project.load().sources)} sources\n"
    assert "how many sources there are" in project.model("--help")


def test_the_copys_own_tests_pass(project: Project) -> None:
    """Those of words and of style: figures of results change with the rows, as the recipes say."""
    project.test("tests/language", "tests/project/test_project.py", "-k", "language or ruff")
