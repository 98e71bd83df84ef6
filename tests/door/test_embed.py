"""Figures for a frame on another site: light, without scripts, true of the page, and honest about their version."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_front import HTML

from briefing.common.embed import FIGURES, Frozen, embed_code, frozen_at
from door import front
from door.common.settings import Limits, Place
from door.links import embed
from door.links.drawing import places
from door.links.finding import row_of
from model.catalogue.load import Catalogue
from model.common.version import MODEL_VERSION
from model.estimation import estimates
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario
from model.text.sentence import answer

ADDRESS = "https://nettoll.example"
MOST_BYTES = 150_000
FEW = {"draws": "256"}


@pytest.fixture(scope="module")
def site(catalogue: Catalogue) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as change:
        change.setattr(estimates, "catalogue", lambda: catalogue)
        made = front.made(HTML, Place("", ADDRESS, {"": "Estimate", "world": "World"}), Limits())
        with TestClient(Starlette(routes=made.routes, middleware=made.middleware)) as client:
            yield client


def drawings(text: str) -> list[ET.Element]:
    return [ET.fromstring(one) for one in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]


def test_a_figure_says_what_the_page_says(site: TestClient, catalogue: Catalogue) -> None:
    for figure in FIGURES:
        shown = site.get(f"/embed?{urlencode({'figure': figure, 'country': 'KEN', 'duration': '3d', **FEW})}")
        text = shown.text
        assert shown.status_code == 200 and len(shown.content) < MOST_BYTES / 5
        assert (
            "<script" not in text and "style=" not in text and "http" not in text.replace(f'"{ADDRESS}', "")
        )
        assert (
            f"model {MODEL_VERSION}" in text
            and "not a measurement" in text
            and "embedded" not in text.lower()
        )
        made = drawings(text)
        assert made and all(one.get("role") == "img" and one.get("aria-label") for one in made)
        link = urlsplit(unescape(re.findall(r'href="([^"]+)"', text)[0]))
        assert dict(parse_qsl(link.query))["duration"] == "3d"
        result = estimate(catalogue, Scenario(country="KEN", hours=72.0, draws=256))
        if figure != "world":
            assert answer(result) in unescape(text) and link.path == "/"
            assert row_of(result).text in unescape(text)
        else:
            assert text.count("<tr>") == 21 and link.path == "/world" and "United States" in text


def test_only_figures_may_be_framed_and_they_do_nothing_else(site: TestClient) -> None:
    headers = site.get("/embed", params=FEW).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "script-src" not in policy and "default-src 'none'" in policy
    assert "x-frame-options" not in headers and headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["x-content-type-options"] == "nosniff" and policy == embed.POLICY
    assert site.get("/robots.txt").headers["x-frame-options"] == "DENY"


def test_a_frozen_figure_says_when_the_server_has_another_version(
    site: TestClient, catalogue: Catalogue
) -> None:
    now = frozen_at(catalogue.data_version)
    assert "may be another one" not in site.get("/embed", params={**FEW, "frozen": now}).text
    text = site.get("/embed", params={**FEW, "frozen": "1.0.0~2025.1"}).text
    here = f"this server has model {MODEL_VERSION} and data {catalogue.data_version}, so"
    assert f"Embedded with model 1.0.0 and data 2025.1; {here}" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [({"figure": "pie"}, "figure: 'pie' is not on offer; allowed: number, curve, world."),
     ({"country": "<b>Narnia"}, "country: '<b>Narnia' is not known"), ({"colour": "red"}, "colour: 'red'"),
     ({"figure": "number", "world.measure": "usd"}, "world.measure: 'usd'"), ({"draws": "65536"}, "draws: '65536'"),
     ({"frozen": "1.0.0~2025.<b>"}, "frozen: '1.0.0~2025.<b>' names no versions")],
)  # fmt: skip
def test_what_cannot_be_used_is_said_in_the_frame(
    site: TestClient, query: dict[str, str], words: str
) -> None:
    shown = site.get("/embed", params=query)
    assert shown.status_code == 400 and words in unescape(shown.text) and "<b>" not in shown.text
    assert "frame-ancestors *" in shown.headers["content-security-policy"]


def test_the_title_of_a_reader_is_text(site: TestClient) -> None:
    text = site.get("/embed", params={**FEW, "title": "</style><script>alert(1)</script>"}).text
    assert "<script" not in text and "alert(1)" in text


def test_what_costs_nothing_and_what_is_probably_nothing(site: TestClient) -> None:
    text = site.get("/embed", params={**FEW, "duration": "0h"}).text
    assert ('class="big"' not in text and not drawings(text) and "No " in text) or "nothing" in text.lower()
    assert site.get("/embed", params={**FEW, "figure": "curve", "place": "0"}).status_code == 200
    assert places([], log=True) == []


def test_the_text_to_paste_opens_what_it_shows(site: TestClient, catalogue: Catalogue) -> None:
    query = {"v": "2", "country": "KEN", "draws": "256", "title": 'A "title" & more'}
    then = Frozen("It would cost <b>$1 & more</b>.", catalogue.data_version, date(2026, 11, 30))
    for frozen in (None, then):
        code = embed_code(ADDRESS, "curve", query, 'About "it"', frozen)
        whole = ET.fromstring(f"<p>{code.replace('loading', ' loading')}</p>")
        (frame,) = whole.iter("iframe")
        said = [one.text for one in whole.iter("figcaption")]
        stamp = f"NetToll on 30 November 2026, model {MODEL_VERSION}, data {catalogue.data_version}."
        assert said == ([f"{then.said} {stamp}"] if frozen else []), "the old number stays with who pasted it"
        assert frame.get("title") == 'About "it"' and frame.get("height") == str(FIGURES["curve"][1])
        link = frame.get("src") or ""
        assert link.startswith(f"{ADDRESS}/embed?figure=curve") and ("frozen=" in link) is bool(frozen)
        assert site.get(link.removeprefix(ADDRESS)).status_code == 200
    assert embed_code("", "curve", query, "x") == ""
