"""Every page of the dashboard under AppTest with all its folds open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

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


def app() -> None:
    """One page with the link of the whole dashboard (AppTest cannot open a page of a navigation)."""
    import streamlit as st

    from views.frame import footer, head, titles
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
    from views.session import address, state

    pages = {
        "estimate": estimate, "compare": compare, "world": world, "events": events, "export": export, "firm": firm,
        "pakistan": pakistan, "how": how,
    }  # fmt: skip
    here = st.session_state["here"]
    stores = (
        claims_controls.STORE, pakistan_controls.STORE, firm_controls.STORE, evidence_controls.STORE,
        world_controls.STORE, events_controls.STORE, how_controls.STORE, sources.STORE,
    )  # fmt: skip
    state.settle()
    address.read_link(here, stores)
    head.draw(here, titles.scenario_title(state.catalogue(), state.scenario()))
    if here in ("estimate", "compare", "world", "export"):
        controls.inputs(everywhere=here == "world")
    state.say_problems()
    pages[here].page()
    footer.draw(here)


def opened(monkeypatch: pytest.MonkeyPatch, here: str, /, **link: str) -> AppTest:
    """The page behind a link; everything that can be folded is open."""

    def open_one(draw: Callable[..., Any]) -> Callable[..., Any]:
        def drawn(*arguments: Any, **settings: Any) -> Any:
            if settings.get("on_change") == "rerun":
                st.session_state.setdefault(settings["key"], True)
            return draw(*arguments, **settings)

        return drawn

    for name in ("expander", "popover"):
        monkeypatch.setattr(st, name, open_one(getattr(st, name)))
    page = AppTest.from_function(app, default_timeout=120)
    page.session_state["here"] = here
    page.session_state["x_more"] = True
    for key, value in ({"v": "2", "draws": "256"} | link).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page
