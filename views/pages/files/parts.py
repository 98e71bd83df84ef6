"""The parts of the page Export: texts to paste, the link with its code, and buttons that make files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from briefing import qr_code
from briefing.common.embed import FIGURES
from briefing.common.links import too_long
from views.components.link import copy_link
from views.pages.files.controls import FIGURE, FROZEN, STORE
from views.parts.choices import choice_field, switch_field
from views.words import escaped

MADE = "briefing_made"
MINUTE = "Each file is made when its button is pressed, in about a second. Nothing is stored here."


@dataclass(frozen=True)
class Button:
    """A file that can be had: its label, one line about it, its name, its kind, and what makes its bytes."""

    key: str
    label: str
    about: str
    name: str
    make: Callable[[], bytes]


def buttons(files: list[Button]) -> None:
    """A button for each file; the file is made when the button is pressed."""
    st.caption(MINUTE)
    for file in files:
        with st.container(horizontal=True, vertical_alignment="center", key=f"briefing_{file.key}"):
            st.download_button(
                f"{file.label} ({file.key.upper()})", file.make, file.name, key=f"make_{file.key}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip
            st.caption(escaped(file.about))


def link_and_code(query: Mapping[str, str], page: str, link: str, stem: str) -> None:
    """The link to copy, which the browser completes, and its code where others can open the address."""
    st.subheader("Link and QR code")
    copy_link(query, "export_link", page)
    code = qr_code(link)
    if code:
        st.image(code.decode("utf-8"), width=160, alt="QR code of the link")
        st.download_button(
            "QR code (SVG)", code, f"{stem}_qr.svg", "image/svg+xml", key="make_qr", on_click="ignore",
            icon=":material/qr_code:",
        )  # fmt: skip
    elif link or too_long(query):
        st.caption("The link is too long for a code that can be read from paper.")
    else:
        st.caption(
            "No QR code, and no link in the files: the address of this page works in your own network alone. Files "
            "made on a public server have both."
        )


def embedding(figures: Mapping[str, tuple[str, str]]) -> None:
    """The text to paste for a frame on another site: for each figure live, and at the versions of today."""
    st.subheader("Embed")
    if not any(live for live, _ in figures.values()):
        st.caption("Nothing to embed: the address of this page works in your own network alone.")
        return
    names = {key: FIGURES[key][0] for key in figures}
    left, right = st.columns((3, 2), vertical_alignment="bottom")
    with left:
        choice_field(STORE, FIGURE, "Figure", "f_embed", names, names=names)
    with right:
        switch_field(
            STORE, FROZEN, "Keep today's number", "f_embed_frozen",
            "Today's number stands below the frame as text of your own page, with its date and versions. The frame "
            "says so once this dashboard has another model or other data.",
        )  # fmt: skip
    live, then = figures.get(STORE.get(FIGURE), next(iter(figures.values())))
    st.code(then if STORE.get(FROZEN) else live, language=None, wrap_lines=True)
    st.caption("One figure without scripts, in light and dark, that follows the numbers of this dashboard.")


def texts(lines: Mapping[str, str]) -> None:
    """Texts under their names, each with its button to copy it."""
    for label, text in lines.items():
        st.caption(label)
        st.code(text, language=None, wrap_lines=True)
