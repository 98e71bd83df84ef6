"""The report as one HTML file that needs nothing else: interactive charts, the drawing library inside it once."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from briefing.common.beside import SourceLine
from briefing.common.content import NAME, Content
from briefing.report import tables
from briefing.report.figures import Chart, charts_of
from briefing.report.qr import qr_code
from briefing.report.tables import PrintedTable
from charts.palette import Form
from model.common.cache import cached
from model.common.text import capital, unbroken

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER.parents[1] / "static"
# Nothing may be fetched: the file says the same offline, and no text in it can send anything anywhere.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"
FORMS: tuple[Form, ...] = ("screen", "picture")
HtmlSection = tuple[str, str, str, str]  # id, name in the list of contents, heading, body


def make(content: Content) -> bytes:
    """The report as bytes."""
    charts = charts_of(content)
    sections = list(_sections(content, charts))
    body = [
        f'<h1 dir="auto">{escaped(content.title)}</h1><p class="headline">{escaped(content.headline)}</p>',
        *([f"<p>{escaped(words)}</p>"] if (words := tables.other_words(content)) else []),
        *_local(content), contents_html(sections), _key_figures(content),
        *map(section_html, sections[:-1]), f'<div class="last">{section_html(sections[-1])}{_end(content)}</div>',
    ]  # fmt: skip
    return document(content.title, body, charts)


def document(title: str, body: Sequence[str], charts: Mapping[str, Chart]) -> bytes:
    """A page that needs nothing else: style, drawing library and the figures of its charts inside it."""
    drawn = json.dumps(
        {
            name: {form: json.loads(chart.build(form).to_json()) for form in FORMS}
            for name, chart in charts.items()
        },
        ensure_ascii=False,
    )
    parts = [
        "<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escaped(title)}</title><style>{_file('page.css')}</style></head><body><main>", *body, "</main>",
        f"<script>{_library()}</script>",
        f'<script type="application/json" id="figures">{_inside_script(drawn)}</script>',
        f"<script>{_file('page.js')}</script></body></html>",
    ]  # fmt: skip
    return "\n".join(parts).encode("utf-8")


def _sections(content: Content, charts: dict[str, Chart]) -> Iterator[HtmlSection]:
    """What stands in the report, in the order of importance."""

    def drawn(name: str, after: str = "") -> HtmlSection:
        chart = charts[name]
        return name, chart.short, chart.title, figure_html(name, chart, content.stem) + after

    if content.compared:
        differs = [f"{row.name}: {row.said_changes}" for row in content.compared[1:]]
        after = f"<p>How they differ from the first:</p>{list_html(differs, 'ul')}"
        yield drawn("compared", table_html(tables.compared(content)) + after)
    if content.measures:
        yield drawn("measures", table_html(tables.measures(content)))
    if content.not_known:
        open_values = "".join(f"<p>{escaped(item.text)}</p>" for item in content.not_known)
        open_values += "<p>The range of the answer does not include this.</p>"
        yield _plain("open", "What we do not know of this event", f'<div class="panel">{open_values}</div>')
    yield drawn("chain")
    yield drawn("curve")
    yield drawn("bearers", table_html(tables.sectors(content), "By industry"))
    yield _titled(tables.classes(content))
    if "drivers" in charts:
        yield drawn("drivers")
    yield _titled(tables.amounts(content))
    others = tables.methods(content)
    refusals = [method.refusal for method in content.methods if method.cost is None]
    without = f"<p>No figure for this disruption:</p>{list_html(refusals, 'ul')}" if refusals else ""
    yield _plain(others.name, others.title, (table_html(others) if others.rows else "") + without)
    changes = tables.changes(content)
    nothing = "<p>Nothing: this is the reference.</p>"
    yield _titled(changes) if changes.rows else _plain(changes.name, changes.title, nothing)
    yield _plain("how", "The method in ten lines", list_html(content.how, "ol"))
    yield _plain(
        "sure", "How sure, and what it does not say", list_html((*content.back_test, *content.limits), "ul")
    )
    yield _plain("paste", "Text for your article", _to_copy(content.press))
    yield _plain("sources", "Sources", sources_html(content.sources))


def section_html(section: HtmlSection) -> str:
    key, _, title, body = section
    return f'<section id="{key}"><h2>{escaped(title)}</h2>{body}</section>'


def _plain(key: str, title: str, body: str) -> HtmlSection:
    return key, title, title, body


def _titled(table: PrintedTable) -> HtmlSection:
    return _plain(table.name, table.title, table_html(table))


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


def escaped(text: str) -> str:
    return html.escape(unbroken(text), quote=True)


def figure_html(name: str, chart: Chart, stem: str) -> str:
    note = f'<p class="note">{escaped(chart.note)}</p>' if chart.note else ""
    save = "Save this chart (PNG)"
    return (
        f'<p class="note">{escaped(chart.caption.range_text)}. {escaped(capital(chart.caption.basis))}.</p>'
        f'<figure role="img" aria-label="{escaped(chart.caption.alt)}"><div id="chart-{name}"></div></figure>{note}'
        f'<button type="button" data-picture="{name}" data-file="{escaped(f"{stem}_{name}")}" '
        f'aria-label="{save}: {escaped(chart.short)}">{save}</button>'
    )


def _local(content: Content) -> list[str]:
    """The headline in the language of the country."""
    if content.local is None:
        return []
    own = content.local.language
    said = html.escape(content.said_locally)
    return [f'<p class="local" lang="{own.tag}" dir="{own.direction}">{said}</p>']


def contents_html(sections: list[HtmlSection]) -> str:
    lines = "".join(f'<li><a href="#{key}">{escaped(name)}</a></li>' for key, name, _, _ in sections)
    return f'<nav aria-label="Contents"><ol>{lines}</ol></nav>'


def list_html(lines: Sequence[str], kind: str) -> str:
    return f"<{kind}>" + "".join(f"<li>{escaped(line)}</li>" for line in lines) + f"</{kind}>"


def _key_figures(content: Content) -> str:
    tiles = "".join(
        f'<div><dt>{escaped(f.label)}</dt><dd class="value">{escaped(f.value)}</dd>'
        f'<dd class="note">{escaped(f.detail)}</dd></div>'
        for f in content.figures
    )
    return f'<dl class="figures">{tiles}</dl>'


def table_html(table: PrintedTable, name: str = "") -> str:
    """A table that scrolls where it is wider than the screen, also by the keyboard."""

    def cells(tag: str, row: tuple[str, ...]) -> str:
        kinds = [' class="number"' if index in table.numbers else "" for index in range(len(row))]
        return "".join(f"<{tag}{kind}>{escaped(text)}</{tag}>" for kind, text in zip(kinds, row, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in table.rows)
    note = f'<p class="note">{escaped(table.note)}</p>' if table.note else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Table: {escaped(name or table.title)}">'
        f"<table><thead><tr>{cells('th', table.head)}</tr></thead><tbody>{body}</tbody></table></div>{note}"
    )


def _to_copy(text: str) -> str:
    return (
        f'<p id="press" class="panel">{html.escape(text)}</p><button type="button" data-copy="press">Copy the text'
        '</button> <span id="press-told" class="note" role="status"></span>'
    )


def sources_html(lines: Sequence[SourceLine]) -> str:
    items = []
    for source in lines:
        text = escaped(source.text)
        safe = source.url.startswith(("https://", "http://"))
        items.append(
            f'<li><a href="{escaped(source.url)}" rel="noopener">{text}</a></li>'
            if safe
            else f"<li>{text}</li>"
        )
    return f'<ul class="note">{"".join(items)}</ul>'


def _end(content: Content) -> str:
    says = "The comparison, live" if content.compared else "This estimate, live"
    command = f"<code>{html.escape(content.command)}</code>"
    note = f"{escaped(NAME)} · {escaped(content.stamp)}. Repeat it with: {command}"
    return footer_html(says, content.link, content.where, note)


def footer_html(says: str, link: str, where: str, note: str) -> str:
    """The end of a file: its address with a code to scan, or what is printed where there is none; `note` is HTML."""
    address, code = html.escape(link), qr_code(link)
    live = f'{says}: <a class="address" href="{address}">{address}</a>'
    parts = [f"<p>{live if link else escaped(where)}</p>"]
    if link and not code:
        parts.append('<p class="note">The address is too long for a QR code that can be read from paper.</p>')
    if code:
        parts.append(f'<div class="qr" role="img" aria-label="QR code of this address">{code}</div>')
    return f'<footer>{"".join(parts)}<p class="note">{note}</p></footer>'
