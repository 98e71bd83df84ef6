"""The page Export: files of the reader's scenario, each made when it is asked for."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from briefing import FORMATS, Briefing
from briefing.links import given_address, public_address
from model.common.errors import InputError
from model.common.text import capital
from model.scenario.link import to_query
from model.text import sentence
from views.session import state
from views.words import escaped

PATH = "export"  # of this page
MADE, LARGEST_TEMPLATE_MB = "briefing_made", 20
FROM_RIGHT = (
    "<style>[class*='st-key-texts_from_right'] pre code "
    "{direction: rtl; text-align: right; display: block}</style>"
)


def page() -> None:
    """Show the page for the reader's scenario."""
    scenario = state.scenario()
    result = state.current_estimate()
    st.markdown(f"### {escaped(sentence.headline(result))}")
    others = state.comparison().others
    if others:
        st.caption(f"With {len(others)} kept scenario{'s' if len(others) > 1 else ''} beside it.")
    text = st.container()  # what people need first; the template below may still be refused
    st.subheader("Files")
    files = st.container()
    template = _template()
    ready = Briefing(result, date.today(), _address(), others, template)
    try:
        ready.check()
    except InputError as problem:
        st.error(escaped(f"{capital(str(problem))}."), icon=":material/error:")
        template = None
        ready = Briefing(result, date.today(), _address(), others, None)
    with files:
        _files(ready)
        _everything(ready, (to_query(scenario), scenario.header, others, template, date.today()))
    with text:
        _words(ready)


def _address() -> str:
    """Where readers of the files can open this dashboard, without page and link values; "" where they cannot."""
    url = st.context.url or ""
    return given_address(None) or public_address(url.split("?")[0].rstrip("/").removesuffix(f"/{PATH}"))


def _template() -> bytes | None:
    with st.expander("Your own slide template"):
        given = st.file_uploader(
            "A .pptx whose look the slides take", type=["pptx"], key="briefing_template",
            max_upload_size=LARGEST_TEMPLATE_MB,
            help="Its own slides are left out; the layout with a title and the fewest other fields is used.",
        )  # fmt: skip
    return None if given is None else given.getvalue()


def _files(ready: Briefing) -> None:
    """A button for each format; the file is made when the button is pressed."""
    for key, kind in FORMATS.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"briefing_{key}"):
            st.download_button(
                f"{kind.label} ({key.upper()})", partial(_data, ready, key), f"{ready.stem}.{key}",
                key=f"make_{key}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip
            st.caption(kind.about)


def _data(ready: Briefing, key: str) -> bytes:
    return ready.file(key).data


def _everything(ready: Briefing, of: object) -> None:
    """All files at once, with progress; kept until the scenario changes."""
    if st.button("Make all files", key="make_all", icon=":material/inventory_2:"):
        files: dict[str, bytes] = {}
        bar = st.progress(0.0, "Starting")
        for done, (key, kind) in enumerate(FORMATS.items()):
            bar.progress(done / len(FORMATS), f"{kind.label} …")
            file = ready.file(key)
            files[file.name] = file.data
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
    st.subheader("Text for your article")
    texts = {item.language.code: item for item in reversed(ready.texts)}
    code = st.session_state.get("f_language", "en")
    if len(texts) > 1:
        names = {key: f"{item.language.own_name} ({item.language.name})" for key, item in texts.items()}
        names["en"] = "English"
        chosen = st.segmented_control(
            "Language",
            list(texts),
            default="en",
            format_func=names.__getitem__,
            key="f_language",
            required=True,
        )
        code = chosen or "en"
    item = texts.get(code, texts["en"])
    from_right = item.language.from_right
    labels = {"press": "Press text", "headline": "Headline", "picture": "For a picture", "share": "To share"}
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
