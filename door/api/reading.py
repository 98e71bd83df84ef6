"""The query of an address, read as a link is; an API leaves nothing out, so what cannot be used is an error."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from model.catalogue.load import Catalogue
from model.common.errors import InputError, choices
from model.scenario.comparison import LINK_KEYS, Comparison, from_link, is_link_name, is_of_comparison
from model.scenario.fields import BY_KEY, ENDS_OF, HEADER, near_name
from model.scenario.scenario import Scenario, shared

FORMAT = "format"
FORMATS = ("json", "csv")
NO_LETTER = "\ufffd"  # what reading a query makes of bytes that are not UTF-8


@dataclass(frozen=True)
class Asked:
    """What was asked for: a scenario, what stands beside it, how it was read, and the parameters that are no link's."""

    scenario: Scenario
    beside: Comparison
    notes: tuple[str, ...]
    own: dict[str, str]

    @property
    def csv(self) -> bool:
        return self.own.get(FORMAT) == "csv"


def once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Pairs of a query by name; raises `InputError` for a name that stands there twice or what is no text."""
    query: dict[str, str] = {}
    for name, text in pairs:
        if NO_LETTER in name + text:
            raise InputError(name, text, "holds what is no text", "UTF-8")
        if not name:
            raise InputError("query", f"={text}", "has no name", "name=value")
        if name in query:
            raise InputError(name, text, "is given twice", "each name once")
        query[name] = text
    return query


def own_of(query: dict[str, str], own: Collection[str]) -> dict[str, str]:
    """The parameters that are the address's own, taken out of a query; raises `InputError` for another format."""
    taken = {name: query.pop(name) for name in own if name in query}
    if taken.get(FORMAT, "json") not in FORMATS:
        raise InputError(FORMAT, taken[FORMAT], "is not on offer", ", ".join(FORMATS))
    return taken


def nothing_else(query: dict[str, str], own: Collection[str]) -> None:
    """Raises `InputError` where a query says more than an address without a scenario knows."""
    for name, text in query.items():
        if name in own:
            continue
        raise InputError(name, text, "is no parameter of this address", ", ".join(own) or "none")


def asked(
    catalogue: Catalogue, pairs: Iterable[tuple[str, str]], own: Collection[str], most_draws: int, *,
    compares: bool = False,
) -> Asked:  # fmt: skip
    """The scenario of a query; raises `InputError` for all that a link would only leave out.

    It also raises for more than `most_draws` simulations. A link of the page may hold a comparison too: an address that
    `compares` nothing says so in a note.
    """
    query = once(pairs)
    taken = own_of(query, own)
    for name, text in query.items():
        if not is_link_name(catalogue, name):
            names = [*BY_KEY, *(end.key for end in ENDS_OF), *HEADER, *LINK_KEYS, *own, *catalogue.parameters]
            meant = near_name(name) or choices(names, name)
            raise InputError(name, text, "belongs to no name that is known here", meant)
    scenario, beside, notes = from_link(catalogue, query, strict=True, most_draws=most_draws)
    for item in (scenario, *beside.others):  # who names no number asks for the usual one
        shared(item, most_draws)
    unread = [] if compares else [name for name in query if is_of_comparison(name)]
    if unread:
        notes.append(
            f"{', '.join(unread)}: of a comparison, which /api/v1/compare answers; nothing here hangs on it."
        )
    return Asked(scenario, beside, tuple(notes), taken)
