"""The one writer of results: every command, file and download goes through it, as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from model.common.ledger import Amount
from model.common.version import MODEL_VERSION

AMOUNT_FIELDS = (
    "id", "label", "ledger", "basis", "period", "unit", "contains", "median", "low", "high", "mean",
)  # fmt: skip
CELL_FIELDS = ("section", "table", "row", "label", "column", "unit", "value", "note")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@dataclass(frozen=True)
class Table:
    """Rows by column name, with the unit of each column that has one.

    `columns` gives the order in a file, by default that of the first row; `provenance` stands on every row, behind
    the columns. The last `together` rows stand for several of the others. `finding` is what it shows in a line, to be
    read as a title, `heads` names columns in words where the general ones say too little. `drawn` names the columns
    that are lines over the first: then it is a curve, and its rows are points of it. `ids` names the rows for code that
    picks some of them, where there is such; no file holds it.
    """

    id: str
    title: str
    units: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]
    together: int = 0
    columns: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    finding: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)
    drawn: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def row(self, name: str) -> Mapping[str, Any]:
        """The row of that id."""
        return self.rows[self.ids.index(name)]

    def rows_without(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """The rows of a table with ids, but for that of an id, which need not be among them."""
        return tuple(row for each, row in zip(self.ids, self.rows, strict=True) if each != name)

    @property
    def alone(self) -> tuple[Mapping[str, Any], ...]:
        """The rows that stand for one thing each."""
        return self.rows[: len(self.rows) - self.together]

    def csv(self) -> str:
        """The rows as CSV; text that a spreadsheet would run as a formula gets a leading quote."""
        columns = self.columns or tuple(self.rows[0] if self.rows else ())
        out = io.StringIO()
        write_csv(out, columns, self.rows, self.provenance)
        return out.getvalue()


def write_csv(
    out: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], provenance: Mapping[str, str]
) -> None:
    """Rows as CSV into a file, each when it comes; `provenance` stands on every row, behind the columns."""
    writer = csv.DictWriter(out, [*columns, *provenance], lineterminator="\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: harmless(value) for name, value in {**row, **provenance}.items()})


def file_bytes(name: str, text: str) -> bytes:
    """Text as the bytes of a file: UTF-8, and for CSV with the mark at its start by which Excel knows the letters."""
    return text.encode("utf-8-sig" if name.lower().endswith(".csv") else "utf-8")


def csv_bytes(text: str) -> bytes:
    """CSV as the bytes of a file."""
    return file_bytes(".csv", text)


def table(
    rows: Iterable[Mapping[str, Any]],
    provenance: Mapping[str, str] | None = None,
    columns: Sequence[str] = (),
) -> Table:
    """Rows for a file alone, with what stands on each of them."""
    return Table("", "", {}, tuple(rows), columns=tuple(columns), provenance=provenance or {})


@dataclass(frozen=True)
class Section:
    """One section: sentences for people, tables for everybody, amounts that know what they are."""

    name: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    amounts: tuple[Amount, ...]
    basis: str
    lines: tuple[str, ...] = ()  # a row each, for a reader of plain text; the screen has the tables
    parts: Mapping[str, str] = field(default_factory=dict)  # pieces of the sentences that a title repeats
    said: Mapping[str, str] = field(default_factory=dict)  # words of amounts that are quoted, by id
    names_home: bool = False  # whether the first sentence names Pakistan, so that a title need not

    @property
    def data(self) -> dict[str, Any]:
        """The section as plain data."""
        return {
            "sentences": list(self.sentences),
            "basis": self.basis,
            "tables": {
                item.id: {
                    "title": item.title, "units": dict(item.units), "rows": [dict(row) for row in item.rows],
                }
                for item in self.tables
            },
            "amounts": [amount_row(amount) for amount in self.amounts],
        }  # fmt: skip

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The section as one number a row, with its unit."""
        rows: list[dict[str, Any]] = []
        for item in self.tables:
            for index, row in enumerate(item.rows):
                for column, value in row.items():
                    if isinstance(value, int | float) or (value is None and column != "note"):
                        unit = row.get("unit") or item.units.get(column, "")
                        label = row.get("label") or row.get("set") or ""
                        note = "; ".join(row[name] for name in ("cost_basis", "note") if row.get(name))
                        rows.append(
                            {"section": self.name, "table": item.id, "row": index, "label": label, "column": column,
                             "unit": unit, "value": value, "note": note}
                        )  # fmt: skip
        for amount in self.amounts:
            for column, value in amount.range.parts.items():
                rows.append(
                    {"section": self.name, "table": "amounts", "row": amount.id, "label": amount.label,
                     "column": column, "unit": amount.unit, "value": value,
                     "note": f"{amount.ledger}, {amount.basis}, {amount.period}"}
                )  # fmt: skip
        return rows

    @property
    def text(self) -> list[str]:
        """The lines of the section in plain text."""
        lines = [self.name.capitalize(), *(f"  {text}" for text in (*self.sentences, *self.lines))]
        for amount in self.amounts:
            words = amount.range.money(amount.unit)
            text = self.said.get(amount.id, f"{words.median:>12}{words.bracket()}")
            lines.append(f"  {amount.label:<66} {text}  [{amount.money}, {amount.period}]")
        return [*lines, f"  Basis: {self.basis}.", ""]


@dataclass(frozen=True)
class Result:
    """What a command prints: lines of text, plain data for JSON, or one table for CSV, each made when asked for."""

    lines: Callable[[], Iterable[str]]
    data: Callable[[], Any]
    table: Callable[[], Table]

    def in_form(self, form: str) -> str:
        """The result in one of the forms `text`, `json`, `csv`."""
        if form == "json":
            return json_text(self.data())
        return self.table().csv() if form == "csv" else "\n".join([*self.lines(), ""])


def json_text(data: Any) -> str:
    """Plain data as JSON; raises ValueError for a number that is not finite."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def amount_row(amount: Amount) -> dict[str, Any]:
    """An amount as plain data."""
    row = {name: getattr(amount, name) for name in AMOUNT_FIELDS}
    row["contains"] = list(amount.contains)
    return row


def provenance(data_version: str, before: Mapping[str, str] | None = None, **after: str) -> dict[str, str]:
    """What every row of a file repeats: the choices in `before`, the versions of model and data, and what follows."""
    return {**(before or {}), "model_version": MODEL_VERSION, "data_version": data_version, **after}


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
