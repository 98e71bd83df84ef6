"""The industry as a whole gives the same numbers on screen, in the charts, in their files and on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go
import pytest
from helpers.single_pages import hold, moved_values, pakistan_app
from streamlit.testing.v1 import AppTest

from model.__main__ import main
from model.catalogue.parameters import Override
from views.pages.pakistan import controls as controls
from views.parts import blocks

MOVED: dict[str, Override] = {
    "industry.receipts_musd": 3000.0, "industry.own_target_musd": 7500.0, "industry.vpn_block_days": 90.0,
    "freelance.inside": 0.0, "talent.professionals": 350_000.0,
}  # fmt: skip
# Section on the command line, and the table behind each chart.
PARTS = {
    "Exports": ("exports", {"path": "path", "gap": "path", "growth": "targets"}),
    "VPN block": ("vpn", {"away": "away", "block": "block"}),
    "Freelancers": ("freelancers", {"freelancers": "freelancers"}),
    "Talent": ("talent", {"people": "people", "goals": "goals"}),
    "Recurring": ("recurring", {"calendar": "calendar", "years": "years"}),
}
Cell = tuple[str, str, str, str]


@dataclass(frozen=True)
class Chart:
    """What one chart of the page shows: its file, and the figure itself."""

    rows: list[dict[str, str]]
    build: Callable[[str], go.Figure]


def targets(page: AppTest) -> list[str]:
    return [text.replace("\\", "") for text in page.table[0].value["Target"]]


def printed(capsys: pytest.CaptureFixture[str], form: str) -> str:
    moved = [part for key, value in MOVED.items() for part in ("--set", f"{key}={value}")]
    assert main(["exports", "--baseline", "claimed", *moved, "--format", form]) == 0
    return capsys.readouterr().out


def shown(monkeypatch: pytest.MonkeyPatch, section: str) -> tuple[str, dict[str, Chart]]:
    """Text of the page and its charts by name."""
    made: dict[str, Chart] = {}

    def keep(
        name: str, _caption: object, table: blocks.ChartTable, build: Callable[[str], go.Figure], _file: str
    ) -> None:
        made[name.removeprefix("industry_")] = Chart(list(csv.DictReader(io.StringIO(table.csv()))), build)

    monkeypatch.setattr(blocks, "chart_block", keep)
    page = AppTest.from_function(pakistan_app, default_timeout=90)
    hold(page, controls.STORE, section=section, baseline="claimed", **MOVED)
    page.session_state["x_block_more"] = page.session_state["x_growth_more"] = True
    page.run()
    assert not page.exception and not page.error
    text = "\n".join(str(item.value) for kind in (page.markdown, page.caption) for item in kind)
    return text.replace("\\", ""), made


@pytest.mark.parametrize("section", list(PARTS))
def test_the_same_numbers_everywhere(
    section: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, charts = PARTS[section]
    lines = csv.DictReader(io.StringIO(printed(capsys, "csv")))
    cells: dict[Cell, str] = {
        (row["section"], row["table"], row["row"], row["column"]): row["value"] for row in lines
    }
    data = json.loads(printed(capsys, "json"))["sections"][name]
    plain = printed(capsys, "text")
    text, made = shown(monkeypatch, section)
    for sentence in data["sentences"]:
        assert sentence in plain and sentence in text
    for chart, table in charts.items():
        rows = data["tables"][table]["rows"]
        assert len(made[chart].rows) == len(rows) > 0
        seen = 0
        for index, (row, line) in enumerate(zip(rows, made[chart].rows, strict=True)):
            file = {column.split(" [")[0]: value for column, value in line.items()}
            for column, value in row.items():
                if isinstance(value, float):
                    assert float(cells[name, table, str(index), column]) == value
                    assert float(file[column]) == value, (chart, index, column)
                    seen += 1
        assert seen > 0


def test_the_lines_are_those_of_the_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = json.loads(printed(capsys, "json"))["sections"]["exports"]["tables"]["path"]["rows"]
    _, made = shown(monkeypatch, "Exports")
    drawn = {trace.name: trace for trace in made["path"].build("screen").data if trace.mode == "lines"}
    for label, column in (
        ("Undisturbed", "undisturbed"), ("Disturbed", "median"), ("VPN block, clients lost", "clients"),
    ):  # fmt: skip
        assert [float(y) * 1000 for y in drawn[label].y] == pytest.approx([row[column] for row in rows])
    assert rows[5]["undisturbed"] == pytest.approx(3000 * 1.3**5)
    assert rows[1]["clients"] < rows[1]["undisturbed"]


def test_a_typed_target_is_a_row_and_can_be_taken_back() -> None:
    page = AppTest.from_function(pakistan_app, default_timeout=90)
    hold(page, controls.STORE, section="Talent")
    page.run()
    assert "$7.5bn" not in targets(page)
    page.text_input(key="i_industry.own_target_musd").set_value("7500").run()
    assert targets(page) == ["$5bn", "$7.5bn", "$10bn", "$15bn", "$25bn"]
    page.text_input(key="i_industry.own_target_musd").set_value("0").run()
    assert targets(page) == ["$5bn", "$10bn", "$15bn", "$25bn"]
    assert not page.exception and moved_values(page, controls.STORE) == {"section": "Talent"}


def test_the_page_says_what_it_takes_from_my_scenario() -> None:
    page = AppTest.from_function(pakistan_app, default_timeout=90)
    for calendar, expected in (("scenario", True), ("own", False)):
        hold(page, controls.STORE, section="Exports", calendar=calendar)
        page.run()
        assert any("Not used: start time" in str(item.value) for item in page.caption) == expected
        assert not page.exception
