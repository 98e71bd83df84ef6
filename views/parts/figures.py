"""The figures of a table of parameters as controls of a page, kept in its store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from model.catalogue.industry import IndustryFigure
from model.catalogue.parameters import Override
from views.parts.parameter import Control, control_of, number_field, parameter_control, reader_of
from views.session.store import Store
from views.words import escaped, shown, when_heard

NOTHING: Mapping[str, Override] = {}


def figures(
    rows: Mapping[str, IndustryFigure], keys: Sequence[str], store: Store, shipped: Mapping[str, Override] = NOTHING, *,
    typed: bool = False,
) -> None:  # fmt: skip
    """A control for each key; `shipped` where a preset sets another value, `typed` where no slider is wanted."""
    for key in keys:
        parameter_control(
            _control(rows[key], shipped, typed=typed),
            store.changed.get(key),
            partial(store.put, key),
            f"i_{key}",
        )


def blank(
    rows: Mapping[str, IndustryFigure], key: str, store: Store, shipped: Mapping[str, Override] = NOTHING
) -> None:
    """The number as a blank of a sentence; an emptied one takes the default back."""
    control = _control(rows[key], shipped, typed=True)
    value = store.changed.get(key, control.shipped)
    now = value[1] if isinstance(value, tuple) else value

    def change(new: float | None) -> None:
        store.put(key, None if new == control.shipped else new)

    number_field(
        control.label, now, reader_of(control), change, f"i_{key}", percent=control.percent, help_text=control.help,
        row=control.row, bare=True,
    )  # fmt: skip


def picker(
    store: Store, name: str, label: str, now: str, options: Mapping[str, str], help_text: str = "", *,
    also: Sequence[str] = (), bare: bool = False,
) -> None:  # fmt: skip
    """A select box that keeps its choice in the store; a new choice takes the fields `also` back."""
    now = now if now in options else next(iter(options))
    key = shown(f"w_industry_{name}", now)

    def chosen() -> None:
        store.put(name, st.session_state[key])
        store.take_back(*also)

    st.selectbox(
        label, list(options), list(options).index(now), key=key, on_change=when_heard(key, chosen),
        help=escaped(help_text) or None, format_func=options.__getitem__,
        label_visibility="collapsed" if bare else "visible",
    )  # fmt: skip


def _control(row: IndustryFigure, shipped: Mapping[str, Override], *, typed: bool) -> Control:
    return control_of(row, shipped=shipped.get(row.key), label=row.asked, names=row.names, typed=typed)
