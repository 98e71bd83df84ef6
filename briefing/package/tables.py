"""The tables behind the charts, with units in the column names and provenance on every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.content import Content
from model.common.numbers import scale_of, scaled_unit
from model.text import report, writer


@dataclass(frozen=True)
class ChartTable:
    """One chart's numbers: what it is called, its columns, and its rows.

    `provenance` has an entry for each row where rows come from different scenarios; else the briefing's stands
    on all of them.
    """

    name: str
    title: str
    rows: tuple[dict[str, Any], ...]
    provenance: tuple[Mapping[str, str], ...] = ()

    def csv(self, content: Content) -> str:
        common = report.provenance_of(content.result)
        each = self.provenance or (common,) * len(self.rows)
        columns = [*(self.rows[0] if self.rows else {}), *common, "date"]
        rows = ({**row, **own, "date": content.day} for row, own in zip(self.rows, each, strict=True))
        return writer.table(rows, columns=columns).csv()


def tables_of(content: Content) -> tuple[ChartTable, ...]:
    """Every chart of a briefing as a table, money in millions."""
    unit, scale = scaled_unit(content.unit), scale_of(content.unit)
    lines = {"touched-to-lost": ("From touched to lost", content.chain),
             "sectors": ("Who bears it: sectors", content.sectors),
             "user-classes": ("Who bears it: user classes", content.classes)}  # fmt: skip
    tables = [
        ChartTable(name, title, tuple(
            {"id": line.id, "label": line.label, "basis": line.basis,
             **_ends(content.unit, line.low, line.median, line.high)}
            for line in rows
        ))
        for name, (title, rows) in lines.items()
    ]  # fmt: skip
    result = content.result
    curve_rows = []
    for index, hours in enumerate(result.durations):
        for name, curve in result.curves.items():
            ends = (float(part[index]) for part in (curve.low, curve.median, curve.high))
            curve_rows.append({"amount": name, "days": float(hours) / 24, **_ends(content.unit, *ends)})
    tables.append(ChartTable("duration", "Cost against duration", tuple(curve_rows)))
    drivers = tuple(
        {"key": row.key, "label": row.label, "input_low": row.input_low, "input_high": row.input_high,
         "input_unit": row.unit, f"net_at_low [{unit}]": row.at_low / scale,
         f"net_at_high [{unit}]": row.at_high / scale, f"net_at_medians [{unit}]": row.centre / scale}
        for row in content.tornado
    )  # fmt: skip
    tables.append(ChartTable("uncertainty", "What drives the uncertainty", drivers))
    methods = tuple(
        {"method": row.label, f"result [{unit}]": None if row.cost is None else row.cost / scale, "basis": row.basis,
         "status": row.status, "refusal": row.refusal}
        for row in content.methods
    )  # fmt: skip
    tables.append(ChartTable("other-methods", "Other published methods", methods))
    if content.compared:
        rows = tuple({"name": row.label, **_ends(row.unit, *row.amount)} for row in content.compared)
        own = tuple(row.provenance for row in content.compared)
        tables.append(ChartTable("scenarios", "Scenarios side by side", rows, own))
    return tuple(tables)


def _ends(unit: str, low: float | None, median: float | None, high: float | None) -> dict[str, float | None]:
    """Low, median and high, divided as every table is."""
    parts, scale, named = {"low": low, "median": median, "high": high}, scale_of(unit), scaled_unit(unit)
    return {f"{name} [{named}]": None if part is None else part / scale for name, part in parts.items()}
