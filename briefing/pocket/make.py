"""Puts the page together: curves, facts, words, style and script in one file."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from briefing.common import titles
from briefing.pocket.curves import Curves, HearKind, curves
from briefing.pocket.facts import Places, kind_rows, place_rows
from briefing.pocket.offered import COUNTS, LENGTHS
from briefing.pocket.packed import Whole, compressed, packed, settled, whole
from briefing.pocket.words import languages
from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.common import citation
from model.common.citation import project
from model.common.numbers import duration_parts, exact_percent
from model.common.version import MODEL_VERSION
from model.scenario.scenario import BASELINE
from model.text.sentence import simulations

NAME = "index.html"  # so that the folder is a website
PAGE = Path(__file__).with_name("page")
FEW = 12  # outages up to which every printed number is checked
SCRIPTS = ("numbers.js", "words.js", "picture.js", "page.js")


def page(
    catalogue: Catalogue,
    day: date,
    *,
    codes: Sequence[str] | None = None,
    hours: Sequence[float] = LENGTHS,
    counts: Sequence[int] = COUNTS,
    tick: HearKind | None = None,
) -> str:
    """The page as text.

    Args:
        catalogue: the tables.
        day: of the edition.
        codes: economies (ISO3 codes), the home one among them; None for all that have figures.
        hours: lengths of one outage that are offered, ascending, 24 among them.
        counts: numbers of outages that are offered, ascending from 1.
        tick: hears which kind is being computed; what it raises ends the work.
    """
    computed = curves(catalogue, hours, counts, codes=codes, tick=tick)
    places = Places.of(catalogue, computed.kinds, computed.codes)
    kinds = kind_rows(places)
    quality = {row["quality"]: exact_percent(row["share"]) for row in kinds if row["quality"]}
    rows, own, data = place_rows(places), project(), catalogue.data_version
    book = {
        "name": own.name, "model": MODEL_VERSION, "data": data, "day": day.isoformat(),
        "lengths": [[*duration_parts(value), value] for value in computed.hours], "counts": computed.counts,
        "kinds": kinds, "places": rows, "languages": languages(places, day),
        "start": {
            "kind": computed.kinds.index(BASELINE.kind), "place": computed.codes.index(HOME),
            "length": computed.hours.index(BASELINE.hours), "share": 1, "count": 1, "money": 0,
        },
    }  # fmt: skip
    cited = citation.short("Pocket edition, computed curves", data, day)
    style, script = _asset("style.css"), _script()
    return _filled(
        _asset("page.html"),
        {
            "title": escape(f"{own.title} (pocket edition)"), "name": escape(own.name), "purpose": escape(own.purpose),
            "description": escape(_description(computed.codes)), "icon": _icon(), "style": style, "script": script,
            "style_hash": _hash(style), "script_hash": _hash(script), "model": escape(MODEL_VERSION),
            "data": escape(data), "day": f"{day.day} {day:%B %Y}", "licence": escape(own.licence),
            "citation": escape(cited.replace(f"{citation.ADDRESS} ", "")), "gap": f"{BASELINE.gap_days:g}",
            "simulations": simulations(BASELINE), "ratio": quality["ratio"], "capacity": quality["capacity_lost"],
            "book": compressed(_json(book)), "curves": packed(computed, _output(computed, rows)),
        },
    )  # fmt: skip


def _output(computed: Curves, rows: Sequence[dict[str, Any]]) -> Whole:
    """The losses of output as whole numbers, from which every amount of a whole country is printed as it should be.

    That is checked in each money, of one outage and of several. A share of the country, which may be any, is left to
    the nearness of the numbers.
    """
    moneys = np.array([[row["money"][at]["per"] for row in rows] for at in (0, -1)])[:, :, None]
    counts = [count for count in computed.counts if 1 < count <= FEW]
    factors = (list(moneys), list(moneys), [money * count for money in moneys for count in counts])
    parts = [computed.output[:, variant] for variant in range(len(factors))]
    return np.stack(
        [settled(part, whole(part), each) for part, each in zip(parts, factors, strict=True)], axis=1
    )


def _description(codes: Sequence[str]) -> str:
    return (
        f"What a disruption of the internet costs in {len(codes)} economies, as a range with its basis. "
        "One file that works without a connection."
    )


def _asset(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _script() -> str:
    """All scripts in one, with names of their own: none is left in the page but the function that tests ask."""
    return '"use strict";\n(() => {\n' + "\n".join(map(_asset, SCRIPTS)) + "})();\n"


def _hash(text: str) -> str:
    """The name by which the page's own policy lets a style or script pass."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _icon() -> str:
    return f"data:image/svg+xml;base64,{b64encode(titles.ICON.read_bytes()).decode()}"


def _filled(template: str, values: dict[str, str]) -> str:
    """The template with its fields filled, each once and in one pass: what is filled in is not read again."""
    parts = template.split("{{")
    return parts[0] + "".join(
        values[name] + rest for name, _, rest in (part.partition("}}") for part in parts[1:])
    )
