"""The question of the page as a sentence with blanks, everything else about the firm, and the store of both."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from model.catalogue.industry import Industry, IndustryFigure
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.industry.firm import kinds
from model.industry.firm_outage import FAULT, LOCKDOWN
from model.industry.words import PRESET
from views.parts.figures import blank, figures, picker
from views.session import state
from views.session.store import PageField, Store, by_name, one_of, parameter_field

# A firm's outages are mostly faults of its own line; the command line begins with a full blackout.
START = {"preset": PRESET, "kind": FAULT}
HOME_OUTPUT = "measure.home_output"  # of a lockdown, here and among the measures
ASKED = ("firm.people", "firm.revenue_per_head_usd", "firm.outages_per_year", "firm.outage_hours")


def _fields() -> dict[str, PageField]:
    """The choices and every figure of a firm; the link names the figures as the command line does."""
    catalogue = state.catalogue()
    industry = catalogue.industry
    options = {"preset": tuple(industry.presets), "kind": tuple(kinds(catalogue))}
    return {
        **{name: one_of(f"industry.{name}", START[name], by_name(keys)) for name, keys in options.items()},
        **{key: parameter_field(key, row) for key, row in industry.parameters.items() if _of_firm(key)},
    }


def _of_firm(key: str) -> bool:
    return key.startswith("firm.") or key == HOME_OUTPUT


STORE = Store("firm", _fields)


def values() -> dict[str, Override]:
    """What the reader moved, by parameter key."""
    return {key: value for key, value in STORE.changed.items() if key not in START}


def choice(name: str) -> str:
    """Preset or kind."""
    return str(STORE.get(name))


def question(catalogue: Catalogue, industry: Industry) -> None:
    """A sentence with blanks: what the firm is, how often its line fails, for how long, and why."""
    preset = industry.presets[choice("preset")]
    rows = industry.parameters
    moved = [key for key in values() if key.startswith("firm.")]
    first = st.container(horizontal=True, vertical_alignment="center", gap="small", key="firm_sentence")
    with first:
        _words("My firm in Pakistan is a")
        with st.container(width=290):
            titles = {key: item.title for key, item in industry.presets.items()}
            picker(STORE, "preset", "Firm", choice("preset"), titles, preset.why, also=moved, bare=True)
        _words("with")
        _blank(rows, "firm.people", preset.values, 90)
        _words("people and USD")
        _blank(rows, "firm.revenue_per_head_usd", preset.values, 100)
        _words("of revenue a head, a year. It has")
        _blank(rows, "firm.outages_per_year", preset.values, 75)
        _words("outages a year of")
        _blank(rows, "firm.outage_hours", preset.values, 75)
        _words("working hours each. The cause:")
        with st.container(width=270):
            picker(STORE, "kind", "What hits it", choice("kind"), _as_words(kinds(catalogue)), bare=True)
        if STORE.changed:
            st.button(
                "Reset",
                key="w_firm_reset",
                on_click=STORE.reset,
                help="All figures of the firm take their defaults again.",
            )


def _words(text: str) -> None:
    with st.container(width="content"):
        st.markdown(text, width="content")


def _blank(rows: Mapping[str, IndustryFigure], key: str, shipped: Mapping[str, Override], width: int) -> None:
    with st.container(width=width):
        blank(rows, key, STORE, shipped)


def _as_words(options: dict[str, str]) -> dict[str, str]:
    """The kinds with those of a firm first: its own line, then what hits everybody."""
    return {FAULT: options[FAULT], **{key: label for key, label in options.items() if key != FAULT}}


def rest(industry: Industry) -> None:
    """Every other figure of the firm."""
    preset = industry.presets[choice("preset")].values
    keys = [key for key in industry.parameters if key.startswith("firm.") and key not in ASKED]
    keys += [HOME_OUTPUT] if choice("kind") == LOCKDOWN else []
    columns = st.columns(3, gap="large")
    for index, key in enumerate(keys):
        with columns[index * len(columns) // len(keys)]:
            figures(industry.parameters, [key], STORE, preset)


def sources(catalogue: Catalogue, industry: Industry) -> list[str]:
    """What the blanks of the sentence start from."""
    preset = industry.presets[choice("preset")]
    texts = [f"{preset.title}: {preset.why}"]
    for key in ASKED:
        row = industry.parameters[key]
        texts.append(f"{row.label}: {row.help} {row.evidence}. [{row.status}; {key}]")
    return texts
