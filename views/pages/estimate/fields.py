"""The fields of a scenario that have no control of their own making: a number, a share, yes or no, or text."""

from __future__ import annotations

import streamlit as st

from model.scenario.fields import Field
from model.scenario.forms import YES_NO
from model.scenario.readers import share
from model.scenario.scenario import Scenario
from views.parts.parameter import number_field
from views.session import state
from views.words import shown, when_heard


def number(
    row: Field, scenario: Scenario, key: str, shipped: float | None = None, *, explained: bool = False
) -> None:
    """The field of a number or a share; `shipped` is what it shows where nothing was chosen.

    A field that is `explained` has its help beside it, one more stop on the way of the keyboard.
    """
    percent = row.form.low == 0 and row.form.high == 1
    now = getattr(scenario, row.name)

    def read(text: str) -> float:
        if percent:
            return share(row.title, text, row.label.lower(), "either")
        value: float = row.form.check(state.catalogue(), row.title, text)
        return value

    number_field(
        row.title, shipped if now is None else now, read,
        lambda value: state.change(row.key, **{row.name: row.default if value is None else value}), key,
        percent=percent, help_text=row.help if explained else "", placeholder=row.usual,
    )  # fmt: skip


def field_control(row: Field, scenario: Scenario) -> None:
    """The control of a field, by its form."""
    now, form = getattr(scenario, row.name), row.form
    if form is not YES_NO and form.fits(1):
        number(row, scenario, f"w_{row.name}", explained=True)
        return
    key = shown(f"w_{row.name}", bool(now) if form is YES_NO else now)

    def changed() -> None:
        new = st.session_state[key]
        if form is YES_NO and new == bool(row.default):
            new = row.default  # a box has no third state for what is not chosen
        state.change(row.key, **{row.name: new})

    heard = when_heard(key, changed)
    if form is YES_NO:
        st.checkbox(row.title, bool(now), key=key, on_change=heard, help=row.help)
    else:
        st.text_input(row.title, now, key=key, on_change=heard, help=row.help, placeholder=row.usual)
