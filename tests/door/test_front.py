"""What stands around the pages: heads of links, pictures, files for machines, packing, and what a browser may do."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import brotli
import pytest
import streamlit
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

import dashboard
from door import front
from door.common.rate import COST
from door.common.safety import policy_of
from door.common.settings import Limits, Place
from door.links import page_head
from door.links.finding import finding
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.estimation import estimates
from model.estimation.estimate import estimate
from model.scenario.comparison import from_link
from model.scenario.scenario import Scenario
from model.text.sentence import headline
from views.frame.moved import FORMER

HTML = Path(streamlit.__file__).parent / "static" / "index.html"
ADDRESS = "https://nettoll.example/app"
SCRIPT = "const x = 'a long enough script';\n" * 100
FEW = "256"
PAGES = {path: name for path, name, _, _ in dashboard.PAGES}


class Head(HTMLParser):
    """The head of a page: its title, its named texts, its links by what they are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title, self.named, self.links, self.tags = "", dict[str, str](), dict[str, str](), list[str]()
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self._inside = tag == "title"
        if tag == "meta":
            self.named[given.get("name") or given.get("property") or ""] = given.get("content", "")
        if tag == "link":
            self.links.setdefault(given["rel"], given["href"])

    def handle_data(self, data: str) -> None:
        self.title += data if self._inside else ""
        self._inside = False


def client_of(catalogue: Catalogue, address: str, base: str = "") -> TestClient:
    """The front before a stand-in for Streamlit."""
    made = front.made(HTML, Place(base, address, PAGES), Limits(), FORMER)

    async def file(request: Request) -> Response:
        return Response(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "immutable"})

    async def packed(request: Request) -> Response:
        return PlainTextResponse(request.headers.get("accept-encoding", "none"))

    async def page_of_streamlit(request: Request) -> Response:
        return FileResponse(HTML)

    own = [Route(f"{base}/static/a.js", file), Route(f"{base}/media/{{name}}", packed),
           Route(f"{base}/_stcore/metrics", packed), Route(f"{base}/media/x/report.html", page_of_streamlit),
           Route(f"{base}/{{path:path}}", page_of_streamlit)]  # fmt: skip
    return TestClient(
        Starlette(routes=[*made.routes, *own], middleware=made.middleware), raise_server_exceptions=False
    )


@pytest.fixture(scope="module", autouse=True)
def shared(catalogue: Catalogue) -> Iterator[None]:
    """The tables of the tests in place of those that a server loads."""
    with pytest.MonkeyPatch.context() as change:
        change.setattr(estimates, "catalogue", lambda: catalogue)
        yield


@pytest.fixture(scope="module")
def site(catalogue: Catalogue) -> Iterator[TestClient]:
    with client_of(catalogue, ADDRESS) as client:
        yield client


LINKS = [
    ("", {}), ("", {"country": "KEN", "duration": "3d"}), ("", {"kind": "cable_cut", "country": "Ivory Coast"}),
    ("", {"kind": "vpn_block", "duration": "180d", "currency": "PKR"}), ("", {"region": "Punjab", "spells": "3"}),
    ("compare", {"show": "kinds"}), ("compare", {"show": "scenarios", "s2.duration": "3d", f"s2.{'draws'}": FEW}),
    ("world", {"world.measure": "share"}), ("export", {"country": "EGY"}), ("how-it-works", {"how.section": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("page", "query"), LINKS)
def test_a_link_says_what_it_shows(
    site: TestClient, catalogue: Catalogue, page: str, query: dict[str, str]
) -> None:
    given = query | {"draws": FEW}
    head = Head(site.get(f"/{page}?{urlencode(given | {'utm_source': 'mail'})}").text)
    named = head.named
    assert head.title.endswith("- NetToll") and head.tags.count("title") == 1
    assert "Streamlit" not in head.title + named["description"]
    assert named["og:title"] == named["twitter:title"] == head.title
    assert named["description"] == named["og:description"] == named["og:image:alt"]
    canonical = urlsplit(head.links["canonical"])
    assert head.links["canonical"] == named["og:url"] and head.links["canonical"].startswith(
        f"{ADDRESS}/{page}"
    )
    assert "utm" not in canonical.query
    assert (
        named["og:image"].startswith(f"{ADDRESS}/preview.png")
        and named["twitter:card"] == "summary_large_image"
    )
    if page in ("", "export"):
        scenario, _, __ = from_link(catalogue, given)
        assert named["description"] == headline(estimate(catalogue, scenario))
        assert from_link(catalogue, dict(parse_qsl(canonical.query)))[0] == scenario
    picture = urlsplit(named["og:image"])
    answer = site.get(f"/preview.png?{picture.query}")
    assert (
        answer.headers["content-type"] == "image/png"
        and answer.headers["cross-origin-resource-policy"] == "cross-origin"
    )
    image = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert image.size == (1200, 630) and len(image.getcolors(1 << 20) or []) > 50
    assert site.get(f"/preview.png?{picture.query}").headers["etag"] == answer.headers["etag"]


def test_a_readers_title_is_text_and_nothing_else(site: TestClient) -> None:
    title = '"><script>alert(1)</script><meta name="x" content="y'
    page = site.get(f"/?{urlencode({'title': title, 'draws': FEW})}")
    head = Head(page.text)
    assert head.title == f"{title} - NetToll" and "alert(1)</script>" not in page.text
    assert head.named.get("x") is None and head.named["og:title"] == head.title
    assert (
        site.get(f"/preview.png?{urlencode({'title': '#panic() ' + title, 'draws': FEW})}").status_code == 200
    )


def test_a_title_of_something_shipped_is_not_given_to_other_values(catalogue: Catalogue) -> None:
    title = next(iter(catalogue.countries.values())).name  # any words
    from model.scenario.events import checked_points

    shipped = next(iter(checked_points(catalogue).values())).header.title
    day = date.today()
    said = finding(catalogue, "", {"title": shipped, "country": "KEN", "draws": FEW}, day)
    assert said.about == f"{shipped} (changed)"
    assert finding(catalogue, "", {"title": title, "country": "KEN", "draws": FEW}, day).about == title


def test_without_an_address_nothing_names_a_host(catalogue: Catalogue) -> None:
    with client_of(catalogue, "", "/tool") as client:
        page = client.get(f"/tool/compare?draws={FEW}&show=durations", headers={"Host": "evil.example"}).text
        assert client.get("/tool/llms.txt").status_code == 200
        assert client.get(f"/tool/api/v1/estimate?draws={FEW}").json()["link"] == f"/tool/?v=2&draws={FEW}"
    head = Head(page)
    assert "evil" not in page and "localhost" not in page and "og:url" not in head.named
    assert head.links["canonical"].startswith("/tool/compare?") and head.links["icon"] == "/tool/icon.svg"
    assert head.named["og:image"].startswith("/tool/preview.png?page=compare&")


def test_a_finding_that_fails_or_takes_too_long_leaves_the_page(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> None:
        raise TimeoutError

    def broken(*_: object) -> None:
        raise InputError("a", "b", "c", "d")

    def faulty(*_: object) -> None:
        raise RuntimeError

    for fault in (slow, broken, faulty):
        monkeypatch.setattr(page_head, "finding", fault)
        answer = site.get("/world?kind=vpn_block")
        assert answer.status_code == 200 and Head(answer.text).title == "World - NetToll"
        assert '<div id="root">' in answer.text and "static/js/index" in answer.text
    assert site.get("/world?" + "x" * 17_000).status_code == 200


def test_more_simulations_than_usual_are_not_begun_by_a_look(catalogue: Catalogue) -> None:
    shown = finding(catalogue, "", {"draws": "65536"}, date.today())
    assert shown.result is not None and shown.result.scenario == Scenario()


def test_streamlits_page_is_whole_but_for_what_it_says_of_itself(site: TestClient) -> None:
    text = site.get("/events").text
    foreign = ("Streamlit", 'service-desc" href="./_stcore', "favicon.png", "agent")
    assert not [word for word in foreign if word in text.replace("StreamlitMarkdown", "")]
    scripts = re.findall(r'(?:src|href)="\./static/[^"]+"', HTML.read_text(encoding="utf-8"))
    assert len(scripts) > 10 and all(script in text for script in scripts)
    assert text.index("charset") < text.index("<title>") and "<noscript><h1>Events - NetToll</h1>" in text


@pytest.mark.parametrize("base", ["", "/tool"])
def test_a_path_that_no_page_has_is_not_found(catalogue: Catalogue, base: str) -> None:
    with client_of(catalogue, "", base) as client:
        for path in (
            "nothing", "World", "world/x", "estimate/x", "index.html", "a%00b", "<b>", "wp-login.php", "static/gone.js",
            "_stcore/x",
        ):  # fmt: skip
            answer = client.get(f"{base}/{path}", headers={"Range": "bytes=0-9"} if path == "nothing" else {})
            assert answer.status_code == 404 and answer.headers["content-type"].startswith("text/html"), path
            assert f'<a href="{base}/">Estimate</a>' in answer.text and "<script" not in answer.text
            assert "noindex" in answer.text and "<b>" not in answer.text and len(answer.text) < 4_000
            assert answer.headers["x-frame-options"] == "DENY"
        assert f'<a href="{base}/world">World</a>' in client.get(f"{base}/wolrd").text
        for page in (*PAGES, *FORMER):
            answer = client.get(f"{base}/{page}?draws={FEW}")
            assert answer.status_code == 200 and '<div id="root">' in answer.text, page
        assert '<div id="root">' in client.get(f"{base}/media/x/report.html").text, "a file of a reader"
        assert client.post(f"{base}/nothing").status_code == 405


def test_files_for_machines(site: TestClient) -> None:
    robots, guide = site.get("/robots.txt").text, site.get("/llms.txt")
    assert "Disallow: /_stcore/" in robots and "\nDisallow: /api" not in robots
    assert guide.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"600 a minute: {COST}" in guide.text
    addresses = re.findall(r"\]\((\S+)\)", guide.text)
    assert len(addresses) == 6 and all(one.startswith(ADDRESS) for one in addresses)
    assert all(one.split("/api/v1/")[1].split("?")[0] for one in addresses)
    icon = site.get("/icon.svg")
    assert icon.headers["content-type"] == "image/svg+xml" and icon.text.startswith("<svg")
    again = site.get("/robots.txt", headers={"If-None-Match": site.get("/robots.txt").headers["etag"]})
    assert again.status_code == 304


def test_what_every_answer_says_to_a_browser(site: TestClient) -> None:
    page, script = site.get("/events").headers, site.get("/static/a.js").headers
    assert page["content-security-policy"] == policy_of(HTML.read_text(encoding="utf-8"))
    policy = dict(part.split(" ", 1) for part in page["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'" and "http" not in str(policy)
    assert "unsafe" not in policy["script-src"] and "*" not in page["content-security-policy"]
    for headers in (page, script, site.get("/nothing/here").headers, site.get("/api/v1/nothing").headers):
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
        assert (
            headers["x-frame-options"] == "DENY"
            and "frame-ancestors 'none'" in headers["content-security-policy"]
        )
    for path in (
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent",
        "/_stcore/script-health-check",
    ):
        answer = site.get(path)
        assert answer.status_code == 404 and "x-frame-options" in answer.headers, path


def test_files_come_packed_once_and_packed_formats_as_they_are(site: TestClient) -> None:
    for form, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        for _ in range(2):  # made, then kept
            with site.stream("GET", "/static/a.js", headers={"Accept-Encoding": f"{form}, zstd"}) as answer:
                raw = b"".join(answer.iter_raw())
            assert answer.headers["content-encoding"] == form and unpack(raw) == SCRIPT.encode()
            assert int(answer.headers["content-length"]) == len(raw) < len(SCRIPT) / 4
            assert (
                answer.headers["cache-control"] == "immutable" and "Accept-Encoding" in answer.headers["vary"]
            )
    for headers in ({"Accept-Encoding": "identity"}, {"Accept-Encoding": "br;q=0"},
                    {"Accept-Encoding": "br", "Range": "bytes=0-9"}):  # fmt: skip
        plain = site.get("/static/a.js", headers=headers)
        assert "content-encoding" not in plain.headers and plain.text == SCRIPT
    asked = {"Accept-Encoding": "gzip"}
    assert site.get("/media/a.xlsx", headers=asked).text == "none"  # what Streamlit would pack by
    assert site.get("/media/a.csv", headers=asked).text == "gzip"
    assert site.get("/media/a.csv", headers={"Accept-Encoding": "gzip;q=0"}).text == "none"


def test_a_setting_that_cannot_be_used_ends_the_start_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    name, value = "NETTOLL_ADDRESS", "http://localhost:8501"
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=rf"^error: {name}: '{value}'"):
        front.front(HTML, "", {}, ())
