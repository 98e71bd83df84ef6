"""A result as JSON, CSV and text: the same numbers as the screen, in full precision."""

from __future__ import annotations

from typing import Any

from model.common.ledger import Amount
from model.common.numbers import money, significant
from model.common.ranges import Range
from model.estimation.analysis import LeverResult
from model.estimation.estimate import Estimate
from model.estimation.guards import guards
from model.estimation.inputs import EXPORT_RECEIPTS
from model.estimation.standing import standing
from model.scenario.file import as_dict
from model.scenario.link import link_text, to_query
from model.text import sentence, writer
from model.text.writer import AMOUNT_FIELDS, Result, Table, amount_row, table

OURSELVES = "the project"  # no reader knows who that is: what is ours is an assumption
CLASS_ROW, SECTOR_ROW = "net_direct.class.", "net_direct."


def result_of(result: Estimate, texts: sentence.Texts | None = None) -> Result:
    """An estimate, ready to be written; `texts` in another language go before it."""
    if texts is None:
        return Result(lambda: _lines(result), lambda: to_dict(result), lambda: _table(result))
    own = texts.language
    more = {"language": own.tag, "direction": own.direction, **texts.parts, "note": texts.note}
    said = [texts.press, *([texts.note] if texts.note else []), ""]
    return Result(
        lambda: [*said, *_lines(result)], lambda: {**to_dict(result), "texts": more}, lambda: _table(result)
    )


def to_dict(result: Estimate) -> dict[str, Any]:
    """The result as plain data; money in the unit that each amount names, durations in days."""
    curve, on = result.curves["net_direct"], standing(result)
    return {
        "scenario": as_dict(result.scenario),
        "headline": sentence.headline(result),
        "guards": [{"key": guard.key, "sentence": guard.sentence} for guard in guards(result)],
        "standing": {
            "sentence": sentence.assumptions_text(result), "inputs": on.inputs,
            "assumptions": len(on.assumptions), "reader": len(on.reader), "ranges": sentence.range_text(),
        },
        "model_version": result.model_version,
        "data_version": result.data_version,
        "currency": {"unit": result.money.unit, "per_usd": result.money.per_usd, "note": result.money.note},
        "inputs": {
            "gdp_usd": result.economy.gdp,
            "gdp_year": result.economy.gdp_year,
            "gva_usd": result.economy.gva,
            "it_export_receipts_usd": result.economy.receipts,
            "it_export_receipts_measured": result.economy.receipts_measured,
        },
        "warnings": list(result.warnings),
        "amounts": [amount_row(amount) for amount in result.amounts],
        "curve": {
            "days": [float(value) / 24 for value in result.durations],
            "low": [float(value) for value in curve.low],
            "median": [float(value) for value in curve.median],
            "high": [float(value) for value in curve.high],
        },
        "assumptions": assumption_rows(result),
        "levers": [
            {
                "lever": lever.key, "label": lever.label, "unit": result.money.unit,
                "avoided": lever.avoided.parts,
                "cost_per_year": lever.cost_per_year,
                "ratio": None if lever.ratio is None else lever.ratio.parts,
                "break_even_days": lever.break_even_days,
            }
            for lever in result.levers
        ],
    }  # fmt: skip


def assumption_rows(result: Estimate) -> list[dict[str, Any]]:
    """Every parameter as it was used: low, most likely and high, None where it has no value."""
    rows = []
    for key, parameter in result.catalogue.parameters.items():
        used = result.table[key]
        rows.append(
            {
                "key": key, "label": parameter.label, "unit": parameter.unit,
                "low": used.low if used else None, "mode": used.mode if used else None,
                "high": used.high if used else None, "distribution": used.shape if used else None,
                "status": "reader" if key in result.scenario.assumptions else parameter.status,
                "source": "" if key in result.scenario.assumptions else parameter.source,
            }
        )  # fmt: skip
    return rows


def provenance_of(result: Estimate) -> dict[str, str]:
    """What every row of an exported table repeats: scenario, versions, sources, warnings."""
    scenario = {"scenario": link_text(to_query(result.scenario)), "country": result.economy.country.name}
    return writer.provenance(
        result.data_version,
        scenario,
        seed=str(result.scenario.seed),
        draws=str(result.scenario.draws),
        currency=result.money.note or "US dollars",
        sources=sources_text(result),
        standing=f"{sentence.assumptions_text(result)}. {sentence.range_text()}.",
        warnings=" ".join([*(guard.sentence for guard in guards(result)), *result.warnings]),
    )


def sources_text(result: Estimate) -> str:
    """The sources behind the economy's figures, with their years; parameters are on the sources page."""
    return "; ".join(f"{what}: {who}" for what, who in source_parts(result))


def source_parts(result: Estimate) -> list[tuple[str, str]]:
    """What stands behind a result, and whose it is: GDP, sector shares, IT export receipts."""
    economy, shares = result.economy, result.catalogue.shares[result.economy.country.iso3]
    receipts = economy.figures.get("it_export_receipts")
    parts = [
        (f"GDP {economy.figures['gdp'].when}", _titled(result, economy.figures["gdp"].source)),
        (f"sector shares {shares.year}", _titled(result, shares.source)),
    ]
    if EXPORT_RECEIPTS in result.scenario.assumptions:
        return [*parts, ("IT export earnings", "typed by the reader")]
    if receipts and economy.receipts_measured:
        return [*parts, (f"IT export earnings {receipts.when}", _titled(result, receipts.source))]
    return [*parts, ("IT export earnings", "assumption")]


def _titled(result: Estimate, identifiers: str) -> str:
    titles = [
        result.catalogue.sources[name].publisher or result.catalogue.sources[name].title
        for name in identifiers.split(";")
        if name in result.catalogue.sources
    ]
    named = [title for title in dict.fromkeys(titles) if title != OURSELVES]
    return ", ".join(named) or ("stated assumption" if titles else identifiers)


def _table(result: Estimate) -> Table:
    """A row per amount, per duration of the curve and per assumption, with unit, scenario, versions and sources."""
    columns = ("table", *AMOUNT_FIELDS, "days", "status", "distribution", "source")
    rows: list[dict[str, Any]] = [
        {"table": "amount", **amount_row(a), "contains": " ".join(a.contains)} for a in result.amounts
    ]
    curve, net = result.curves["net_direct"], result.amount("net_direct")
    for hours, low, median, high, mean in zip(
        result.durations, *curve, result.means["net_direct"], strict=True
    ):
        rows.append(
            {
                "table": "curve", "id": net.id, "label": net.label, "ledger": net.ledger, "basis": net.basis,
                "period": f"{result.scenario.spells} x {float(hours):g} hours", "unit": net.unit, "contains": "",
                "median": float(median), "low": float(low), "high": float(high), "mean": float(mean),
                "days": float(hours) / 24,
            }
        )  # fmt: skip
    for used in assumption_rows(result):
        rows.append(
            {
                "table": "assumption", "id": used["key"], "label": used["label"], "ledger": "",
                "basis": "", "period": "", "unit": used["unit"], "contains": "", "status": used["status"],
                "distribution": used["distribution"] or "no value", "source": used["source"],
                "median": used["mode"], "low": used["low"], "high": used["high"], "mean": None,
            }
        )  # fmt: skip
    return table(rows, provenance_of(result), columns)


def _spread(amount: Range[float | None], unit: str) -> str:
    words = amount.money(unit)
    return f"{words.median:>18}{words.bracket()}"


def _worth(result: Estimate, lever: LeverResult) -> str:
    """Cost, benefit over cost and break-even of a measure, as far as a cost is known."""
    if lever.avoided.median < 0:
        return "[adds to this loss]"
    if lever.cost_per_year is None:
        return "[no sourced cost]"
    cost = f"cost {money(lever.cost_per_year, result.money.unit)} a year"
    if lever.ratio is None:
        return f"[{cost}]"
    paid = "would not pay for itself even in two years of it"
    if lever.break_even_days is not None:
        each = f" each, in {result.scenario.spells} outages" if result.scenario.spells > 1 else ""
        paid = f"pays for itself once it lasts {significant(lever.break_even_days)} days{each}"
    return f"[{cost}; benefit over cost {lever.ratio.each(significant).full}; {paid}]"


def _lines(result: Estimate) -> list[str]:
    """The result for a terminal."""
    groups = {CLASS_ROW: "By type of user", SECTOR_ROW: "By industry", "": ""}
    parts: dict[str, list[Amount]] = {}
    for amount in result.amounts:
        parts.setdefault(next(start for start in groups if amount.id.startswith(start)), []).append(amount)
    lines = [sentence.headline(result), ""]
    for amount in parts[""]:
        lines.append(
            f"{amount.label:<45} {_spread(amount.range, amount.unit)}  [{amount.money}, {amount.period}]"
        )
    for start in (SECTOR_ROW, CLASS_ROW):
        lines += ["", f"{groups[start]}, direct loss"]
        for amount in sorted(parts[start], key=lambda item: -(item.median or 0.0)):
            lines.append(f"{amount.part:<45} {_spread(amount.range, amount.unit)}")
    if result.levers:
        lines += ["", "What the measures save"]
    for lever in result.levers:
        lines.append(
            f"{lever.label:<45} {_spread(lever.avoided, result.money.unit)}  {_worth(result, lever)}"
        )
    lines += ["", f"Amounts in {sentence.money_text(result)}; {sentence.stamp(result)}."]
    lines += [f"{sentence.range_text()}. {sentence.assumptions_text(result)}."]
    lines += [f"Warning: {text}" for text in result.warnings]
    return lines
