"""The register behind the page of sources: rows made from the catalogue, filtered and written as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Parameter
from model.catalogue.sources import Column, Source
from model.common.numbers import as_given, money, whole_number, with_unit
from model.common.text import capital
from model.text.writer import provenance, table

SEEDS, PARAMETERS, COLUMNS, SOURCES = "Articles' figures", "Parameters", "Data columns", "Sources"
RECEIPTS, TARGETS = "Export earnings", "Export targets"
IN_ROWS = "in each row"
WORDS = {
    "gdp": "GDP",
    "gva": "value added",
    "it": "IT",
    "fx": "exchange rate",
}  # how table names are spelt out
UNITS = {"share": "%", "pct": "%", "pct per year": "% a year", "1": "", "ratio": "", "text": ""}


@dataclass(frozen=True)
class Entry:
    """One row of the register. `statuses` are what a filter sees; `source_ids` point into the sources."""

    table: str
    key: str
    label: str
    low: float | None = None
    value: float | None = None
    high: float | None = None
    unit: str = ""
    statuses: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    date: str = ""
    used_in: str = ""
    source_ids: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()

    @property
    def status(self) -> str:
        """The status of the statement and, where it differs, that of its number."""
        return ", number: ".join(self.statuses)

    @property
    def text(self) -> str:
        """Everything that a search looks at."""
        details = " ".join(text for pair in self.details for text in pair)
        parts = (
            self.table,
            self.key,
            self.label,
            self.value_text,
            self.status,
            self.source,
            self.url,
            self.date,
        )
        return " ".join((*parts, self.used_in, *self.source_ids, details)).casefold()

    @property
    def value_text(self) -> str:
        """Value, range and unit for people: `5% to 12% to 30%`."""
        return value_text(self.low, self.value, self.high, self.unit)


def spelt(name: str) -> str:
    """A column's name in words: `it_export_receipts` is "IT export receipts"."""
    text = " ".join(WORDS.get(part, part) for part in name.split("_"))
    return capital(text)


def one_value(value: float, unit: str) -> str:
    """`value`, one number of a table, with its `unit`; shares, which are of 1, as percent."""
    if unit == "USD":
        return money(value, "USD", 4)
    if unit == "year":
        return f"{value:.0f}"
    scaled = value * 100 if unit == "share" else value
    number = whole_number(scaled) if abs(scaled) >= 10_000 else as_given(scaled)
    return with_unit(number, UNITS.get(unit, unit))


def value_text(low: float | None, value: float | None, high: float | None, unit: str) -> str:
    """`value`, or its range from `low` over it to `high` where they differ; all in `unit`, None where there is none."""
    ends = [end for end in (low, value, high) if end is not None]
    distinct = list(dict.fromkeys(ends))
    if not distinct:
        return ""
    if low is not None and high is None and value is not None and low == value:
        return f"at least {one_value(value, unit)}"
    if high is not None and low is None and value is not None and high == value:
        return f"at most {one_value(value, unit)}"
    return " to ".join(
        one_value(end, unit if end == distinct[-1] or unit == "share" else "1") for end in distinct
    )


def entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    """Every article's figure, parameter, data column, receipt, target and source, in that order."""
    return (
        *_seeds(catalogue), *_parameters(catalogue), *_columns(catalogue), *_receipts(catalogue),
        *_targets(catalogue), *_sources(catalogue),
    )  # fmt: skip


def rows_holding(
    rows: Iterable[Entry], search: str = "", tables: Sequence[str] = (), statuses: Sequence[str] = ()
) -> list[Entry]:
    """Rows that hold all words of the search, whatever their case, and fit the filters; empty filters let all pass."""
    words = search.casefold().split()
    return [
        row
        for row in rows
        if (not tables or row.table in tables)
        and (not statuses or any(status in statuses for status in row.statuses))
        and all(word in row.text for word in words)
    ]


def as_table(rows: Sequence[Entry]) -> pd.DataFrame:
    """The rows as the page's table."""
    return pd.DataFrame(
        {
            "What": [row.label for row in rows], "Value": [row.value_text for row in rows],
            "Status": [row.status for row in rows], "Source": [row.source for row in rows],
            "Address": [row.url or None for row in rows], "Date": [row.date for row in rows],
            "Used in": [row.used_in for row in rows], "Key": [row.key for row in rows],
            "Table": [row.table for row in rows],
        }
    )  # fmt: skip


def register_csv(catalogue: Catalogue, rows: Sequence[Entry]) -> str:
    """The rows with raw numbers and their unit; details follow as one text."""
    names = (
        "table",
        "key",
        "label",
        "low",
        "value",
        "high",
        "unit",
        "status",
        "source",
        "url",
        "date",
        "used_in",
    )
    lines: list[dict[str, Any]] = [
        {name: getattr(row, name) for name in names}
        | {"details": "; ".join(f"{name}: {text}" for name, text in row.details if text)}
        for row in rows
    ]
    return table(lines, provenance(catalogue.data_version), [*names, "details"]).csv()


def sources_of(catalogue: Catalogue, row: Entry) -> list[Source]:
    return [catalogue.sources[name] for name in row.source_ids if name in catalogue.sources]


def parameters_sentence(catalogue: Catalogue) -> str:
    """How many parameters rest on what: the page's headline."""
    every = len(_every_parameter(catalogue))
    counts = Counter(parameter.status for parameter in _every_parameter(catalogue))
    rest = counts.pop("assumption", 0)
    parts = [_are(number, name) for name, number in counts.most_common()]
    statuses = f"{', '.join(parts)}; the other {rest}" if parts else f"{rest}"
    return f"Of {every} parameters, {statuses} are assumptions."


def _are(number: int, status: str) -> str:
    words = {"claim": "a claim" if number == 1 else "claims", "read": "read from a source"}
    return f"{number} {'is' if number == 1 else 'are'} {words.get(status, status)}"


def rest_sentence(catalogue: Catalogue) -> str:
    """How much else there is."""
    seeds = catalogue.seeds.values()
    numbers = sum(any(end is not None for end in (seed.low, seed.value, seed.high)) for seed in seeds)
    usable = sum(country.available == "yes" for country in catalogue.countries.values())
    figures = Counter(figure.status for fields in catalogue.figures.values() for figure in fields.values())
    counts = ", ".join(f"{number:,} {name}" for name, number in figures.most_common())
    return (
        f"{len(seeds)} statements of the articles, {numbers} of them with a number; {usable} economies with "
        f"{sum(figures.values()):,} figures ({counts}); {len(catalogue.columns)} data columns; "
        f"{len(catalogue.sources)} sources. Data {catalogue.data_version} of {catalogue.data_date}."
    )


def titles_of(catalogue: Catalogue, identifiers: str) -> tuple[tuple[str, ...], str, str, str]:
    """Ids, titles with publisher, first address and first date of a list of source ids."""
    names = tuple(name.strip() for name in identifiers.split(";") if name.strip())
    sources = [catalogue.sources[name] for name in names if name in catalogue.sources]
    titles = "; ".join(
        f"{item.title}, {item.publisher}" if item.publisher else item.title for item in sources
    )
    address = next((item.url for item in sources if item.url), "")
    return names, titles or identifiers, address, next((item.date for item in sources if item.date), "")


def _listed(names: str) -> str:
    return ", ".join(name for name in names.split(";") if name)


def _seeds(catalogue: Catalogue) -> Iterable[Entry]:
    for seed in catalogue.seeds.values():
        differs = seed.value_status not in ("", seed.status)
        slider = ""
        if seed.min is not None:
            slider = f"{seed.min:g} to {seed.max:g}, step {seed.step or 1:g}, starts at {seed.default:g}"
        yield Entry(
            SEEDS, seed.id, seed.paraphrase, seed.low, seed.value, seed.high, seed.unit,
            (seed.status, seed.value_status) if differs else (seed.status,),
            f"{seed.article_title}, {seed.publisher}" if seed.publisher else seed.article_title, seed.url,
            seed.date or "undated", "; ".join(part for part in (seed.used_as, _listed(seed.carried_by)) if part),
            details=(
                ("Subject", seed.subject), ("Value", value_text(seed.low, seed.value, seed.high, seed.unit)),
                ("Period", seed.period), ("Basis", seed.basis), ("Said by", seed.speaker), ("Role", spelt(seed.role)),
                ("Carried by", _listed(seed.carried_by)), ("Used as", seed.used_as), ("Slider", slider),
                ("Article", seed.article_title), ("Publisher", seed.publisher or "not known"),
                ("Notes", seed.notes),
            ),
        )  # fmt: skip


def _every_parameter(catalogue: Catalogue) -> list[Parameter]:
    """Those of the estimate and those of the pages of the industry and of a firm."""
    return [*catalogue.parameters.values(), *catalogue.industry.parameters.values()]


def _parameters(catalogue: Catalogue) -> Iterable[Entry]:
    carries: dict[str, list[str]] = {}
    for seed in catalogue.seeds.values():
        for key in seed.carried_by.split(";"):
            carries.setdefault(key, []).append(seed.id)
    for item in _every_parameter(catalogue):
        names, titles, address, first = titles_of(catalogue, item.source)
        group = catalogue.groups[item.group].label if item.group in catalogue.groups else capital(item.group)
        statements = ", ".join(carries.get(item.key, ()))
        default = item.default
        low, mode, high = (default.low, default.mode, default.high) if default else (None, None, None)
        shipped = value_text(low, mode, high, item.unit) or "none until a reader gives one"
        yield Entry(
            PARAMETERS, item.key, item.label, low, mode, high, item.unit, (item.status,), titles,
            address, item.source_date or first, f"{group}; carries {statements}" if statements else group, names,
            (
                ("Value", shipped),
                ("May be", item.allowed), ("Distribution", item.distribution), ("Moves with", item.correlation),
                ("Group", group), ("Carries", statements), ("Meaning", item.help), ("Evidence", item.evidence),
            ),
        )  # fmt: skip


def _columns(catalogue: Catalogue) -> Iterable[Entry]:
    described = {(column.table, name) for column in catalogue.columns for name in (_said(column),) if name}
    for column in catalogue.columns:
        names, titles, address, first = titles_of(catalogue, column.source)
        status = column.status or (IN_ROWS if (column.table, "status") in described else "")
        source = titles or (IN_ROWS if (column.table, "source") in described else "")
        yield Entry(
            COLUMNS, f"{column.table}.{column.column}", column.description, unit=column.unit,
            statuses=(status,) if status else (), source=source, url=address, date=first,
            used_in=_listed(column.used_by), source_ids=names,
            details=(("Table", column.table), ("Column", column.column), ("Unit", column.unit)),
        )  # fmt: skip


def _said(column: Column) -> str:
    """Whether a column says the source or the status of its row."""
    if column.column in ("source", "source_title", "article_title"):
        return "source"
    return "status" if column.column == "status" else ""


def _receipts(catalogue: Catalogue) -> Iterable[Entry]:
    for row in catalogue.fiscal_years:
        used = (
            "baselines of the page As claimed"
            if row.preferred == "yes"
            else "not used: another figure is preferred"
        )
        yield Entry(
            RECEIPTS, row.id, f"IT export earnings {row.fiscal_year}", value=row.value_musd, unit="M USD",
            statuses=(row.status,), source=", ".join(part for part in (row.source_title, row.publisher) if part),
            url=row.url, date=row.source_date, used_in=used,
            details=(("Value", one_value(row.value_musd, "M USD")), ("Basis", row.basis), ("Revision", row.revision),
                     ("Months", str(row.months_covered)), ("Notes", row.notes)),
        )  # fmt: skip


def _targets(catalogue: Catalogue) -> Iterable[Entry]:
    for row in catalogue.targets:
        yield Entry(
            TARGETS, row.id, row.label, value=row.value_musd, unit="M USD", statuses=(row.status,),
            source=", ".join(part for part in (row.source_title, row.publisher) if part), url=row.url,
            date=row.source_date,
            details=(("Value", one_value(row.value_musd, "M USD")), ("Year", str(row.target_year or "not stated")),
                     ("Official", row.official)),
        )  # fmt: skip


def _sources(catalogue: Catalogue) -> Iterable[Entry]:
    uses: dict[str, Counter[str]] = {}

    def count(identifiers: str, what: str) -> None:
        for name in identifiers.split(";"):
            uses.setdefault(name.strip(), Counter())[what] += 1

    for parameter in catalogue.parameters.values():
        count(parameter.source, "parameters")
    for column in catalogue.columns:
        count(column.source, "data columns")
    for fields in catalogue.figures.values():
        for figure in fields.values():
            count(figure.source, "figures of economies")
    for shares in catalogue.shares.values():
        count(shares.source, "rows of sector shares")
    for region in catalogue.regions.values():
        count(region.source, "regions")
    for seed in catalogue.seeds.values():
        count(seed.id.partition("_")[0], "statements of articles")
    for source in catalogue.sources.values():
        used = ", ".join(f"{number:,} {what}" for what, number in uses.get(source.id, Counter()).items())
        yield Entry(
            SOURCES, source.id, source.title, source=source.publisher, url=source.url, date=source.date, used_in=used,
            details=(("Publisher", source.publisher), ("Date", source.date), ("Licence", source.licence),
                     ("Address", source.url), ("Used in", used), ("Notes", source.notes)),
        )  # fmt: skip
