"""The page Export: texts, picture, link and files of this estimate or of another page, each made when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from briefing import FORMATS, Briefing, check_template
from briefing.common import titles
from briefing.common.embed import Frozen, embed_code
from briefing.common.links import given_address, public_address, shown_query
from briefing.pages import PAGE_FORMATS, make_page
from briefing.pages.content import PageContent
from model.common import limits
from model.common.errors import InputError
from model.common.text import capital
from model.scenario.link import to_query
from model.text import sentence
from views.pages.estimate.page import picture
from views.pages.files import controls
from views.pages.files.pages import content_of, world_headline
from views.pages.files.parts import MADE, Button, buttons, embedding, link_and_code, texts
from views.parts.choices import choice_field
from views.session import state
from views.session.waiting import StoppedError, say_stopped
from views.words import escaped

PATH = "export"  # of this page
MEASURE = "world.measure"  # of the page's own values, what its frame shows
FROM_RIGHT = (
    "<style>[class*='st-key-texts_from_right'] pre code "
    "{direction: rtl; text-align: right; display: block}</style>"
)


def page() -> None:
    """Show the page for what the reader chose to export."""
    what = controls.choose()
    if what == controls.ESTIMATE:
        _estimate()
        return
    answer = st.empty()
    try:
        content = content_of(what, _address())
    except StoppedError:
        answer.markdown(f"### {escaped(say_stopped())}")
        return
    if content is not None:
        answer.markdown(f"### {escaped(content.title)}")
        _page_files(content)


def _estimate() -> None:
    """Files of this estimate, with what is kept to compare."""
    scenario, others = state.scenario(), state.comparison().others
    result = state.current_estimate()
    st.markdown(f"### {escaped(sentence.headline(result))}")
    if others:
        st.caption(f"With {len(others)} kept scenario{'s' if len(others) > 1 else ''} beside it.")
    above = st.container()  # what people need first; the template below may still be refused
    template = _template()
    ready = Briefing(result, date.today(), _address(), others, template)
    with above:
        _words(ready)
        st.subheader("Picture")
        picture(result)
        link_and_code(ready.query, ready.page, ready.link, ready.stem)
        query, about = shown_query(result, ()), titles.scenario_title(state.catalogue(), scenario)
        said = sentence.headline(result)
        embedding({key: _frames(key, query, about, said) for key in controls.FIGURES})
        st.subheader("Files")
        buttons(
            [Button(key, kind.label, kind.about, f"{ready.stem}.{key}", partial(_data, ready, key))
             for key, kind in FORMATS.items()]
        )  # fmt: skip
        _everything(ready, (to_query(scenario), scenario.header, others, template, date.today()))


def _page_files(content: PageContent) -> None:
    """Text, link and files of another page."""
    st.subheader("Text")
    source = f"Source: {content.cite}{f' {content.link}' if content.link else ''}"
    whole = " ".join([content.title, *content.sentences, source])
    texts({"One sentence": f"{content.title} {source}", "All of it": whole})
    link_and_code(content.frame.query, content.page, content.link, content.stem)
    if content.page == "world":
        shown = content.frame.query.items()
        query = {key: text for key, text in shown if key == MEASURE or not key.startswith("world.")}
        said = world_headline()
        embedding({"world": _frames("world", query, said, said)})
    st.subheader("Files")
    above = st.container()
    template = _template()
    with above:
        buttons(
            [Button(key, FORMATS[key].label, kind.about, f"{content.stem}.{key}",
                    partial(_page_data, content, key, template))
             for key, kind in PAGE_FORMATS.items()]
        )  # fmt: skip


def _frames(figure: str, query: Mapping[str, str], about: str, said: str) -> tuple[str, str]:
    """The texts to paste for a figure: live, and at the versions of today with what it says now."""
    frozen = Frozen(said, state.catalogue().data_version, date.today())
    live, then = (embed_code(_address(), figure, query, about, at) for at in (None, frozen))
    return live, then


def _address() -> str:
    """Where readers of the files can open this dashboard, without page and link values; "" where they cannot."""
    url = st.context.url or ""
    return given_address(None) or public_address(url.split("?")[0].rstrip("/").removesuffix(f"/{PATH}"))


def _template() -> bytes | None:
    """The reader's own slides, checked; one that cannot be used is said and left out."""
    with st.expander("Your own slide template"):
        given = st.file_uploader(
            "A .pptx or .potx whose look the slides take", type=["pptx", "potx"], key="briefing_template",
            max_upload_size=limits.UPLOAD_MB,
            help=f"At most {limits.UPLOAD_MB} MB. Its layout with a title and one box for text is used; its own "
            "slides, notes, links and names of people are left out.",
        )  # fmt: skip
    if given is None:
        return None
    template: bytes = given.getvalue()
    try:
        check_template(template)
    except InputError as problem:
        st.error(escaped(f"{capital(str(problem))}."), icon=":material/error:")
        return None
    return template


def _data(ready: Briefing, key: str) -> bytes:
    return ready.file(key).data


def _page_data(content: PageContent, key: str, template: bytes | None) -> bytes:
    return make_page(key, content, template).data


def _everything(ready: Briefing, of: object) -> None:
    """All files at once, with progress; kept until the scenario changes."""
    if st.button(
        "Make all files", key="make_all", icon=":material/inventory_2:", help="Takes about three seconds."
    ):
        files: dict[str, bytes] = {}
        bar = st.progress(0.0, "Starting")
        try:
            for done, (key, kind) in enumerate(FORMATS.items()):
                bar.progress(done / len(FORMATS), f"{kind.label} …")
                file = ready.file(key)
                files[file.name] = file.data
        finally:
            bar.empty()
        st.session_state[MADE] = (of, ready.bundle(files))
    stored = st.session_state.get(MADE)
    if stored is not None and stored[0] == of:
        made = stored[1]
        st.download_button(
            f"Download {made.name}", made.data, made.name, made.mime, key="all_files", on_click="ignore",
            icon=":material/folder_zip:",
        )  # fmt: skip


def _words(ready: Briefing) -> None:
    """The texts to paste, in the languages of the country, with the direction of each."""
    st.subheader("Text")
    by_code = {item.language.code: item for item in reversed(ready.texts)}
    if len(by_code) > 1:
        names = {key: f"{item.language.own_name} ({item.language.name})" for key, item in by_code.items()}
        names["en"] = "English"
        choice_field(controls.STORE, controls.LANGUAGE, "Language", "f_language", by_code, names=names)
    item = by_code.get(controls.STORE.get(controls.LANGUAGE), by_code["en"])
    from_right = item.language.from_right
    labels = {"press": "In 40 words", "headline": "Headline", "picture": "For a picture", "share": "To share"}
    for key, label in labels.items():
        st.caption(label)
        box = st.container(key=f"texts_{'from_right' if from_right else 'from_left'}_{key}")
        box.code(item.parts[key], language=None, wrap_lines=True)
    if from_right:
        st.html(FROM_RIGHT)
    if item.note:
        st.caption(escaped(f"{item.note} Machine-checked, not yet read by a native speaker."))
    st.caption("Everything in one paragraph, in English")
    st.code(ready.press, language=None, wrap_lines=True)
