"""Pages under AppTest, which cannot open a page of a navigation: one alone, or every page with all its folds open.

And the words on them: every text that a page puts before a reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from views.parts.blocks import JOINER, NO_BREAK
from views.session.store import Store


def evidence_app() -> None:
    from views.pages.evidence import page as evidence

    evidence.page()


def events_app() -> None:
    from views.pages.events import page as events

    events.page()


def methods_app() -> None:
    from views.pages.methods import changes
    from views.pages.methods import page as methods_page

    methods_page.page()
    changes.page()


def firm_app() -> None:
    from views.pages.firm import page as my_firm

    my_firm.page()


def pakistan_app() -> None:
    from views.pages.pakistan import page as pakistan

    pakistan.page()


def take_away_app() -> None:
    from views.pages.files import page as take_away

    take_away.page()


def how_app() -> None:
    from views.pages.how import page as how

    how.page()


def sources_app() -> None:
    from views.pages.sources import page as sources

    sources.page()


def hold(page: AppTest, store: Store, /, **values: object) -> None:
    """Let a page have these values, as if they had been set before."""
    page.session_state[store.name] = values


def moved_values(page: AppTest, store: Store) -> dict[str, object]:
    """What differs from the shipped values."""
    return dict(page.session_state.get(store.name, {}))


def text_of(page: AppTest) -> str:
    """Every word of a page outside its tables and charts, without the signs that keep Markdown off."""
    parts = [item.value for kind in (page.markdown, page.caption, page.subheader) for item in kind]
    return "\n".join(map(str, parts)).replace("\\", "")


def titles_of(page: AppTest) -> list[str]:
    """The titles of a page, with plain spaces and without the signs that keep Markdown off."""
    return [
        str(item.value).replace("\\", "").replace(NO_BREAK, " ").replace(JOINER, "")
        for item in page.subheader
    ]


# A page, and the links under which it is read: together every section and every kind of sentence.
LINKS: tuple[tuple[str, dict[str, str]], ...] = (
    ("estimate", {}),
    ("estimate", {"country": "UGA", "duration": "5d", "kind": "vpn_block", "spells": "3", "currency": "UGX"}),
    ("estimate", {"from": "pak_2024_07_slowdown"}),
    ("estimate", {"kind": "cable_cut", "region": "Balochistan", "duration": "2h", "spells": "2", "period_days": "3"}),
    ("compare", {"show": "durations"}),
    ("compare", {"show": "kinds", "kind": "vpn_block", "duration": "30d", "spells": "2"}),
    ("compare", {"show": "places", "country": "KEN"}),
    ("compare", {"show": "scenarios"}),
    ("world", {}),
    ("events", {}),
    ("export", {}),
    ("firm", {}),
    ("pakistan", {"kind": "vpn_block", "duration": "365d"}),
    *(
        ("pakistan", {"industry.section": section})
        for section in ("exports", "recurring", "continuity", "freelancers", "talent")
    ),
    *(("how", {"how.section": section}) for section in ("methods", "sources", "changes")),
    *(
        ("how", {"how.section": "evidence", "evidence.section": part})
        for part in ("tests", "record", "prices", "claims")
    ),
)  # fmt: skip


def every_app() -> None:
    """One page with the link of the whole dashboard (AppTest cannot open a page of a navigation)."""
    import streamlit as st

    from briefing.common import titles
    from views.frame import footer, head
    from views.pages.claims import controls as claims_controls
    from views.pages.compare import page as compare
    from views.pages.estimate import controls
    from views.pages.estimate import page as estimate
    from views.pages.events import controls as events_controls
    from views.pages.events import page as events
    from views.pages.evidence import controls as evidence_controls
    from views.pages.files import page as export
    from views.pages.firm import controls as firm_controls
    from views.pages.firm import page as firm
    from views.pages.how import controls as how_controls
    from views.pages.how import page as how
    from views.pages.pakistan import controls as pakistan_controls
    from views.pages.pakistan import page as pakistan
    from views.pages.sources import page as sources
    from views.pages.world import controls as world_controls
    from views.pages.world import page as world
    from views.session import address, housekeeping, state

    pages = {
        "estimate": estimate, "compare": compare, "world": world, "events": events, "export": export, "firm": firm,
        "pakistan": pakistan, "how": how,
    }  # fmt: skip
    here = st.session_state["here"]
    stores = (
        claims_controls.STORE, pakistan_controls.STORE, firm_controls.STORE, evidence_controls.STORE,
        world_controls.STORE, events_controls.STORE, how_controls.STORE, sources.STORE,
    )  # fmt: skip
    housekeeping.begin(state.catalogue())
    address.read_link(here, stores)
    head.draw(here, titles.scenario_title(state.catalogue(), state.scenario()))
    if here in ("estimate", "compare", "world", "export"):
        controls.inputs(everywhere=here == "world")
    state.say_problems()
    pages[here].page()
    footer.draw(here)


def opened_whole(monkeypatch: pytest.MonkeyPatch, here: str, /, **link: str) -> AppTest:
    """The page behind a link; everything that can be folded is open."""

    def open_one(draw: Callable[..., Any]) -> Callable[..., Any]:
        def drawn(*arguments: Any, **settings: Any) -> Any:
            if settings.get("on_change") == "rerun":
                st.session_state.setdefault(settings["key"], True)
            return draw(*arguments, **settings)

        return drawn

    for name in ("expander", "popover"):
        monkeypatch.setattr(st, name, open_one(getattr(st, name)))
    page = AppTest.from_function(every_app, default_timeout=120)
    page.session_state["here"] = here
    page.session_state["x_more"] = True
    for key, value in ({"v": "2", "draws": "256"} | link).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


# Fields of Streamlit's messages that no reader sees.
UNSEEN = {
    "id", "key", "element_id", "form_id", "group_id", "url", "url_path", "url_pathname", "page_script_hash", "icon",
    "color", "theme", "type", "mime_type", "file_name", "class_name", "component_name", "js_content", "css_content",
    "html_content", "config", "columns", "row_height", "selection_mode", "deferred_file_id", "link", "src", "image",
    "query_string", "style", "mode", "family", "symbol", "dash", "anchor", "xanchor", "yanchor", "xref", "yref", "side",
    "target", "color_mapping", "uid", "template",
}  # fmt: skip


def visible(page: AppTest) -> list[str]:
    """All texts of a page, in no order, each once."""
    texts: dict[str, None] = {}
    for element in _elements(page._tree):
        value = getattr(element, "value", None)
        if isinstance(value, pd.DataFrame):
            proto = getattr(element, "proto", None)
            if value.isna().any(axis=None) and not getattr(proto, "placeholder", ""):
                texts["None"] = None  # what Streamlit writes into a cell that has no value
            texts.update(dict.fromkeys(_of_frame(value)))
        proto = getattr(element, "proto", None)
        if hasattr(proto, "ListFields"):
            texts.update(dict.fromkeys(_of_message(proto)))
    return [
        text
        for text in texts
        if any(letter.isalpha() for letter in text) and not text.lstrip().startswith(("/*", "<style"))
    ]


def _elements(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _elements(child)


def _of_frame(frame: pd.DataFrame) -> Iterator[str]:
    yield from (str(name) for name in frame.columns)
    for name in frame.columns:
        yield from (value for value in frame[name] if isinstance(value, str))
    yield from (value for value in frame.index if isinstance(value, str))


def _of_message(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in UNSEEN:
            continue
        several = value if field.is_repeated else [value]
        for one in several:
            if hasattr(one, "ListFields"):
                yield from _of_message(one)
            elif isinstance(one, str):
                yield from _of_text(one)


def _of_text(text: str) -> Iterator[str]:
    if text[:1] in "{[":
        try:
            yield from _of_json(json.loads(text))
            return
        except ValueError:
            pass
    yield text


def _of_json(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _of_json(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in UNSEEN:
                yield from _of_json(item)
