"""The report as one HTML file that needs nothing else: interactive charts, the drawing library inside it once."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.content import NAME, Content
from briefing.report import tables
from briefing.report.figures import Chart, charts_of
from briefing.report.qr import qr_code
from briefing.report.tables import Table
from charts.palette import Form
from model.common.cache import cached
from model.common.text import unbroken

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER.parents[1] / "static"
# Nothing may be fetched: the file says the same offline, and no text in it can send anything anywhere.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"
FORMS: tuple[Form, ...] = ("screen", "picture")
Section = tuple[str, str, str, str]  # id, name in the list of contents, heading, body


def make(content: Content) -> bytes:
    """The report as bytes."""
    charts = charts_of(content)
    drawn = json.dumps(
        {
            name: {form: json.loads(chart.build(form).to_json()) for form in FORMS}
            for name, chart in charts.items()
        },
        ensure_ascii=False,
    )
    sections = list(_sections(content, charts))
    parts = [
        "<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(content.title)}</title><style>{_file('page.css')}</style></head><body><main>",
        f'<h1 dir="auto">{_text(content.title)}</h1><p class="headline">{_text(content.headline)}</p>',
        *([f"<p>{_text(words)}</p>"] if (words := tables.other_words(content)) else []),
        *_local(content), _contents(sections), _key_figures(content),
        *map(_section, sections[:-1]), f'<div class="last">{_section(sections[-1])}{_end(content)}</div>', "</main>",
        f"<script>{_library()}</script>",
        f'<script type="application/json" id="figures">{_inside_script(drawn)}</script>',
        f"<script>{_file('page.js')}</script></body></html>",
    ]  # fmt: skip
    return "\n".join(parts).encode("utf-8")


def _sections(content: Content, charts: dict[str, Chart]) -> Iterator[Section]:
    """What stands in the report, in the order of importance."""

    def drawn(name: str, after: str = "") -> Section:
        chart = charts[name]
        return name, chart.short, chart.title, _figure(name, chart, content.stem) + after

    if content.compared:
        differs = [f"{row.name}: {row.said_changes}" for row in content.compared[1:]]
        after = f"<p>How they differ from the first:</p>{_list(differs, 'ul')}"
        yield drawn("compared", _table(tables.compared(content)) + after)
    if content.measures:
        yield drawn("measures", _table(tables.measures(content)))
    if content.not_known:
        open_values = "".join(f"<p>{_text(item.text)}</p>" for item in content.not_known)
        open_values += "<p>The range of the answer does not include this.</p>"
        yield _plain("open", "What we do not know of this event", f'<div class="panel">{open_values}</div>')
    yield drawn("chain")
    yield drawn("curve")
    yield drawn("bearers", _table(tables.sectors(content), "By industry"))
    yield _titled(tables.classes(content))
    if "drivers" in charts:
        yield drawn("drivers")
    yield _titled(tables.amounts(content))
    yield _titled(tables.methods(content))
    changes = tables.changes(content)
    nothing = "<p>Nothing: this is the reference.</p>"
    yield _titled(changes) if changes.rows else _plain(changes.name, changes.title, nothing)
    yield _plain("how", "The method in ten lines", _list(content.how, "ol"))
    yield _plain(
        "sure", "How sure, and what it does not say", _list((*content.back_test, *content.limits), "ul")
    )
    yield _plain("paste", "Text for your article", _to_copy(content.press))
    yield _plain("sources", "Sources", _sources(content))


def _section(section: Section) -> str:
    key, _, title, body = section
    return f'<section id="{key}"><h2>{_text(title)}</h2>{body}</section>'


def _plain(key: str, title: str, body: str) -> Section:
    return key, title, title, body


def _titled(table: Table) -> Section:
    return _plain(table.name, table.title, _table(table))


@cached(4)
def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cached(1)
def _library() -> str:
    (path,) = STATIC.glob("plotly-basic-*.min.js")
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _inside_script(text: str) -> str:
    """JSON that cannot end the element it stands in."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _text(text: str) -> str:
    return html.escape(unbroken(text), quote=True)


def _figure(name: str, chart: Chart, stem: str) -> str:
    note = f'<p class="note">{_text(chart.note)}</p>' if chart.note else ""
    save = "Save this chart (PNG)"
    return (
        f'<p class="note">{_text(chart.caption.range_text)}; {_text(chart.caption.basis)}.</p>'
        f'<figure role="img" aria-label="{_text(chart.caption.alt)}"><div id="chart-{name}"></div></figure>{note}'
        f'<button type="button" data-picture="{name}" data-file="{_text(f"{stem}_{name}")}" '
        f'aria-label="{save}: {_text(chart.short)}">{save}</button>'
    )


def _local(content: Content) -> list[str]:
    """The headline in the language of the country."""
    if content.local is None:
        return []
    own = content.local.language
    said = html.escape(content.said_locally)
    return [f'<p class="local" lang="{own.tag}" dir="{own.direction}">{said}</p>']


def _contents(sections: list[Section]) -> str:
    lines = "".join(f'<li><a href="#{key}">{_text(name)}</a></li>' for key, name, _, _ in sections)
    return f'<nav aria-label="Contents"><ol>{lines}</ol></nav>'


def _list(lines: Sequence[str], kind: str) -> str:
    return f"<{kind}>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + f"</{kind}>"


def _key_figures(content: Content) -> str:
    tiles = "".join(
        f'<div><dt>{_text(f.label)}</dt><dd class="value">{_text(f.value)}</dd>'
        f'<dd class="note">{_text(f.detail)}</dd></div>'
        for f in content.figures
    )
    return f'<dl class="figures">{tiles}</dl>'


def _table(table: Table, name: str = "") -> str:
    """A table that scrolls where it is wider than the screen, also by the keyboard."""

    def cells(tag: str, row: tuple[str, ...]) -> str:
        kinds = [' class="number"' if index in table.numbers else "" for index in range(len(row))]
        return "".join(f"<{tag}{kind}>{_text(text)}</{tag}>" for kind, text in zip(kinds, row, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in table.rows)
    note = f'<p class="note">{_text(table.note)}</p>' if table.note else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Table: {_text(name or table.title)}">'
        f"<table><thead><tr>{cells('th', table.head)}</tr></thead><tbody>{body}</tbody></table></div>{note}"
    )


def _to_copy(text: str) -> str:
    return (
        f'<p id="press" class="panel">{html.escape(text)}</p><button type="button" data-copy="press">Copy the text'
        '</button> <span id="press-told" class="note" role="status"></span>'
    )


def _sources(content: Content) -> str:
    items = []
    for source in content.sources:
        text = _text(source.text)
        safe = source.url.startswith(("https://", "http://"))
        items.append(
            f'<li><a href="{_text(source.url)}" rel="noopener">{text}</a></li>'
            if safe
            else f"<li>{text}</li>"
        )
    return f'<ul class="note">{"".join(items)}</ul>'


def _end(content: Content) -> str:
    link = content.link
    code, says = qr_code(link), "The comparison, live" if content.compared else "This estimate, live"
    parts = []
    if link:
        address = html.escape(link)
        parts.append(f'<p>{says}: <a class="address" href="{address}">{address}</a></p>')
    else:
        parts.append(f"<p>{_text(content.where)}</p>")
    if code:
        parts.append(f'<div class="qr" role="img" aria-label="QR code of this address">{code}</div>')
    command = f"<code>{html.escape(content.command)}</code>"
    parts.append(f'<p class="note">{_text(NAME)} · {_text(content.stamp)}. Repeat it with: {command}</p>')
    return f"<footer>{''.join(parts)}</footer>"
