"""The articles' figures as sliders, and the store of what a reader moved.

What a reader moved is kept by key; a figure that was not moved is not kept, so a reset is an empty dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, Parameter, written
from model.catalogue.sources import Seed
from model.claims.claims import (
    claims,
    movable_seeds,
    read_figure,
    settings,
)
from model.claims.sentences import (
    UNITS,
    as_published,
    said,
    shipped,
)
from model.common.text import capital
from views.parts.parameter import Control, control_of, label_with, parameter_control, row_link
from views.session import state
from views.session.store import PageField, Store, one_of, some_of

FIRST = "claimed"
MONEY_AND_TIME = ("M USD", "pct per year", "years")
TEMPTING = ("claims.opex_year", "claims.firewall")
BASELINE, ADDED = "baseline", "added"
# Of the whole page; a link of the former page names them here, see `views/pages/pakistan/controls.py`.
DAYS, OWN_GROWTH = "claims.vpn_block_days", "claims.own_growth"


def _fields() -> dict[str, PageField]:
    """Every figure of the page, checked as the claims check it; the link names them by seed or parameter."""
    catalogue = state.catalogue()
    shipped_claims = claims(catalogue)

    def figure(key: str) -> PageField:
        name = f"claimed.{key.removeprefix('claims.')}"
        seed = catalogue.seeds.get(key)
        label = catalogue.parameters[key].label if seed is None else capital(seed.subject)
        return PageField(
            None, name, lambda text: read_figure(catalogue, key, text, name), written, label=label
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


def added() -> list[str]:
    """Ids of the amounts that the reader tries to add."""
    return list(STORE.get(ADDED))


def central_of(seed: Seed, low: float, high: float) -> float:
    """The central figure of a band moved to `low` and `high`, in the unit of the seed.

    It is where it stands in the published band ($125M in $100-150M is the middle).
    """
    first, middle, last = shipped(seed)
    place = (middle - first) / (last - first) if last > first else 0.5
    return min(max(low + (high - low) * place, low), high)


def costs(catalogue: Catalogue) -> list[str]:
    """The figures of what is said to be lost."""
    return [key for key, seed in movable_seeds(catalogue).items() if seed.role == "claim_input"]


def exports(catalogue: Catalogue) -> list[str]:
    """The figures of exports, growth and targets."""
    return [
        key for key, seed in movable_seeds(catalogue).items()
        if seed.role != "claim_input" and seed.unit in MONEY_AND_TIME
    ]  # fmt: skip


def people(catalogue: Catalogue) -> list[str]:
    """The figures of training and of the firm of the interview."""
    elsewhere = {*costs(catalogue), *exports(catalogue)}
    return [key for key in movable_seeds(catalogue) if key not in elsewhere]


def sliders(catalogue: Catalogue, keys: Sequence[str], across: int = 1) -> None:
    """A slider for each published figure or setting, in `across` columns side by side."""
    for start in range(0, len(keys), across):
        for column, key in zip(st.columns(across, gap="large"), keys[start : start + across], strict=False):
            with column:
                if key in catalogue.seeds:
                    seed_slider(catalogue.seeds[key])
                else:
                    setting_slider(catalogue.parameters[key])


def _shown_unit(unit: str) -> str:
    return "" if unit in ("share", "1", "ratio") else UNITS.get(unit, unit)


def seed_slider(seed: Seed) -> None:
    """A published figure: two ends where the article gives a range, one knob where it gives a number."""
    first = shipped(seed)
    status: str = seed.status
    if seed.value_status not in ("", seed.status):
        status += f", value: {seed.value_status}"
    unit = _shown_unit(seed.unit)
    control = Control(
        label_with(capital(seed.subject), unit),
        f"{seed.paraphrase}. As published: {as_published(seed)}. {said(seed)}. [{status}; {seed.id}]",
        first if first[0] < first[2] else first[1],
        float(seed.min or 0), float(seed.max or 0), float(seed.step or 1),
        back=f"Reset to {as_published(seed)}", row=row_link(seed.id), unit=unit,
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
