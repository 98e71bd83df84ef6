"""A table of numbers in words for people: a range is one column, units stand in the heads or beside the number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.common.numbers import MILLION, PERCENT, as_given, money, percent, signed
from model.common.ranges import Range
from model.common.text import capital
from model.text.writer import Table

Write = Callable[[float], str]
TRIPLE = ("low", "median", "high")
SHARE, MONEY = re.compile(r"^(share|chance)\b"), re.compile(r"^(M |bn )?([A-Z]{3})\b")
SCALES = {"M ": MILLION, "bn ": 1e9}
HEADS = {
    "usd": "Cost", "share": "Share of GDP", "per_head": "Per head", "per_day": "Per day", "gdp_usd": "GDP",
    "gdp_year": "GDP of", "gdp_share": "Share of GDP of that time", "goal": "Target", "set": "Measures",
    "share_of_gdp": "Share of GDP of that time", "ratio": "Ratio", "period": "For what time",
    "median": "Amount", "basis": "Basis", "shipped": "As published", "pays": "Pays in", "label": "What",
    "what": "What it costs", "price": "Whose figure",
    "iso3": "Code of the country", "place_first": "Place: first", "place_last": "Place: last",
    "cost_mean": "Mean cost", "cost_basis": "Basis of the cost", "cannot_be_priced": "Without a price",
    "priced_as_share_of_gdp_only": "Priced as a share of GDP alone", "undisturbed": "Undisturbed", "gap": "Missed",
    "per_year": "Number", "growth_needed": "Growth needed", "years": "Undisturbed", "enough": "Chance of enough people",
    "disturbed_soonest": "Disturbed: soonest", "disturbed_median": "Disturbed: middle",
    "disturbed_latest": "Disturbed: latest",
    "needed": "People needed", "there": "People there", "there_without_outflow": "There if nobody left",
    "further": "More than today", "missing": "Missing", "avoided": "Loss avoided", "later": "Later loss avoided",
    "counted": "Avoided in all", "break_even_days": "Pays after", "break_even_of": "Days of what",
    "outages_to_pay": "Outages that pay for it", "at_home": "Seats at home", "lockdown": "Interrupted in a lockdown",
    "outage": "Interrupted in an outage", "profit": "Profit lost", "lost": "Revenue lost",
}  # fmt: skip
HIDDEN = (  # of programs
    "said", "unit", "id", "link", "iso3", "contains", "mean", "ledger", "row", "seed", "key", "cost_basis", "as_read",
    "cost_at_link_low", "cost_at_link", "cost_at_link_high", "cost_mean", "merged_into",
)  # fmt: skip
OF_PROGRAMS = (  # in no spreadsheet either
    "said", "unit", "id", "link", "contains", "ledger", "seed", "key", "as_read", "cost_at_link_low", "cost_at_link",
    "cost_at_link_high",
)  # fmt: skip
LAST = ("iso3", "mean", "cost_mean", "merged_into")  # columns of a spreadsheet that people read last
IN_WORDS, UNIT = "in_words", "unit"  # columns that only a spreadsheet has, beside low, median and high
OF_ROW = ("shipped", "value")  # columns of one number that have the unit of their row
COUNTED, POINTS = "count", "pct"  # units: of whole things, and of what is in percent already


@dataclass(frozen=True)
class Readable:
    """A table for people: heads, and rows of words; `right` are columns of numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = field(default_factory=frozenset)

    @property
    def telling(self) -> list[int]:
        """The columns by what they tell: the first, then those with ranges, with numbers, with words."""
        every = range(1, len(self.heads))
        ranged = {c for c in self.right if any("(" in row[c] for row in self.rows)}
        rest = [c for c in every if c in ranged]
        rest += [c for c in every if c in self.right and c not in ranged]
        rest += [c for c in every if c not in self.right]
        return [0, *rest]

    def columns(self, most: int) -> list[int]:
        """At most `most` columns for a narrow place: the most telling, by number from 0, in their order."""
        return sorted(self.telling[:most])


def readable(table: Table) -> Readable:
    """The table in words."""
    groups = list(groups_of(table, shown_columns(table)))
    heads, right = [], set()
    for number, (head, names) in enumerate(groups):
        unit = next((table.units[name] for name in names if name in table.units), "")
        more = "" if SHARE.match(unit) or unit == COUNTED else rest_of(unit)
        heads.append(f"{head} ({more})" if more and more.lower() not in head.lower() else head)
        if any(isinstance(row.get(name), int | float) for row in table.rows for name in names):
            right.add(number)
    rows = tuple(tuple(_cell(row, names, table.units) for _, names in groups) for row in table.rows)
    return Readable(tuple(heads), rows, frozenset(right))


@dataclass(frozen=True)
class SheetColumn:
    """A column of a spreadsheet: head, key of its cells, unit of its numbers; or the row has their unit (`of_row`)."""

    head: str
    name: str
    unit: str = ""
    of_row: bool = False


def spreadsheet_columns(table: Table) -> list[SheetColumn]:
    """The columns of a table as numbers that stay numbers: low, middle and high apart, units in the heads."""
    made: list[SheetColumn] = []
    of_rows = any(row.get("unit") for row in table.rows)
    for head, names in groups_of(table, sorted(shown_columns(table, OF_PROGRAMS), key=LAST.__contains__)):
        unit = next((table.units[name] for name in names if name in table.units), "")
        full = _with_unit(head, unit_words(unit))
        if len(names) == 1:
            made.append(SheetColumn(full, names[0], unit, of_row=not unit and names[0] in OF_ROW))
            continue
        ends = (f"{full}: low", "middle", "high")
        made += [
            SheetColumn(text, name, unit, of_row=not unit) for text, name in zip(ends, names, strict=True)
        ]
        if names == TRIPLE:
            made.append(SheetColumn("In words", IN_WORDS))
        if of_rows and not unit:
            made.append(SheetColumn("Unit", UNIT))
            of_rows = False
    return made


def _with_unit(head: str, unit: str) -> str:
    """A head with the unit of its numbers, nothing said twice."""
    if unit.startswith("% ") and unit[2:].lower() in head.lower():
        unit = "%"
    if head.lower() in unit.lower():
        return capital(unit)
    return f"{head}, {unit}" if unit and unit.lower() not in head.lower() else head


def unit_words(unit: str) -> str:
    """A unit at the head of numbers: `% of GDP` of `share of GDP`, whose numbers a spreadsheet shows as percentages."""
    return "" if unit == COUNTED else "times" if unit == "x" else SHARE.sub("%", unit.replace(POINTS, "%", 1))


def amount_words(row: Mapping[str, Any], table: Table) -> str:
    """Low, median and high of a row in words."""
    return _cell(row, TRIPLE, table.units)


def axis_unit(unit: str) -> tuple[str, float] | None:
    """The unit that charts know, and what a number is multiplied by; None for what is neither money nor a share."""
    if SHARE.match(unit):
        return PERCENT, 100.0
    match = MONEY.match(unit)
    return None if match is None else (match[2], SCALES.get(match[1], 1.0))


def writer_of(unit: str) -> Write:
    """What writes a number in a unit: money by the project's formatter, shares as percents."""
    if SHARE.match(unit):
        return percent
    if unit.startswith(POINTS):
        return lambda value: f"{as_given(value)}%"
    match = MONEY.match(unit)
    if match:
        scale = SCALES.get(match[1], 1.0)
        return lambda value: money(value * scale, match[2])
    return lambda value: f"{value:,.0f}" if value == int(value) else signed(value)


def range_words(ends: Range[float], unit: str) -> str:
    """The middle and range `ends`, in `unit`, as tables have them; one number where both ends are the same."""
    return words_of(ends, unit).full


def words_of(ends: Range[float], unit: str) -> Range[str]:
    """Middle and both ends of `ends`, in `unit`, in words."""
    match = MONEY.match(unit)
    if match and not SHARE.match(unit):
        return ends.times(SCALES.get(match[1], 1.0)).money(match[2])
    return ends.each(writer_of(unit))


def shown_columns(table: Table, hidden: Sequence[str] = HIDDEN) -> list[str]:
    """The columns for people in their order, without those that no row fills."""
    names = table.columns or tuple(dict.fromkeys(name for row in table.rows for name in row))
    filled = {name for row in table.rows for name, value in row.items() if value not in (None, "")}
    return [name for name in names if name not in hidden and name in filled]


def head_of(table: Table, stem: str) -> str:
    """A column, or low, middle and high together, in words; `stem` is the key of the middle."""
    return table.heads.get(stem) or HEADS.get(stem, capital(stem.replace("_", " ")))


def groups_of(table: Table, columns: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Head and columns of each column for people: `x_low`, `x`, `x_high` are one, and so are low, median, high."""
    left = list(columns)
    while left:
        name = left[0]
        stem = name.removesuffix("_low")
        ways = (TRIPLE, (f"{stem}_low", stem, f"{stem}_high"))
        three = next((way for way in ways if name in way and all(part in columns for part in way)), (name,))
        left = [part for part in left if part not in three]
        yield head_of(table, three[len(three) // 2]), three


def _cell(row: Mapping[str, Any], names: Sequence[str], units: Mapping[str, str]) -> str:
    """A cell in words, in the unit of its column, else that of its row where it is an amount of the row."""
    own = str(row.get("unit") or "") if len(names) == 3 or names[0] in OF_ROW else ""
    unit = next((units[name] for name in names if name in units), own)
    values = [row.get(name) for name in names]
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if names == TRIPLE and row.get("said"):
        return str(row["said"])  # as it was published
    if len(names) == 3 and len(numbers) == 3:
        ends = Range(*numbers)
        text = range_words(ends, unit)
        if names[1] == "difference":
            write = writer_of(unit)
            text = ends.each(lambda value: f"{'+' if value > 0 else ''}{write(value)}").full
    else:
        text = _written(next((value for value in values if value not in (None, "")), ""), unit)
    rest = rest_of(own) if own and unit == own and numbers else ""
    return f"{text} {rest}" if rest else text


def rest_of(unit: str) -> str:
    """What a unit says beside its money, which the number carries: `per year` of `M USD per year`."""
    return "times" if unit == "x" else MONEY.sub("", re.sub(r"^(share|pct)\b", "", unit)).strip(" ,")


def _written(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and not unit:
        return str(value)  # a count or a year
    if isinstance(value, int | float):
        return writer_of(unit)(float(value))
    return str(value)
