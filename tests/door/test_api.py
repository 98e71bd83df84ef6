"""The API: the numbers of the command line, one clear error for what cannot be used, and what every answer says."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from threading import Event
from urllib.parse import parse_qsl, urlsplit

import pytest
from anyio.from_thread import start_blocking_portal
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from door.api.app import Api
from door.common.client import network as client_network
from door.common.rate import Rate, buckets
from door.common.settings import Limits, Place
from door.common.work import SECONDS, BusyError, ServerWork
from model.catalogue.load import Catalogue
from model.common.version import MODEL_VERSION
from model.estimation.estimate import estimate
from model.scenario.comparison import from_link
from model.scenario.scenario import Scenario
from model.text import report

FEW = "draws=256"
CSV_MARK = "\ufeff"


def client_of(catalogue: Catalogue, limits: Limits, address: str = "") -> TestClient:
    work = ServerWork(limits.workers, limits.waiting)
    app = Starlette(routes=[Mount("/api", Api(Place("", address), limits, work, lambda: catalogue).app())])
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def api(catalogue: Catalogue) -> Iterator[TestClient]:
    with client_of(catalogue, Limits(per_minute=10_000)) as client:
        yield client


def test_an_estimate_is_that_of_the_command_line(api: TestClient, catalogue: Catalogue) -> None:
    answer = api.get(f"/api/v1/estimate?v=2&country=Kenya&kind=shutdown&duration=3 days&{FEW}")
    own = report.to_dict(estimate(catalogue, Scenario(country="KEN", hours=72.0, draws=256)))
    data = answer.json()
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    assert {key: data[key] for key in own} == json.loads(json.dumps(own))
    assert data["sources"][0]["title"] and data["notes"] == [] and data["model_version"] == MODEL_VERSION
    scenario, _, ignored = from_link(catalogue, dict(parse_qsl(urlsplit(data["link"]).query)))
    assert scenario == Scenario(country="KEN", hours=72.0, draws=256) and not ignored
    assert answer.headers["link"] == f'<{data["link"]}>; rel="alternate"; type="text/html"'


def test_how_both_ends_were_read_is_said(api: TestClient) -> None:
    data = api.get(f"/api/v1/estimate?begins=5 January 2026&ends=7 January 2026&{FEW}").json()
    assert data["scenario"]["hours"] == 72 and "both days count" in data["notes"][0]


def test_an_estimate_as_csv(api: TestClient) -> None:
    answer = api.get(f"/api/v1/estimate?country=KEN&format=csv&{FEW}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8" and answer.text.startswith(CSV_MARK)
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix(CSV_MARK))))
    net = next(row for row in rows if row["id"] == "net_direct")
    same = api.get(f"/api/v1/estimate?country=KEN&{FEW}").json()["amounts"]
    assert float(net["median"]) == next(item["median"] for item in same if item["id"] == "net_direct")
    assert (
        net["basis"]
        and net["unit"] == "USD"
        and net["model_version"]
        and net["sources"]
        and "warnings" in net
    )


@pytest.mark.parametrize("show", ["durations", "kinds", "places", "scenarios"])
def test_a_comparison(api: TestClient, show: str) -> None:
    link = f"show={show}&{FEW}&s2.duration=3d&s2.{FEW}&countries=KEN,EGY&durations=1d,2d"
    data = api.get(f"/api/v1/compare?{link}").json()
    assert len(data["rows"]) == {"durations": 2, "kinds": 7, "places": 2, "scenarios": 2}[show], data
    assert data["headline"] and all(row["low"] <= row["median"] <= row["high"] for row in data["rows"])
    head = (
        api.get(f"/api/v1/compare?{link}&format=csv")
        .text.removeprefix(CSV_MARK)
        .partition("\n")[0]
        .split(",")
    )
    assert len(head) == len(set(head)) and {"label", "median", "model_version"} <= set(head)


def test_every_economy(api: TestClient) -> None:
    data = api.get(f"/api/v1/world?kind=mobile_only&world.measure=share&{FEW}").json()
    shares = [row["share"] for row in data["economies"] if row["share"] is not None]
    assert shares == sorted(shares, reverse=True) and len(shares) > 190
    assert data["link"] == f"/world?v=2&kind=mobile_only&{FEW}&world.measure=share"


def test_what_can_be_set_and_what_is_documented(api: TestClient, catalogue: Catalogue) -> None:
    data = api.get("/api/v1/parameters").json()
    assert [row["key"] for row in data["parameters"]] == list(catalogue.parameters) and data["sources"]
    key = data["parameters"][0]["key"]
    assert key in api.get(f"/api/v1/estimate?{key}=abc").json()["field"]


BAD = [
    ("estimate?country=Narnia", "country", "Narnia"),
    ("estimate?duration=3 dayz", "duration", "3 dayz"),
    ("estimate?duration=1,500 hours", "duration", "1,500 hours"),
    ("estimate?colour=red", "colour", "red"),
    ("estimate?v=9", "v", "9"),
    ("estimate?=x", "query", "=x"),
    ("estimate?title=a%ffb", "title", "a\ufffdb"),
    ("estimate?old_money=maybe", "old_money", "maybe"),
    ("estimate?ordered=maybe", "ordered", "maybe"),
    ("estimate?ongoing=maybe", "ongoing", "maybe"),
    ("estimate?country=KEN&country=EGY", "country", "EGY"),
    ("estimate?format=xml", "format", "xml"),
    ("estimate?restart.hours=1:2", "restart.hours", "1:2"),
    ("estimate?draws=65536", "draws", "65536"),
    ("compare?show=scenarios&s2.kind=war", "s2.kind", "war"),
    ("compare?s2.draws=65536", "s2.draws", "65536"),
    ("compare?show=breakeven", "show", "breakeven"),
    ("compare?durations=1d,soon", "duration", "soon"),
    ("world?region=Punjab", "region", "Punjab"),
    ("world?world.measure=gold", "world.measure", "gold"),
    ("parameters?country=KEN", "country", "KEN"),
    ("events?country=KEN", "country", "KEN"),
    ("events?draws=3", "draws", "3"),
]


@pytest.mark.parametrize(("query", "field", "value"), BAD)
def test_what_cannot_be_used_is_named(api: TestClient, query: str, field: str, value: str) -> None:
    answer = api.get(f"/api/v1/{query}")
    data = answer.json()
    assert (answer.status_code, data["status"], data["field"], data["value"]) == (400, 400, field, value)
    assert answer.headers["content-type"] == "application/problem+json" and data["allowed"]
    assert field in data["detail"] and "Traceback" not in answer.text and "etag" not in answer.headers


@pytest.mark.parametrize("path", ["estimate", "world", "compare", "events"])
def test_an_error_of_simulations_names_the_limits_of_the_api(catalogue: Catalogue, path: str) -> None:
    """Not those of the command line, which takes more."""
    allowed = "256 to 512 here, up to 65,536 on the command line"
    with client_of(catalogue, Limits(draws=512)) as client:
        answers = [
            client.get(f"/api/v1/{path}", params={"draws": draws}).json()
            for draws in ("1", "513", "65536", "99999", "300.5", "many", "nan")
        ]
        answers.append(client.get(f"/api/v1/{path}").json())  # the usual number, where that is too many
    assert [(answer["field"], answer["allowed"]) for answer in answers] == [("draws", allowed)] * 8


def test_no_server_says_that_it_takes_more_simulations_than_the_model() -> None:
    program = "from door.common.settings import Limits; print(Limits().draws)"
    command = [sys.executable, "-c", program]
    said = [
        subprocess.run(
            command, env=os.environ | {"NETTOLL_DRAWS": most}, capture_output=True, text=True, check=True
        ).stdout
        for most in ("1000000", "1000")
    ]
    assert said == ["65536\n", "1000\n"]


MEANT = {
    "days": "duration", "Hours": "duration", "length": "duration", "how long": "duration", "type": "kind",
    "iso3": "country", "country-code": "country", "simulations": "draws", "simulation": "draws", "end_date": "ends",
    "s2.days": "s2.duration", "from.type": "from.kind", "share": "place",
}  # fmt: skip


@pytest.mark.parametrize(("word", "name"), MEANT.items())
def test_another_word_for_a_parameter_is_answered_with_its_name(
    api: TestClient, catalogue: Catalogue, word: str, name: str
) -> None:
    answer = api.get("/api/v1/estimate", params={word: "3"}).json()
    assert (answer["field"], answer["allowed"]) == (word, name)
    assert f"; allowed: {name.rpartition('.')[2]}." in " ".join(from_link(catalogue, {word: "3"})[2])


@pytest.mark.parametrize("word", ["s5.duration", "s1.days", "s12.duration"])
def test_a_scenario_too_many_is_told_which_there_are(
    api: TestClient, catalogue: Catalogue, word: str
) -> None:
    allowed = "s2.duration, s3.duration, s4.duration"
    assert api.get("/api/v1/compare", params={word: "3d"}).json()["allowed"] == allowed
    assert f"; allowed: {allowed}." in " ".join(from_link(catalogue, {word: "3d"})[2])


def test_what_a_link_says_beside_the_scenario_is_named_where_it_changes_nothing(api: TestClient) -> None:
    beside = {"s2.duration": "3d", "show": "kinds", "from.kind": "vpn_block", "v": "2"}
    for path in ("estimate", "world"):
        (note,) = api.get(f"/api/v1/{path}", params=beside | {"draws": "256"}).json()["notes"]
        assert note.startswith("s2.duration, show: of a comparison, which /api/v1/compare answers")
    assert api.get("/api/v1/compare", params=beside | {"draws": "256"}).json()["notes"] == []


def test_what_is_no_word_for_a_parameter_is_not_taken_for_one(api: TestClient) -> None:
    for word in ("colour", "restart.hour", "x"):
        allowed = api.get("/api/v1/estimate", params={word: "3"}).json()["allowed"]
        assert "nearest of" in allowed or "in all)" in allowed, (word, allowed)


def test_other_methods_other_paths_and_long_queries(api: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = api.request(method, "/api/v1/estimate")
        assert answer.status_code == 405 and set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
        assert (
            answer.headers["content-type"] == "application/problem+json" and method in answer.json()["detail"]
        )
    for path in ("/api/v1/nothing", "/api/v2/estimate", "/api/", "/api/v1/estimate/x"):
        answer = api.get(path)
        assert answer.status_code == 404 and answer.json()["status"] == 404, path
    answer = api.get(f"/api/v1/estimate?title={'x' * 16_000}")
    assert answer.status_code == 414 and "16,000" in answer.json()["detail"]


def test_what_every_answer_says(api: TestClient) -> None:
    address = f"/api/v1/estimate?country=EGY&{FEW}"
    first = api.get(address, headers={"Origin": "https://paper.example", "Accept-Encoding": "identity"})
    packed = api.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and packed.json() == first.json()
    assert int(packed.headers["content-length"]) < int(first.headers["content-length"]) / 4
    assert first.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in first.headers
    assert "ETag" in first.headers["access-control-expose-headers"]
    assert first.headers["x-most-draws"] == "16384" and first.headers["ratelimit-limit"] == "10000"
    mark = first.headers["etag"]
    again = api.get(address, headers={"If-None-Match": f'"other", {mark}'})
    assert again.status_code == 304 and not again.content and again.headers["etag"] == mark
    assert api.get(address, headers={"If-None-Match": mark.removeprefix("W/")}).status_code == 304
    assert api.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    head = api.head(address, headers={"Accept-Encoding": "identity"})
    assert not head.content and head.headers["content-length"] == first.headers["content-length"]
    asked = {"Origin": "https://paper.example", "Access-Control-Request-Method": "GET"}
    assert api.options(address, headers=asked).status_code == 200
    asked["Access-Control-Request-Method"] = "POST"
    assert api.options(address, headers=asked).status_code == 400


def test_who_asks_too_often_is_told_when_to_come_again(catalogue: Catalogue) -> None:
    with client_of(catalogue, Limits(per_minute=2)) as client:
        left = [client.get("/api/v1/nothing").headers["ratelimit-remaining"] for _ in range(2)]
        answer = client.get("/api/v1/parameters", headers={"Origin": "https://paper.example"})
    assert left == ["1", "0"] and answer.status_code == 429 and answer.json()["status"] == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 30 and answer.headers["ratelimit-remaining"] == "0"
    assert answer.headers["access-control-allow-origin"] == "*"  # a page may read that too


def test_what_is_computed_counts_more_than_what_is_there(catalogue: Catalogue) -> None:
    quick, slow, limits = "/api/v1/parameters", f"/api/v1/events?{FEW}", Limits(per_minute=6_000)
    with client_of(catalogue, limits) as client:
        client.get(quick)
        costs = [int(client.get(path).headers["x-cost"]) for path in (quick, slow, slow)]
        document = client.get("/api/v1/openapi.json").json()
    assert costs[0] == costs[2] == 1 < costs[1], costs
    assert (
        "1 more for each 0.05 s" in document["info"]["description"]
        and "time on the server" in document["components"]["headers"]["X-Cost"]["description"]
    )


def test_who_owes_work_waits_for_it() -> None:
    async def slow(request: Request) -> Response:
        request.scope[SECONDS] = float(request.query_params["seconds"])
        return Response("")

    clock, shared = [0.0], buckets()
    how = Middleware(Rate, per_minute=60, of_all=shared, now=lambda: clock[0])
    routes = [Route("/one", slow, middleware=[how]), Route("/other", slow, middleware=[how])]
    with TestClient(Starlette(routes=routes)) as client:
        first = client.get("/one?seconds=5").headers
        assert (first["x-cost"], first["ratelimit-remaining"], first["ratelimit-reset"]) == (
            "101",
            "0",
            "101",
        )
        answer = client.get("/other?seconds=0")
        assert answer.status_code == 429 and answer.headers["retry-after"] == "42"
        assert "computed" in answer.json()["detail"]
        clock[0] = 41.9
        assert client.get("/other?seconds=0").status_code == 429
        clock[0] = 42.0
        assert client.get("/other?seconds=0").status_code == 200


def test_addresses_of_one_customer_have_one_rate() -> None:
    assert client_network("2001:db8:1:2::7") == client_network("2001:db8:1:2:ffff::1") == "2001:db8:1:2::"
    assert client_network("2001:db8:1:3::7") != client_network("2001:db8:1:2::7")
    assert client_network("::ffff:203.0.113.9") == client_network("203.0.113.9") == "203.0.113.9"
    assert client_network("testclient") == "testclient" and client_network("") == ""


def test_too_much_in_line_is_refused(catalogue: Catalogue) -> None:
    with client_of(catalogue, Limits(workers=1, waiting=-1)) as client:  # no place at all
        answer = client.get("/api/v1/parameters")
    assert (
        answer.status_code == 503 and answer.headers["retry-after"] == "5" and answer.json()["status"] == 503
    )
    assert issubclass(BusyError, Exception)


def test_one_client_leaves_places_in_line_to_others() -> None:
    work, started, end = ServerWork(1, 4, of_one=2), Event(), Event()
    scopes = [{"client": (host, 1)} for host in ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")]

    def stay() -> bool:
        started.set()
        return end.wait(30)

    async def all_ask() -> list[object]:
        asked = [asyncio.ensure_future(work.run(stay, scope)) for scope in scopes]
        assert await asyncio.to_thread(started.wait, 30)
        asked[0].cancel()  # who hangs up still has the place
        with pytest.raises(BusyError):
            await work.run(stay, scopes[0])
        end.set()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        return [*answers, await work.run(lambda: "again", scopes[0])]

    with start_blocking_portal() as loop:  # a thread of its own: that of a browser test has a loop already
        cancelled, second, third, other, again = loop.call(all_ask)
    assert isinstance(cancelled, asyncio.CancelledError) and isinstance(third, BusyError)
    assert (second, other, again) == (True, True, "again")


def test_a_quick_question_does_not_wait_behind_long_ones(catalogue: Catalogue) -> None:
    """All places for long work are taken, and a short one is answered as ever."""
    full = ServerWork(1, -1)
    api = Api(Place(), Limits(), ServerWork(1, 1), lambda: catalogue, long_work=full)
    with TestClient(Starlette(routes=[Mount("/api", api.app())])) as client:
        status = {
            query: client.get(f"/api/v1/{query}").status_code
            for query in (
                "estimate?country=KEN",
                "parameters",
                "events",
                "world",
                "estimate?draws=512",
                "compare?s2.draws=512",
            )
        }
    assert list(status.values()) == [200, 200, 503, 503, 503, 503]


def test_tables_that_cannot_be_used_and_faults_are_ours(catalogue: Catalogue) -> None:
    from model.common.errors import DataError

    def broken() -> Catalogue:
        raise DataError("data/x.csv", "y", "cannot be used", "z")

    def faulty() -> Catalogue:
        raise RuntimeError("secret")

    for tables, words in ((broken, "data/x.csv"), (faulty, "a fault of this NetToll")):
        limits = Limits()
        app = Api(Place(), limits, ServerWork(1, 1), tables).app()
        with TestClient(app, raise_server_exceptions=False) as client:
            answer = client.get("/v1/estimate")
        assert answer.status_code == 500 and words in answer.json()["detail"] and "secret" not in answer.text
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_known_address_makes_whole_links(catalogue: Catalogue) -> None:
    with client_of(catalogue, Limits(), "https://nettoll.example/app") as client:
        assert client.get(f"/api/v1/estimate?country=KEN&{FEW}").json()["link"] == (
            f"https://nettoll.example/app/?v=2&country=KEN&{FEW}"
        )
        servers = client.get("/api/v1/openapi.json").json()["servers"]
    assert servers == [{"url": "https://nettoll.example/app/api/v1"}]


ANSWERED = {
    "estimate": f"country=BGD&spells=3&{FEW}", "world": FEW, "compare": FEW, "parameters": "", "events": FEW,
}  # fmt: skip


def test_the_description_is_true_of_the_answers(api: TestClient) -> None:
    """Every address answers in the form that is described, with no parameter that is not, and the errors too."""
    document = api.get("/api/v1/openapi.json").json()
    schemas = {"components": document["components"]}
    assert set(document["paths"]) == {f"/{name}" for name in ANSWERED}
    for name, query in ANSWERED.items():
        operation = document["paths"][f"/{name}"]["get"]
        data = api.get(f"/api/v1/{name}?{query}").json()
        named = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        Draft202012Validator({"$ref": named, **schemas}).validate(data)
        for parameter in operation["parameters"]:
            if "examples" in parameter["schema"]:
                for example in parameter["schema"]["examples"]:
                    answer = api.get(f"/api/v1/{name}?{parameter['name']}={example}&{FEW}")
                    assert answer.status_code == 200, answer.text
    problem = {"$ref": "#/components/schemas/Problem", **schemas}
    for query, _, __ in BAD[:6]:
        Draft202012Validator(problem).validate(api.get(f"/api/v1/{query}").json())
