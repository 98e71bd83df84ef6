"""Former addresses of pages, and where each leads now. A link that ever worked is never taken out of here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Moved:
    """A former page. `when` narrows it to links that say this; `adds` goes into the new link, unless it says it."""

    path: str
    to: str
    when: Mapping[str, str] = field(default_factory=dict)
    adds: Mapping[str, str] = field(default_factory=dict)


# The first row that fits counts. An empty path is the first page, Estimate.
MOVED = (
    Moved("estimate", ""),
    Moved("briefing", "export"),
    Moved("claims", "pakistan-it"),
    Moved("industry", "firm"),
    Moved("evidence", "how-it-works", adds={"how.section": "evidence"}),
    Moved("methods", "how-it-works", adds={"how.section": "methods"}),
    Moved("sources", "how-it-works", adds={"how.section": "sources"}),
)
FORMER = tuple(dict.fromkeys(row.path for row in MOVED))


def leads_to(path: str, query: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """The page of today for a former path, and what its link says; None where the path is no former one."""
    for row in MOVED:
        if row.path == path and row.when.items() <= query.items():
            return row.to, {**row.adds, **query}
    return None
