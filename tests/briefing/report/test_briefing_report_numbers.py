"""Every amount of money that the report prints is an amount of the result, rounded as the model rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from html.parser import HTMLParser

import pytest
from helpers.files.content import FEW, content_for
from helpers.files.readers import flat, pdf_text

from briefing import make
from briefing.common.content import Content
from briefing.report import typeset
from model.catalogue.load import Catalogue
from model.methods.strip import applicable
from model.scenario.scenario import Scenario

SIZES = {"": 1.0, "k": 1e3, "M": 1e6, "bn": 1e9, "million": 1e6, "billion": 1e9, "trillion": 1e12, "tn": 1e12}
NUMBER = r"([\d,]+(?:\.\d+)?)"
MONEY = re.compile(rf"(?:\$|KES |PKR )−?{NUMBER}(?:-{NUMBER})? ?(k|M|bn|tn|million|billion|trillion)?\b")


class Cells(HTMLParser):
    """The words in the cells of the tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "td":
            self.inside = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def printed(text: str) -> Iterator[tuple[str, float]]:
    """The amounts of money in a text, by how they are written; both ends of a range have its one unit."""
    for match in MONEY.finditer(text):
        first, second, size = match.groups()
        for number in (first, second):
            if number:
                yield match[0], float(number.replace(",", "")) * SIZES[size or ""]


def roundings(value: float) -> set[float]:
    """An amount to one, two and three digits, half to even, as the decimals that people read."""
    exact = abs(Decimal(repr(value)))
    if not exact:
        return {0.0}
    places = (exact.adjusted() - digits for digits in range(3))
    return {float(exact.quantize(Decimal(1).scaleb(place), ROUND_HALF_EVEN)) for place in places}


def amounts_of(content: Content) -> Iterator[float | None]:
    """Everything that the model has computed, in the money of the report, and the answer in other money and by time."""
    result, rate = content.result, content.result.money.per_usd
    for amount in result.amounts:
        yield from amount.range
    for curve in result.curves.values():
        yield from map(float, curve.median)
    for row in result.tornado:
        yield from (row.at_low, row.at_high, row.centre)
    for lever in result.levers:
        yield from (*lever.avoided, lever.cost_per_year)
    for beside in content.compared:
        yield from (*beside.amount, *beside.differs)
    for method in applicable(result.catalogue, result.scenario, result.economy):
        if method.answer is not None:
            yield from (part * rate for part in method.answer.cost)
    net, hours = result.amount("net_direct").median or 0.0, result.scenario.hours
    yield from (net / hours, net / hours * 24, net / rate)
    if result.economy.rate is not None:
        yield net / rate * result.economy.rate.value


@pytest.fixture(scope="module")
def shillings(catalogue: Catalogue) -> Content:
    """In local money, with measures and a scenario beside it."""
    on = {"lever.second_link.coverage": 0.5, "lever.backup_hub.coverage": 0.5}
    day = Scenario(draws=FEW, country="KEN", currency="KES")
    return content_for(catalogue, day.with_changes(hours=72.0, assumptions=on), others=(day,))


@pytest.mark.parametrize("name", ["vpn_content", "shillings"])
def test_every_amount_that_is_printed_is_one_of_the_result(name: str, request: pytest.FixtureRequest) -> None:
    content: Content = request.getfixturevalue(name)
    rounded = {value for amount in amounts_of(content) if amount is not None for value in roundings(amount)}
    data = typeset.data_of(content)
    axes = [
        tick["label"] for chart in data["charts"].values() for tick in [*chart["axis"], *chart.get("y", ())]
    ]
    rounded |= {value for label in axes for _, value in printed(label)}
    cells = Cells()
    cells.feed(make("html", content).data.decode("utf-8"))
    for text in (pdf_text(make("pdf", content).data), flat(" | ".join(cells.cells))):
        amounts = list(printed(text))
        wrong = [
            said for said, value in amounts if not any(abs(value - own) <= 1e-9 * own for own in rounded)
        ]
        assert len(amounts) > 100 and not wrong, wrong
