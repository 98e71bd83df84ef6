"""Single pages under AppTest, which cannot open a page of a navigation, and the words on them."""

from __future__ import annotations

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


def held(page: AppTest, store: Store) -> dict[str, object]:
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
