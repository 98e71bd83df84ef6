"""What a link to a page shows, in few words and numbers: for the head of its HTML, its picture, figures to embed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from briefing.common.titles import disruption_title, scenario_title
from briefing.pages import compare, world
from briefing.pages.content import Dot, Frame, PageContent
from model.catalogue.load import Catalogue
from model.common.citation import project
from model.common.errors import InputError
from model.compare.league import MEASURES
from model.compare.leagues import league_of
from model.estimation import estimates
from model.estimation.estimate import Estimate
from model.reading.links import mended
from model.scenario.comparison import from_link, is_link_name, to_link
from model.scenario.events import honest
from model.scenario.fields import DEFAULT_DRAWS, Header
from model.scenario.link import to_query
from model.text import sentence

MEASURE = "world.measure"
OF_SCENARIO = ("", "compare", "world", "export")  # the pages that stand on the scenario of the link
# What other pages say.
ABOUT = {
    "events": "Lists of internet shutdowns, priced row by row: your own, Access Now's, Cloudflare's, IODA's or OONI's.",
    "firm": "What outages cost a firm in a year, and what a second line or a backup would save.",
    "pakistan": "What is claimed about Pakistan's IT industry, what the claims imply, and our estimate beside them.",
    "how-it-works": "Method, sources, assumptions and back-tests of the estimates: what carries them, and how "
    "often they were right.",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """A page and what it found.

    `query` leads to it again, without what others added to the link. `about` is its title, `said` its sentence. `rows`
    are drawn with their ranges; the first is the answer where `result` is there. `log` where their axis is.
    """

    page: str
    query: Mapping[str, str]
    about: str
    said: str
    rows: tuple[Dot, ...] = ()
    log: bool = False
    result: Estimate | None = None


def plain(page: str) -> Finding:
    """A page without what its link says: where that cannot be computed in time."""
    about = ABOUT.get(page, f"{project().purpose}: a range with its basis, for whoever it concerns.")
    return Finding(page, {}, "", about)


def finding(tables: Catalogue, page: str, given: Mapping[str, str], day: date) -> Finding:
    """What a page finds for a link; what it cannot use is left out, as on the page. Never raises `InputError`.

    More simulations than usual are not begun for who only looks: the usual number tells the same.
    """
    if page not in OF_SCENARIO:
        return plain(page)
    query = {key: value for key, value in given.items() if not key.startswith("embed")}
    query = mended(query, lambda name: name == MEASURE or is_link_name(tables, name))
    measure = query.pop(MEASURE, "")
    scenario, beside, _ = from_link(tables, query)
    scenario = honest(tables, scenario)
    if scenario.draws > DEFAULT_DRAWS:
        scenario = scenario.with_changes(draws=DEFAULT_DRAWS)
    try:
        if page == "compare":
            shown = compare.rows_of(tables, scenario, beside)
            content = compare.content(shown, beside.show, Frame(day, "", to_link(scenario, beside)))
            return _page(content, scenario_title(tables, scenario))
        if page == "world":
            by = measure if measure in MEASURES else "usd"
            query = to_query(scenario.with_changes(header=Header())) | ({MEASURE: by} if by != "usd" else {})
            content = world.content(league_of(tables, scenario, by), Frame(day, "", query))
            return _page(content, disruption_title(tables, scenario))
    except InputError:
        return plain(page)
    result = estimates.titled_estimate(tables, scenario)
    return Finding(
        page, to_query(scenario), scenario_title(tables, scenario), sentence.headline(result), (row_of(result),),
        result=result,
    )  # fmt: skip


def row_of(result: Estimate) -> Dot:
    """The direct loss of a result as a row to draw."""
    cost = result.curves["net_direct"].at(result.chosen)
    return Dot("Direct loss", cost.money(result.money.unit), cost)


def _page(content: PageContent, about: str) -> Finding:
    block = content.blocks[0]
    return Finding(content.page, content.frame.query, about, content.title, block.dots, log=block.log)
