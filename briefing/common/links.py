"""The addresses that files carry, and what stands in their place where nobody else could open one."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from model.common.errors import InputError
from model.estimation.estimate import Estimate
from model.scenario.comparison import NOTHING, to_link
from model.scenario.events import documented
from model.scenario.fields import Header
from model.scenario.link import link_text, to_query
from model.scenario.scenario import Scenario

VARIABLE = "NETTOLL_ADDRESS"  # of the environment: where a dashboard stands that others can open
PRIVATE_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".test")
NUMBER = re.compile(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}")
OPENS = "as NetToll opens, nothing changed"
HOW_TO = "no link, as this NetToll has no public address"
LONGEST_LINK = 2_000  # letters: spreadsheets take 2,079 at most, and documents and programs not many more
TOO_LONG = "no link, as it would be longer than programs take; the scenario file in the data package opens it"


def given_address(text: str | None) -> str:
    """The address that somebody gave, else the one of the environment, else none: ''.

    Raises `InputError` for what is no address, and for one that opens on this machine alone.
    """
    name, address = ("--address", text) if text is not None else (VARIABLE, os.environ.get(VARIABLE, ""))
    if not address:
        return ""
    if not _plain(address):
        allowed = "http:// or https://, a name in plain letters (xn--...), and at most a port and a path"
        raise InputError(name, address, "is not an address", allowed)
    if _only_here(_host(address)):
        raise InputError(
            name, address, "opens on this machine alone", "an address that readers of the files can open"
        )
    return address.rstrip("/")


def public_address(address: str) -> str:
    """The address under which a browser reached the dashboard; '' where others cannot open it."""
    host = _host(address)
    return "" if not host or _only_here(host) or _private(host) else address.rstrip("/")


def _plain(address: str) -> bool:
    """Whether it is an address to which a page and its values can be added: nothing of them, no password, no space.

    A name in other letters has a form in plain ones, which alone may stand in the headers of an answer.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    extra = parts.query or parts.fragment or parts.username or parts.password or port == 0
    return bool(address.isascii() and address.startswith(("http://", "https://")) and parts.hostname and not extra
                and not re.search(r"[\s<>\"\\?#]", address))  # fmt: skip


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def _only_here(host: str) -> bool:
    number = _number(host)
    if number is None:
        return host.partition(".")[0] == "localhost" or host.endswith(".localhost")
    number = getattr(number, "ipv4_mapped", None) or number
    return number.is_loopback or number.is_unspecified


def _private(host: str) -> bool:
    """Whether a name or a number means something inside one network alone."""
    number = _number(host)
    if number is not None:
        return not number.is_global
    return "." not in host or host.endswith(PRIVATE_ENDINGS)


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if NUMBER.fullmatch(host):
        try:  # every form of a number that a browser takes, such as 127.1
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except OSError:
            return None
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def page_link(address: str, page: str, query: Mapping[str, str]) -> str:
    """A page of the dashboard with what was chosen on it; '' without an address, or where it would be too long."""
    if not address or too_long(query):
        return ""
    return f"{address.rstrip('/')}/{page}{'?' + urlencode(query) if query else ''}"


def too_long(query: Mapping[str, str]) -> bool:
    """Whether a link with these parameters is longer than the programs take that open files."""
    return len(urlencode(query)) > LONGEST_LINK - 200  # room for the address before them


def live_link(result: Estimate, others: Sequence[Scenario], address: str) -> str:
    """What opens a result again, with the scenarios beside it where there are any."""
    return page_link(address, "compare" if others else "", shown_query(result, others))


def shown_query(result: Estimate, others: Sequence[Scenario]) -> dict[str, str]:
    """What a result shows, as link parameters.

    By the title of a documented disruption its page knows what is open, and says it; other titles change no number.
    """
    scenario = result.scenario
    if others:
        return comparison_query(scenario, others)
    title = scenario.header.title if documented(result.catalogue, scenario) else ""
    return to_query(scenario.with_changes(header=Header(title=title)))


def comparison_query(scenario: Scenario, others: Sequence[Scenario]) -> dict[str, str]:
    """The scenarios side by side, where the dashboard compares them."""
    plain = tuple(item.with_changes(header=Header()) for item in others)
    return to_link(scenario.with_changes(header=Header()), replace(NOTHING, others=plain, show="scenarios"))


def link_to(scenario: Scenario, address: str) -> str:
    """One scenario of a comparison, without its title; '' without an address."""
    return page_link(address, "", to_query(scenario.with_changes(header=Header())))


def where(link: str, query: Mapping[str, str]) -> str:
    """What a file prints to find the scenario again: its address, or its parameters and how to get an address."""
    if link:
        return f"Live scenario: {link}"
    if too_long(query):
        return f"Scenario: {len(query)} values differ from how NetToll opens; {TOO_LONG}"
    return f"Scenario: {link_text(query) if query else OPENS}; {HOW_TO}"
