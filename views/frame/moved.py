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
    Moved("evidence", "how-it-works", adds={"how.section": "evidence"}),
    Moved("methods", "how-it-works", adds={"how.section": "methods"}),
    Moved("sources", "how-it-works", adds={"how.section": "sources"}),
)
FIRM, PAKISTAN = "firm", "pakistan"
SECTION, BASELINE = "industry.section", "industry.baseline"
# What the pages Industry and As claimed began with where a link said nothing: a link shows what it showed.
FORMER_SECTION, FORMER_KIND, FORMER_DAYS, CLAIMED = "exports", "full_blackout", "180", "claimed"
OWN = ("industry.", "firm.", "freelance.", "talent.", "measure.", "calendar.")


def _industry(query: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The page of today for a link of Industry, and what it says there.

    What a link left at the value of its time is written out where another value is the default now. A bare address
    says nothing and opens the page as it is.
    """
    section = query.get(SECTION, FORMER_SECTION)
    rest = {key: value for key, value in query.items() if key != SECTION}
    said = any(key.startswith(OWN) for key in query)
    if section == "firm":
        return FIRM, rest | ({} if "industry.kind" in rest else {"industry.kind": FORMER_KIND})
    days = {"industry.vpn_block_days": FORMER_DAYS} if said and section in ("vpn_block", "exports") else {}
    return PAKISTAN, {SECTION: section} | days | rest


def _claims(query: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The growth of the articles' path was the claimed one; every other value has its own name still."""
    if not any(key.startswith("claimed.") for key in query):
        return PAKISTAN, dict(query)
    growth = query.get("claimed.baseline", CLAIMED)
    return PAKISTAN, {BASELINE: growth} | {
        key: value for key, value in query.items() if key != "claimed.baseline"
    }


# Pages that were divided or whose defaults changed.
DIVIDED = {"industry": _industry, "claims": _claims}
FORMER = tuple(dict.fromkeys((*(row.path for row in MOVED), *DIVIDED)))


def leads_to(path: str, query: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """The page of today for a former path, and what its link says; None where the path is no former one."""
    if path in DIVIDED:
        return DIVIDED[path](query)
    for row in MOVED:
        if row.path == path and row.when.items() <= query.items():
            return row.to, {**row.adds, **query}
    return None
