"""The report as PDF: two pages, made by Typst without a browser, readable by a screen reader (PDF/UA)."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import segno
import typst

from briefing.content import BESIDE, NAME, Content, Line
from model.common.numbers import duration_text
from model.common.ranges import Range
from model.estimation.words import tense_of
from model.language.language import ENGLISH
from model.text.report import sources_text

FOLDER = Path(__file__).resolve().parent
TEMPLATE, FONTS = FOLDER / "report.typ", FOLDER / "fonts"
SIZES = ("10.4", "9.8", "9.2", "8.6", "8.0", "7.4", "6.8")  # the largest at which everything fits two pages
PAGES = 2
COLOURS = {"gross": "#8C8C8C", "caught_up": "#56B4E9", "overtime": "#E69F00", "net_direct": "#0072B2",
           "lagged_receipts": "#CC79A7", "coping": "#009E73"}  # fmt: skip
TICKS = ((1 / 24, "1 hour"), (1, "1 day"), (7, "1 week"), (30, "1 month"), (365, "1 year"))
TOP_BEARERS, MOST_SOURCES, MOST_CHANGES, MOST_LIMITS, LONGEST = 8, 14, 12, 12, 160
QR_ROOM = 1_200  # characters; a denser code does not read from a printed page
# Latin, Greek, Cyrillic, Arabic letters, and the signs that the report itself uses.
UNDRAWN = re.compile(
    "[^\\n\\x20-\\x7e\\xa0-\\u017f\\u0391-\\u03c9\\u0410-\\u044f\\u0621-\\u064a\\u0660-\\u0669"
    "\\u0679-\\u06d2\\u060c\\u06d4\\u2013\\u2014\\u2018-\\u201d\\u2026\\u2022\\u2212\\u200b\\u2066\\u2069]"
)
LONG_WORD = re.compile(r"\S{25}(?=\S)")
Data = dict[str, Any]


def make(content: Content) -> bytes:
    """The report as bytes.

    A reader's words may have letters that the shipped fonts lack, which a readable PDF may not: then the
    machine's own fonts are asked, and what nobody can draw becomes a question mark.
    """
    data = data_of(content)
    noon = datetime.fromisoformat(content.day).replace(hour=12, tzinfo=UTC)
    try:
        return _compiled(data, noon, only_shipped_fonts=True)
    except typst.TypstError:
        pass
    try:
        return _compiled(data, noon, only_shipped_fonts=False)
    except typst.TypstError:
        return _compiled(_drawable(data), noon, only_shipped_fonts=True)


def _compiled(data: Data, at: datetime, *, only_shipped_fonts: bool) -> bytes:
    """The PDF; the text shrinks a little before a third page would begin."""
    for size in SIZES:
        compiler = typst.Compiler(
            str(TEMPLATE), root=str(FOLDER), font_paths=[str(FONTS)], ignore_system_fonts=only_shipped_fonts,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False), "size": size},
        )  # fmt: skip
        if json.loads(compiler.query("<pages>", field="value", one=True)) <= PAGES:
            break
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=at)
    assert isinstance(made, bytes)
    return made


def _drawable(value: Any) -> Any:
    """The same data with a question mark for every letter outside the scripts of the shipped fonts."""
    if isinstance(value, dict):
        return {key: _drawable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_drawable(item) for item in value]
    return UNDRAWN.sub("?", value) if isinstance(value, str) else value


def data_of(content: Content) -> Data:
    """What the template sets out: words as they will stand, lengths of bars as shares of their room."""
    result = content.result
    net, gross, be = content.line("net_direct"), content.line("gross"), tense_of(result).be
    curve, marks = _curve(content)
    local = content.local.language if content.local else ENGLISH
    return {
        "name": NAME, "title": content.title, "heading": breakable(content.title),
        "headline": content.headline, "local": content.said_locally, "local_language": local.code,
        "local_from_right": local.from_right,
        "not_known": [breakable(item.plain) for item in content.not_known],
        "stamp": content.stamp, "link": content.link, "shown": cut(content.where, LONGEST), "qr": qr_code(content.link),
        "figures": [vars(figure) for figure in content.figures],
        "chain": _chain(content), "bearers": _bearers(content), "drivers": _drivers(content), "curve": curve,
        "alt": {
            "chain": f"Bars from gross to net: {gross.text} of activity {be} interrupted, "
            f"{net.text} {be} lost for good.",
            "curve": f"Direct loss against duration, both on log scales; {marks}.",
            "bearers": "Direct loss by sector: " + "; ".join(f"{s.label} {s.text}" for s in content.sectors[:3]),
            "drivers": "Inputs that carry the range: " + "; ".join(d.label for d in content.drivers) or "None",
        },
        "words": {
            "chain": "Bar: median; line: range. Receipts and operating cost stand beside the chain, each on its "
            "own basis, and are never added.",
            "drivers": f"Direct loss. Left: largest sectors. Right: one input at its 5% and 95% point, all "
            f"others at their median ({content.money(content.centre)}); light: input low, dark: input high.",
            "money": f"Medians and ranges (5th to 95th percentile); amounts in {content.money_text}. "
            f"{sources_text(result)}.",
            "methods": "Bases differ: gross, net and unclear are different kinds of cost.",
        },
        "columns": ["Amount", "5%", "Median", "95%", "Basis"],
        "amounts": _amounts(content),
        "methods": _methods(content),
        "compared": [
            f"{breakable(cut(row.label, LONGEST))}: {row.text}" for row in content.compared
        ],
        "differs": [
            f"{breakable(row.name)}, from the first: {breakable(cut(row.said_changes, 2 * LONGEST))}"
            for row in content.compared[1:]
        ],
        "changes": shortened(
            [
                breakable(f"{cut(c.label, 60)}: {cut(c.before, 40)} becomes {cut(c.after, 60)}")
                for c in content.changes
            ],
            MOST_CHANGES,
        ),
        "how": list(content.how),
        "limits": shortened(
            [breakable(cut(text, 2 * LONGEST)) for text in (*content.back_test, *content.limits)], MOST_LIMITS
        ),
        "sources": shortened([source.text for source in content.sources], MOST_SOURCES),
        "cite": f"Cite as: {NAME}, {content.stamp}. Code: MIT licence; data: each under its publisher's terms. "
        f"Repeat it with: {content.command}",
    }  # fmt: skip


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def breakable(text: str) -> str:
    """The same with places to break inside long words, which would run off the page."""
    return LONG_WORD.sub("\\g<0>\u200b", text)


def shortened(texts: list[str], most: int) -> list[str]:
    """The first few, and how many more the workbook and the data package name."""
    more = len(texts) - most
    return texts if more <= 0 else [*texts[:most], f"and {more} more in the workbook and the data package"]


def qr_code(link: str) -> str:
    """The address as a code in SVG; empty without one, or where it is too long to be read from paper."""
    if not link or len(link) > QR_ROOM:
        return ""
    target = io.BytesIO()
    segno.make(link, error="m", micro=False).save(target, kind="svg", border=1, xmldecl=False, omitsize=True)
    return target.getvalue().decode("utf-8")


def _chain(content: Content) -> list[Data]:
    lines = {line.id: line for line in content.chain}
    most = max((line.high or 0.0 for line in lines.values()), default=0.0) or 1.0
    gross, caught = (lines[name].median or 0.0 for name in ("gross", "caught_up"))
    rows = []
    for name, line in lines.items():
        start = max(0.0, gross - caught) if name in ("caught_up", "overtime") else 0.0
        end = gross if name == "caught_up" else start + (line.median or 0.0)
        sign = {"caught_up": "− ", "overtime": "+ "}.get(name, "beside: " if name in BESIDE else "")
        row: Data = {"label": sign + line.label, "text": line.text, "colour": COLOURS[name],
                     "start": start / most, "end": max(start, end) / most}  # fmt: skip
        if name not in ("caught_up", "overtime"):
            row |= _whisker(line, most)
        rows.append(row)
    return rows


def _whisker(line: Line, most: float) -> Data:
    if line.low is None or line.high is None or line.high <= line.low:
        return {}
    return {"low": line.low / most, "high": line.high / most}


def _bearers(content: Content) -> list[Data]:
    shown, rest = content.sectors[:TOP_BEARERS], content.sectors[TOP_BEARERS:]
    others = sum(line.median or 0.0 for line in rest)
    most = max([others, *(line.high or 0.0 for line in shown)]) or 1.0
    rows = [{"label": line.label, "text": content.money(line.median), "colour": COLOURS["net_direct"], "start": 0.0,
             "end": (line.median or 0.0) / most, **_whisker(line, most)} for line in shown]  # fmt: skip
    return [*rows, {"label": f"Other ({len(rest)}), sum of medians", "text": content.money(others),
                    "colour": COLOURS["gross"], "start": 0.0, "end": others / most}]  # fmt: skip


def _drivers(content: Content) -> list[Data]:
    ends = [end for row in content.drivers for end in (row.at_low, row.at_high)]
    if not ends:
        return [
            {"label": "Nothing is uncertain here", "text": "", "colour": "#FFFFFF", "start": 0.0, "end": 0.0}
        ]
    least, most = min(ends) * 0.9, max(ends)
    span = (most - least) or 1.0
    rows = []
    for row in content.drivers:
        rising = row.at_high >= row.at_low
        low, high = sorted((row.at_low, row.at_high))
        rows.append({
            "label": f"{row.label} ({row.inputs})", "text": row.text, "start": (low - least) / span,
            "end": (high - least) / span, "split": min(max((content.centre - least) / span, 0.0), 1.0),
            "colour": "#56B4E9" if rising else "#D55E00", "second": "#D55E00" if rising else "#56B4E9",
        })  # fmt: skip
    return rows


def _curve(content: Content) -> tuple[Data, str]:
    """Points of the band and the median on log axes, as shares of the room."""
    curve, days = content.result.curves["net_direct"], content.result.durations / 24
    drawn = (days > 0) & (curve.low > 0)
    if not drawn.any():
        flat = [[0.0, 0.0], [1.0, 0.0]]
        return {
            "x": [],
            "y": [],
            "band": flat,
            "median": flat,
            "chosen": None,
            "note": "Nothing is lost.",
        }, "nothing is lost"
    shortest = min(1 / 24, float(days[drawn].min()))
    x0, x1 = np.log10(shortest), np.log10(730)
    y0, y1 = np.floor(np.log10(curve.low[drawn].min())), np.ceil(np.log10(curve.high[drawn].max()))

    def place(day: float, value: float) -> list[float]:
        share = (np.log10(max(day, shortest)) - x0) / (x1 - x0), (np.log10(value) - y0) / (y1 - y0)
        return [float(min(max(part, 0.0), 1.0)) for part in share]

    def path(values: Any) -> list[list[float]]:
        return [place(float(d), float(v)) for d, v in zip(days[drawn], values[drawn], strict=True)]

    net = content.line("net_direct")
    hours = content.result.scenario.hours
    words = f"{duration_text(hours)}: {Range(net.low, net.median, net.high).money(content.unit).full}"
    steps = range(int(y0), int(y1) + 1, 1 if y1 - y0 <= 6 else 2)
    return {
        "x": [{"at": place(day, 10.0**y0)[0], "label": label} for day, label in TICKS],
        "y": [{"at": (step - y0) / (y1 - y0), "label": content.money(10.0**step)} for step in steps],
        "band": [*path(curve.high), *reversed(path(curve.low))], "median": path(curve.median),
        "chosen": place(hours / 24, net.median) if net.median else None,
        "note": f"Line: median; band: range; both axes on log scales. Dot: {words}.",
    }, words  # fmt: skip


def _methods(content: Content) -> list[str]:
    figures = [f"{m.label}: {m.text} ({m.basis})" for m in content.methods if m.cost is not None]
    without = [m.label for m in content.methods if m.cost is None]
    return [*figures, *([f"no figure for this event from {', '.join(without)}"] if without else [])]


def _amounts(content: Content) -> list[list[str]]:
    rows = []
    for amount in content.result.amounts:
        beside = (
            amount.id == "coping" and not content.result.catalogue.kinds[content.result.scenario.kind].copes
        )
        if not amount.id.startswith("net_direct.") and not beside:
            rows.append([amount.label, *amount.range.money(amount.unit), f"{amount.basis}, {amount.ledger}"])
    return rows
