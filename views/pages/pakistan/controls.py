"""What a reader sets on the page Pakistan IT, and the two things that all its sections share: length and growth.

The length of the block is that of the scenario where that is a VPN block of all Pakistan, else one of the page. The
growth of exports is one for the articles' path and for ours. Links of the two former pages name each twice; both are
read, and what is set here takes the other back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from model.catalogue.economies import HOME
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.claims.claims import GROWTH, Claims, claims
from model.common.errors import InputError
from model.common.numbers import duration_text, percent
from model.evidence.trends import Baseline
from model.industry.calendar import MINE, OWN
from model.industry.draws import Values
from model.industry.exports import baselines
from model.industry.words import BASELINE, CALENDAR
from model.scenario.calendars import calendars
from model.scenario.durations import MAX_HOURS, hours_of
from model.scenario.fields import Header
from model.scenario.scenario import Scenario
from views.pages.claims import controls as articles
from views.pages.firm import controls as firm
from views.parts import figures
from views.parts.home import show_estimate
from views.session import state
from views.session.store import PageField, Store, by_name, one_of, parameter_field
from views.words import escaped, refuse, say_refused_at, shown, when_heard

START = {"calendar": CALENDAR, "baseline": BASELINE}
# Words of a link for the sections; `firm` was one of them before it had a page.
SECTIONS = {
    "firm": "VPN block", "vpn_block": "VPN block", "exports": "Exports", "recurring": "Recurring",
    "continuity": "Continuity", "freelancers": "Freelancers", "talent": "Talent",
}  # fmt: skip
SECTION, DAYS, OWN_GROWTH = "section", "industry.vpn_block_days", "industry.own_growth"
KIND, YEAR = "vpn_block", 365.0  # days: the claimed cost is for a year
SHARED = ("firm.days_per_year", firm.HOME_OUTPUT)  # figures of the page My firm that the measures read too


def _fields() -> dict[str, PageField]:
    """The open section, the choices and every figure; the link names the figures as the command line does."""
    catalogue = state.catalogue()
    industry = catalogue.industry
    options = {
        "calendar": (*calendars(catalogue), OWN, MINE),
        "baseline": tuple(baselines(catalogue, Values(catalogue, industry, {}))),
    }
    return {
        SECTION: one_of("industry.section", "VPN block", SECTIONS, stays=True),
        **{name: one_of(f"industry.{name}", START[name], by_name(keys)) for name, keys in options.items()},
        **{
            key: parameter_field(key, row)
            for key, row in industry.parameters.items()
            if key not in firm.STORE.fields
        },
    }


STORE = Store("industry", _fields)


def carried() -> bool:
    """Whether the reader's scenario is one VPN block of all Pakistan: then its length is that of the page."""
    now = state.scenario()
    return (now.country, now.kind, now.spells) == (HOME, KIND, 1) and not now.regions and now.place is None


def days() -> float:
    """Length of the block in days."""
    if carried():
        return state.scenario().hours / 24
    own = STORE.get(DAYS)
    given = articles.STORE.get(articles.DAYS) if own is None else own
    value = YEAR if given is None else given
    return float(value[1] if isinstance(value, tuple) else value)


def estimable() -> bool:
    """Whether the block is no longer than the model looks ahead."""
    return days() * 24 <= MAX_HOURS


def scenario() -> Scenario:
    """The block as a scenario in dollars: the reader's own where that is one."""
    base = state.scenario() if carried() else Scenario(kind=KIND)
    return base.with_changes(hours=days() * 24, currency="USD", header=Header())


def values() -> dict[str, Override]:
    """What stands on the figures, by parameter key: what the reader moved, and the length and growth of the page."""
    moved = {key: value for key, value in STORE.changed.items() if key not in (SECTION, *START)}
    moved |= {key: value for key, value in firm.STORE.changed.items() if key in SHARED}
    if carried() or DAYS not in moved:
        moved[DAYS] = min(days(), MAX_HOURS / 24)
    older = articles.STORE.get(articles.OWN_GROWTH)
    if OWN_GROWTH not in moved and older is not None:
        moved[OWN_GROWTH] = older
    if (claimed := _claimed_growth()) is not None:
        moved[OWN_GROWTH] = claimed
    return moved


def choice(name: str) -> str:
    """Calendar, or the growth of the undisturbed path as the model's sections know it."""
    if name == "baseline":
        return "own" if _claimed_growth() is not None else growth()
    value = str(STORE.get(name))
    if name == "calendar" and value == MINE and state.scenario().country != HOME:
        return CALENDAR  # receipts and people of this page are Pakistan's
    return value


def growth() -> str:
    """The growth that the reader chose."""
    if "baseline" in STORE.changed:
        return str(STORE.get("baseline"))
    return str(articles.STORE.changed.get("baseline", BASELINE))


def _claimed_growth() -> float | None:
    """The claimed growth where it was chosen and moved: the speaker's no more, so a figure of the reader's own."""
    moved = articles.STORE.changed.get(GROWTH)
    if moved is None or growth() != "claimed":
        return None
    return float(moved[1] if isinstance(moved, tuple) else moved) / 100


def current(catalogue: Catalogue, industry: Industry) -> Values:
    """The reader's figures."""
    return Values(catalogue, industry, values())


def claimed(catalogue: Catalogue) -> Claims:
    """The articles' figures under the sliders, at the length and the growth of the page."""
    own = values().get(OWN_GROWTH)
    page = {articles.DAYS: days()} | ({} if own is None else {articles.OWN_GROWTH: own})
    return articles.STORE.computed(lambda: claims(catalogue, {**articles.values(), **page}, growth()))


def reset() -> None:
    """The page as it opens; a scenario of the reader's stays."""
    STORE.reset()
    articles.STORE.reset()


def length_field() -> None:
    """How long the block lasts, as people write it."""
    key = shown("w_block_length", text := duration_text(days() * 24))

    def typed() -> None:
        try:
            hours = hours_of(str(st.session_state[key]))
        except InputError as problem:
            refuse(str(problem), key)
            return
        _set_days(hours / 24)

    st.text_input(
        "How long the VPN block lasts", text, key=key, max_chars=40, on_change=when_heard(key, typed),
        help="Write for example 90 days, 6 months or a year, up to two years.",
    )  # fmt: skip
    say_refused_at(key)


def _set_days(length: float) -> None:
    """Let the block last so many days, here and, where it is the scenario, on every page."""
    STORE.take_back(DAYS)
    articles.STORE.take_back(articles.DAYS)
    if carried():
        state.change("duration", hours=length * 24)
    elif length != YEAR:
        STORE.put(DAYS, length)


def to_estimate() -> None:
    """Make the block of the page the reader's scenario, and show it there."""
    state.start_from(scenario())
    show_estimate()


def growth_field(options: Mapping[str, Baseline]) -> None:
    """Growth of the undisturbed path: one for the whole page."""
    labels = {key: f"{item.label}: {percent(item.growth, 3)}" for key, item in options.items()}
    now = growth()
    key = shown("w_industry_baseline", now)

    def chosen() -> None:
        articles.STORE.take_back("baseline")
        STORE.put("baseline", st.session_state[key])

    st.selectbox(
        "Growth of exports without a disruption, a year", list(labels), list(labels).index(now), key=key,
        on_change=when_heard(key, chosen), format_func=labels.__getitem__,
        help=escaped(f"One for the whole page. Basis: {options[now].basis}."),
    )  # fmt: skip
    if now == "own":
        sliders(state.catalogue().industry, [OWN_GROWTH])


def calendar(catalogue: Catalogue, industry: Industry) -> None:
    """Which disruptions a year holds; the reader's own numbers have sliders."""
    options = {key: item.title for key, item in calendars(catalogue).items()} | {OWN: "Own calendar"}
    if state.scenario().country == HOME:
        options[MINE] = "My scenario of the Estimate page, each year"
    now = choice("calendar")
    picked = calendars(catalogue).get(now)
    why = picked.header.why if picked else "Numbers and lengths of your own."
    figures.picker(STORE, "calendar", "Disruptions of a year", now, options, why)
    if now == MINE:
        st.caption(
            "Used of your scenario: type, length, number of outages as times a year, place, quality, measures and "
            "assumptions. Not used: start time, gap between outages, currency, simulations and seed. The path starts "
            "at the export earnings of this page."
        )
    if now == OWN:
        keys = [
            f"calendar.{kind}.{part}" for kind in industry.calendar_kinds for part in ("per_year", "days")
        ]
        columns = st.columns(2, gap="large")
        for index, key in enumerate(keys):  # how often on the left, how long on the right
            with columns[index % 2]:
                sliders(industry, [key])


def sliders(industry: Industry, keys: Sequence[str], *, typed: bool = False) -> None:
    """A control for each key; `typed` where a range is too wide for a slider."""
    for key in keys:
        store = STORE if key in STORE.fields else firm.STORE
        figures.figures(industry.parameters, [key], store, typed=typed)


def group(industry: Industry, *prefixes: str) -> list[str]:
    """Keys of the figures that begin so."""
    return [key for key in industry.parameters if key.startswith(prefixes)]
