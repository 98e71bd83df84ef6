"""The articles' figures as sliders, in the sidebar, and the claims that follow from them.

What a reader moved is kept by key; a figure that was not moved is not kept, so a reset is an empty dictionary.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter, read_override, written
from model.catalogue.sources import Seed
from model.claims.claims import (
    Claims,
    checked_figure,
    claims,
    movable_seeds,
    settings,
)
from model.common.numbers import percent
from model.common.text import capital
from views.pages.claims.sentences import (
    UNITS,
    as_published,
    said,
    shipped,
)
from views.parts.parameter import Control, control_of, parameter_control
from views.session import state
from views.session.store import PageField, Store, one_of, some_of
from views.words import escaped, shown, when_heard

FIRST = "claimed"
MONEY_AND_TIME = ("M USD", "pct per year", "years")
TEMPTING = ("claims.opex_year", "claims.firewall")
BASELINE, ADDED = "baseline", "added"


def _fields() -> dict[str, PageField]:
    """Every figure of the page, checked as the claims check it; the link names them by seed or parameter."""
    catalogue = state.catalogue()
    shipped_claims = claims(catalogue)

    def figure(key: str) -> PageField:
        name = f"claimed.{key.removeprefix('claims.')}"
        return PageField(
            None, name, lambda text: checked_figure(catalogue, key, read_override(name, text)), written
        )

    bases = {base: base for base in shipped_claims.baselines}
    return {
        BASELINE: one_of("claimed.baseline", FIRST, bases),
        ADDED: some_of("claimed.added", TEMPTING, {item.id: item.id for item in shipped_claims.amounts}),
        **{key: figure(key) for key in (*movable_seeds(catalogue), *settings(catalogue))},
    }


STORE = Store("claimed", _fields)


def values() -> dict[str, Override]:
    """What the reader moved, by seed id or parameter key."""
    return {key: value for key, value in STORE.changed.items() if key not in (BASELINE, ADDED)}


def baseline() -> str:
    """The key of the growth that the undisturbed path follows."""
    return str(STORE.get(BASELINE))


def added() -> list[str]:
    """Ids of the amounts that the reader tries to add."""
    return list(STORE.get(ADDED))


def current(catalogue: Catalogue) -> Claims:
    """The claims under the sliders; a value that cannot be used becomes a sentence and the last good ones stay."""
    return STORE.computed(lambda: claims(catalogue, values(), baseline()))


def central_of(seed: Seed, low: float, high: float) -> float:
    """The central figure of a moved band: where it stands in the published one ($125M in $100-150M is the middle)."""
    first, middle, last = shipped(seed)
    place = (middle - first) / (last - first) if last > first else 0.5
    return min(max(low + (high - low) * place, low), high)


def sidebar(catalogue: Catalogue, result: Claims) -> None:
    """Every figure that can be moved; those that move the charts most come first."""
    movable = movable_seeds(catalogue)
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
        st.button(
            "Back to the published figures", on_click=STORE.reset, width="stretch", key="w_claims_reset"
        )


def _baseline(catalogue: Catalogue, result: Claims) -> None:
    options = result.baselines
    key = shown("w_claims_baseline", baseline())

    def chosen() -> None:
        STORE.put(BASELINE, st.session_state[key])

    st.selectbox(
        "Growth without a disruption", list(options), list(options).index(baseline()), key=key,
        on_change=when_heard(key, chosen),
        format_func=lambda name: f"{options[name].label}: {percent(options[name].growth, 3)}",
        help=escaped(f"The baseline of the undisturbed path. Basis: {options[baseline()].basis}."),
    )  # fmt: skip
    if baseline() == "own":
        setting_slider(catalogue.parameters["claims.own_growth"])


def _label(name: str, unit: str) -> str:
    unit = "" if unit in ("share", "1", "ratio") else UNITS.get(unit, unit)
    return capital(name) + (f" ({unit})" if unit else "")


def seed_slider(seed: Seed) -> None:
    """A published figure: two ends where the article gives a range, one knob where it gives a number."""
    first = shipped(seed)
    status: str = seed.status
    if seed.value_status not in ("", seed.status):
        status += f", value: {seed.value_status}"
    control = Control(
        _label(seed.subject, seed.unit),
        f"{seed.paraphrase}. As published: {as_published(seed)}. {said(seed)}. [{status}; {seed.id}]",
        first if first[0] < first[2] else first[1],
        float(seed.min or 0), float(seed.max or 0), float(seed.step or 1), back=f"As published: {as_published(seed)}",
    )  # fmt: skip
    parameter_control(
        control, values().get(seed.id), partial(STORE.put, seed.id), f"s_{seed.id}",
        lambda low, _, high: central_of(seed, low, high),
    )  # fmt: skip


def setting_slider(parameter: Parameter) -> None:
    """What no article gives: one knob, labelled as the assumption that it is."""
    parameter_control(
        control_of(parameter),
        values().get(parameter.key),
        partial(STORE.put, parameter.key),
        f"s_{parameter.key}",
    )
