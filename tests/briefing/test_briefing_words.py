"""The words that every file shares: the press paragraph, Urdu, changes, link and back tests."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import openpyxl
from helpers.files.content import DAY, FEW, content_for
from helpers.files.readers import package_of
from lxml import etree
from pypdf import PdfReader

from briefing import Briefing
from briefing.common import method_text
from briefing.common.content import Content
from briefing.common.links import link_to
from briefing.report.qr import qr_code
from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.scenario.fields import Header
from model.scenario.link import from_query
from model.scenario.scenario import Scenario
from model.text import sentence


def test_money_that_is_not_had_is_not_claimed(catalogue: Catalogue) -> None:
    asked = content_for(catalogue, Scenario(draws=FEW, country="IRN", currency="IRR"))
    assert asked.unit == "USD" and [c.field for c in asked.changes] == ["country", "draws"]
    assert "No usable official rate, so no amount in IRR." in asked.press
    had = content_for(catalogue, Scenario(draws=FEW, currency="PKR"))
    assert [c.after for c in had.changes if c.field == "currency"] == ["PKR"]
    assert "No usable official rate" not in had.press


def test_changes_of_like_named_inputs_say_their_kind(catalogue: Catalogue) -> None:
    mine = {"adaptation.vpn_block.days": 3.0, "adaptation.slowdown.days": 4.0, "restart.hours": 1.0}
    labels = [c.label for c in content_for(catalogue, Scenario(draws=FEW, assumptions=mine)).changes]
    assert len(set(labels)) == 4 and sum("Time constant of adaptation, " in label for label in labels) == 2
    assert sum("vpn" in label.lower() for label in labels) == 1


def test_the_press_paragraph_is_the_headline_with_its_source(catalogue: Catalogue) -> None:
    result = estimate(catalogue, Scenario(draws=FEW))
    text = Briefing(result, DAY, "https://example.org/cost").press
    assert text.startswith(sentence.headline(result)) and "PKR" in text and "nothing was measured" in text
    assert text.endswith("https://example.org/cost/?v=2&draws=256") and "\n" not in text
    there = estimate(catalogue, Scenario(draws=FEW, currency="PKR"))
    assert Briefing(there, DAY, "https://example.org").press.count("official rate") == 1


def test_the_link_opens_the_scenario_and_the_code_holds_the_link(catalogue: Catalogue) -> None:
    scenario = Scenario(kind="slowdown", ratio=0.4, hours=72.0, header=Header(title="پ" * 300))
    link = link_to(scenario, "https://example.org/")
    query = dict(pair.split("=") for pair in link.partition("?")[2].split("&"))
    assert from_query(catalogue, query)[0] == scenario.with_changes(header=Header())
    assert qr_code(link).startswith("<svg") and 'fill="#fff"' in qr_code(link), "none reads it on a dark page"
    assert qr_code("x" * 5_000) == ""


def test_what_the_back_tests_say_is_kept_and_fresh(catalogue: Catalogue) -> None:
    """`./dev golden` writes it down again after a change of data or model."""
    stored = json.loads(method_text.BACK_TEST_FILE.read_text(encoding="utf-8"))
    assert stored["of"] == method_text.fingerprint(catalogue), "run ./dev golden"
    assert tuple(stored["sentences"]) == method_text.computed(catalogue), "run ./dev golden"


def test_urdu_runs_from_the_right_everywhere(vpn_content: Content, vpn_files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(vpn_files["pptx"])) as packed:
        slide = etree.fromstring(packed.read("ppt/slides/slide1.xml"))
    spaces = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    paragraphs = [
        p for p in slide.iterfind(".//a:p", spaces) if vpn_content.said_locally in "".join(p.itertext())
    ]
    assert [p.find("a:pPr", spaces).get("rtl") for p in paragraphs] == ["1"]
    assert f'lang="ur-PK" dir="rtl">{vpn_content.said_locally}' in vpn_files["html"].decode("utf-8")
    assert vpn_content.said_locally in package_of(vpn_files["zip"])["README.md"]
    answer = openpyxl.load_workbook(io.BytesIO(vpn_files["xlsx"]), data_only=True)["Answer"]
    (cell,) = (
        cell for row in answer.iter_rows(max_row=6) for cell in row if cell.value == vpn_content.said_locally
    )
    assert cell.alignment.readingOrder == 2 and cell.alignment.horizontal == "right"
    first: Any = PdfReader(io.BytesIO(vpn_files["pdf"])).pages[0]
    fonts = [str(font.get_object()["/BaseFont"]) for font in first["/Resources"]["/Font"].values()]
    assert any("NotoNaskhArabic" in font for font in fonts), fonts
