"""The foot of every page: how to cite it, where the code is, whom to write to, and which versions these are."""

from __future__ import annotations

from datetime import date

import streamlit as st

from model.common import citation
from model.common.citation import project
from views.components.copy import copy_texts
from views.session import state
from views.words import escaped

NO_CODE = "No public address of the code has been named yet. It runs where this page runs, with its README."
NO_CONTACT = "No address has been named yet. Please write to whoever runs this page or sent you the link."


def draw(about: str) -> None:
    """Below everything else; `about` is the title of what the page shows."""
    own, data = project(), state.catalogue().data_version
    given = (about, data, date.today())
    with st.container(key="footer", horizontal=True, vertical_alignment="center", gap="small"):
        copy_texts(
            "Cite",
            {
                "Copy citation": citation.short(*given),
                "BibTeX": citation.bibtex(*given),
                "RIS": citation.ris(*given),
            },
            key="cite",
        )
        code = st.popover("Code", type="tertiary", key="foot_code", on_change="rerun")
        if code.open:
            with code:
                st.markdown(escaped(f"Open source under the {own.licence} licence."))
                st.markdown(f"[{escaped(own.code)}](<{own.code}>)" if own.code else NO_CODE)
        contact = st.popover("Contact", type="tertiary", key="foot_contact", on_change="rerun")
        if contact.open:
            with contact:
                st.markdown(escaped(own.contact) if own.contact else NO_CONTACT)
        st.caption(f"Estimates, not measurements. Model {own.version} · data {data}")
