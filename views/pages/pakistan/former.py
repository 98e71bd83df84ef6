"""Where the links of the pages Industry and As claimed lead now, with all that they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

FIRM, PAKISTAN = "firm", "pakistan"
SECTION, BASELINE = "industry.section", "industry.baseline"
# What the former pages began with where a link said nothing: a link shows what it showed.
FORMER_SECTION, FORMER_KIND, FORMER_DAYS, CLAIMED = "exports", "full_blackout", "180", "claimed"
OWN = ("industry.", "firm.", "freelance.", "talent.", "measure.", "calendar.")


def _industry() -> None:
    """The page Industry, whose links lead on before it is shown."""


def _claims() -> None:
    """The page As claimed, likewise."""


PAGES: dict[str, Callable[[], None]] = {"industry": _industry, "claims": _claims}


def now(path: str, query: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The page of today for a former one, and what its link says there.

    What a link left at the value of its time is written out where another value is the default now. A bare address
    says nothing and opens the page as it is.
    """
    if path == "claims":
        return PAKISTAN, _of_claims(query)
    section = query.get(SECTION, FORMER_SECTION)
    rest = {key: value for key, value in query.items() if key != SECTION}
    said = any(key.startswith(OWN) for key in query)
    if section == "firm":
        return FIRM, rest | ({} if "industry.kind" in rest else {"industry.kind": FORMER_KIND})
    days = {"industry.vpn_block_days": FORMER_DAYS} if said and section in ("vpn_block", "exports") else {}
    return PAKISTAN, {SECTION: section} | days | rest


def _of_claims(query: Mapping[str, str]) -> dict[str, str]:
    """The growth of the articles' path was the claimed one; every other value has its own name still."""
    if not any(key.startswith("claimed.") for key in query):
        return dict(query)
    growth = query.get("claimed.baseline", CLAIMED)
    return {BASELINE: growth} | {key: value for key, value in query.items() if key != "claimed.baseline"}
