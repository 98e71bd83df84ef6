"""The claims view as JSON, CSV and text; every file names its inputs with their sources, so it can be made again."""

from __future__ import annotations

from typing import Any

from model.catalogue.load import Catalogue
from model.catalogue.receipts import FiscalYear, Target
from model.claims.claims import Claims, shipped_values
from model.claims.sentences import claimed_words
from model.common.numbers import percent
from model.text.writer import AMOUNT_FIELDS, Result, Table, amount_row, provenance, table

# Columns of the CSV that amounts do not fill.
SOURCED = (
    "set_by", "shipped_low", "shipped", "shipped_high", "speaker", "status", "source", "publisher", "date", "url",
)  # fmt: skip
READER = "the reader"  # who moved a figure, in a column of the table


def input_rows(catalogue: Catalogue, result: Claims) -> list[dict[str, Any]]:
    """Every figure that the view rests on: value in use, value as shipped, who moved it, and where it is from."""
    as_shipped = shipped_values(catalogue)
    rows = []
    for key, value in result.values.items():
        given = as_shipped[key]
        rows.append(
            {
                "id": key, **_sourced(catalogue, key), **value.parts,
                "set_by": READER if value != given else "default",
                "shipped_low": given.low, "shipped": given.median, "shipped_high": given.high,
            }
        )  # fmt: skip
    return [*rows, *_receipts(catalogue)]


def _receipts(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The official receipts and targets behind the baselines and the shares; no reader can move them."""
    yearly = [row for row in catalogue.fiscal_years if row.preferred == "yes"]
    rows: list[tuple[FiscalYear | Target, str, str]]
    rows = [(row, f"IT export earnings {row.fiscal_year}", "per year") for row in yearly]
    rows += [
        (row, row.label, f"by {row.target_year}" if row.target_year else "year not stated")
        for row in catalogue.targets
        if row.official == "yes"
    ]
    return [
        {
            "id": row.id, "label": label, "unit": "M USD", "period": period, "set_by": "default",
            **dict.fromkeys(("low", "median", "high"), row.value_musd),
            "shipped_low": row.value_musd, "shipped": row.value_musd, "shipped_high": row.value_musd,
            "speaker": "", "status": row.status, "source": row.source_title, "publisher": row.publisher,
            "date": row.source_date, "url": row.url,
        }
        for row, label, period in rows
    ]  # fmt: skip


def _sourced(catalogue: Catalogue, key: str) -> dict[str, str]:
    """Label, unit, status and source of a seed figure or of a parameter."""
    seed = catalogue.seeds.get(key)
    if seed is not None:
        return {
            "label": seed.paraphrase, "unit": seed.unit, "period": seed.period, "speaker": seed.speaker,
            "status": seed.value_status or seed.status, "source": seed.article_title, "publisher": seed.publisher,
            "date": seed.date, "url": seed.url,
        }  # fmt: skip
    item = catalogue.parameters[key]
    sources = [catalogue.sources[name] for name in item.source.split(";") if name in catalogue.sources]
    return {
        "label": item.label, "unit": item.unit, "period": "", "speaker": "", "status": item.status,
        "source": "; ".join(source.title for source in sources), "date": item.source_date,
        "publisher": "; ".join(source.publisher for source in sources),
        "url": "; ".join(source.url for source in sources if source.url),
    }  # fmt: skip


def to_dict(catalogue: Catalogue, result: Claims) -> dict[str, Any]:
    return {
        **provenance(catalogue.data_version),
        "inputs": {key: {"low": v.low, "central": v.median, "high": v.high} for key, v in result.values.items()},
        "input_sources": input_rows(catalogue, result),
        "baseline": {"key": result.baseline.key, "label": result.baseline.label, "growth": result.baseline.growth},
        "baselines": {key: item.growth for key, item in result.baselines.items()},
        "amounts": [amount_row(amount) for amount in result.amounts],
        "paths_musd": {
            "years": result.years.tolist(),
            "undisturbed": result.undisturbed.tolist(),
            "disturbed": result.disturbed.tolist(),
            "shortfall": result.shortfall,
        },
        "cards": [
            {
                "seed": card.seed.id, "title": card.title, "speaker": card.seed.speaker, "date": card.seed.date,
                "article": card.seed.article_title, "publisher": card.seed.publisher, "url": card.seed.url,
                "paraphrase": card.seed.paraphrase, "implications": list(card.implications),
            }
            for card in result.cards
        ],
        "refusals": [item.sentence for item in result.refusals],
    }  # fmt: skip


def _table(catalogue: Catalogue, result: Claims) -> Table:
    """Amounts, inputs, baselines, paths and implications, told apart by `table`; versions and baseline on every row."""
    common = provenance(
        catalogue.data_version,
        baseline=result.baseline.key,
        baseline_growth_per_year=repr(result.baseline.growth),
    )
    rows: list[dict[str, Any]] = [
        {"table": "amount", **amount_row(amount), "contains": " ".join(amount.contains)}
        for amount in result.amounts
    ]
    rows += [{"table": "input", **row} for row in input_rows(catalogue, result)]
    rows += [
        {
            "table": "baseline", "id": item.key, "label": item.label, "unit": "per year", "median": item.growth,
            "source": item.basis,
        }
        for item in result.baselines.values()
    ]  # fmt: skip
    for name, path in (("undisturbed", result.undisturbed), ("disturbed", result.disturbed)):
        rows += [
            {"table": "path", "id": name, "unit": "M USD", "period": f"year {year:g}", "median": float(musd)}
            for year, musd in zip(result.years, path, strict=True)
        ]
    rows += [
        {
            "table": "implication",
            "id": card.seed.id,
            "label": text,
            "speaker": card.seed.speaker,
            "url": card.seed.url,
        }
        for card in result.cards
        for text in card.implications
    ]
    return table(rows, common, ("table", *AMOUNT_FIELDS, *SOURCED))


def result_of(catalogue: Catalogue, result: Claims) -> Result:
    """The view, ready to be written."""
    return Result(
        lambda: _lines(catalogue, result),
        lambda: to_dict(catalogue, result),
        lambda: _table(catalogue, result),
    )


def _lines(catalogue: Catalogue, result: Claims) -> list[str]:
    lines = ["These numbers come from newspaper articles. We only do the arithmetic.", ""]
    for amount in result.amounts:
        words = claimed_words(amount)
        lines.append(
            f"{amount.label:<66} {words.median:>9}{words.bracket()}  [{amount.money}, {amount.period}]"
        )
    lines.append("")
    for card in result.cards:
        lines.append(f"{card.title} [{card.seed.id}, {card.seed.speaker or card.seed.publisher}]")
        lines += [f"  {text}." for text in card.implications]
    lines += ["", f"Growth of exports: {result.baseline.label}, {percent(result.baseline.growth, 3)} a year."]
    lines += [f"Not added: {item.sentence}" for item in result.refusals]
    moved = [row for row in input_rows(catalogue, result) if row["set_by"] == READER]
    lines += [
        f"Set: {row['id']} = {row['median']:g} {row['unit']} (default: {row['shipped']:g})" for row in moved
    ]
    return lines
