"""The figures of the industry page in the sidebar. What a reader moved is kept by key; the rest is shipped.

The address bar belongs to the scenario of the Estimate page, so nothing of this is in a link.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter
from model.common.numbers import as_given, percent
from model.evidence.trends import Baseline
from model.industry.calendar import MINE, OWN
from model.industry.draws import Values
from model.industry.firm import kinds
from model.industry.words import (
    BASELINE,
    CALENDAR,
    KIND,
    PRESET,
)
from model.scenario.calendars import calendars
from model.scenario.places import HOME
from views.session import state
from views.words import escaped, shown, when_heard

VALUES, CHOICES = "industry_values", "industry_choices"
START = {"calendar": CALENDAR, "baseline": BASELINE, "preset": PRESET, "kind": KIND}
SWITCHES = ("freelance.inside", "firm.force_majeure", "measure.count_later")
TWO = {
    "freelance.inside": ("On top of official receipts", "Inside official receipts"),
    "firm.force_majeure": ("Penalties are due", "Waived as force majeure"),
    "measure.count_later": ("Direct loss only", "Later losses of value added too"),
}


def values() -> dict[str, Override]:
    """What the reader moved, by parameter key."""
    moved: dict[str, Override] = st.session_state.setdefault(VALUES, {})
    return moved


def choice(name: str) -> str:
    """Calendar, baseline, preset or kind."""
    kept: dict[str, str] = st.session_state.setdefault(CHOICES, dict(START))
    if name == "calendar" and kept[name] == MINE and state.scenario().country != HOME:
        return CALENDAR  # receipts and people of this page are Pakistan's
    return kept[name]


def choose(name: str, value: str) -> None:
    choice(name)
    st.session_state[CHOICES][name] = value


def reset() -> None:
    """Back to the shipped figures and choices."""
    for key in (VALUES, CHOICES):
        st.session_state.pop(key, None)


def current(catalogue: Catalogue, industry: Industry) -> Values:
    """The reader's figures on top of the preset firm's."""
    return Values(catalogue, industry, values(), industry.presets[choice("preset")].values)


def take_back(key: str) -> None:
    """The shipped figure again."""
    values().pop(key, None)


def picker(name: str, label: str, options: dict[str, str], help_text: str = "") -> None:
    """A select box that keeps its choice; a new preset forgets what was moved on the firm before."""
    key = shown(f"w_industry_{name}", now := choice(name) if choice(name) in options else next(iter(options)))

    def chosen() -> None:
        choose(name, st.session_state[key])
        if name == "preset":
            for moved in [item for item in values() if item.startswith("firm.")]:
                values().pop(moved)

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
    told = picked.header.why if picked else "Numbers and lengths of your own."
    picker("calendar", "Disruptions of a year", options, told)
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
    told = {key: f"{item.label}: {percent(item.growth, 3)}" for key, item in options.items()}
    picker("baseline", "Growth without a disruption", told, f"Basis: {options[choice('baseline')].basis}.")


def firm(catalogue: Catalogue, industry: Industry) -> None:
    """Preset and what hits the firm."""
    preset = industry.presets[choice("preset")]
    picker("preset", "Firm", {key: item.title for key, item in industry.presets.items()}, preset.why)
    picker("kind", "What hits it", kinds(catalogue))


def sliders(industry: Industry, keys: Sequence[str]) -> None:
    """A control for each key."""
    preset = industry.presets[choice("preset")].values
    for key in keys:
        _slider(industry.parameters[key], preset.get(key))


def typed(industry: Industry, key: str) -> None:
    """A figure to type: its range is too wide for a slider."""
    parameter = industry.parameters[key]
    first = parameter.mode or 0.0

    def kept() -> None:
        value = float(st.session_state[name])
        if value == first:
            values().pop(key, None)
        else:
            values()[key] = value

    given = values().get(key, first)
    name = shown(f"i_{key}", now := float(given if isinstance(given, int | float) else given[1]))
    st.number_input(
        escaped(f"{parameter.label} ({parameter.unit})"), float(parameter.min), float(parameter.max), now,
        key=name,
        step=float(parameter.step), help=escaped(help_of(parameter)), on_change=when_heard(name, kept), format="%.0f",
    )  # fmt: skip


def help_of(parameter: Parameter) -> str:
    """Help, evidence, status and key of a figure."""
    evidence = f"{parameter.evidence[:1].upper()}{parameter.evidence[1:]}"
    return f"{parameter.help} {evidence}. [{parameter.status}; {parameter.key}]"


def _slider(parameter: Parameter, of_preset: Override | None) -> None:
    default = parameter.default
    if default is None:
        return
    first: Override = (default.low, default.mode, default.high) if default.spread else default.mode
    first = first if of_preset is None else of_preset
    given = values().get(parameter.key, first)
    key = f"i_{parameter.key}"
    low, middle, high = given if isinstance(given, tuple) else (given,) * 3

    def keep(new: Override) -> None:
        if new == first:
            values().pop(parameter.key, None)
        else:
            values()[parameter.key] = new

    ours = help_of(parameter)
    if parameter.key in SWITCHES:
        names = TWO[parameter.key]
        shown(key, names[round(middle)])  # and below as the default: see views/words.py
        st.radio(
            escaped(parameter.label.split(" (")[0].split(" or ")[0]), names, round(middle), key=key,
            help=escaped(ours),
            on_change=when_heard(key, lambda: keep(float(names.index(st.session_state[key])))),
        )  # fmt: skip
        return
    ranged = isinstance(first, tuple) or isinstance(given, tuple)
    shown(key, now := (float(low), float(high)) if ranged else float(middle))

    def moved() -> None:
        value = st.session_state[key]
        if isinstance(value, tuple):
            ends = (round(value[0], 9), round(value[1], 9))
            if isinstance(first, tuple) and ends == (first[0], first[2]):
                keep(first)
            else:
                keep((ends[0], min(max(middle, ends[0]), ends[1]), ends[1]))
        else:
            keep(round(value, 9))

    as_percent = parameter.unit in ("share", "per year")
    named = parameter.unit.split()[0] in parameter.label.lower()  # the label says it already
    silent = named or parameter.unit in (
        "share",
        "1",
        "x",
        "count",
        "per year",
        "persons",
        "persons per year",
    )
    unit = "" if silent else f" ({parameter.unit})"
    st.slider(
        escaped(parameter.label + unit), float(parameter.min), float(parameter.max), now, key=key,
        step=float(parameter.step), help=escaped(ours), on_change=when_heard(key, moved),
        format="percent" if as_percent else "localized",
    )  # fmt: skip
    if parameter.key in values():
        scale = 100 if as_percent else 1
        parts = first if isinstance(first, tuple) else (first,)
        told = " to ".join(as_given(value * scale) for value in dict.fromkeys((parts[0], parts[-1])))
        st.button(
            escaped(f"Shipped value: {told}{' %' if as_percent else ''}"), key=f"r_{key}", type="tertiary",
            on_click=take_back, args=(parameter.key,),
        )  # fmt: skip
