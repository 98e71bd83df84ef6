"""Who asks: the one that rates and places in line are counted for."""

from __future__ import annotations

import ipaddress

from starlette.types import Scope


def client_of(scope: Scope) -> str:
    """Who sent a request; '' where the server does not say."""
    return network((scope.get("client") or ("",))[0])


def network(host: str) -> str:
    """Who has an address: itself, of version 6 its network of 64 bits."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(number, ipaddress.IPv4Address):
        return host
    mapped = number.ipv4_mapped
    return str(mapped or ipaddress.IPv6Address(int(number) >> 64 << 64))
