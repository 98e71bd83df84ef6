"""The tables behind the charts: plain column names, the unit in a column of its own, the scenario on every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.common.content import Content, Line
from model.common.ledger import LABELS
from model.text import report, writer

SAID = (
    "scenario",
    "model_version",
    "data_version",
)  # on every row; the rest stands once, in datapackage.json


@dataclass(frozen=True)
class PackagedTable:
    """One chart's numbers: what it is called and its rows.

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
        rows = [
            {**row, **{name: own[name] for name in SAID}, "date": content.day}
            for row, own in zip(self.rows, each, strict=True)
        ]
        return writer.table(rows).csv()


def tables_of(content: Content) -> tuple[PackagedTable, ...]:
    """Every chart of a briefing as a table, money in whole units; a table without rows is left out."""
    tables = (
        PackagedTable(
            "loss-steps", "From activity disrupted to the direct loss", _amounts(content, content.chain)
        ),
        PackagedTable("by-industry", "Who loses: by industry", _amounts(content, content.sectors)),
        PackagedTable("by-user-type", "Who loses: by type of user", _amounts(content, content.classes)),
        PackagedTable("length", "The longer it lasts, the more it costs", _curves(content)),
        PackagedTable("assumptions", "Which assumptions matter most", _drivers(content)),
        PackagedTable("other-estimators", "What other estimators would say", _methods(content)),
        PackagedTable("measures", "What each measure saves", _measures(content)),
        _scenarios(content),
    )
    return tuple(table for table in tables if table.rows)


def _amounts(content: Content, lines: tuple[Line, ...]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"id": line.id, "label": line.label, "basis": line.basis, "unit": content.unit, **line.range.parts}
        for line in lines
    )  # fmt: skip


def _curves(content: Content) -> tuple[dict[str, Any], ...]:
    result, rows = content.result, []
    for name, curve in result.curves.items():
        for hours, low, median, high in zip(result.durations, *curve, strict=True):
            rows.append(
                {"id": name, "label": LABELS[name], "days": float(hours) / 24, "unit": content.unit,
                 "low": float(low), "median": float(median), "high": float(high)}
            )  # fmt: skip
    return tuple(rows)


def _drivers(content: Content) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"id": row.key, "label": row.label, "input_low": row.input_low, "input_high": row.input_high,
         "input_unit": row.unit, "unit": content.unit, "loss_at_low": row.at_low, "loss_at_high": row.at_high,
         "loss_at_medians": row.centre}
        for row in content.tornado
    )  # fmt: skip


def _methods(content: Content) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"method": row.label, "unit": content.unit, "result": row.cost, "basis": row.basis, "status": row.status,
         "refusal": row.refusal}
        for row in content.methods
    )  # fmt: skip


def _measures(content: Content) -> tuple[dict[str, Any], ...]:
    rows = []
    for row in content.result.levers:
        ratio = dict.fromkeys(("low", "median", "high")) if row.ratio is None else row.ratio.parts
        rows.append(
            {"id": row.key, "label": row.label, "unit": content.unit, **row.avoided.parts,
             "cost_per_year": row.cost_per_year, **{f"benefit_over_cost_{name}": ratio[name] for name in ratio},
             "break_even_days": row.break_even_days}
        )  # fmt: skip
    return tuple(rows)


def _scenarios(content: Content) -> PackagedTable:
    rows = tuple(
        {"name": row.label, "country": row.provenance["country"], "unit": row.unit, **row.amount.parts,
         **{f"difference_{name}": part if number else None for name, part in row.differs.parts.items()},
         "warnings": row.provenance["warnings"]}
        for number, row in enumerate(content.compared)
    )  # fmt: skip
    own = tuple(row.provenance for row in content.compared)
    return PackagedTable("scenarios", "Scenarios side by side", rows, own)
