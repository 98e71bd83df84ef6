"""The API described for programs, as OpenAPI 3.1: made from the fields of a scenario, so it cannot fall behind them."""

from __future__ import annotations

from typing import Any

from door.api.answers import ANSWERS, MEASURE, PARTS
from door.api.reading import FORMATS
from door.common.rate import COST
from door.common.settings import Limits
from model.catalogue.load import Catalogue
from model.cli.events import CHOSEN
from model.common.citation import project
from model.common.version import MODEL_VERSION
from model.compare.league import MEASURES
from model.scenario.fields import BY_KEY, ENDS_OF, HEADER, SLOTS

Data = dict[str, Any]
NUMBER: Data = {"type": "number"}
TEXT: Data = {"type": "string"}
MAYBE: Data = {"type": ["number", "null"]}
LINES: Data = {"type": "array", "items": TEXT}
ROWS: Data = {"type": "array", "items": {"type": "object"}}


def description(tables: Catalogue, address: str, limits: Limits) -> Data:
    """The document. `address` is where the dashboard stands, '' where that is not known."""
    own = project()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{own.name}: {own.purpose}", "version": MODEL_VERSION,
            "summary": "What an internet disruption costs an economy: a range with its basis.",
            "description": (
                "A query has the parameters of a link to the page, so a link becomes a request and back. Every amount "
                "is a range: the 5th percentile, the median and the 95th percentile under the stated assumptions. "
                "Estimates, not measurements. Amounts of different basis are never added. "
                f"Limits: {limits.draws:,} simulations, {limits.letters:,} letters of a query, and "
                f"{limits.per_minute:,} units a minute for each client: {COST}."
            ),
            "license": {"name": own.licence},
        },
        "servers": [{"url": f"{address}/api/v1" if address else "."}],
        "paths": {f"/{name}": {"get": _operation(name, tables, limits)} for name in ANSWERS},
        "components": {"schemas": _schemas(), "responses": _responses(), "headers": _headers()},
    }  # fmt: skip


def _operation(name: str, tables: Catalogue, limits: Limits) -> Data:
    summary, answer = WORDS[name]
    own: list[Data] = [_parameter("format", "Form of the answer", {"enum": list(FORMATS), "default": "json"})]
    if name == "world":
        own.append(_parameter(MEASURE, "Measure of the order", {"enum": list(MEASURES), "default": "usd"}))
    if name != "parameters":
        own += _scenario(tables, limits)
    if name == "events":
        own = [item for item in own if item["name"] in ("format", "v", *CHOSEN)]
    shapes = {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}},
              "text/csv": {"schema": TEXT}}  # fmt: skip
    headers = {key: {"$ref": f"#/components/headers/{key}"} for key in _headers()}
    return {
        "operationId": name, "summary": summary, "parameters": own,
        "responses": {
            "200": {"description": "The answer", "headers": headers, "content": shapes},
            "304": {"description": "The client has this answer already: If-None-Match names its ETag"},
            **{code: {"$ref": f"#/components/responses/{key}"} for code, key in ERRORS.items()},
        },
    }  # fmt: skip


def _parameter(name: str, words: str, schema: Data, **more: Any) -> Data:
    return {"name": name, "in": "query", "description": words, "schema": schema, **more}


def _scenario(tables: Catalogue, limits: Limits) -> list[Data]:
    """The parameters of a link. Their values are texts: a length is `3d`, a share `0.1` or `10%`."""
    fields = [_parameter("v", "Version of the link", {"enum": ["1", "2"]})]
    for key, row in BY_KEY.items():
        schema: Data = dict(TEXT)
        if key == "kind":
            schema["examples"] = list(tables.kinds)
        unit = f" ({row.unit})" if row.unit != "text" else ""
        most = f"; at most {limits.draws:,}" if key == "draws" else ""
        fields.append(_parameter(key, f"{row.meaning}{unit}{most}", schema))
    fields += [_parameter(end.key, end.help, TEXT) for end in ENDS_OF]
    fields += [_parameter(key, row.meaning, TEXT) for key, row in HEADER.items()]
    fields += [
        _parameter("show", "What is compared", {"enum": [*PARTS, "breakeven"], "default": PARTS[0]}),
        _parameter("durations", "Lengths to compare, such as 1h,1d,7d", TEXT),
        _parameter("countries", "Countries to compare, such as IND,EGY; none: the regions of Pakistan", TEXT),
    ]
    keys = list(tables.parameters)
    words = "Assumptions by name: one number pins it, low:mode:high replaces its range. See /parameters"
    spread = {"style": "form", "explode": True}
    fields.append(_parameter(
        "assumptions", words,
        {"type": "object", "propertyNames": {"enum": keys}, "additionalProperties": TEXT}, **spread,
    ))  # fmt: skip
    words = (
        f"Further scenarios to compare: the same parameters behind {', '.join(SLOTS)}, such as s2.duration=3d"
    )
    pattern = {"pattern": r"^s[2-4]\."}
    fields.append(_parameter(
        "others", words,
        {"type": "object", "propertyNames": pattern, "additionalProperties": TEXT}, **spread,
    ))  # fmt: skip
    return fields


def _object(required: str, **properties: Data) -> Data:
    return {"type": "object", "required": required.split(), "properties": properties}


def _schemas() -> Data:
    """The forms of the answers; further members may come."""
    spread = {"low": MAYBE, "median": MAYBE, "high": MAYBE}
    source = _object("title", title=TEXT, publisher=TEXT, date=TEXT, licence=TEXT, url=TEXT)
    amount = _object(
        "id label basis unit period low median high", id=TEXT, label=TEXT, basis=TEXT, ledger=TEXT, period=TEXT,
        unit=TEXT, contains=LINES, mean=MAYBE, **spread,
    )  # fmt: skip
    curve: dict[str, Data] = {
        name: {"type": "array", "items": NUMBER} for name in ("days", "low", "median", "high")
    }
    common: dict[str, Data] = {
        "model_version": TEXT, "data_version": TEXT, "link": TEXT, "warnings": LINES, "notes": LINES,
        "sources": {"type": "array", "items": {"$ref": "#/components/schemas/Source"}},
    }  # fmt: skip
    in_all = " ".join(common)
    page: dict[str, Data] = {**common, "headline": TEXT, "basis": TEXT}
    compared = _object("label low median high link country", label=TEXT, link=TEXT, country=TEXT, **spread)
    economy = _object("iso3 name usd_low usd usd_high share_low share share_high remarks link", iso3=TEXT, name=TEXT,
                      remarks=TEXT, link=TEXT)  # fmt: skip
    event = _object("row title country cost_low cost cost_high unit source link", row=TEXT, title=TEXT, country=TEXT,
                    cost_low=MAYBE, cost=MAYBE, cost_high=MAYBE)  # fmt: skip
    return {
        "Source": source,
        "Amount": amount,
        "Estimate": _object(
            f"scenario headline amounts curve assumptions currency {in_all}", **common, scenario={"type": "object"},
            headline=TEXT, amounts={"type": "array", "items": {"$ref": "#/components/schemas/Amount"}},
            curve=_object("days low median high", **curve), assumptions=ROWS, levers=ROWS,
            currency=_object("unit", unit=TEXT),
        ),
        "World": _object(
            f"headline basis economies totals without_figures {in_all}", **page,
            economies={"type": "array", "items": economy}, totals=ROWS, without_figures=ROWS,
        ),
        "Comparison": _object(
            f"headline basis rows {in_all}", **page, rows={"type": "array", "items": compared},
        ),
        "Events": _object(
            f"headline basis events totals {in_all}", **page, events={"type": "array", "items": event}, totals=ROWS,
        ),
        "Parameters": _object(
            "parameters sources model_version data_version link", **common,
            parameters={"type": "array", "items": _object("key label unit low mode high status source")},
        ),
        "Problem": _object(
            "type title status detail", type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT, field=TEXT,
            value=TEXT, allowed=TEXT,
        ),
    }  # fmt: skip


def _responses() -> Data:
    shape = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    words = {
        "BadValue": "A value cannot be used: field, value and what is allowed",
        "TooLong": "The query is too long", "TooMany": "Too much for a minute; Retry-After says when to come again",
        "Busy": "Too much is being computed; Retry-After says when to come again",
    }  # fmt: skip
    return {key: {"description": text, "content": shape} for key, text in words.items()}


def _headers() -> Data:
    words = {
        "ETag": "Mark of the answer, for If-None-Match", "Link": "The page that shows the same",
        "RateLimit-Limit": f"Units that a client has for a minute: {COST}", "RateLimit-Remaining": "Units left",
        "RateLimit-Reset": "Seconds until all are there again", "X-Cost": f"Units that this answer took: {COST}",
        "X-Most-Draws": "Most simulations",
        "X-Most-Query-Letters": "Longest query",
    }  # fmt: skip
    return {key: {"description": text, "schema": TEXT} for key, text in words.items()}


ERRORS = {"400": "BadValue", "414": "TooLong", "429": "TooMany", "503": "Busy"}
WORDS = {
    "estimate": ("What a disruption costs", "Estimate"),
    "world": ("One disruption in every economy", "World"),
    "compare": ("Lengths, kinds, scenarios or places side by side", "Comparison"),
    "parameters": ("Every assumption that can be set", "Parameters"),
    "events": ("The documented disruptions, each priced", "Events"),
}
