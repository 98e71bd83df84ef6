"""The pocket edition opened from a file in a real browser, without a connection."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from browser.conftest import saved
from browser.test_frame import AXE, CHECK
from helpers.pocket import COUNTS, DAY, HOURS, OPENED, SMALL, cases
from playwright.sync_api import Browser, Page, expect

from model.catalogue.load import Catalogue
from model.language.language import available, language_of

CASES = 40  # bench/bench_pocket.py asks for hundreds, of every economy and length
# Numbers of every size, those on the edge between two roundings among them.
SIZES = [
    0.0,
    9.95,
    0.995,
    1.5,
    2.5,
    0.25,
    9949.999,
    9950.0,
    10050.0,
    99500.0,
    999499.0,
    999500.0,
    1e6,
    1.25e6,
    1e15,
]


@pytest.fixture(scope="module")
def page(browser: Browser, pocket: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The edition on a phone with its network off; nothing that it does may go wrong or ask for anything."""
    file = tmp_path_factory.mktemp("pocket") / "index.html"
    file.write_text(pocket, encoding="utf-8", newline="\n")
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844}, color_scheme="dark")
    opened, wrong = context.new_page(), list[str]()
    opened.on("pageerror", lambda problem: wrong.append(str(problem)))
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on(
        "request",
        lambda asked: (
            wrong.append(asked.url) if not asked.url.startswith(("file:", "blob:", "data:")) else None
        ),
    )
    opened.goto(file.as_uri())
    opened.wait_for_selector(OPENED)
    yield opened
    assert not wrong
    context.close()


def went(page: Page, fragment: str) -> str:
    """Follow a link inside the page; what it says is wrong with it."""
    page.evaluate("there => { location.hash = there; }", fragment)
    page.wait_for_function(
        "there => document.querySelector('main').dataset.address === there", arg=f"#{fragment}"
    )
    problem = page.locator("#problem")
    return problem.inner_text() if problem.is_visible() else ""


def test_it_says_what_the_full_tool_says(page: Page, catalogue: Catalogue) -> None:
    """Sentences and amounts of random cases, to the last printed digit, in every language and money."""
    asked = cases(catalogue, CASES, 1, SMALL, HOURS, COUNTS)
    got = page.evaluate("asked => asked.map(window.nettoll)", [case.fragment for case in asked])
    for case, said in zip(asked, got, strict=True):
        assert said == case.said(catalogue, DAY), case.fragment


def test_amounts_of_every_size_are_written_alike(page: Page, catalogue: Catalogue) -> None:
    """Amounts, plurals and percentages by the page's own functions, where languages differ by territory too."""
    dice = random.Random(1)
    values = [*SIZES, *(10 ** dice.uniform(-4, 15) for _ in range(40))]
    for code in available():
        for iso3 in ("PAK", "DZA", "USA"):
            language, own = language_of(code, iso3), catalogue.countries[iso3].currency
            wanted = [
                language.amount(value, unit, digits)
                for value in values
                for unit in ("USD", own)
                for digits in (1, 2, 3)
            ]
            got = page.evaluate("([values, place, code, own]) => window.nettoll.amounts(values, place, code, own)",
                                [values, SMALL.index(iso3), code, own])  # fmt: skip
            assert got == wanted, (code, iso3)


def test_a_reader_chooses_copies_and_takes_a_picture(page: Page, catalogue: Catalogue) -> None:
    assert not went(page, "v=2&country=PAK")  # as a link of the full tool begins
    page.get_by_label("Where").select_option(label="Algeria")
    page.get_by_label("How long").first.select_option(label="3 days")
    sentence = page.locator("#sentence")
    expect(sentence).to_contain_text("A 3-day nationwide internet blackout would cost Algeria about $")
    assert page.url.endswith("#country=DZA&kind=full_blackout&duration=3d")
    share = page.get_by_label("Share of the country affected")
    share.fill("12,5")
    share.press("Tab")
    expect(sentence).to_contain_text("in 12.5% of the country")
    before = sentence.inner_text()
    share.fill("120")
    share.press("Tab")
    expect(page.get_by_role("alert")).to_have_text(
        'Share of the country affected: "120" cannot be used; allowed: a number above 0 and up to 100'
    )
    assert sentence.inner_text() == before
    page.get_by_label("Money").select_option(label="DZD")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(sentence).to_contain_text("DZD ")
    page.locator("#slider").press("ArrowRight")
    expect(page.locator("#slid")).to_have_text("26 days")
    page.get_by_label("Language").select_option(label="العربية")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar-DZ", "rtl"]
    expect(sentence).to_contain_text("الجزائر")
    name, content = saved(page, page.locator("#svg"))
    assert (
        name == "nettoll-country-dza-kind-full-blackout-duration-26d-place-0.125-currency-dzd-language-ar.svg"
    )
    drawn = ET.fromstring(content.decode())
    words = "".join(drawn.itertext())
    assert catalogue.data_version in words and "NetToll" in words and "12,5%" in words
    name, content = saved(page, page.locator("#png"))
    assert name.endswith(".png") and content.startswith(b"\x89PNG") and len(content) > 50_000
    page.locator("#texts button").first.click()
    expect(page.locator("#texts button").first).to_have_text("نُسخ")


def test_a_link_inside_it_opens_or_says_what_is_wrong(page: Page) -> None:
    assert not went(page, "country=ETH&kind=cable_cut&duration=36h&spells=12")
    expect(page.locator("#sentence")).to_contain_text("12 cable cuts with 43% of international capacity lost")
    expect(page.locator("#footing")).to_contain_text("The country has no coast")
    before = page.locator("#sentence").inner_text()
    for fragment, words in (
        (
            "country=ETH&duration=37h",
            'duration "37h" cannot be used; allowed: a length of this page such as 6h',
        ),
        ("country=XXX", 'country "XXX" cannot be used'),
        ("country=ETH&region=Sindh", 'region "Sindh" cannot be used; allowed: no region of this country'),
        ("region=Sindh&place=0.5", 'place "0.5" cannot be used; allowed: a region or a share of the country'),
        ("kind=meteor", 'kind "meteor" cannot be used; allowed: full_blackout, '),
        ("spells=0", 'spells "0" cannot be used'),
        ("place=1.5", 'place "1.5" cannot be used; allowed: a share above 0 and up to 1'),
        ("currency=EUR", 'currency "EUR" cannot be used; allowed: USD, PKR'),
        ("language=xx", 'language "xx" cannot be used; allowed: en, '),
        ("seed=2", 'seed "2" cannot be used'),
        ("country=USA&country=PAK&old_money=true", "old_money"),
    ):
        assert words in went(page, fragment) and page.locator("#sentence").inner_text() == before, fragment


def test_everybody_can_use_it_on_a_phone_and_a_desk(page: Page) -> None:
    for fragment, size, scheme in (
        ("language=ur&currency=PKR&duration=3d", (390, 844), "dark"),
        ("language=ar&country=DZA&kind=cable_cut", (1440, 900), "light"),
        ("country=CUB&duration=1h", (390, 844), "light"), ("country=CHN&kind=vpn_block", (1440, 900), "dark"),
    ):  # fmt: skip
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert not went(page, fragment)
        expect(page.locator("h1")).to_have_count(1)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert not page.evaluate(CHECK), fragment
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), fragment
