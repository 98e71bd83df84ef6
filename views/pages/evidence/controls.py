"""What a reader chooses in the section How well it works, and the store that holds it."""

from __future__ import annotations

from model.catalogue.load import Catalogue
from model.catalogue.parameters import read_override, written
from model.common.errors import InputError, choices
from model.evidence import record
from views.session import state
from views.session.store import PageField, Store, by_name, one_of, words

TESTS, RECORD, PRICES, CLAIMS = (
    "Checked against events",
    "The record",
    "One event, all estimates",
    "Published claims",
)
SECTIONS = {"tests": TESTS, "record": RECORD, "prices": PRICES, "claims": CLAIMS}
SECTION, SEARCH, CARDS, EVENT = "section", "search", "cards", "event"
FEW_CARDS, ALL_CARDS = "few", "all"
PERIOD, OWN = "months", "own_growth"
GROWTH_ENDS = (-0.5, 1.0)
# Event of the table -> title, shipped scenario of ours, hours of it (None: as shipped).
EVENTS = {
    "pk_2023_05_mobile_and_social": ("Pakistan, 9 to 12 May 2023", "pak_2023_05_mobile_data_cut", None),
    "ir_2026_01_day": ("Iran, a day of January 2026", "irn_2026_01_blackout", 24.0),
    "pk_national_blackout_day": ("Pakistan, one national blackout day", "blackout_one_day", 24.0),
}


def usable_months(catalogue: Catalogue) -> list[str]:
    """The months that can be summed: those whose growth on the year is known."""
    months = catalogue.evidence.months
    return [row.month for row in months if row.month in record.growth_on_year(months)]


def _period(text: str) -> tuple[str, str]:
    """`2024-08~2024-12`; the ends may stand in any order."""
    usable = usable_months(state.catalogue())
    parts = sorted(text.split("~"))
    if len(parts) != 2:
        raise InputError(
            "evidence.months", text, "is not a first and a last month", "such as 2024-08~2024-12"
        )
    for part in parts:
        if part not in usable:
            raise InputError("evidence.months", part, "is no month that can be summed", choices(usable, part))
    return parts[0], parts[1]


def _growth(text: str) -> float:
    low, high = GROWTH_ENDS
    value = read_override("evidence.own_growth", text, f"{low:g} to {high:g} per year")
    if isinstance(value, tuple) or not low <= value <= high:
        raise InputError(
            "evidence.own_growth", text, "is out of range", f"one of {low:g} to {high:g} per year"
        )
    return value


def _fields() -> dict[str, PageField]:
    own = state.catalogue().parameters["claims.own_growth"].mode or 0.0
    return {
        SECTION: one_of("evidence.section", TESTS, SECTIONS, stays=True),
        PERIOD: PageField(record.PERIOD, "evidence.months", _period, "~".join),
        OWN: PageField(own, "evidence.own_growth", _growth, written),
        EVENT: one_of("evidence.event", next(iter(EVENTS)), by_name(EVENTS)),
        SEARCH: words("evidence.search"),
        CARDS: one_of("evidence.cards", FEW_CARDS, by_name((FEW_CARDS, ALL_CARDS))),
    }


STORE = Store("evidence", _fields)
