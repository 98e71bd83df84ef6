"""The report as one HTML file that needs nothing else: interactive charts, the drawing library inside it once."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from briefing.content import NAME, Content, Line
from briefing.report.pdf import qr_code
from charts.amounts import bearers, tornado, waterfall
from charts.curve import cost_curve
from charts.palette import Caption
from model.common.cache import cached
from model.common.numbers import duration_text, money, scale_of, scaled_unit
from model.estimation.words import tense_of
from model.text.report import sources_text

STATIC = Path(__file__).resolve().parents[2] / "static"
STYLE = """
:root { color-scheme: light; }
body { font: 17px/1.5 system-ui, sans-serif; color: #1F2933; background: #fff; max-width: 60rem; margin: 0 auto;
       padding: 1rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.2rem; color: #005A8C; margin: 2rem 0 .4rem; }
.headline { font-size: 1.2rem; font-weight: 600; } .note { color: #5A6672; font-size: .9rem; }
.local { font-size: 1.25rem; line-height: 2;
        font-family: "Noto Naskh Arabic", "Noto Sans Devanagari", "Geeza Pro", Tahoma, serif; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.figures div { background: #F3F5F7; border-radius: 6px; padding: .75rem; } .figures dt { font-size: .95rem; }
.figures dd { margin: 0; } .figures .value { font-size: 1.6rem; font-weight: 700; color: #005A8C; }
figure { margin: 0; } table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { overflow-wrap: normal; padding: .3rem .5rem; border-bottom: 1px solid #D5DBE1; text-align: left;
         vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; } .qr svg { width: 8rem; height: 8rem; }
@media (max-width: 40rem) {
  table { font-size: .8rem; } th, td { padding: .25rem .3rem; overflow-wrap: anywhere; }
  td.number, th.number { white-space: normal; } td:first-child { min-width: 6rem; } }
@media print { h2 { break-after: avoid; } figure { break-inside: avoid; } }
"""
# Nothing may be fetched: the file says the same offline, and no text in it can send anything anywhere.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"


def make(content: Content) -> bytes:
    """The report as bytes."""
    figures = _figures(content)
    drawn = json.dumps(
        {name: json.loads(figure.to_json()) for name, (_, figure) in figures.items()}, ensure_ascii=False
    )
    parts = [
        "<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(content.title)}</title><style>{STYLE}</style></head><body><main>",
        f'<h1>{_text(content.title)}</h1><p class="headline">{_text(content.headline)}</p>',
        *(f"<p>{_text(item.text)}</p>" for item in content.not_known),
        *_local(content),
        _key_figures(content),
        *(_figure(name, caption) for name, (caption, _) in figures.items()),
        _compared(content), _amounts(content), _methods(content), _changes(content),
        _section("The method in ten lines", _list(content.how, "ol")),
        _section("How sure, and what it does not say", _list((*content.back_test, *content.limits))),
        _section("To paste", f"<p>{_text(content.press)}</p>"),
        _sources(content), _end(content), "</main>",
        f"<script>{_library()}</script>",
        f'<script type="application/json" id="figures">{_inside_script(drawn)}</script>',
        f"<script>{DRAW}</script></body></html>",
    ]  # fmt: skip
    return "\n".join(parts).encode("utf-8")


DRAW = """
const figures = JSON.parse(document.getElementById("figures").textContent);
for (const [name, figure] of Object.entries(figures)) {
  const layout = { ...figure.layout, autosize: true };
  Plotly.newPlot("chart-" + name, figure.data, layout, { displayModeBar: false, responsive: true });
}
"""


@cached(1)
def _library() -> str:
    (path,) = STATIC.glob("plotly-basic-*.min.js")
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _inside_script(text: str) -> str:
    """JSON that cannot end the element it stands in."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _text(text: str) -> str:
    return html.escape(text, quote=True)


def _figures(content: Content) -> dict[str, tuple[Caption, go.Figure]]:
    """The four charts of the screen, on the same numbers."""
    unit, result, scale = scaled_unit(content.unit), content.result, scale_of(content.unit)

    def fmt(value: float) -> str:
        return money(value * scale, content.unit)

    def made(
        title: str, basis: str, alt: str, build: Callable[[Caption], go.Figure]
    ) -> tuple[Caption, go.Figure]:
        caption = Caption(
            title,
            "Medians with ranges, 5th to 95th percentile",
            basis,
            sources_text(result),
            content.stamp,
            alt,
        )
        return caption, build(caption)

    net, gross, be = content.line("net_direct"), content.line("gross"), tense_of(result).be
    curve = result.curves["net_direct"]
    lines = pd.DataFrame(
        {"days": result.durations / 24, "low": curve.low / scale, "median": curve.median / scale,
         "high": curve.high / scale}
    )  # fmt: skip
    chain, sectors = _frame(content.chain, scale), _frame(content.sectors, scale)
    hours = result.scenario.hours
    figures = {
        "chain": made(
            "From touched to lost", "value added; beside it receipts and operating cost, never added",
            f"Waterfall: {gross.text} of activity {be} interrupted, {net.text} {be} lost for good.",
            lambda caption: waterfall(chain, unit, caption, "screen", fmt),
        ),
        "curve": made(
            "Cost against duration", "net direct loss, value added",
            f"Direct loss against duration with its range; {duration_text(hours)}: {net.text}.",
            lambda caption: cost_curve(
                lines, hours / 24, unit, caption, "screen", fmt, chosen_label=duration_text(hours)
            ),
        ),
        "bearers": made(
            "Who bears it", "net direct loss by sector, value added",
            "Direct loss by sector: " + "; ".join(f"{s.label} {s.text}" for s in content.sectors[:3]) + ".",
            lambda caption: bearers(sectors, unit, caption, "screen", fmt),
        ),
    }  # fmt: skip
    if content.drivers:
        drivers = pd.DataFrame([
            {"label": row.label, "at_low": row.at_low / scale, "at_high": row.at_high / scale,
             "input_low": row.input_low, "input_high": row.input_high, "unit": row.unit} for row in content.drivers
        ])  # fmt: skip
        figures["drivers"] = made(
            "What drives the uncertainty", "one input at its 5% and 95% point, all others at their median",
            "Inputs that carry the range: " + "; ".join(f"{d.label} {d.text}" for d in content.drivers[:3]) + ".",
            lambda caption: tornado(
                drivers, content.centre / scale, unit, caption, "screen", fmt, result="Direct loss"
            ),
        )  # fmt: skip
    return figures


def _frame(lines: tuple[Line, ...], scale: float) -> pd.DataFrame:
    return pd.DataFrame([
        {"id": line.id, "label": line.label, "basis": line.basis,
         **{name: None if part is None else part / scale
            for name, part in (("low", line.low), ("median", line.median), ("high", line.high))}}
        for line in lines
    ])  # fmt: skip


def _figure(name: str, caption: Caption) -> str:
    return (
        f"<section><h2>{_text(caption.title)}</h2>"
        f'<p class="note">{_text(caption.range_text)}; {_text(caption.basis)}.</p>'
        f'<figure role="img" aria-label="{_text(caption.alt)}"><div id="chart-{name}"></div></figure></section>'
    )


def _local(content: Content) -> list[str]:
    """The headline in the language of the country."""
    if content.local is None:
        return []
    own = content.local.language
    return [f'<p class="local" lang="{own.tag}" dir="{own.direction}">{_text(content.said_locally)}</p>']


def _section(title: str, body: str) -> str:
    return f"<section><h2>{_text(title)}</h2>{body}</section>"


def _list(lines: tuple[str, ...], kind: str = "ul") -> str:
    return f"<{kind}>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + f"</{kind}>"


def _key_figures(content: Content) -> str:
    tiles = "".join(
        f'<div><dt>{_text(f.label)}</dt><dd class="value">{_text(f.value)}</dd>'
        f'<dd class="note">{_text(f.detail)}</dd></div>'
        for f in content.figures
    )
    return f'<dl class="figures">{tiles}</dl>'


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], numbers: tuple[int, ...] = ()) -> str:
    def cells(tag: str, row: tuple[str, ...]) -> str:
        kinds = [' class="number"' if index in numbers else "" for index in range(len(row))]
        return "".join(f"<{tag}{kind}>{_text(text)}</{tag}>" for kind, text in zip(kinds, row, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{cells("th", head)}</tr></thead><tbody>{body}</tbody></table></div>'


def _compared(content: Content) -> str:
    rows = [
        (row.label, row.text, row.difference or "the first", row.said_changes if number else "")
        for number, row in enumerate(content.compared)
    ]
    head = (
        "Scenario",
        "Direct loss",
        "More or less than the first, draw by draw",
        "How it differs from the first",
    )
    return _section("Scenarios side by side", _table(head, rows)) if rows else ""


def _amounts(content: Content) -> str:
    rows = []
    for amount in content.result.amounts:
        if amount.id == "coping" and not content.result.catalogue.kinds[content.result.scenario.kind].copes:
            continue
        rows.append((amount.label, *amount.range.money(amount.unit), f"{amount.basis}, {amount.ledger}"))
    note = f'<p class="note">Amounts in {_text(content.money_text)}. Amounts of different kinds are never added.</p>'
    return _section("Amounts", _table(("Amount", "5%", "Median", "95%", "Basis"), rows, (1, 2, 3)) + note)


def _methods(content: Content) -> str:
    rows = [
        (m.label, m.text or "no figure", m.basis if m.cost is not None else "", m.refusal or m.status)
        for m in content.methods
    ]
    return _section(
        "What other published methods print", _table(("Method", "Result", "Basis", "Status"), rows, (1,))
    )


def _changes(content: Content) -> str:
    if not content.changes:
        return _section("What differs from the baseline", "<p>Nothing: this is the baseline.</p>")
    rows = [(c.label, c.before, c.after) for c in content.changes]
    return _section("What differs from the baseline", _table(("What", "Baseline", "Here"), rows))


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
    return _section("Sources", f'<ul class="note">{"".join(items)}</ul>')


def _end(content: Content) -> str:
    code = qr_code(content.link)
    shown = (
        f'<a href="{_text(content.link)}">{_text(content.where)}</a>'
        if content.link
        else _text(content.where)
    )
    link = f"<p>{shown}</p>"
    drawn = (
        f'<div class="qr" role="img" aria-label="QR code of the live scenario\'s address">{code}</div>'
        if code
        else ""
    )
    command = f"<code>{_text(content.command)}</code>"
    stamp = f'<p class="note">{_text(NAME)} · {_text(content.stamp)}. Repeat it with: {command}</p>'
    return f"<footer>{link}{drawn}{stamp}</footer>"
