"""What the file of a page says, in one frozen object: each format only sets it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefing.common.beside import SourceLine
from briefing.common.links import page_link, where
from briefing.common.names import joined, mark_of
from briefing.pages.words import (
    TRIPLE,
    Write,
    axis_unit,
    groups_of,
    head_of,
    range_words,
    words_of,
    writer_of,
)  # fmt: skip
from model.common.ranges import Range
from model.common.text import capital
from model.common.version import MODEL_VERSION
from model.compare.league import MEASURES
from model.language.messages import BASIS
from model.text import sentence
from model.text.writer import Section, Table

MOST_DOTS = 20  # rows of a chart
COLUMNS = {  # of tables with several ranges: the one that is drawn, and the cost that is said below its name
    "measures": ("counted", "cost"), "worth": ("saved", "cost"), "savings": ("avoided", "cost"),
}  # fmt: skip
BEHIND = ("baselines", "sets")  # tables of sections that a finding stands on


@dataclass(frozen=True)
class Dot:
    """A row of a chart: its name, amount and range in words, and where range and middle are drawn.

    `heading` stands above the row and those that follow it; `more` says how it differs from another.
    """

    label: str
    words: Range[str]
    range: Range[float]
    heading: str = ""
    more: str = ""

    @property
    def ends(self) -> str:
        """The range in words; nothing where it is one number."""
        return self.words.ends if self.words.bracket() else ""

    @property
    def text(self) -> str:
        """Amount and range in words."""
        return self.words.full


@dataclass(frozen=True)
class Lines:
    """Columns of a table over its first one: their names with low, middle and high, and the unit of each direction."""

    across: tuple[float, ...]
    across_title: str
    across_unit: str
    lines: tuple[tuple[str, Range[tuple[float, ...]]], ...]
    unit: str


@dataclass(frozen=True)
class Block:
    """One finding: its table, whose `finding` is the sentence, what it is called, and what is drawn of it.

    `dots` share a unit, the one of `unit`; `log` where their axis is; of a `ranked` list the first rows say it.
    `notes` are read below. `behind` what is found stand tables for who looks closer.
    """

    title: str
    table: Table
    dots: tuple[Dot, ...] = ()
    unit: str = ""
    log: bool = False
    notes: tuple[str, ...] = ()
    ranked: bool = False
    behind: bool = False

    @property
    def finding(self) -> str:
        """What it shows in a line, else what it is called."""
        return self.table.finding or self.title

    @property
    def drawn(self) -> bool:
        """Whether there is a chart of it."""
        return bool(self.dots) or self.lines is not None

    @property
    def lines(self) -> Lines | None:
        """The lines of a table that is a curve."""
        return lines_of(self.table) if self.table.drawn and len(self.table.rows) > 1 else None

    @property
    def head(self) -> str:
        """What the rows of the chart are amounts of."""
        names = (*COLUMNS.get(self.table.id, ())[:1], "median", "cost", *MEASURES)
        filled = self.table.rows[0] if self.table.rows else {}
        return head_of(self.table, next((name for name in names if name in filled), "median"))

    @property
    def write(self) -> Write:
        """Writes a number of the chart's axis."""
        return writer_of(self.unit)


@dataclass(frozen=True)
class Frame:
    """When and where a file is made: the day, the address of the dashboard ('' for none), and the page's link."""

    day: date
    address: str
    query: Mapping[str, str]
    unlinked: str = ""  # why no link leads to what the file shows


@dataclass(frozen=True)
class PageContent:
    """The file of a page without a format. `data` is the JSON of the command that prints the same.

    `title` is what the page finds in a sentence or two, `finding` the same in one line.
    """

    page: str
    name: str
    title: str
    sentences: tuple[str, ...]
    basis: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    data: Mapping[str, Any]
    provenance: Mapping[str, str]
    frame: Frame
    about: str  # a few words for the file's name
    finding: str = ""

    @property
    def in_order(self) -> list[Block]:
        """What is found, then what stands behind it."""
        return sorted(self.blocks, key=lambda block: block.behind)

    @property
    def full_basis(self) -> str:
        """What kind of figures these are; it stands below the finding in every format."""
        return f"{self.basis}. {BASIS.text}"

    @property
    def day(self) -> str:
        return self.frame.day.isoformat()

    @property
    def link(self) -> str:
        return "" if self.frame.unlinked else page_link(self.frame.address, self.page, self.frame.query)

    @property
    def where(self) -> str:
        return self.frame.unlinked or where(self.link, self.frame.query)

    @property
    def versions(self) -> str:
        """Of model and data."""
        return f"model {MODEL_VERSION} · data {self.provenance['data_version']}"

    @property
    def stamp(self) -> str:
        return f"{self.day} · {self.versions}"

    @property
    def cite(self) -> str:
        return f"{sentence.NAME}, {self.stamp}. {self.name}."

    @property
    def stem(self) -> str:
        """Name of files without their endings: page, what it is about, mark of its values, date."""
        return joined(self.page, self.about, mark_of(self.frame.query), self.day)


def lines_of(table: Table) -> Lines:
    """The columns that are lines over the first one; all have one unit."""
    rows, units = table.rows, table.units
    across = next(iter(table.columns or rows[0]))
    lines, unit = [], ""
    for _, names in groups_of(table, list(rows[0])):
        middle = names[len(names) // 2]
        if middle in table.drawn:
            unit = next((units[name] for name in names if name in units), "")
            ends = Range(*(tuple(float(row[name]) for row in rows) for name in (names[0], middle, names[-1])))
            lines.append((head_of(table, middle), ends))
    over = units.get(across, "")
    title = head_of(table, across) if axis_unit(over) else capital(over)
    return Lines(tuple(float(row[across]) for row in rows), title, over, tuple(lines), unit)


def dots_of(table: Table) -> tuple[str, tuple[Dot, ...]]:
    """The unit that most rows with a range have, and those rows; no rows where the table has no such columns."""
    if table.id in COLUMNS:
        return _dots_of_columns(table, *COLUMNS[table.id])
    rows = [
        row
        for row in table.rows
        if row.get("label") and all(isinstance(row.get(name), int | float) for name in TRIPLE)
    ]
    units = [str(row.get("unit") or table.units.get("median", "")) for row in rows]
    unit = max(dict.fromkeys(units), key=units.count, default="")
    dots = []
    for row, own in zip(rows, units, strict=True):
        if own == unit:
            ends = Range(*(float(row[name]) for name in TRIPLE))
            dots.append(Dot(str(row["label"]), words_of(ends, unit), ends))
    return unit, tuple(dots[:MOST_DOTS])


def _dots_of_columns(table: Table, drawn: str, cost: str) -> tuple[str, tuple[Dot, ...]]:
    """A column with its range as rows of a chart, and what each costs."""

    def ends_of(row: Mapping[str, Any], name: str) -> Range[float]:
        return Range(*(float(row[name + end]) for end in ("_low", "", "_high")))

    unit, price = table.units[drawn], table.units[cost]
    dots = (
        Dot(str(row["label"]), words_of(ends, unit), ends,
            more=f"costs {range_words(ends_of(row, cost), price)} a year")
        for row in table.rows for ends in [ends_of(row, drawn)]
    )  # fmt: skip
    return unit, tuple(dots)


def section_blocks(section: Section) -> Iterator[Block]:
    """A block for each table of a section; what it says in sentences stands with the first."""
    for number, table in enumerate(section.tables):
        unit, dots = dots_of(table)
        last = number == len(section.tables) - 1
        yield Block(
            table.title, table, dots if len(dots) > 1 else (), unit if len(dots) > 1 else "", log=spread_wide(dots),
            notes=(f"{capital(section.basis)}.",) if last else (), behind=table.id in BEHIND,
        )  # fmt: skip


def spread_wide(dots: Iterable[Dot]) -> bool:
    """Whether rows differ so much that a linear axis would hide the small ones; a log axis needs amounts above 0."""
    medians = [dot.range.median for dot in dots]
    return bool(medians) and min(medians) > 0 and max(medians) > 30 * min(medians)
