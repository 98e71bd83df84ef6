"""Texts of a reader that a page could take for links, markup, formulas, code or icons, and what it makes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

WORD = "evil"  # stands in every part, so that each is found wherever it went
HOSTILE = (
    "https://evil.example/a www.evil.example me@evil.example <a href='https://evil.example'>evil</a> <b>evil</b> "
    "[evil](https://evil.example) ![evil](https://evil.example/i.png) **evil** `evil` $evil^2$ :material/evil: "
    ":evil: :red[evil] :blue-badge[evil] ~~evil~~ _evil_ <https://evil.example/b> &lt;b&gt;evil&lt;/b&gt; evil"
)
BLOCKS = (
    "# evil",
    "- evil",
    "1. evil",
    "> evil",
    "| evil | b |",
    "=evil",
    "+evil",
    "\tevil",
    "```evil",
    "---\nevil",
)
# What Streamlit's Markdown knows beyond CommonMark.
BEYOND = {
    "a link": re.compile(r"(?:https?://|\bwww\.)[-\w.]*evil", re.IGNORECASE),
    "an address of mail": re.compile(r"[-\w.+]+@[-\w]*evil[-\w]*(?:\.[-\w]+)+"),
    "an icon": re.compile(r":(?:material/)?evil:"),
    "a colour": re.compile(r":[a-z-]+\[[^\]]*evil"),
    "a formula": re.compile(r"\$[^$]*evil[^$]*\$"),
}
PLAIN = frozenset(  # fields of Streamlit's messages that are shown letter by letter, or to nobody
    ("value", "default", "options", "data", "spec", "json", "id", "key", "element_id", "url", "query_string", "alt",
     "placeholder", "file_name", "raw_values", "string_value", "set_value", "raw_value", "formatted_value", "code_text")
)  # fmt: skip


def drawn_of_markdown(text: str) -> Iterator[str]:
    """What Streamlit would draw of a hostile text in Markdown, beside its letters."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    for token in tokens:
        if token.type in ("fence", "code_block", "html_block") and WORD in f"{token.content}{token.info}":
            yield f"{token.type}: {token.content[:60]}"
        opened: list[str] = []
        for part in token.children or ():
            whole = token.content if part.type == "html_inline" else f"{part.content}{part.attrs}"
            if part.type in ("code_inline", "html_inline", "image") and WORD in whole:
                yield f"{part.type}: {part.content}"
            elif part.nesting == 1:
                opened.append(part.type)
            elif part.nesting == -1:
                opened.pop()
            elif part.type == "text" and WORD in part.content:
                yield from (
                    f"{kind}: {part.content}" for kind in opened if kind in ("em_open", "s_open", "link_open")
                )
        # Markdown has taken its escapes away by now: only what breaks these up with a sign without width is left.
        letters = "".join(part.content for part in token.children or () if part.type == "text")
        escaped = re.sub(r"\\([^\w\s])", "", token.content)
        for name, pattern in BEYOND.items():
            text_of = letters if name in ("a link", "an address of mail", "an icon") else escaped
            if match := pattern.search(text_of):
                yield f"{name}: {match[0][:60]}"


class _Tags(HTMLParser):
    """The tags that a hostile text is or stands in, where these are not the page's own."""

    OWN_TAGS = frozenset(("div", "p", "span", "strong", "h1", "h2", "img"))

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.OWN_TAGS or WORD in repr(attrs):
            self.drawn.append(self.get_starttag_text() or tag)


def drawn_of_html(text: str) -> list[str]:
    """What a browser would draw of a hostile text in a page's own HTML, beside its letters."""
    parser = _Tags()
    parser.feed(text)
    return parser.drawn


def drawn_of_figure(spec: Any) -> Iterator[str]:
    """What Plotly would draw of hostile texts in a figure: it reads some tags, and no other sign."""
    if isinstance(spec, str):
        if WORD in spec and (match := re.search(r"<a\b|<b>evil</b>", spec)):
            yield match[0]
    else:
        parts = spec.items() if isinstance(spec, dict) else enumerate(spec if isinstance(spec, list) else ())
        for name, value in parts:
            if name not in ("name", "meta"):  # in no legend, and for the browser's own code
                yield from drawn_of_figure(value)


def drawn_of(page: AppTest) -> tuple[int, list[str]]:
    """How many texts of a page hold a hostile one, and what of it is drawn."""
    count, drawn = 0, []
    for path, field, text in strings_of(page):
        if WORD not in text:
            continue
        count += 1
        if field == "spec":
            drawn += [f"{path}: {what}" for what in drawn_of_figure(json.loads(text))]
        elif path == "html.body":
            drawn += [f"{path}: {what}" for what in drawn_of_html(text)]
        elif field not in PLAIN:
            drawn += [f"{path}: {what}" for what in drawn_of_markdown(text)]
    return count, drawn


def strings_of(page: AppTest) -> Iterator[tuple[str, str, str]]:
    """Where each text of a page stands, the field of its message, and the text; cells of tables too."""
    for node in _nodes(page._tree):
        proto, kind = getattr(node, "proto", None), getattr(node, "type", "")
        if kind == "table":  # its cells are Markdown; those of a data frame are not
            yield from (
                (f"table {name}", "cell", str(cell)) for name in node.value for cell in node.value[name]
            )
        if hasattr(proto, "ListFields"):
            yield from _strings(proto, kind)


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _strings(message: Any, path: str) -> Iterator[tuple[str, str, str]]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if hasattr(one, "ListFields"):
                yield from _strings(one, f"{path}.{field.name}")
            elif isinstance(one, str):
                yield f"{path}.{field.name}", field.name, one
