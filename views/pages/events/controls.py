"""What a reader chooses on the page Events, the store that holds it, and the list that was priced."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from model.common import limits
from model.common.cache import FILES, Cache
from model.common.errors import InputError
from model.common.program.progress import Tick
from model.lists.item import STATES
from model.lists.priced import price
from model.lists.reading import AUTO, LAYOUTS, read_list
from model.lists.shipped import shipped_list
from model.lists.work import ChunkStore
from model.text.lists_report import ListReport
from views.session import state
from views.session.store import PageField, Store, by_name, one_of, words
from views.session.waiting import watched

BY, STATE, SEARCH = "by", "state", "search"
GROUPS = {"country": "Country", "year": "Year", "kind": "Type"}
EVERY = "all"
STATE_LABELS = {
    EVERY: "All rows", "priced": "Priced", "open": "With open values", "merged": "Merged",
    "cannot be priced": "Cannot be priced",
}  # fmt: skip
LARGEST_MB, MOST_ROWS = limits.UPLOAD_MB, 5_000
GIVEN = "events_given"
WORK = "events_chunks"  # what is finished of the list that this session works on
PRICED: Cache[ListReport] = Cache()  # for everybody, by content
GIVEN_FILES: Cache[bytes] = Cache(room=FILES)


def _fields() -> Mapping[str, PageField]:
    return {
        BY: one_of("events.by", "country", {name: name for name in GROUPS}, stays=True),
        STATE: one_of("events.rows", EVERY, by_name((EVERY, *STATES))),
        SEARCH: words("events.search"),
    }


STORE = Store("events", _fields)


@dataclass(frozen=True)
class Upload:
    """A list that a reader gave."""

    name: str
    digest: str
    layout: str

    @classmethod
    def of(cls, name: str, content: bytes, layout: str) -> Upload:
        """A list whose bytes are put where all visitors' files have their room."""
        digest = hashlib.sha256(content).hexdigest()
        GIVEN_FILES.get(digest, lambda: content)
        return cls(name, digest, layout)

    @property
    def key(self) -> tuple[str, str]:
        return self.digest, self.layout

    @property
    def content(self) -> bytes:
        """Its bytes; raises `InputError` where those of others have taken their room since."""

        def gone() -> bytes:
            raise InputError("list", self.name, "is no longer on this server", "the same file, given again")

        return GIVEN_FILES.get(self.digest, gone)


def upload() -> Upload | None:
    """The reader's own list, None where there is none."""
    with st.expander("Price your own list", icon=":material/upload_file:", key="events_own"):
        given = st.file_uploader(
            "A list of events: CSV, XLSX or JSON", type=["csv", "xlsx", "json"], key="events_file",
            max_upload_size=LARGEST_MB,
        )  # fmt: skip
        labels = {AUTO: "Recognise it"} | {key: layout.label for key, layout in LAYOUTS.items()}
        layout = st.selectbox(
            "Layout", list(labels), format_func=lambda key: _capital(labels[key]), key="events_layout"
        )
        st.caption(
            f"Up to {LARGEST_MB} MB and {MOST_ROWS:,} rows; longer lists on the command line. The file is read on this "
            "server and not stored. Your own layout: the columns place, kind, start, end or duration, and if you like "
            "year, region, share, ratio, capacity_lost, title and source."
        )
        example = state.catalogue().root / "data" / "lists" / "example.csv"
        st.download_button(
            "An example to fill in (CSV)", example.read_bytes, "events_example.csv", "text/csv", key="events_example",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip
    made = None if given is None else Upload.of(given.name, given.getvalue(), layout or AUTO)
    st.session_state[GIVEN] = made  # the field itself is forgotten on other pages
    return made


def last_upload() -> Upload | None:
    """The list that the page Events showed last, None for the shipped one."""
    made: Upload | None = st.session_state.get(GIVEN)
    return made


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def report_of(given: Upload | None) -> ListReport:
    """The priced list, the shipped events where none was given.

    Raises `InputError` for a file that is no list, and `StoppedError` where the reader stopped the work; what is
    finished by then is kept for this session.
    """
    catalogue = state.catalogue()
    key = (catalogue, None if given is None else given.key)

    def build(tick: Tick) -> ListReport:
        if given is None:
            events = shipped_list(catalogue)
        else:
            events = read_list(catalogue, given.name, given.content, given.layout, most=MOST_ROWS)
        of, chunks = st.session_state.get(WORK, (None, None))
        if of != key[1] or chunks is None:
            chunks = ChunkStore()
            st.session_state[WORK] = (key[1], chunks)
        report = ListReport(price(catalogue, events, store=chunks, tick=tick))
        st.session_state.pop(WORK, None)
        return report

    return PRICED.get(key, lambda: watched(("events", key[1]), "Pricing the list …", build))
