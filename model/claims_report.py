"""The claims view as JSON, CSV and text."""

from __future__ import annotations

import json
from typing import Any

from model import MODEL_VERSION
from model.catalogue import Catalogue
from model.claims import Claims
from model.formatting import money, percent
from model.report import AMOUNT_FIELDS, amount_row, csv_text


def to_dict(catalogue: Catalogue, result: Claims) -> dict[str, Any]:
    return {
        "model_version": MODEL_VERSION,
        "data_version": catalogue.data_version,
        "inputs": {key: {"low": v.low, "central": v.central, "high": v.high} for key, v in result.values.items()},
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
                "article": card.seed.article_title, "publisher": card.seed.publisher,
                "paraphrase": card.seed.paraphrase, "implications": list(card.implications),
            }
            for card in result.cards
        ],
        "refusals": [item.sentence for item in result.refusals],
    }  # fmt: skip


def render(catalogue: Catalogue, result: Claims, form: str) -> str:
    """The view in one of the forms `text`, `json`, `csv`."""
    if form == "json":
        return json.dumps(to_dict(catalogue, result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    versions = {"model_version": MODEL_VERSION, "data_version": catalogue.data_version}
    versions["baseline"] = result.baseline.label
    if form == "csv":
        rows = [{**amount_row(a), "contains": " ".join(a.contains), **versions} for a in result.amounts]
        return csv_text([*AMOUNT_FIELDS, *versions], rows)
    lines = ["The articles' figures as claimed: computed, not repaired.", ""]
    for amount in result.amounts:
        central = money(amount.median, "USD", 3)
        spread = (
            ""
            if amount.low == amount.high
            else f"  ({money(amount.low, 'USD', 3)} to {money(amount.high, 'USD', 3)})"
        )
        lines.append(f"{amount.label:<66} {central:>9}{spread}  [{amount.ledger}, {amount.period}]")
    lines.append("")
    for card in result.cards:
        lines.append(f"{card.title} [{card.seed.id}, {card.seed.speaker or card.seed.publisher}]")
        lines += [f"  {text}." for text in card.implications]
    lines += ["", f"Baseline: {result.baseline.label}, {percent(result.baseline.growth, 3)} a year."]
    lines += [f"Not added: {item.sentence}" for item in result.refusals]
    return "\n".join(lines) + "\n"
