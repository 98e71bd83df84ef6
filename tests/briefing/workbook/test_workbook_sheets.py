"""What stands in the file, read by openpyxl and as XML: limits of every yellow cell, paper, links, words, structure."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from helpers.files.content import FEW, content_for
from helpers.files.open_xml import faults
from helpers.files.workbooks import BASE, Shown, shown_by, widths_of
from lxml import etree

from briefing.common.content import Content
from briefing.common.measures import finding, measures
from briefing.workbook import book as workbook
from briefing.workbook.live.inputs import COUNT, DAYS, DOUBT, GAP, INCOME, MUSD, PERSONS, RATE, SHARE
from model.catalogue.load import Catalogue
from model.common.numbers import MILLION
from model.scenario.scenario import Scenario

YELLOW = "FFFFF4CC"
MEASURES = {f"lever.{name}.coverage": 0.3 for name in ("second_link", "work_from_home")}
ADDRESS = "https://nettoll.example.org"
OWN_LIMITS = {"duration_days": DAYS, "spells": COUNT, "gap_days": GAP, "export_place": SHARE, "money_rate": RATE,
              "structure_multiplier": DOUBT, "workers": PERSONS, "gva_musd": MUSD, "it_row_share": SHARE,
              "income": INCOME}  # fmt: skip
# Words of the model's workshop, which no reader of the file should have to learn.
PRIVATE = re.compile(
    r"\b(spells?|draws?|gross|net|caught up|catching up|severity|receipts|ledger|pinned|lagged)\b", re.I
)
WORKSHOP = ("Key", "Sources")  # columns and sheets that hold names and titles of others


@pytest.fixture(scope="module")
def content(catalogue: Catalogue) -> Content:
    """Measures on, and two scenarios beside it: every sheet there is."""
    made = Scenario(hours=72.0, start="2026-01-09T22:30", draws=FEW, assumptions=MEASURES)
    others = (made.with_changes(hours=24.0), Scenario(country="KEN", kind="slowdown", draws=FEW))
    return content_for(catalogue, made, others=others, address=ADDRESS)


@pytest.fixture(scope="module")
def made(content: Content) -> bytes:
    return workbook.make(content)


@pytest.fixture(scope="module")
def book(made: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made))


@pytest.fixture(scope="module")
def shown(made: bytes) -> Shown:
    return shown_by(made)


def test_every_yellow_cell_takes_what_the_catalogue_allows_and_says_so(
    catalogue: Catalogue, book: Any
) -> None:
    names = {item.attr_text.replace("$", ""): name for name, item in book.defined_names.items()}
    limits = {f"p_{key.replace('.', '_')}": (row.min, row.max) for key, row in catalogue.parameters.items()}
    limits |= {
        "export_receipts": limits["p_exports_receipts_musd"],
        "start_hour": (0, 168),
        "money_typed": (1, 20),
    }
    limits |= OWN_LIMITS
    count = 0
    for sheet in book:
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        for row in sheet.iter_rows():
            for item in row:
                if item.fill.fgColor.rgb != YELLOW:
                    assert item.coordinate not in rules and item.protection.locked
                    continue
                count += 1
                name, rule = names[f"'{sheet.title}'!{item.coordinate}"], rules[item.coordinate]
                low, high = limits.get(name) or ((0, 365) if name.endswith("_patience") else SHARE)
                kind = {"spells": "whole", "money_typed": "textLength"}.get(name, "decimal")
                assert (rule.type or "decimal", float(rule.formula1), float(rule.formula2)) == (
                    kind,
                    low,
                    high,
                ), name
                assert rule.errorTitle and f"{low:,.10g}" in rule.error and f"{high:,.10g}" in rule.error, (
                    name
                )
                assert not item.protection.locked and rule.showErrorMessage
    assert count > 250


def test_every_sheet_is_protected_without_a_password(book: Any) -> None:
    for sheet in book:
        assert sheet.protection.sheet and not sheet.protection.password, sheet.title


def test_every_sheet_is_made_for_a4_with_head_foot_and_repeated_heads(book: Any) -> None:
    for sheet in book:
        setup = sheet.page_setup
        assert setup.paperSize == 9 and sheet.print_area, sheet.title
        assert "Page &P of &N" in sheet.oddFooter.right.text or "Page" in sheet.oddFooter.right.text
        assert sheet.oddHeader.left.text and "NetToll" in sheet.oddFooter.left.text
        last = openpyxl.utils.cell.coordinate_from_string(sheet.print_area.split(":")[1].replace("$", ""))[0]
        used = sum(widths_of(sheet)[: openpyxl.utils.column_index_from_string(last)]) * 7
        paper = (8.27 if setup.orientation == "portrait" else 11.69) - 0.8
        if sheet.page_setup.fitToHeight is not None and sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert 11 * min(1.0, paper * 96 / used) >= 7.9, (
                f"{sheet.title}: letters of {11 * paper * 96 / used:.1f}"
            )
        else:
            assert setup.scale is None or 11 * setup.scale / 100 >= 7.9
        if sheet.max_row > 60 and sheet.title not in (
            "Notes",
            "Contents",
            "Answer",
            "Chart data",
            "Hours of the week",
        ):
            assert sheet.print_title_rows, sheet.title


def test_wrapped_texts_have_rows_that_hold_them(book: Any, shown: Shown) -> None:
    widths = {sheet.title: widths_of(sheet) for sheet in book}
    merged = {
        sheet.title: {str(area).split(":")[0]: area for area in sheet.merged_cells.ranges} for sheet in book
    }
    for sheet in book:
        for row, values in zip(sheet.iter_rows(), shown.sheets[sheet.title], strict=True):
            for item, value in zip(row, values, strict=True):
                if not isinstance(value, str) or not item.alignment.wrap_text:
                    continue
                area = merged[sheet.title].get(item.coordinate)
                first, last = (area.min_col, area.max_col) if area else (item.column, item.column)
                room = sum(widths[sheet.title][first - 1 : last])
                lines = max(1.0, len(value) * (item.font.size / 11) / (room * 1.25))
                height = sheet.row_dimensions[item.row].height or 15
                assert height >= int(lines) * item.font.size * 1.2, f"{sheet.title} {item.coordinate}"


def test_the_first_sheet_leads_to_every_other(book: Any, content: Content) -> None:
    first = book.worksheets[0]
    assert first.title == "Contents" and first["A1"].value.startswith("NetToll")
    assert all(sheet["A1"].value for sheet in book)
    links = {item.hyperlink.location for row in first.iter_rows() for item in row if item.hyperlink}
    assert {f"'{sheet.title}'!A1" for sheet in book.worksheets[1:]} <= links
    text = " ".join(str(item) for row in first.iter_rows(values_only=True) for item in row if item)
    for wanted in (
        "yellow",
        "Unprotect",
        "every input at its median",
        "Pakistan",
        "Full blackout",
        content.link,
    ):
        assert wanted.lower() in text.lower()


def test_sources_and_scenarios_have_links(book: Any, content: Content) -> None:
    rows = list(book["Sources"].iter_rows(min_row=4))
    for row, source in zip(rows, content.sources, strict=False):
        assert row[0].value == source.title and (row[4].hyperlink.target if source.url else "") == source.url
    opened = [row[11].hyperlink.target for row in book["Compared"].iter_rows(min_row=4, max_row=6)]
    assert all(link.startswith(ADDRESS) for link in opened) and len(set(opened)) == 3


def test_measures_and_scenarios_are_those_of_the_model(book: Any, content: Content) -> None:
    rows = {row[0]: row for row in book["Measures"].iter_rows(min_row=4, values_only=True) if row[0]}
    wanted = measures(content.result)
    assert len(wanted) == 3 and finding(content.result) in book["Measures"]["A2"].value
    for item in wanted:
        assert rows[item.label][2:5] == pytest.approx([part / MILLION for part in item.saved])
        assert (rows[item.label][1], rows[item.label][7]) == (item.text, item.verdict)
    beside = {row[0]: row for row in book["Compared"].iter_rows(min_row=4, values_only=True) if row[0]}
    for number, other in enumerate(content.compared):
        assert beside[other.label][1:4] == pytest.approx([(part or 0.0) / MILLION for part in other.amount])
        if number:
            assert beside[other.label][4:7] == pytest.approx(
                [(part or 0.0) / MILLION for part in other.differs]
            )


def test_no_word_of_the_workshop_is_left(shown: Shown, content: Content) -> None:
    """Titles, texts and labels; keys of parameters and titles of sources belong to others."""
    given = {
        content.where,
        *content.limits,
        *content.how,
        *content.back_test,
        *(row.label for row in content.changes),
    }
    given |= {row.label for row in content.result.catalogue.parameters.values()}
    given |= {text for row in content.methods for text in (row.label, row.basis, row.status, row.refusal)}
    given |= {group.label for group in content.result.catalogue.groups.values()} | {
        content.press,
        content.stamp,
    }
    for title, rows in shown.sheets.items():
        if title in WORKSHOP:
            continue
        words = {value for row in rows for value in row if isinstance(value, str)}
        assert words
        for word in words - given:
            if not re.fullmatch(r"[a-z_.]+", word):
                text = re.sub(r"answer_net_direct|p_onset_shape|[Gg]ross value added", "", word)
                assert not PRIVATE.search(text), f"{title}: {text[:120]}"


def test_the_file_keeps_to_the_schemas(made: bytes, tmp_path: Path) -> None:
    """As Microsoft's validator reads it; a small sheet with its parts in another order shows that it can fail."""
    assert not faults(made, tmp_path, "xlsx")
    small, spoilt = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(small) as plain:
        plain.add_worksheet()
    with zipfile.ZipFile(small) as packed, zipfile.ZipFile(spoilt, "w") as target:
        for name in packed.namelist():
            target.writestr(
                name, packed.read(name).replace(b"<sheetData", b"<autoFilter ref='A1:B2'/><sheetData")
            )
    assert not faults(small.getvalue(), tmp_path, "xlsx") and faults(spoilt.getvalue(), tmp_path, "xlsx")


def test_names_lead_to_sheets_and_formulas_are_not_too_long(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        trees = {
            name: etree.fromstring(packed.read(name)) for name in packed.namelist() if name.endswith(".xml")
        }
    sheets = [item.get("name") for item in trees["xl/workbook.xml"].iterfind(".//{*}sheet")]
    assert len(set(sheets)) == len(sheets) and all(len(name) <= 31 for name in sheets)
    names = trees["xl/workbook.xml"].findall(".//{*}definedName")
    for item in names:
        assert re.fullmatch(r"_?[A-Za-z_.][A-Za-z0-9_.]*", item.get("name")), item.get("name")
        assert item.text.split("!")[0].strip("'") in sheets, item.text
    local = [(item.get("name"), item.get("localSheetId")) for item in names]
    assert len(set(local)) == len(local)
    formulas = [item.text or "" for tree in trees.values() for item in tree.iterfind(".//{*}sheetData//{*}f")]
    assert len(formulas) > 4_000 and max(map(len, formulas)) < 1_100, (
        "a spreadsheet takes 8,192 letters, a reader fewer"
    )


def test_the_same_scenario_gives_the_same_bytes_within_a_second(content: Content, made: bytes) -> None:
    begin = time.process_time()
    again = workbook.make(content)
    seconds = time.process_time() - begin
    assert again == made
    print(f"\nworkbook with a start time, measures and three scenarios: {seconds:.2f} s, {len(made):,} bytes")
    assert seconds < 3, "about 0.6 s on an idle machine"


def test_nothing_is_compared_or_saved_where_nothing_is(catalogue: Catalogue) -> None:
    alone = shown_by(workbook.make(content_for(catalogue, BASE)))
    assert not {"Compared", "Measures", "Hours of the week"} & set(alone.sheets)
