"""The foot of every page: how to cite it, where the code is and whom to write to where that is known, and versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from model.common import citation
from model.common.citation import Project, project
from views.components.copy import copy_texts
from views.session import state
from views.words import escaped


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
        for name, address in addresses(own).items():
            st.markdown(f"[{name}](<{address}>)", width="content")
        st.caption(
            escaped(
                f"Open source ({own.licence}). Estimates, not measurements. Model {own.version} · data {data}"
            )
        )


def addresses(own: Project) -> Mapping[str, str]:
    """Where Code and Contact lead, as far as an address is known: a link that leads nowhere is not offered."""
    contact = f"mailto:{own.contact}" if "@" in own.contact else own.contact
    return {name: address for name, address in (("Code", own.code), ("Contact", contact)) if address}
