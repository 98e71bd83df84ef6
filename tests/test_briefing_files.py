"""Every file is opened with an independent reader and compared with the model; nothing in a name does harm."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pypdf import PdfReader

from briefing import FORMATS, Briefing, make, method_text, press
from briefing.__main__ import main
from briefing.content import MILLION, Content, content_of, link_to, stem_of
from briefing.report_pdf import qr_code
from briefing.tables import tables_of
from model import report, sentence
from model.catalogue import ROOT, Catalogue
from model.codecs import from_query, from_toml, read_file, shipped_file
from model.errors import InputError
from model.estimate import estimate
from model.scenario import Header, Scenario, checked

DAY = date(2026, 11, 21)
FEW = 256
NASTY = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "</script><script>alert(1)</script>", "<b>&amp;\"'</b>",
         "#let x = panic() $ * _ ` \\ [ ] @label", "]]>", "🛰 Ünï", "پاکستان", "x" * 400)  # fmt: skip
KINDS = ("full_blackout", "mobile_only", "social_media_block", "single_platform_block", "vpn_block", "slowdown",
         "cable_cut")  # fmt: skip


def told(catalogue: Catalogue, scenario: Scenario, **more: Any) -> Content:
    return content_of(estimate(catalogue, scenario), day=DAY, **more)


@pytest.fixture(scope="module")
def content(catalogue: Catalogue) -> Content:
    return told(catalogue, Scenario(kind="vpn_block", hours=4320.0, draws=FEW))


@pytest.fixture(scope="module")
def files(content: Content) -> dict[str, bytes]:
    return {key: make(key, content).data for key in FORMATS}


def deck_text(data: bytes) -> str:
    """Every word of the slides and their notes."""
    words: list[str] = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                words.append(shape.text_frame.text)
            if shape.has_table:
                words += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
        words.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(words)


def pdf_text(data: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def book_text(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return "\n".join(
        str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v is not None
    )


class Words(HTMLParser):
    """The visible words of a page, and its scripts apart."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        (self.scripts if self.inside == "script" else self.words).append(data)


def page_of(data: bytes) -> Words:
    parser = Words()
    parser.feed(data.decode("utf-8"))
    return parser


def package_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name.split("/", 1)[1]: packed.read(name).decode("utf-8") for name in packed.namelist()}


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


READERS: dict[str, Callable[[bytes], str]] = {
    "pptx": deck_text,
    "xlsx": book_text,
    "pdf": pdf_text,
    "html": lambda data: " ".join(page_of(data).words),
    "zip": lambda data: "\n".join(package_of(data).values()),
}


@pytest.mark.parametrize("key", FORMATS)
def test_each_file_says_headline_versions_seed_caveats_and_link(
    key: str, content: Content, files: dict[str, bytes]
) -> None:
    text = flat(READERS[key](files[key]))
    scenario, result = content.result.scenario, content.result
    for wanted in (content.headline, f"model {result.model_version}", f"data {result.data_version}",
                   f"seed {scenario.seed}", DAY.isoformat(), content.limits[0], content.limits[2], content.link,
                   "World Bank"):  # fmt: skip
        assert flat(wanted) in text, f"{key}: {wanted}"
    assert "nan" not in re.findall(r"\b\w+\b", text) and "None" not in re.findall(r"\b\w+\b", text)


def test_names_of_files_say_country_kind_duration_and_date(content: Content) -> None:
    assert [make(key, content).name for key in ("pdf",)] == ["PAK_vpn_block_180d_2026-11-21.pdf"]
    assert Briefing(content.result, DAY, "https://example.org").stem == content.stem


def test_files_of_other_places_and_comparisons_have_other_names(catalogue: Catalogue) -> None:
    """One folder can hold them all."""
    assert stem_of(Scenario(regions=("Sindh",)), DAY) == "PAK_Sindh_full_blackout_1d_2026-11-21"
    assert stem_of(Scenario(place=0.125), DAY) == "PAK_p12p5_full_blackout_1d_2026-11-21"
    assert stem_of(Scenario(), DAY, 1) == "PAK_full_blackout_1d_vs2_2026-11-21"
    other = (Scenario(draws=FEW, hours=48.0),)
    both = Briefing(estimate(catalogue, Scenario(draws=FEW)), DAY, "https://example.org", other)
    assert both.stem == both.content.stem == "PAK_full_blackout_1d_vs2_2026-11-21"


def test_a_comparison_carries_what_every_scenario_rests_on(catalogue: Catalogue) -> None:
    """Sources, changes and warnings of the others too; the answer, press sentence and workbook say them."""
    other = Scenario(draws=FEW, country="KEN", kind="slowdown", ratio=0.4, hours=48.0)
    alone = told(catalogue, Scenario(draws=FEW))
    both = told(catalogue, Scenario(draws=FEW), others=(other,))
    beside = told(catalogue, other)
    assert set(both.sources) == set(alone.sources) | set(beside.sources) != set(alone.sources)
    (warning,) = (text for text in beside.limits if text.startswith("Kenya: IT export receipts are divided"))
    assert any(text.endswith(warning) for text in both.limits) and warning not in alone.limits
    differs = "Country: Kenya; What happens: Slowdown; Duration of one spell: 2 days; Quality left: 40 %"
    line = f"Beside it: KEN slowdown 2 days: {both.compared[1].text}"
    assert line in both.press and "Beside it" not in alone.press
    made = {key: make(key, both).data for key in FORMATS}
    for key in ("xlsx", "pdf", "html", "zip"):
        assert differs in flat(READERS[key](made[key])), key
    slides = list(Presentation(io.BytesIO(made["pptx"])).slides)
    words = ["\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert line in words[0]
    assert "KEN slowdown 2 days, from the first:\n–  Country: Kenya\n–  What happens: Slowdown" in words[-1]
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))["Compared"]
    first, second = (list(row) for row in sheet.iter_rows(min_row=4, max_row=5, values_only=True))
    assert first[4:7] == [None] * 3 and second[0] == "KEN slowdown 2 days" and second[8:10] == [FEW, 1]
    mine, its = alone.result.draws["net_direct"], beside.result.draws["net_direct"]
    wanted = [*np.quantile(its, (0.05, 0.5, 0.95)), *np.quantile(its - mine, (0.05, 0.5, 0.95))]
    assert second[1:7] == pytest.approx([value / MILLION for value in wanted])
    assert "Compared" not in openpyxl.load_workbook(io.BytesIO(make("xlsx", alone).data)).sheetnames


def test_money_that_is_not_had_is_not_claimed(catalogue: Catalogue) -> None:
    asked = told(catalogue, Scenario(draws=FEW, country="IRN", currency="IRR"))
    assert asked.unit == "USD" and [c.field for c in asked.changes] == ["country", "draws"]
    assert "No usable official rate, so no amount in IRR." in asked.press
    had = told(catalogue, Scenario(draws=FEW, currency="PKR"))
    assert [c.after for c in had.changes if c.field == "currency"] == ["PKR"]
    assert "No usable official rate" not in had.press


def test_changes_of_like_named_inputs_say_their_kind(catalogue: Catalogue) -> None:
    mine = {"adaptation.vpn_block.days": 3.0, "adaptation.slowdown.days": 4.0, "restart.hours": 1.0}
    labels = [c.label for c in told(catalogue, Scenario(draws=FEW, assumptions=mine)).changes]
    assert len(set(labels)) == 4 and sum("Time constant of adaptation, " in label for label in labels) == 2
    assert sum("vpn" in label.lower() for label in labels) == 1


def test_urdu_names_every_country_and_money(catalogue: Catalogue) -> None:
    """Latin letters stay only where no name is known, between marks that keep the line's order."""
    known = press.urdu_headline(estimate(catalogue, Scenario(draws=FEW, country="KEN", currency="KES")))
    assert known.startswith("کینیا: ") and "کینیائی شلنگ" in known and not re.search("[A-Za-z]", known)
    for iso3, country in catalogue.countries.items():
        name = press.PLACES.get(iso3) or press._country(iso3, country.name)
        assert not re.search("[A-Za-z]", name) or iso3 == "CHI", (iso3, name)
    assert press._country("CHI", "Channel Islands") == "\u2066Channel Islands\u2069"
    slow = press.urdu_headline(estimate(catalogue, Scenario(draws=FEW, kind="slowdown", ratio=0.4)))
    cable = press.urdu_headline(estimate(catalogue, Scenario(draws=FEW, kind="cable_cut", capacity_lost=0.7)))
    assert "معمول کی 40 فیصد" in slow and "گنجائش کا 70 فیصد" in cable


def test_a_name_without_spaces_stays_on_the_page(catalogue: Catalogue) -> None:
    header = Header(title="x" * 300)
    bad = told(catalogue, Scenario(draws=FEW, header=header), others=(Scenario(draws=FEW, header=header),))
    for page in PdfReader(io.BytesIO(make("pdf", bad).data)).pages:
        rights: list[float] = []

        def seen(text: str, _cm: Any, tm: Any, _font: Any, size: float, rights: list[float] = rights) -> None:
            if "xxx" in text:
                rights.append(tm[4] + 0.45 * size * abs(tm[0]) * len(text.strip()))

        page.extract_text(visitor_text=seen)
        assert rights and max(rights) < float(page.mediabox.width)


def test_charts_of_the_slides_hold_the_models_numbers(content: Content, files: dict[str, bytes]) -> None:
    slides = list(Presentation(io.BytesIO(files["pptx"])).slides)
    assert 5 <= len(slides) <= 8
    charts = [(shape.chart, shape) for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 4
    series = {item.name: list(item.values) for item in charts[0][0].plots[0].series}
    medians = [(line.median or 0.0) / MILLION for line in content.chain]
    assert series["Median, M USD"] == pytest.approx(medians)
    curve = content.result.curves["net_direct"]
    median = next(item for item in charts[1][0].plots[0].series if item.name == "Median")
    assert list(median.values) == pytest.approx([value / MILLION for value in curve.median])
    bars = {item.name: list(item.values)[::-1][:8] for item in charts[2][0].plots[0].series}
    top = content.sectors[:8]
    for name, wanted in (("5 % point", [line.low for line in top]), ("Median", [line.median for line in top]),
                         ("95 % point", [line.high for line in top])):  # fmt: skip
        assert bars[f"{name}, M USD"] == pytest.approx([(value or 0.0) / MILLION for value in wanted])
    # The labels are the data's own, so they follow a change of the data.
    part = etree.fromstring(charts[2][0].part.blob)
    assert not list(part.iterfind(".//{*}dLbl/{*}tx"))
    assert [item.get("val") for item in part.iterfind(".//{*}dLbls/{*}showVal")] == ["1"]
    assert "The words above the columns are text" in slides[1].notes_slide.notes_text_frame.text
    for (
        chart,
        shape,
    ) in charts:  # native: the numbers open as a workbook; and words for those who cannot see it
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.active.max_row > 1
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_nothing_stands_outside_a_slide(files: dict[str, bytes]) -> None:
    deck = Presentation(io.BytesIO(files["pptx"]))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert (
                shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height
            )


def test_urdu_runs_from_the_right_everywhere(content: Content, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["pptx"])) as packed:
        slide = etree.fromstring(packed.read("ppt/slides/slide1.xml"))
    spaces = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    paragraphs = [p for p in slide.iterfind(".//a:p", spaces) if content.urdu in "".join(p.itertext())]
    assert [p.find("a:pPr", spaces).get("rtl") for p in paragraphs] == ["1"]
    assert f'lang="ur" dir="rtl">{content.urdu}' in files["html"].decode("utf-8")
    assert content.urdu in package_of(files["zip"])["press.txt"]
    answer = openpyxl.load_workbook(io.BytesIO(files["xlsx"]), data_only=True)["Answer"]
    (cell,) = (cell for row in answer.iter_rows(max_row=6) for cell in row if cell.value == content.urdu)
    assert cell.alignment.readingOrder == 2 and cell.alignment.horizontal == "right"
    first: Any = PdfReader(io.BytesIO(files["pdf"])).pages[0]
    fonts = [str(font.get_object()["/BaseFont"]) for font in first["/Resources"]["/Font"].values()]
    assert any("NotoNaskhArabic" in font for font in fonts), fonts


def test_the_answer_is_printed_on_one_page(files: dict[str, bytes]) -> None:
    answer = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["Answer"]
    assert answer.sheet_properties.pageSetUpPr.fitToPage
    assert (answer.page_setup.fitToWidth or 1, answer.page_setup.fitToHeight or 1) == (1, 1)
    assert answer.page_setup.orientation in (None, "portrait")


def test_the_report_is_two_accessible_pages(content: Content, files: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(files["pdf"]))
    assert len(reader.pages) == 2
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] and "/StructTreeRoot" in root
    assert reader.metadata is not None and reader.metadata.title == content.title
    assert "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    text = pdf_text(files["pdf"])
    for line in (content.line("gross"), content.line("net_direct"), *content.sectors[:3]):
        assert flat(line.text.split(" (")[0]) in text


def test_the_page_needs_nothing_else_and_draws_four_charts(content: Content, files: dict[str, bytes]) -> None:
    text = files["html"].decode("utf-8")
    page = page_of(files["html"])
    (library,) = (ROOT / "static").glob("plotly-basic-*.min.js")
    assert text.count(library.read_text(encoding="utf-8")[:2_000]) == 1 and "default-src 'none'" in text
    outside = re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", text.split("<script>")[0])
    assert not outside
    figures = json.loads(next(part for part in page.scripts if part.lstrip().startswith("{")))
    assert set(figures) == {"chain", "curve", "bearers", "drivers"}
    assert all(figure["data"] for figure in figures.values())


def test_the_package_repeats_the_result(
    content: Content, files: dict[str, bytes], catalogue: Catalogue
) -> None:
    found = package_of(files["zip"])
    again = from_toml(catalogue, found["scenario.toml"].encode("utf-8"))
    assert again == content.result.scenario
    assert found["result.json"] == report.to_json(content.result)
    tables = {table.name: table for table in tables_of(content)}
    assert {f"charts/{name}.csv" for name in tables} <= set(found)
    rows = list(csv.DictReader(io.StringIO(found["charts/sectors.csv"])))
    assert float(rows[0]["median [M USD]"]) == pytest.approx((content.sectors[0].median or 0.0) / MILLION)
    assert all(row["model_version"] and row["data_version"] and row["sources"] for row in rows)
    assert "MIT" in found["README.md"] and "python -m briefing" in found["README.md"]
    assert make("zip", content).data == files["zip"]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_title_does_harm(text: str, catalogue: Catalogue) -> None:
    header = Header(title=text, author=text[:200], reference=text, why=text * 9)
    scenario = checked(catalogue, Scenario(draws=FEW, header=header))
    bad = told(catalogue, scenario, others=(Scenario(draws=FEW, hours=48.0, header=Header(title=text)),))
    made = {key: make(key, bad).data for key in FORMATS}
    deck = Presentation(io.BytesIO(made["pptx"]))
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                inner = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                assert not [c for row in inner.active.iter_rows() for c in row if c.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(made["xlsx"])) as packed:
        parts = {
            name: etree.fromstring(packed.read(name)) for name in packed.namelist() if name.endswith(".xml")
        }
    assert text in set(parts["xl/sharedStrings.xml"].itertext())
    formulas = [item.text or "" for part in parts.values() for item in part.iterfind(".//{*}f")]
    assert len(formulas) > 1_000 and not [formula for formula in formulas if text.lstrip("=") in formula]
    assert len(PdfReader(io.BytesIO(made["pdf"])).pages) == 2
    page = page_of(made["html"])
    assert flat(text) in flat(" ".join(page.words)) and "alert(1)" not in "".join(page.scripts)
    for name, table in package_of(made["zip"]).items():
        if name.endswith(".csv"):
            every = [value for row in csv.reader(io.StringIO(table)) for value in row]
            assert not [v for v in every if v[:1] in ("=", "@", "\t", "\r") or re.match(r"[+-][^0-9.]", v)], (
                name
            )


def test_a_title_of_ten_thousand_characters_is_refused(catalogue: Catalogue) -> None:
    for title in ("x" * 10_000, "bell\x07", "\u202eright to left", "\ufffe", "\ud800"):
        with pytest.raises(InputError):
            checked(catalogue, Scenario(header=Header(title=title)))


@pytest.mark.parametrize("key", FORMATS)
def test_a_name_of_ten_thousand_characters_does_no_harm_where_it_slips_through(
    key: str, content: Content
) -> None:
    """The model refuses such a name; a format must hold even so."""
    name = "=long &<>\"' name " * 600
    header = Header(title=name, author=name, reference=name, why=name)
    result = replace(content.result, scenario=content.result.scenario.but(header=header))
    told_so = content_of(result, day=DAY)
    assert len(told_so.title) > 10_000 and flat(told_so.headline) in flat(
        READERS[key](make(key, told_so).data)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_files_and_urdu(kind: str, catalogue: Catalogue) -> None:
    assert set(KINDS) == set(catalogue.kinds)
    few = told(
        catalogue, Scenario(kind=kind, hours=72.0, draws=FEW, country="IRN" if kind == "cable_cut" else "PAK")
    )
    for key in FORMATS:
        assert len(make(key, few).data) > 10_000
    assert not re.search(r"[a-z_]{4,}", few.urdu), few.urdu


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(hours=0.0, draws=FEW),
        Scenario(place=0.0, draws=FEW),
        Scenario(kind="slowdown", ratio=1.0, draws=FEW),
        Scenario(country="IRN", draws=FEW),
        Scenario(spells=365, hours=1.0, draws=FEW),
        Scenario(hours=17520.0, currency="PKR", draws=FEW),
    ],
    ids=["no time", "no place", "undisturbed", "not measured", "many spells", "two years in rupees"],
)
def test_corners_have_their_files(scenario: Scenario, catalogue: Catalogue) -> None:
    corner = told(catalogue, scenario)
    for key in FORMATS:
        text = flat(READERS[key](make(key, corner).data))
        assert flat(corner.headline) in text
    assert len(PdfReader(io.BytesIO(make("pdf", corner).data)).pages) == 2


def test_everything_pinned_has_no_tornado(catalogue: Catalogue) -> None:
    pins = {
        key: p.mode
        for key, p in catalogue.parameters.items()
        if p.default and p.default.spread and p.mode is not None
    }
    pinned = told(catalogue, Scenario(draws=FEW, assumptions={**pins, "structure.gsd": 1.0}))
    assert not pinned.drivers and len(pinned.changes) > 30
    for key in FORMATS:
        assert flat(pinned.headline) in flat(READERS[key](make(key, pinned).data))
    assert len(PdfReader(io.BytesIO(make("pdf", pinned).data)).pages) == 2


def test_a_comparison_stands_beside_it(catalogue: Catalogue) -> None:
    both = told(
        catalogue, Scenario(draws=FEW), others=(Scenario(country="KEN", hours=48.0, seed=9, draws=512),)
    )
    assert len(both.compared) == 2 and both.compared[1].difference and not both.compared[0].difference
    deck = Presentation(io.BytesIO(make("pptx", both).data))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(titles) == 8 and "Who bears it, and what drives the uncertainty" in titles
    (beside,) = (slide for slide in deck.slides if "side by side" in slide.shapes.title.text)
    notes = beside.notes_slide.notes_text_frame.text.splitlines()
    assert (
        both.compared[0].label + ": " + both.compared[0].text + "; what the others are compared with."
        in notes
    )
    assert sum("more or less than the first" in line for line in notes) == 1
    (shared,) = (slide for slide in deck.slides if "drives" in slide.shapes.title.text)
    assert sum(shape.has_chart for shape in shared.shapes) == 2
    for key in ("pdf", "html"):
        # The PDF reader turns brackets round after a line of Urdu; the figure before them is enough.
        assert both.compared[1].text.split(" (")[0] in flat(READERS[key](make(key, both).data))


def test_the_press_paragraph_is_the_headline_with_its_source(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(draws=FEW))
    text = Briefing(result, DAY, "https://example.org/cost").press
    assert text.startswith(sentence.headline(result)) and "PKR" in text and "not a measurement" in text
    assert text.endswith("https://example.org/cost/?v=1&draws=256") and "\n" not in text
    there = estimate(catalogue, Scenario(draws=FEW, currency="PKR"))
    assert Briefing(there, DAY, "https://example.org").press.count("official rate") == 1


def test_the_link_opens_the_scenario_and_the_code_holds_the_link(catalogue: Catalogue) -> None:
    scenario = Scenario(kind="slowdown", ratio=0.4, hours=72.0, header=Header(title="پ" * 300))
    link = link_to(scenario, "https://example.org/")
    query = dict(pair.split("=") for pair in link.partition("?")[2].split("&"))
    assert from_query(catalogue, query)[0] == scenario.but(header=Header())
    assert qr_code(link).startswith("<svg") and qr_code("x" * 5_000) == ""


def template(**change: Any) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "A slide of the template"
    for name, value in change.items():
        setattr(deck, name, value)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def test_an_own_template_gives_its_size_and_loses_its_slides(content: Content) -> None:
    own = template()
    deck = Presentation(io.BytesIO(make("pptx", content, own).data))
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000) and len(deck.slides) == 8
    assert "A slide of the template" not in deck_text(make("pptx", content, own).data)
    for slide in deck.slides:
        assert slide.shapes.title is not None
        title = slide.shapes.title
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            assert shape.shape_id == title.shape_id or shape.top >= title.top + title.height


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "text", b"not a deck at all"
    yield "cut", template()[:9_000]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ppt/presentation.xml", b"0" * (201 * 2**20))
    yield "bomb", target.getvalue()
    yield "large", b"P" * (21 * 2**20)
    yield "entity", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data"), list(bombs()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_bad_template_is_one_sentence(name: str, data: bytes, content: Content) -> None:
    with pytest.raises(InputError, match="template") as problem:
        Briefing(content.result, DAY, "https://example.org", (), data).check()
    assert "\n" not in str(problem.value) and len(str(problem.value)) < 300, name


def test_ten_people_at_once_each_get_all_five_of_their_own(catalogue: Catalogue) -> None:
    """Everybody with the default number of draws, and nobody with another's numbers."""

    def one(number: int) -> tuple[str, dict[str, bytes]]:
        mine = told(catalogue, Scenario(hours=24.0 * (1 + number)))
        return mine.headline, {key: make(key, mine).data for key in FORMATS}

    with ThreadPoolExecutor(10) as people:
        made = list(people.map(one, range(10)))
    assert len({headline for headline, _ in made}) == 10
    for headline, files_of_one in made:
        for key in ("pptx", "pdf", "zip"):
            assert flat(headline) in flat(READERS[key](files_of_one[key]))
        assert all(len(data) > 10_000 for data in files_of_one.values())


def test_slides_are_read_from_the_back_of_the_room(catalogue: Catalogue, files: dict[str, bytes]) -> None:
    """No letter under 14 points; sources, link and footer no smaller than 12."""
    scenario = Scenario(draws=FEW, kind="vpn_block", assumptions={"recapture.spare_capacity": 0.2})
    both = told(catalogue, scenario, others=(Scenario(draws=FEW, hours=48.0),))
    for data in (files["pptx"], make("pptx", both).data):
        for slide in Presentation(io.BytesIO(data)).slides:
            small = ("Internet-disruption", "Live scenario", "sources") if "sources" in slide.shapes.title.text else (
                "Internet-disruption", "Live scenario")  # fmt: skip
            for shape in slide.shapes:
                least = 14.0
                if shape.has_text_frame and (shape.text_frame.text.startswith(small) or "sources" in small):
                    least = 12.0
                frames = [shape.text_frame] if shape.has_text_frame else []
                frames += [c.text_frame for r in shape.table.rows for c in r.cells] if shape.has_table else []
                sizes = [r.font.size.pt for f in frames for p in f.paragraphs for r in p.runs if r.font.size]
                if shape.has_chart:
                    part = etree.fromstring(shape.chart.part.blob)
                    sizes += [int(i.get("sz")) / 100 for i in part.iter("{*}defRPr", "{*}rPr") if i.get("sz")]
                assert not sizes or min(sizes) >= least, (slide.shapes.title.text, shape.name)


def test_what_the_back_tests_say_is_kept_and_fresh(catalogue: Catalogue) -> None:
    """`python -m briefing.method_text` writes it down again after a change of data or model."""
    kept = json.loads(method_text.KEPT.read_text(encoding="utf-8"))
    assert kept["of"] == method_text.fingerprint(catalogue), "run python -m briefing.method_text"
    assert tuple(kept["sentences"]) == method_text.computed(catalogue), "run python -m briefing.method_text"


def test_the_command_writes_all_five(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--to", str(tmp_path / "new"), "--date", "2026-11-21", "--formats", "pdf,zip"]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "PAK_full_blackout_1d_2026-11-21.pdf", "PAK_full_blackout_1d_2026-11-21.zip"
    ]  # fmt: skip
    source = shipped_file(read_catalogue(), "x_block_2024")
    assert source is not None
    assert main(["--to", str(tmp_path), "--scenario", str(source)]) == 0
    made = {path.suffix[1:] for path in tmp_path.iterdir() if path.is_file()}
    assert made == set(FORMATS)
    assert len(capsys.readouterr().out.splitlines()) == 7
    title = read_file(read_catalogue(), source).header.title
    (deck,) = tmp_path.glob("*.pptx")
    assert title in deck_text(deck.read_bytes())


def read_catalogue() -> Catalogue:
    from model.catalogue import load

    return load(ROOT)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--to", "out", "--formats", "docx"],
        ["--to", "out", "--formats", ","],
        ["--to", "out", "--scenario", "no such file"],
        ["--to", "out", "--date", "yesterday"],
        ["--to", "out", "--date", "1979-12-31"],
        ["--to", "out", "--date", "9999-12-31"],
        ["--to", "out", "--address", "javascript:alert(1)"],
        ["--to", "out", "--template", "no such file"],
        ["--to", "file.txt/inside", "--formats", "zip"],
    ],
    ids=lambda arguments: " ".join(arguments[-2:]),
)
def test_a_bad_command_is_one_line_and_writes_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("in the way", encoding="utf-8")
    assert main(arguments) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("error: ")
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]
