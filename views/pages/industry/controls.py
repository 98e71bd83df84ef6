"""The figures of the industry page in the sidebar, and the store of what a reader moved and chose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from model.catalogue.economies import HOME
from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common.numbers import percent
from model.evidence.trends import Baseline
from model.industry.calendar import MINE, OWN
from model.industry.draws import Values
from model.industry.exports import baselines
from model.industry.firm import kinds
from model.industry.words import (
    BASELINE,
    CALENDAR,
    KIND,
    PRESET,
)
from model.scenario.calendars import calendars
from views.parts.parameter import control_of, parameter_control
from views.session import state
from views.session.store import PageField, Store, by_name, one_of, parameter_field
from views.words import escaped, shown, when_heard

START = {"calendar": CALENDAR, "baseline": BASELINE, "preset": PRESET, "kind": KIND}
SECTIONS = {
    "exports": "Exports", "vpn_block": "VPN block", "freelancers": "Freelancers", "talent": "Talent",
    "firm": "One firm", "continuity": "Continuity", "recurring": "Recurring",
}  # fmt: skip
SECTION = "section"
FIRM_YEAR = ("firm.outages_per_year", "firm.outage_hours")  # asked for first, above the answer


def _fields() -> dict[str, PageField]:
    """The open section, the choices and every figure; the link names the figures as the command line does."""
    catalogue = state.catalogue()
    industry = catalogue.industry
    options = {
        "calendar": (*calendars(catalogue), OWN, MINE),
        "baseline": tuple(baselines(catalogue, Values(catalogue, industry, {}))),
        "preset": tuple(industry.presets),
        "kind": tuple(kinds(catalogue)),
    }
    return {
        SECTION: one_of("industry.section", "Exports", SECTIONS, stays=True),
        **{name: one_of(f"industry.{name}", START[name], by_name(keys))
           for name, keys in options.items()},
        **{key: parameter_field(key, parameter) for key, parameter in industry.parameters.items()},
    }  # fmt: skip


STORE = Store("industry", _fields)


def values() -> dict[str, Override]:
    """What the reader moved, by parameter key."""
    return {key: value for key, value in STORE.changed.items() if key not in (SECTION, *START)}


def choice(name: str) -> str:
    """Calendar, baseline, preset or kind."""
    value = str(STORE.get(name))
    if name == "calendar" and value == MINE and state.scenario().country != HOME:
        return CALENDAR  # receipts and people of this page are Pakistan's
    return value


def current(catalogue: Catalogue, industry: Industry) -> Values:
    """The reader's figures on top of the preset firm's."""
    return Values(catalogue, industry, values(), industry.presets[choice("preset")].values)


def picker(name: str, label: str, options: dict[str, str], help_text: str = "") -> None:
    """A select box that keeps its choice; a new preset forgets what was moved on the firm before."""
    key = shown(f"w_industry_{name}", now := choice(name) if choice(name) in options else next(iter(options)))

    def chosen() -> None:
        STORE.put(name, st.session_state[key])
        if name == "preset":
            STORE.take_back(*(moved for moved in values() if moved.startswith("firm.")))

    st.selectbox(
        label, list(options), list(options).index(now), key=key, on_change=when_heard(key, chosen),
        help=escaped(help_text) or None, format_func=lambda item: options[item],
    )  # fmt: skip


def calendar(catalogue: Catalogue, industry: Industry) -> None:
    """Which disruptions a year holds; the reader's own numbers have sliders."""
    options = {key: item.title for key, item in calendars(catalogue).items()} | {OWN: "Own calendar"}
    if state.scenario().country == HOME:
        options[MINE] = "My scenario of the Estimate page, each year"
    picked = calendars(catalogue).get(choice("calendar"))
    why = picked.header.why if picked else "Numbers and lengths of your own."
    picker("calendar", "Disruptions of a year", options, why)
    if choice("calendar") == MINE:
        st.caption(
            "Used of your scenario: kind, length, number of spells as times a year, place, quality, measures and "
            "assumptions. Not used: start time, gap between spells, currency, draws and seed. The path starts at the "
            "receipts of this page."
        )
    if choice("calendar") == OWN:
        keys = [
            f"calendar.{kind}.{part}" for kind in industry.calendar_kinds for part in ("per_year", "days")
        ]
        sliders(industry, keys)


def baseline(options: dict[str, Baseline]) -> None:
    """Growth of the undisturbed path."""
    labels = {key: f"{item.label}: {percent(item.growth, 3)}" for key, item in options.items()}
    picker("baseline", "Growth without a disruption", labels, f"Basis: {options[choice('baseline')].basis}.")


def firm(industry: Industry) -> None:
    """The firm to start from."""
    preset = industry.presets[choice("preset")]
    picker("preset", "Firm", {key: item.title for key, item in industry.presets.items()}, preset.why)


def firm_year(catalogue: Catalogue, industry: Industry) -> None:
    """The question, above the answer: how many outages a year, how long, of what kind."""
    with st.container(horizontal=True):  # a phone has room for two of them beside each other
        for key in FIRM_YEAR:
            with st.container(width=165):
                sliders(industry, [key], typed=True)
        with st.container(width=346):
            picker("kind", "What hits it", kinds(catalogue))


def sliders(industry: Industry, keys: Sequence[str], *, typed: bool = False) -> None:
    """A control for each key; `typed` where a range is too wide for a slider."""
    preset = industry.presets[choice("preset")].values
    for key in keys:
        parameter = industry.parameters[key]
        control = control_of(
            parameter,
            shipped=preset.get(key),
            label=parameter.asked,
            names=parameter.names,
            typed=typed,
        )
        parameter_control(control, values().get(key), partial(STORE.put, key), f"i_{key}")
