"""The articles' figures as sliders, in the sidebar, and the claims that follow from them.

What a reader moved is kept by key; a figure that was not moved is not kept, so a reset is an empty dictionary.
"""

from __future__ import annotations

import streamlit as st

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter
from model.catalogue.sources import Seed
from model.claims.claims import (
    Claims,
    claims,
    settings,
    sliders,
)
from model.common.errors import InputError
from model.common.numbers import percent
from views.pages.claims.sentences import (
    UNITS,
    published,
    said,
    shipped,
)
from views.words import escaped, shown, when_heard

VALUES, BASELINE, GOOD, ADDED = "claims_values", "claims_baseline", "claims_good", "claims_added"
FIRST = "claimed"
MONEY_AND_TIME = ("M USD", "pct per year", "years")
TEMPTING = ("claims.opex_year", "claims.firewall")


def values() -> dict[str, Override]:
    """What the reader moved, by seed id or parameter key."""
    moved: dict[str, Override] = st.session_state.setdefault(VALUES, {})
    return moved


def baseline() -> str:
    """The key of the growth that the undisturbed path follows."""
    return str(st.session_state.setdefault(BASELINE, FIRST))


def added() -> list[str]:
    """Ids of the amounts that the reader tries to add."""
    chosen: list[str] = st.session_state.setdefault(ADDED, list(TEMPTING))
    return chosen


def reset() -> None:
    """Back to the figures as published."""
    for key in (VALUES, BASELINE, ADDED):
        st.session_state.pop(key, None)


def current(catalogue: Catalogue) -> Claims:
    """The claims under the sliders; a value that cannot be used becomes a sentence and the last good ones stay."""
    try:
        result = claims(catalogue, values(), baseline())
    except (InputError, ArithmeticError) as problem:
        told = (
            str(problem) if isinstance(problem, InputError) else "These figures cannot be computed together"
        )
        st.error(escaped(f"{told}. The last good result stays."), icon=":material/error:")
        kept, base = st.session_state.get(GOOD, ({}, FIRST))
        st.session_state[VALUES], st.session_state[BASELINE] = dict(kept), base
        return claims(catalogue, kept, base)
    st.session_state[GOOD] = (dict(values()), baseline())
    return result


def central_of(seed: Seed, low: float, high: float) -> float:
    """The central figure of a moved band: where it stands in the published one ($125M in $100-150M is the middle)."""
    first, middle, last = shipped(seed)
    place = (middle - first) / (last - first) if last > first else 0.5
    return min(max(low + (high - low) * place, low), high)


def sidebar(catalogue: Catalogue, result: Claims) -> None:
    """Every figure that can be moved; those that move the charts most come first."""
    movable = sliders(catalogue)
    costs = [seed for seed in movable.values() if seed.role == "claim_input"]
    rest = [seed for seed in movable.values() if seed.role != "claim_input"]
    with st.sidebar:
        _baseline(catalogue, result)
        st.markdown("**What is said to be lost**")
        for seed in costs:
            seed_slider(seed)
        section = st.expander("Exports, growth and targets", key="x_claims_exports", on_change="rerun")
        if section.open:
            with section:
                for seed in rest:
                    if seed.unit in MONEY_AND_TIME:
                        seed_slider(seed)
        st.markdown("**Given by no article: assumptions**")
        for key in settings(catalogue):
            if key != "claims.own_growth":
                setting_slider(catalogue.parameters[key])
        section = st.expander("Training and one firm", key="x_claims_people", on_change="rerun")
        if section.open:
            with section:
                for seed in rest:
                    if seed.unit not in MONEY_AND_TIME:
                        seed_slider(seed)
        st.button("Back to the published figures", on_click=reset, width="stretch", key="w_claims_reset")


def _baseline(catalogue: Catalogue, result: Claims) -> None:
    options = result.baselines
    key = shown("w_claims_baseline", baseline())

    def chosen() -> None:
        st.session_state[BASELINE] = st.session_state[key]

    st.selectbox(
        "Growth without a disruption", list(options), list(options).index(baseline()), key=key,
        on_change=when_heard(key, chosen),
        format_func=lambda name: f"{options[name].label}: {percent(options[name].growth, 3)}",
        help=escaped(f"The baseline of the undisturbed path. Basis: {options[baseline()].basis}."),
    )  # fmt: skip
    if baseline() == "own":
        setting_slider(catalogue.parameters["claims.own_growth"])


def _keep(key: str, value: Override, default: Override) -> None:
    if value == default:
        values().pop(key, None)
    else:
        values()[key] = value


def _take_back(key: str) -> None:
    values().pop(key, None)


def _back(key: str, text: str) -> None:
    if key in values():
        st.button(escaped(text), key=f"r_{key}", type="tertiary", on_click=_take_back, args=(key,))


def _label(name: str, unit: str) -> str:
    unit = "" if unit in ("share", "1", "ratio") else UNITS.get(unit, unit)
    return escaped(f"{name[0].upper()}{name[1:]}" + (f" ({unit})" if unit else ""))


def seed_slider(seed: Seed) -> None:
    """A published figure: two ends where the article gives a range, one knob where it gives a number."""
    first = shipped(seed)
    given = values().get(seed.id, first)
    low, central, high = given if isinstance(given, tuple) else (given,) * 3
    ranged = first[0] < first[2]
    key = shown(f"s_{seed.id}", now := (low, high) if ranged else central)

    def moved() -> None:
        value = st.session_state[key]
        if isinstance(value, tuple):
            ends = (round(value[0], 9), round(value[1], 9))
            new: Override = (ends[0], central_of(seed, *ends), ends[1])
        else:
            new = (round(value, 9),) * 3
        _keep(seed.id, new, first)

    status: str = seed.status
    if seed.value_status not in ("", seed.status):
        status += f", value: {seed.value_status}"
    st.slider(
        _label(seed.subject, seed.unit), float(seed.min or 0), float(seed.max or 0), now, key=key,
        step=float(seed.step or 1), on_change=when_heard(key, moved), format="localized",
        help=escaped(f"{seed.paraphrase}. As published: {published(seed)}. {said(seed)}. [{status}; {seed.id}]"),
    )  # fmt: skip
    _back(seed.id, f"As published: {published(seed)}")


def setting_slider(parameter: Parameter) -> None:
    """What no article gives: one knob, labelled as the assumption that it is."""
    default = parameter.default
    if default is None:
        return
    given = values().get(parameter.key, default.mode)
    key = shown(f"s_{parameter.key}", now := float(given[1] if isinstance(given, tuple) else given))

    def moved() -> None:
        _keep(parameter.key, round(st.session_state[key], 9), default.mode)

    as_percent = parameter.unit in ("share", "per year")
    st.slider(
        _label(parameter.label, "" if parameter.unit == "per year" else parameter.unit), float(parameter.min),
        float(parameter.max), now, key=key, step=float(parameter.step), on_change=when_heard(key, moved),
        format="percent" if as_percent else "localized",
        help=escaped(f"{parameter.help} {parameter.evidence}. [{parameter.status}; {parameter.key}]"),
    )  # fmt: skip
    start = percent(default.mode, 3) if as_percent else f"{default.mode:g}"
    _back(parameter.key, f"Shipped value: {start}")
