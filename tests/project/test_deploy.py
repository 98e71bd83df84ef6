"""The files that put the dashboard before the public agree with each other and with the program."""

from __future__ import annotations

import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from model.catalogue.load import ROOT
from package.hook import BESIDE, ROOMS, SINGLE


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


SETTINGS = dict(re.findall(r"^(\w+)=(.*)$", text("deploy/public.env"), re.MULTILINE))
PROXY, COMPOSE, NOTES = text("deploy/Caddyfile"), text("deploy/compose.yaml"), text("deploy/kubernetes.md")
IMAGE = text("Dockerfile")


def test_every_setting_is_one_of_the_server_or_of_the_program() -> None:
    options = {option.env_var: option for option in config.get_config_options().values()}
    read = "".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    named = {*SETTINGS, *re.findall(r"\b(?:STREAMLIT|NETTOLL)_\w+\b(?=[:=])", COMPOSE + IMAGE)}
    for name in named:
        if name.startswith("STREAMLIT_"):
            assert name in options and not options[name].deprecated, name
        elif name != "FORWARDED_ALLOW_IPS":  # of uvicorn
            assert f'"{name}"' in read or f"${name}" in PROXY + COMPOSE or f"${{{name}" in PROXY + COMPOSE, (
                name
            )


def test_every_limit_of_a_process_stands_in_the_settings() -> None:
    limits = re.findall(r'limit\("(\w+)", ([\d_]+)', text("model/common/limits.py"))
    assert limits and {name: int(usual) for name, usual in limits} == {
        name: int(SETTINGS[name]) for name, _ in limits
    }


def test_the_proxy_gets_what_it_asks_for() -> None:
    asked = set(re.findall(r"\{\$(\w+)\}", PROXY))
    assert asked == set(re.findall(r"^#   (\w+)", PROXY, re.MULTILINE))
    assert asked <= set(re.findall(r"^      (\w+):", COMPOSE.partition("  proxy:")[2], re.MULTILINE))
    processes = set(re.findall(r"^  (process-\d+):", COMPOSE, re.MULTILINE))
    assert len(processes) > 1 and processes == set(re.findall(r"(process-\d+):8501", COMPOSE))


def test_uploads_have_one_limit() -> None:
    limit = int(SETTINGS["STREAMLIT_SERVER_MAX_UPLOAD_SIZE"])
    assert limit == 20
    assert f"max_size {limit + 1}MB" in PROXY and f"proxy-body-size: {limit + 1}m" in NOTES


def test_the_image_is_built_from_all_that_the_package_holds() -> None:
    sent = set(re.findall(r"^!([\w.*-]+)$", text(".dockerignore"), re.MULTILINE))
    assert {*ROOMS, *BESIDE, *SINGLE, "package", "pyproject.toml", "README.md", "requirements*.txt"} <= sent
    assert {name for name in sent if "*" not in name} <= {path.name for path in ROOT.iterdir()}
    last = IMAGE.rpartition("\nFROM ")[2]
    assert last.startswith("scratch") and "USER 10001" in last and "HEALTHCHECK" in last
    assert IMAGE.count("--require-hashes") == 2


def test_a_client_cannot_name_another_address_to_have_a_second_rate() -> None:
    """However a proxy hands on what the client wrote: replaced, or with its own behind it."""

    def who(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.client.host if request.client else "")

    app: Any = ProxyHeadersMiddleware(Starlette(routes=[Route("/", who)]), SETTINGS["FORWARDED_ALLOW_IPS"])  # type: ignore[arg-type]
    for peer, given in (
        ("172.18.0.4", "203.0.113.9"), ("127.0.0.1", "198.51.100.1, 203.0.113.9"),
        ("fd00::4", "198.51.100.1, 203.0.113.9, 10.2.0.7"), ("203.0.113.9", "198.51.100.1"),
    ):  # fmt: skip
        client = TestClient(app, client=(peer, 1))
        assert client.get("/", headers={"X-Forwarded-For": given}).text == "203.0.113.9"
