"""What the API says, each by the writer that the command line and the files use too: plain functions of a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from briefing.common.beside import SourceLine, source_lines, sources_of
from briefing.common.links import shown_query
from briefing.pages import compare, events, world
from briefing.pages.content import Frame, PageContent
from door.api.reading import FORMAT, Asked, asked, nothing_else, once, own_of
from door.common.settings import Place
from door.common.work import PackedAnswer
from model.catalogue.load import Catalogue
from model.cli.events import CHOSEN
from model.cli.lists import LISTS
from model.common.errors import InputError, choices
from model.common.version import MODEL_VERSION
from model.compare.league import MEASURES
from model.compare.leagues import league_of
from model.estimation import estimates
from model.lists.priced import price
from model.lists.shipped import shipped_list
from model.scenario.comparison import SECTIONS, to_link
from model.scenario.link import to_query
from model.text import report, world_report, writer
from model.text.lists_report import ListReport
from model.text.writer import Table

Pairs = Iterable[tuple[str, str]]
MEASURE = "world.measure"  # as the page World has it in its link
PARTS = tuple(part for part in SECTIONS if part != "breakeven")  # the others are rows beside each other
JSON, CSV = "application/json", "text/csv; charset=utf-8"


def answered(
    data: Callable[[], Mapping[str, Any]], table: Callable[[], Table], link: str, *, csv: bool
) -> PackedAnswer:
    """An answer in the form that was asked for; `link` is also a part of the JSON."""
    if csv:
        return PackedAnswer.of(writer.csv_bytes(table().csv()), CSV, link)
    return PackedAnswer.of(writer.json_text({**data(), "link": link}).encode(), JSON, link)


def estimate(tables: Catalogue, place: Place, most_draws: int, pairs: Pairs) -> PackedAnswer:
    """What a disruption costs, by at most `most_draws` simulations: the result of `estimate`, with its sources."""
    what = asked(tables, pairs, (FORMAT,), most_draws)
    result = estimates.titled_estimate(tables, what.scenario)
    link = place.link("", shown_query(result, ()))
    written_result = report.result_of(result)
    return answered(
        lambda: written_result.data() | {"notes": list(what.notes), "sources": source_rows(sources_of(result))},
        written_result.table, link, csv=what.csv,
    )  # fmt: skip


def compared(tables: Catalogue, place: Place, most_draws: int, pairs: Pairs) -> PackedAnswer:
    """Lengths, kinds, scenarios, places side by side, as the page Compare shows them; `show` says which.

    Each has at most `most_draws` simulations. Raises `InputError`.
    """
    what = asked(tables, pairs, (FORMAT,), most_draws, compares=True)
    if what.beside.show not in PARTS:
        allowed = ", ".join(PARTS)
        raise InputError("show", what.beside.show, "is no comparison of this address", allowed)
    rows = compare.rows_of(tables, what.scenario, what.beside)
    frame = Frame(date.today(), place.address, to_link(what.scenario, what.beside))
    content = compare.content(rows, what.beside.show, frame)
    return _page(content, what, content.blocks[0].table, place)


def every_economy(tables: Catalogue, place: Place, most_draws: int, pairs: Pairs) -> PackedAnswer:
    """One disruption in every economy: the result of the command `world`, by at most `most_draws` simulations.

    Raises `InputError`.
    """
    what = asked(tables, pairs, (FORMAT, MEASURE), most_draws)
    by = what.own.get(MEASURE, "usd")
    if by not in MEASURES:
        raise InputError(MEASURE, by, "is no measure", choices(MEASURES, by))
    if what.scenario.regions:
        allowed = "a share of each country: place"
        raise InputError("region", ", ".join(what.scenario.regions), "is of one country alone", allowed)
    league = league_of(tables, what.scenario, by)
    plain = what.scenario.with_changes(currency="USD", old_money=None)
    query = to_query(plain) | ({} if by == "usd" else {MEASURE: by})
    content = world.content(league, Frame(date.today(), place.address, query))
    return _page(content, what, world_report.table(league), place)


def shipped_events(tables: Catalogue, place: Place, most_draws: int, pairs: Pairs) -> PackedAnswer:
    """The documented disruptions that come with the project, each priced: the result of `events --shipped`.

    Each by at most `most_draws` simulations.
    """
    nothing_else(once(pairs), ("v", *CHOSEN, FORMAT))
    what = asked(tables, pairs, (FORMAT,), most_draws)
    plain = what.scenario
    priced_list = ListReport(price(tables, shipped_list(tables), draws=plain.draws, seed=plain.seed))
    content = events.content(priced_list, Frame(date.today(), place.address, {}), own=False)
    return _page(content, what, content.blocks[-1].table, place)


def parameters(tables: Catalogue, place: Place, _: int, pairs: Pairs) -> PackedAnswer:
    """Every assumption that a query may set: the result of the command `list parameters`."""
    query = once(pairs)
    nothing_else(query, (FORMAT,))
    own = own_of(query, (FORMAT,))
    rows = LISTS["parameters"](tables)
    stamp = writer.provenance(tables.data_version)
    cited = (parameter.source for parameter in tables.parameters.values())
    sources = source_rows(source_lines(tables, cited))
    return answered(
        lambda: {**stamp, "parameters": rows, "sources": sources}, lambda: writer.table(rows, stamp),
        place.link("how-it-works", {"how.section": "sources"}), csv=own.get(FORMAT) == "csv",
    )  # fmt: skip


def _page(content: PageContent, what: Asked, table: Table, place: Place) -> PackedAnswer:
    """The answer that a page's file has in its JSON, with what the file says around it."""
    link = place.link(content.page, content.frame.query)
    more = {
        "model_version": MODEL_VERSION, "data_version": content.provenance["data_version"],
        "headline": content.title, "basis": content.basis, "warnings": list(content.notes),
        "notes": list(what.notes), "sources": source_rows(content.sources),
    }  # fmt: skip
    columns = table.columns or tuple(table.rows[0])
    stamp = {name: text for name, text in content.provenance.items() if name not in columns}
    whole = Table(table.id, "", {}, table.rows, columns=columns, provenance=stamp)
    return answered(lambda: {**content.data, **more}, lambda: whole, link, csv=what.csv)


def source_rows(lines: Sequence[SourceLine]) -> list[dict[str, str]]:
    """Sources as plain data."""
    return [dict(vars(line)) for line in lines]


ANSWERS = {
    "estimate": estimate, "world": every_economy, "compare": compared, "parameters": parameters,
    "events": shipped_events,
}  # fmt: skip
