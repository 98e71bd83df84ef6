"""Walks over the page of the estimate without a plan: whatever is moved, it stays whole."""

from __future__ import annotations

import random
from typing import Any

import pytest
from helpers.estimate_page import MORE, agrees, opened, sound, without_charts
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from views.session import state

DURATIONS = (
    "0 hours",
    "1 hour",
    "31 hours",
    "0.7 days",
    "3 days",
    "2 weeks",
    "6 months",
    "2 years",
    "many",
    "-1 d",
)
TYPED_KEYS = (
    "w_spells",
    "w_gap",
    "w_period",
    "w_place",
    "w_quality",
    "w_begins",
    "w_ends",
    "w_start",
    "money_",
    "p_",
    "lever_",
)
TYPED = (
    *DURATIONS,
    "1,5",
    "1,500",
    "3",
    "40%",
    "",
    "0",
    "5 Jan 2026 02:00",
    "7 January 2026",
    "ongoing",
    "30 Feb 2026",
)
LEAVING = ("w_to_export",)  # buttons that lead to another page
STEPS, WALKS, QUICK_DRAWS = 15, 3, 2


def _live(item: Any) -> bool:
    return not getattr(item.proto, "disabled", False) and item.key not in LEAVING


def _step(page: AppTest, dice: random.Random) -> str:
    """Move one control of the page to some value that it allows; returns what was done."""
    kinds = ("selectbox", "text_input", "multiselect", "slider", "checkbox", "radio", "select_slider",
             "segmented_control", "button")  # fmt: skip
    live: dict[str, list[Any]] = {kind: [item for item in page.get(kind) if _live(item)] for kind in kinds}
    kind = dice.choice([kind for kind in kinds if live[kind]])
    item = dice.choice(live[kind])
    value: Any = None
    if kind == "button":
        item.click()
        return f"click {item.key}"
    if kind in ("selectbox", "radio", "segmented_control", "select_slider"):
        most = QUICK_DRAWS if item.key == "w_draws" else len(item.options)  # more draws only take longer
        place = dice.randrange(most)
        item.set_value(_option(page, item, place))
        return f"{item.key} option {place}"
    if kind == "text_input":
        value = dice.choice(DURATIONS if item.key == "w_duration" else TYPED)
    elif kind == "multiselect":
        value = dice.sample(item.options, dice.randint(0, len(item.options)))
    elif kind == "checkbox":
        value = not item.value
    else:
        ends = sorted(dice.choice([item.min, item.max, dice.uniform(item.min, item.max)]) for _ in range(2))
        value = tuple(ends) if isinstance(item.value, tuple | list) else ends[0]
    item.set_value(value)
    return f"{item.key} = {value}"


def _option(page: AppTest, item: Any, place: int) -> Any:
    """The value behind the words of an option."""
    catalogue = state.catalogue()
    words = item.options[place]
    if item.key == "w_kind":
        return next(kind.key for kind in catalogue.kinds.values() if kind.label == words)
    if item.key == "w_country":
        return next(row.iso3 for row in catalogue.countries.values() if row.name == words)
    if item.key == "w_group":
        return next(group.key for group in catalogue.groups.values() if group.label == words)
    return int(words) if item.key == "w_draws" else words


@pytest.mark.slow
@pytest.mark.parametrize("walk", range(WALKS))
def test_a_walk_without_a_plan_meets_no_exception(walk: int, catalogue: Catalogue) -> None:
    """Every second walk moves assumptions too, the others draw all charts on the way: each page has them at its end."""
    dice = random.Random(walk)
    page = without_charts(True) if walk % 2 == 0 else opened()
    done = []
    for _ in range(STEPS):
        done.append(_step(page, dice))
        page.run()
        assert not page.exception, done
        if page.error:
            assert done[-1].startswith(("w_duration", *TYPED_KEYS)), (
                done[-1],
                [item.value for item in page.error],
            )
    for fold in MORE:
        page.session_state[fold] = True
    page.run()
    sound(page)
    agrees(page, catalogue)
