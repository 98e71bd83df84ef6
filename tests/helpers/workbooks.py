"""What the tests of the workbook share: scenarios, its cells, and the model's own values for them."""

from __future__ import annotations

from typing import Any

from helpers.briefing_content import FEW, content_for
from model.catalogue.load import Catalogue
from model.scenario.scenario import Scenario

NEAR = 1e-3  # 0.1%, as the sheet promises; in fact it agrees to about 1e-12


BASE = Scenario(draws=FEW)


NIGHT = Scenario(hours=30.0, start="2026-01-09T22:30", spells=2, gap_days=3.0, draws=FEW)


def expected(catalogue: Catalogue, scenario: Scenario) -> dict[str, float]:
    """The model's central path, in millions of the scenario's money or as a share of GDP."""
    content = content_for(catalogue, scenario)
    flow, scale = content.central, content.result.money.per_usd / content.result.money.scale
    found = {
        "answer_gross": flow.gross, "answer_caught_up": flow.caught_up, "answer_overtime": flow.overtime,
        "answer_net_direct": flow.net, "answer_lagged_receipts": flow.lagged, "answer_coping": flow.coping,
    }  # fmt: skip
    return {name: cube.item() * scale for name, cube in found.items()}


def cell(book: Any, name: str) -> Any:
    sheet, address = book.defined_names[name].attr_text.split("!")
    return book[sheet.strip("'")][address.replace("$", "")]
