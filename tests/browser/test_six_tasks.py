"""Six people with a question, from the first page to what they carry away, with the clicks or taps that it takes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import saved
from browser.steps import NARROW, WIDE, link_of, new_tab, rest


class Hand:
    """What a person does on a page, counted: a click or a tap each, typing is free."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, target: Locator) -> None:
        target.click()
        self.clicks += 1
        rest(self.page)

    def type(self, field: Locator, text: str) -> None:
        """Into a field, then Enter."""
        field.click()
        self.clicks += 1
        field.fill(text)
        field.press("Enter")
        rest(self.page)

    def pick(self, name: str, text: str) -> None:
        """Of a list: its first match is taken by Enter."""
        box = self.page.get_by_role("combobox", name=name)
        box.click()
        self.clicks += 1
        box.fill(text)
        self.page.get_by_role("option").first.wait_for()
        box.press("Enter")
        rest(self.page)

    def field(self, name: str) -> Locator:
        return self.page.get_by_role("textbox", name=name)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def to(self, name: str) -> None:
        # An open list hides the links from the tree of roles, not from the hand.
        links = self.page.get_by_role("link", name=re.compile(rf"\b{name}$"), include_hidden=True)
        self.press(links.locator("visible=true").first)

    def save(self, button: Locator) -> tuple[str, bytes]:
        self.clicks += 1
        return saved(self.page, button)

    @property
    def copied(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def hand(request: pytest.FixtureRequest, browser: Browser, dashboard: str) -> Iterator[Hand]:
    """A new visitor on the first page, at a desk or with a phone."""
    page = new_tab(browser, NARROW if request.param == "phone" else WIDE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{dashboard}/?draws=1024")
    rest(page)
    yield Hand(page)
    page.close()


AT_A_DESK = pytest.mark.parametrize("hand", ["desk"], indirect=True)
ON_A_PHONE = pytest.mark.parametrize("hand", ["phone"], indirect=True)


def within(hand: Hand, most: int, who: str, capsys: pytest.CaptureFixture[str]) -> None:
    """At most so many clicks, no drawer opened, nothing broken."""
    with capsys.disabled():
        print(f"\n{who}: {hand.clicks} clicks of at most {most}")
    assert hand.clicks <= most
    assert not hand.page.locator("[data-testid=stSidebar]").locator("visible=true").count(), (
        "a drawer is open"
    )
    assert not hand.page.locator("[data-testid=stException]").count()


@AT_A_DESK
def test_a_journalist_has_a_sentence_to_print(hand: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand.pick("Where", "Bangladesh")
    hand.type(hand.field("How long"), "3 days")
    hand.press(hand.button("Copy text"))
    words = hand.copied
    assert (
        "A 3-day nationwide internet blackout would cost Bangladesh about $" in words and "range $" in words
    )
    assert "country=BGD" in words and "duration=3d" in words, "the address stands beneath it"
    within(hand, 3, "journalist", capsys)


@ON_A_PHONE
def test_a_campaigner_has_local_money_a_link_and_a_picture(
    hand: Hand, capsys: pytest.CaptureFixture[str]
) -> None:
    hand.press(hand.page.get_by_text("More options", exact=True))
    hand.pick("Examples and past events", "Uganda election")
    hand.press(hand.page.locator(".st-key-w_currency").get_by_text("UGX"))
    hand.press(hand.button("Share"))
    assert hand.copied == hand.page.url and link_of(hand.page)["currency"] == "UGX"
    name, content = hand.save(hand.page.locator(".st-key-picture_answer button[data-format=png]"))
    assert name.startswith("UGA") and content[:4] == b"\x89PNG"
    assert "UGX" in hand.page.locator(".explorer-sentence").inner_text()
    within(hand, 5, "campaigner", capsys)


@AT_A_DESK
def test_a_regulator_compares_lengths_in_a_region(hand: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand.pick("What", "Mobile data")
    hand.pick("Regions", "Balochistan")
    hand.to("Compare")
    hand.type(hand.field("Add lengths"), "6 hours, 1 day, 3 days")
    hand.press(hand.button("Copy table"))
    rows = [line.split("\t") for line in hand.copied.splitlines()]
    assert [row[0] for row in rows] == ["Length", "6 hours", "1 day", "3 days"]
    assert all("$" in cell for row in rows[1:] for cell in row[1:2])
    assert link_of(hand.page)["region"] == "Balochistan" and link_of(hand.page)["durations"] == "6h,1d,3d"
    within(hand, 5, "regulator", capsys)


@AT_A_DESK
def test_a_planner_has_the_cost_of_a_year(hand: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand.to("My firm")
    sentence = hand.page.locator(".st-key-firm_sentence")
    hand.type(sentence.locator(".st-key-i_firm-outages_per_year input"), "12")
    hand.type(sentence.locator(".st-key-i_firm-people input"), "350")
    answer = hand.page.locator("[data-testid=stMain] h3").first.inner_text()
    assert "12 outages a year" in answer and re.search(r"about \$[\d,]+ \(\$[\d,]+-[\d,]+\)", answer), answer
    within(hand, 4, "planner", capsys)


@AT_A_DESK
def test_an_association_has_the_bridge_and_its_slides(hand: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand.pick("What", "VPN")
    hand.type(hand.field("How long"), "1 year")
    hand.to("Pakistan IT")
    main = hand.page.locator("[data-testid=stMain]")
    assert hand.page.locator(".st-key-w_block_length input").input_value() == "365 days", (
        "the length comes along"
    )
    expect(main).to_contain_text("$100 million to $150 million")
    hand.to("Export")
    name, content = hand.save(hand.page.locator(".st-key-make_pptx button:visible"))
    assert name.endswith(".pptx") and content[:2] == b"PK"
    within(hand, 6, "association", capsys)


@AT_A_DESK
def test_a_researcher_changes_an_assumption_and_takes_the_numbers(
    hand: Hand, capsys: pytest.CaptureFixture[str]
) -> None:
    hand.press(hand.page.get_by_text("More options", exact=True))
    hand.press(hand.page.get_by_text("Change assumptions", exact=True))
    trade = hand.page.locator("[class*='st-key-p_sector-trade-dependence'] input").last
    hand.type(trade, "20.5")
    assert "sector.trade.dependence" in hand.page.url
    _, content = hand.save(hand.page.get_by_role("button", name="All results (CSV)"))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows and all(row["model_version"] and "sector.trade.dependence" in str(row) for row in rows)
    within(hand, 4, "researcher", capsys)
