"""Every text that a page puts before a reader: words, labels, helps, choices, cells, and the texts in its charts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

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
            texts.update(dict.fromkeys(_of_frame(value)))
        proto = getattr(element, "proto", None)
        if isinstance(proto, Message):
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


def _of_message(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in UNSEEN:
            continue
        several = value if field.is_repeated else [value]
        for one in several:
            if isinstance(one, Message):
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
