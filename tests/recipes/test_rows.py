"""The README's recipes of rows, followed in a copy of the project until a person sees what was added everywhere."""

from __future__ import annotations

import pytest
from helpers.files.readers import flat

from recipes.project_copy import Project

pytestmark = pytest.mark.slow
PARAMETERS = "data/parameters.csv"
FILES = {"pptx", "xlsx", "pdf", "html", "zip"}
NOWHERE: frozenset[str] = frozenset()


def scenario(assumptions: dict[str, float] | None = None, /, **fields: object) -> str:
    """A scenario file."""
    rows = [
        f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"
        for name, value in fields.items()
    ]
    given = [f'"{key}" = {value}' for key, value in (assumptions or {}).items()]
    return "\n".join(["[scenario]", *rows, *(["[scenario.set]", *given] if given else [])])


def stands_in(files: dict[str, str], name: str, left_out: frozenset[str] = NOWHERE) -> None:
    """The name stands in every file that is taken away."""
    assert set(files) == FILES
    assert not [key for key, text in files.items() if flat(name) not in text and key not in left_out], name


def new_source(project: Project, title: str) -> str:
    key = "own_study_2030"
    address = "https://example.org/study"
    project.append(
        "data/sources.csv", id=key, title=title, publisher="Nobody", url=address, date="2030-01-01"
    )
    return key


def test_a_parameter(project: Project) -> None:
    key, label, study = "structure.patience_of_readers", "Patience of readers", "A survey of readers"
    free = max(project.load().streams.values()) + 1
    project.append("data/groups.csv", key="readers", label="Readers", help="What readers do.", order="99")
    project.append(
        PARAMETERS, key=key, label=label, unit="x", low="0.5", mode="1", high="2", min="0", max="5", step="0.1",
        distribution="pert", streams=str(free), group="readers", help="Moves nothing yet.", status="assumption",
        source=new_source(project, study), source_date="2030-01", evidence="an example",
    )  # fmt: skip
    project.load().complete()
    assert key in project.model("list", "parameters")
    assert "changes nothing" in project.model("estimate", "--set", f"{key}=2", "--format", "json")
    shown, _, link = project.page(f"estimate_page('readers', assumptions={{'{key}': 2.0}})")
    assert label in shown
    assert link[key] == "2.0"
    sources = project.page("single(sources_app)")
    assert label in sources
    assert study in sources
    files = project.briefing(scenario({key: 2}))
    stands_in(files, label)
    stands_in(files, study, frozenset({"pptx", "pdf"}))  # as many sources as a page allows, the first ones


def test_a_kind_of_disruption(project: Project) -> None:
    kind, label, study = "satellite_outage", "Satellite outage", "A sky without satellites"
    urdu = "سیٹلائٹ کی بندش"
    project.translate("ur", "kind", "nationwide satellite outage", urdu)
    project.append(
        "data/kinds.csv", key=kind, label=label, phrase="a satellite outage", noun="satellite outage",
        nouns="satellite outages", nationwide="nationwide satellite outage",
        nationwide_plural="nationwide satellite outages", topic="satellite outages",
        family="cut", severity_from="table", ordered_by_authority="no", worked_around_at_cost="no",
        second_line_helps="no", help="No satellite answers.", status="assumption", source=new_source(project, study),
    )  # fmt: skip
    group = f"severity/{kind}"
    project.append(
        "data/groups.csv", key=group, label="Severity: satellite outage", help="What is lost.", order="9"
    )
    for part in ("share", "days"):
        project.copy_row(
            PARAMETERS, f"adaptation.vpn_block.{part}", key=f"adaptation.{kind}.{part}", group=group
        )
    for row in project.read("data/user_classes.csv")[1:]:
        like = f"severity.vpn_block.{row[0]}"
        project.copy_row(
            PARAMETERS, like, key=f"severity.{kind}.{row[0]}", group=group, label="Lost with satellites"
        )
    for part in ("per_year", "days"):
        like, own = f"calendar.vpn_block.{part}", f"Satellite outages, {part}"
        project.copy_row("data/industry.csv", like, key=f"calendar.{kind}.{part}", label=own)
    project.load().complete()
    assert "A 1-day nationwide satellite outage" in project.model("estimate", "--kind", kind)
    assert kind in project.model("list", "kinds")
    assert label in project.model("firm", "--kind", kind, "--format", "json")
    shown, headline, link = project.page(f"estimate_page('{group}', kind='{kind}')")
    assert headline.startswith("A 1-day nationwide satellite outage")
    assert link["kind"] == kind
    assert "Lost with satellites" in shown
    assert label in project.page(f"firm_page(kind='{kind}')")
    assert "Satellite outages, days" in project.page("pakistan_page('Exports', calendar='own')")
    sources = project.page("single(sources_app)")
    assert "Lost with satellites" in sources
    assert study in sources
    files = project.briefing(scenario(kind=kind, hours=72))
    stands_in(files, "atellite outage")
    stands_in(files, study, frozenset({"pptx"}))
    stands_in(files, urdu, frozenset({"pdf"}))  # the letters of a PDF are pictures of joined ones


def test_a_sector(project: Project) -> None:
    key, label = "street_markets", "Street markets"
    project.copy_row("data/sectors.csv", "trade", key=key, label=label, value_added_column="street_markets")
    project.split_share("trade_offline", key)
    project.append("data/columns.csv", table="sector_shares", column=key, unit="share", description=label)
    project.load().complete()
    assert label in project.model("estimate", "--format", "json")
    shown, _, _ = project.page(f"estimate_page('sectors', assumptions={{'sector.{key}.patience_days': 9.0}})")
    assert label in shown
    assert label in project.page("single(sources_app)")
    assert "21 sectors" in project.page("single(methods_app)")
    stands_in(project.briefing(scenario()), label)


def test_a_country(project: Project) -> None:
    project.copy_row("data/countries.csv", "KEN", iso3="XXA", name="Testland")
    project.translate("ur", "place", "Testland", "ٹیسٹ لینڈ")
    project.copy_row("data/sector_shares.csv", "KEN", iso3="XXA")
    for field in ("gdp", "gva_to_gdp"):
        cells = project.read("data/economies.csv")
        row = next(row for row in cells if row[:2] == ["KEN", field])
        project.write("data/economies.csv", [*cells, ["XXA", *row[1:]]])
    project.load().complete()
    assert "cost Testland" in project.model("estimate", "--country", "testland")
    assert "Testland" in project.model("list", "countries")
    shown, headline, link = project.page("estimate_page(country='XXA')")
    assert "cost Testland" in headline
    assert link["country"] == "XXA"
    assert "Testland" in shown
    files = project.briefing(scenario(country="XXA"))
    stands_in(files, "Testland")
    assert "ٹیسٹ لینڈ" in project.model("estimate", "--country", "XXA", "--language", "ur")


def test_a_measure(project: Project) -> None:
    key, label = "generators", "Shared generators"
    project.append(
        "data/levers.csv", key=key, label=label, acts_on="severity", classes="small", kinds="*",
        help="Small firms keep a line.",
    )  # fmt: skip
    project.copy_row("data/measures.csv", "backup_hub", key=key, label=label)
    for part in ("coverage", "effect", "cost_musd_per_year"):
        like = f"lever.backup_hub.{part}"
        project.copy_row(PARAMETERS, like, key=f"lever.{key}.{part}", label=f"{label}: {part}")
    project.load().complete()
    given = {f"lever.{key}.coverage": 0.5, f"lever.{key}.cost_musd_per_year": 2.0}
    sets = [text for name, value in given.items() for text in ("--set", f"{name}={value}")]
    assert label in project.model("estimate", *sets, "--format", "json")
    assert label in project.model("levers", "--format", "json")
    shown, _, link = project.page(f"estimate_page(assumptions={given})")
    assert f"{label}: coverage" in shown
    assert link[f"lever.{key}.coverage"] == "0.5"
    assert label in project.page("pakistan_page('Continuity')")
    assert label in project.page("single(sources_app)")
    stands_in(project.briefing(scenario(given)), label)
