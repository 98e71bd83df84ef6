"""Files of every page: independent readers find the model's own numbers in them, in full and in words."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers.dialect import dialect
from helpers.each import each
from helpers.files.content import DAY
from helpers.files.readers import deck_text, flat, package_of, page_of, pdf_text
from helpers.files.slides import frames, misplaced
from helpers.files.workbooks import widths_of
from pptx import Presentation

from briefing.__main__ import main
from briefing.pages import PAGE_FORMATS, PAGES, make_page
from briefing.pages.arguments import add_arguments
from briefing.pages.command import content_of
from briefing.pages.content import PageContent
from briefing.pages.words import readable, writer_of
from model.catalogue.load import Catalogue
from model.cli.parser import Parser
from model.compare.compare_durations import durations
from model.compare.league import league
from model.estimation.world import world
from model.scenario.scenario import Scenario
from model.text.writer import Table

ADDRESS = "https://nettoll.example.org"


def made(catalogue: Catalogue, *arguments: str) -> PageContent:
    parser = Parser()
    parser.add_argument("--scenario")
    parser.add_argument("--beside", action="append", default=[])
    add_arguments(parser)
    return content_of(catalogue, parser.parse_args(arguments), DAY, ADDRESS)


@lru_cache(maxsize=len(PAGES))
def page_content(catalogue: Catalogue, page: str) -> PageContent:
    """The page as the command line makes it; of events a short list."""
    more = ("--list", str(catalogue.root / "data" / "lists" / "example.csv")) if page == "events" else ()
    return made(catalogue, "--page", page, *more)


def test_every_page_makes_every_format_and_frictionless_takes_the_package(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    from frictionless import validate

    for page in PAGES:
        content = page_content(catalogue, page)
        files = {key: make_page(key, content) for key in PAGE_FORMATS}
        assert len({file.name for file in files.values()}) == len(PAGE_FORMATS)
        assert all(file.name.startswith(f"{page}_") for file in files.values())
        words = flat(" ".join(page_of(files["html"].data).words))
        assert flat(content.title) in words and content.link in words
        assert not dialect(" ".join(block.title for block in content.blocks) + " ".join(content.sentences)), (
            page
        )
        for block in content.blocks:
            shown = readable(block.table)
            assert not dialect(" ".join([*shown.heads, *(cell for row in shown.rows for cell in row)])), page
        slides = deck_text(files["pptx"].data)
        assert content.title in slides and content.link in slides
        _check_deck(files["pptx"].data, content)
        drawn = any(
            shape.has_chart for shape in Presentation(io.BytesIO(files["pptx"].data)).slides[0].shapes
        )
        assert drawn == (page in ("world", "events")), f"{page}: what is ranked begins on the first slide"
        text = pdf_text(files["pdf"].data)
        assert "".join(content.title.split()) in "".join(text.split())
        for block in content.blocks:
            assert flat(block.title) in words
            for dot in block.dots:
                assert flat(dot.text) in words or dot.text in files["html"].data.decode(), (page, dot.label)
        book = openpyxl.load_workbook(io.BytesIO(files["xlsx"].data))
        _check_book(book, content)
        with zipfile.ZipFile(io.BytesIO(files["zip"].data)) as packed:
            packed.extractall(tmp_path / page)
        (place,) = (tmp_path / page).iterdir()
        report = validate(str(place / "datapackage.json"))
        assert report.valid, (page, report.flatten(["path", "note"]))
        dictionary = list(csv.DictReader(io.StringIO(package_of(files["zip"].data)["data_dictionary.csv"])))
        assert all(row["unit"] and row["description"] for row in dictionary)


def _check_book(book: Any, content: PageContent) -> None:
    """Contents with links, one table a sheet under its title, in plain words, ready for paper; sources with links."""
    first, *tables = book.worksheets
    tables, (sources, notes) = tables[:-2], tables[-2:]
    assert (first.title, sources.title, notes.title) == ("Contents", "Sources", "Notes")
    links = {item.hyperlink.location for row in first.iter_rows() for item in row if item.hyperlink}
    assert {f"'{sheet.title}'!A1" for sheet in book.worksheets[1:]} <= links
    assert content.title in [row[0] for row in first.iter_rows(max_row=4, values_only=True)]
    for block, sheet in zip(content.blocks, tables, strict=True):
        assert (
            sheet["A1"].value == block.title and sheet.auto_filter.ref and sheet.print_title_rows == "$3:$3"
        )
        heads, widths = [cell.value for cell in sheet[3]], widths_of(sheet)
        assert all(head and head == dialect_free(head) and "_" not in head for head in heads), heads
        assert heads.count("high") == heads.count("middle") == sum(head.endswith(": low") for head in heads)
        rows = list(sheet.iter_rows(min_row=4, max_row=3 + len(block.table.rows)))
        for cells, row in zip(rows, block.table.rows, strict=True):
            own = [value for value in row.values() if isinstance(value, int | float)]
            for cell in cells:  # numbers are the table's own, and none is wider than its column
                if isinstance(cell.value, int | float):
                    assert any(cell.value == pytest.approx(value) for value in own), (
                        sheet.title,
                        cell.coordinate,
                    )
                    share = "%" in cell.number_format
                    assert share or len(f"{cell.value:,.0f}") < widths[cell.column - 1], cell.coordinate
                    assert (
                        not share
                        or cell.value == 0
                        or abs(cell.value) >= 0.01
                        or "0.00" in cell.number_format
                    )
                if heads[cell.column - 1] in ("Priced", "Merged", "Economies"):
                    assert cell.number_format == "0", "things are counted in whole numbers"
    for sheet in book:
        assert sheet.page_setup.paperSize == 9 and sheet.print_area and sheet["A1"].value
        assert "Page" in sheet.oddFooter.right.text and content.name in sheet.oddHeader.left.text
    for cells, line in zip(sources.iter_rows(min_row=4), content.sources, strict=False):
        assert cells[0].value == line.title and (cells[4].hyperlink.target if line.url else "") == line.url


def dialect_free(head: str) -> str:
    return "" if dialect(head) else head


@pytest.mark.parametrize("key", PAGE_FORMATS)
def test_the_same_page_gives_the_same_bytes(key: str, catalogue: Catalogue) -> None:
    content = page_content(catalogue, "compare")
    assert make_page(key, content).data == make_page(key, content).data


def test_a_comparison_has_the_models_numbers_and_its_differences(catalogue: Catalogue) -> None:
    content = page_content(catalogue, "compare")
    rows = durations(catalogue, Scenario(), (1.0, 24.0, 72.0, 168.0, 720.0))
    table = list(csv.DictReader(io.StringIO(package_of(make_page("zip", content).data)["tables/rows.csv"])))
    for row, own in zip(table, rows, strict=True):
        assert [float(row[name]) for name in ("low", "median", "high")] == pytest.approx(list(own.amount))
    assert [float(table[2][f"difference{end}"]) for end in ("_low", "", "_high")] == pytest.approx(
        list(rows[2].difference)
    )
    assert table[0]["difference"] == ""
    shown = readable(content.blocks[0].table)
    amounts = [row[shown.heads.index("Direct loss")] for row in shown.rows]
    assert amounts == [own.amount.money("USD").full for own in rows]


def test_the_world_has_every_economy_and_the_measure_that_was_asked_for(catalogue: Catalogue) -> None:
    content = made(catalogue, "--page", "world", "--by", "share")
    own = league(world(catalogue, Scenario()), "share")
    book = openpyxl.load_workbook(io.BytesIO(make_page("xlsx", content).data))
    _, _, first, *rows = book["Economies"].iter_rows(values_only=True)
    assert len(rows) == len(own.rows) + len(own.missing)
    column = first.index("Share of GDP, %: low")
    value = own.rows[0].values["share"]
    assert value is not None and rows[0][column : column + 3] == pytest.approx(list(value))
    assert [dot.label for dot in content.blocks[0].dots] == [
        row.economy.country.name for row in own.rows[: len(content.blocks[0].dots)]
    ]
    assert content.link.startswith(f"{ADDRESS}/world?") and "world.measure=share" in content.link


def test_pakistan_it_has_claims_growth_and_the_bridge(catalogue: Catalogue) -> None:
    content = page_content(catalogue, "pakistan")
    files = package_of(make_page("zip", content).data)
    bridge = list(csv.DictReader(io.StringIO(files["tables/bridge.csv"])))
    assert len(bridge) == 12 and bridge[0]["median"] == "125000000.0"
    assert {"tables/claims.csv", "tables/path.csv", "tables/targets.csv", "tables/measures.csv"} <= set(files)
    data = json.loads(files["result.json"])
    assert data["claims"]["amounts"] and data["sections"]["vpn"] and len(data["bridge"]) == 12
    shown = readable(content.blocks[0].table)
    assert shown.rows[0][:3] == ("Running cost of workarounds", "as claimed", "$125M ($100M to $150M)")
    assert any("tens of millions" in cell for row in shown.rows for cell in row)


def test_a_claim_reads_alike_in_every_table_and_no_title_calls_our_middle_a_claim(
    catalogue: Catalogue,
) -> None:
    content = page_content(catalogue, "pakistan")
    said = {row[0]: row[1] for block in content.blocks for row in readable(block.table).rows}
    claim = "$125M ($100M to $150M)"
    assert said["Added operating cost, full year"] == said["Claimed cost of a full year"] == claim
    assert said["Near-term loss of the IT sector"] == "tens of millions (here $20M to $90M)"
    priced, claimed = (block for block in content.blocks if block.table.id in ("bridge", "claims"))
    assert "costs $100 million to $150 million as claimed, $60 million as" in priced.finding
    assert claimed.finding.startswith(
        "The articles' amounts run from tens of millions of dollars to $1.5 billion, "
    )
    assert all(
        "Where a claim has two ends, its middle is computed." in block.notes for block in (priced, claimed)
    )


def test_a_table_in_words_says_each_number_once_and_in_its_unit() -> None:
    rows = (
        {"label": "Cost", "low": 1.0e6, "median": 2.0e6, "high": 4.0e6, "unit": "USD", "note": ""},
        {"label": "Cash", "low": None, "median": 3.5, "high": None, "unit": "working days", "note": ""},
        {"label": "Share", "low": 0.1, "median": 0.25, "high": 0.5, "unit": "share of seats", "note": ""},
    )
    shown = readable(Table("x", "", {}, rows))
    assert shown.heads == ("What", "Amount") and shown.right == {1}
    assert [row[1] for row in shown.rows] == [
        "$2.0M ($1.0M to $4.0M)",
        "3.5 working days",
        "25% (10% to 50%) of seats",
    ]
    ends = {"cost_low": 1.0, "cost": 2.0, "cost_high": 2.5}
    row = {"label": "A", **ends, "outages": 3, "year": 2025}
    wide = Table("x", "", dict.fromkeys(ends, "M USD per year"), (row,))
    assert readable(wide).heads == ("What", "Cost (per year)", "Outages", "Year")
    assert readable(wide).rows == (("A", "$2.0M ($1.0M to $2.5M)", "3", "2025"),)
    assert writer_of("pct per year")(30.0) == "30%"
    assert writer_of("M USD")(0.45) == "$450k" and writer_of("share")(0.331) == "33%"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--page", "nowhere"],
        ["--page", "firm", "--by", "usd"],
        ["--by", "usd"],
        ["--page", "world", "--press"],
        ["--page", "firm", "--set", "industry.receipts_musd=1"],
        ["--page", "compare", "--durations", "5m"],
        ["--page", "compare", "--show", "scenarios"],
        ["--page", "events", "--list", "no such file"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_what_a_page_does_not_read_is_one_line_and_writes_nothing(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--to", str(tmp_path / "out"), *arguments]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("error: ") and not (tmp_path / "out").exists()


DECKS = {
    "types": ("--page", "compare", "--show", "kinds"),
    "regions": ("--page", "compare", "--show", "places"),
    "scenarios": ("--page", "compare", "--beside", "vpn_block_half_year"),
    "heads": ("--page", "world", "--by", "per_head"),
    "lockdown": ("--page", "firm", "--kind", "lockdown"),
    "no block": ("--page", "pakistan", "--set", "industry.vpn_block_days=0"),
}  # fmt: skip


@each("name", DECKS)
def test_a_deck_of_another_choice_can_be_shown_as_it_is(name: str, catalogue: Catalogue) -> None:
    content = made(catalogue, *DECKS[name])
    _check_deck(make_page("pptx", content).data, content)


def _check_deck(data: bytes, content: PageContent) -> None:
    """Findings as titles, everything inside the slide and in its box, large enough, and no word cut."""
    deck = Presentation(io.BytesIO(data))
    titles = [slide.shapes.title.text for slide in deck.slides]
    labels = {block.title for block in content.blocks if block.table.finding} | {content.name}
    assert len(titles) == len(set(titles)) and not labels & set(titles)
    assert not dialect(" ".join(titles))
    for number, slide in enumerate(deck.slides, start=1):
        assert not list(misplaced(deck, slide)), number
        parts = list(frames(slide))
        assert sum(kind != "foot" for *_, kind in parts) > 1, f"slide {number} has a title alone"
        words = [text for paragraphs, *_ in parts for text in paragraphs]
        assert not [text for text in words if "…" in text], number
    shown = deck_text(data)
    for block in content.blocks:  # every row that is drawn, and every one in another unit
        rows = [dot.label for dot in block.dots[: 4 if block.ranked else None]]
        if rows and not block.ranked:
            rows += [str(row["label"]) for row in block.table.rows if row.get("label") and row.get("median")]
        assert all(label in shown for label in rows), block.table.id
