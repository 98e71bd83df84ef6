"""What the tests of the workbook share: scenarios, its cells, and the model's own values for them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import load_workbook

from briefing.common.content import central_path
from helpers.files.content import FEW
from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

NEAR = 1e-3  # 0.1%, as the sheet promises; in fact it agrees to about 1e-12
NUMBER = "\x01"  # a sign that no text has
# What `office.TABLES` asks for has numbers in quotes, and a text that looks like one without.
QUOTED = re.compile(r'(?<![^,\n])"(-?[\d.]+(?:E[+-]?\d+)?)"(?![^,\n])')
BASE = Scenario(draws=FEW)
NIGHT = Scenario(hours=30.0, start="2026-01-09T22:30", spells=2, gap_days=3.0, draws=FEW)


@cache
def expected(catalogue: Catalogue, scenario: Scenario) -> dict[str, float]:
    """The model's central path, in millions of the scenario's money or as a share of GDP."""
    result = estimate(catalogue, scenario)
    flow, scale = central_path(result), result.money.per_usd / result.money.scale
    cubes = {
        "answer_gross": flow.gross, "answer_caught_up": flow.caught_up, "answer_overtime": flow.overtime,
        "answer_net_direct": flow.net, "answer_lagged_receipts": flow.lagged, "answer_coping": flow.coping,
    }  # fmt: skip
    return {name: cube.item() * scale for name, cube in cubes.items()}


@dataclass(frozen=True)
class Shown:
    """What a program shows that computes nothing: the values of every cell. openpyxl takes 20 times as long."""

    sheets: dict[str, list[tuple[Any, ...]]]
    names: dict[str, str]

    def at(self, sheet: str, address: str) -> Any:
        row, column = coordinate_to_tuple(address)
        return self.sheets[sheet][row - 1][column - 1]

    def named(self, name: str) -> Any:
        sheet, address = self.names[name].split("!")
        return self.at(sheet.strip("'"), address.replace("$", ""))


def shown_by(data: bytes) -> Shown:
    book = load_workbook(io.BytesIO(data))
    rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        part = packed.read("xl/workbook.xml").decode()
    return Shown(
        {name: [tuple(None if one == "" else one for one in row) for row in table] for name, table in rows.items()},
        dict(re.findall(r'<definedName [^>]*\bname="([^"]+)"[^>]*>([^<]+)<', part)),
    )  # fmt: skip


def computed(made: Shown, folder: Path, stem: str) -> Shown:
    """A workbook as LibreOffice wrote its sheets: every number in quotes, and no text that looks like one."""
    sheets = {}
    for name in made.sheets:
        table = (folder / f"{stem}-{name}.csv").read_text(encoding="utf-8")
        rows = csv.reader(io.StringIO(QUOTED.sub(rf"{NUMBER}\1", table), newline=""))
        sheets[name] = [tuple(map(_cell, row)) for row in rows]
    return Shown(sheets, made.names)


def _cell(text: str) -> float | str | None:
    return float(text[1:]) if text.startswith(NUMBER) else text or None


def typed_over(made: bytes, cells: dict[str, float | str]) -> bytes:
    """The file with other values in cells that have these names, as if somebody had typed and saved them."""
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    book = parts["xl/workbook.xml"].decode()
    sheets = re.findall(r'<sheet name="([^"]+)"', book)
    for name, value in cells.items():
        place = re.search(rf'<definedName name="{name}">([^<]+)<', book)
        assert place is not None, name
        sheet, address = place[1].replace("$", "").split("!")
        part = f"xl/worksheets/sheet{sheets.index(sheet.strip(chr(39))) + 1}.xml"
        inside = (
            (' t="inlineStr"', f"<is><t>{value}</t></is>")
            if isinstance(value, str)
            else ("", f"<v>{value!r}</v>")
        )
        new = rf'<c r="{address}"\g<style>{inside[0]}>{inside[1]}</c>'
        pattern = rf'<c r="{address}"(?P<style> s="\d+")(?: t="s")?><v>[^<]*</v></c>'
        text, count = re.subn(pattern, new, parts[part].decode())
        assert count == 1, name
        parts[part] = text.encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return target.getvalue()


def widths_of(sheet: Any) -> list[float]:
    """The width of every column in characters; openpyxl keeps one entry for neighbours that are alike."""
    return [
        item.width for _, item in sorted(sheet.column_dimensions.items(), key=lambda pair: pair[1].min)
        for _ in range(item.min, item.max + 1)
    ]  # fmt: skip
