"""One figure as a light page for a frame on another site: no script, no Streamlit, no file but itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from briefing.common.embed import FIGURE, FIGURES, FROZEN, MODEL_AND_DATA, VERSIONS, frozen_at
from briefing.pages.content import Dot
from door.api.answers import MEASURE
from door.api.reading import asked, once
from door.common.safety import framed_policy
from door.common.settings import Limits, Place
from door.common.work import PackedAnswer
from door.links.drawing import curve, places, range_mark
from door.links.finding import Finding, finding
from model.catalogue.load import Catalogue
from model.common.citation import project
from model.common.errors import InputError, choices
from model.common.numbers import duration_text
from model.common.version import MODEL_VERSION
from model.text import sentence

STYLE = Path(__file__).with_name("embed.css").read_text(encoding="utf-8")
POLICY = framed_policy(STYLE)
RANGE = "Ranges run from the 5th to the 95th percentile of the simulations"


@dataclass(frozen=True)
class Embedded:
    """What a frame shows: the figure's parts as HTML, and the finding behind them."""

    shown: Finding
    parts: tuple[str, ...]
    note: str = ""


def embedded(
    tables: Catalogue, place: Place, limits: Limits, pairs: Iterable[tuple[str, str]]
) -> PackedAnswer:
    """The figure of an address; raises `InputError` for what cannot be used."""
    query = once(pairs)
    own = {name: query.pop(name, "") for name in (FIGURE, FROZEN)}
    figure = own[FIGURE] or next(iter(FIGURES))
    if figure not in FIGURES:
        raise InputError(FIGURE, figure, "is not on offer", choices(FIGURES, figure))
    if own[FROZEN] and not VERSIONS.fullmatch(own[FROZEN]):
        raise InputError(
            FROZEN, own[FROZEN], "names no versions", f"such as {frozen_at(tables.data_version)}"
        )
    measured = (MEASURE,) if figure == "world" else ()
    asked(tables, query.items(), measured, limits.draws)  # all of it can be used
    shown = finding(tables, "world" if figure == "world" else "", query, date.today())
    made = {"number": _number, "curve": _curve, "world": _world}[figure](shown)
    return PackedAnswer.of(_page(tables, place, made, own[FROZEN]).encode(), "text/html")


def refused(problem: InputError) -> PackedAnswer:
    """A frame that says what cannot be used."""
    words = f'<h1>{escape(project().name)}</h1><p class="told">{escape(str(problem))}.</p>'
    return PackedAnswer.of(document(project().name, words).encode(), "text/html")


def _number(shown: Finding) -> Embedded:
    assert shown.result is not None
    row = shown.rows[0]
    parts = [_headed(shown)]
    if row.range.high > 0:
        (at,) = places([row], log=False)
        parts += [_big(row), range_mark(at, f"Direct loss {row.text}")]
    return Embedded(shown, (*parts, _said(shown)), RANGE)


def _curve(shown: Finding) -> Embedded:
    assert shown.result is not None
    row, length = shown.rows[0], duration_text(shown.result.scenario.hours)
    alt = f"Direct loss against how long it lasts, with its range; {length}: {row.text}."
    return Embedded(
        shown, (_headed(shown), _said(shown), curve(shown.result, alt)),
        f"Line: middle estimate; shaded: range; dot: {length}. {RANGE}",
    )  # fmt: skip


def _world(shown: Finding) -> Embedded:
    marks = places(shown.rows, log=shown.log)
    rows = "".join(
        f"<tr><td>{escape(row.label)}</td><td>{range_mark(at, row.text, 5.0, 160.0)}</td>"
        f"<td>{escape(row.words.median)}</td><td>{escape(row.ends)}</td></tr>"
        for row, at in zip(shown.rows, marks, strict=True)
    )
    heads = "".join(
        f'<th scope="col">{text}</th>' for text in ("Economy", "Range", "Direct loss", "From, to")
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    scale = ". The marks are on a logarithmic scale" if shown.log else ""
    return Embedded(shown, (_headed(shown), _said(shown), table), f"{RANGE}{scale}")


def _headed(shown: Finding) -> str:
    return f'<h1 dir="auto">{escape(shown.about)}</h1>'


def _big(row: Dot) -> str:
    ends = row.words.bracket("range ").strip()
    return f'<p class="big">{escape(row.words.median)}{f" <small>{escape(ends)}</small>" if ends else ""}</p>'


def _said(shown: Finding) -> str:
    return f"<p>{escape(shown.said if shown.result is None else sentence.answer(shown.result))}</p>"


def _page(tables: Catalogue, place: Place, made: Embedded, frozen: str) -> str:
    now, own = frozen_at(tables.data_version), project()
    parts = list(made.parts)
    if frozen and frozen != now:
        then, here = (" and data ".join(one.split(MODEL_AND_DATA)) for one in (frozen, now))
        said = f"Embedded with model {then}; this server has model {here}, so the number may be another one."
        parts.insert(1, f'<p class="told">{escape(said)}</p>')
    link = place.link(made.shown.page, made.shown.query)
    foot = (
        f'<p class="less">{escape(made.note)}.</p><footer>An estimate from stated assumptions, not a measurement. '
        f'<a href="{escape(link)}" target="_blank" rel="noopener">{escape(own.name)}</a> · model {MODEL_VERSION} · '
        f"data {escape(tables.data_version)}</footer>"
    )
    return document(place.title(made.shown.page, made.shown.about), "".join(parts) + foot)


def document(title: str, body: str) -> str:
    """A light page in the style of a frame, for no search engine."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{escape(title)}'
        f"</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )
