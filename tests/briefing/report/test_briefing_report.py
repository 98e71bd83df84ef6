"""The report is a few pages that everybody can read; the interactive one needs nothing else."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from helpers.files.content import FEW, content_for
from helpers.files.readers import flat, page_of, pdf_text
from pypdf import PdfReader

from briefing import make
from briefing.common.content import Content
from briefing.report import typeset
from briefing.report.figures import charts_of
from briefing.report.pdf import PAGES
from model.catalogue.load import ROOT, Catalogue
from model.common.text import from_right
from model.scenario.fields import Header
from model.scenario.scenario import Scenario

SECOND, HOME = "lever.second_link.coverage", "lever.work_from_home.coverage"
NOBODY_HAS = "\U0002fff0"  # a letter that does not exist


@pytest.fixture(scope="module")
def full(catalogue: Catalogue) -> Content:
    """Two measures, a title from the right, and two scenarios beside it, one in another country."""
    title = "تین دن، تقریباً"
    first = Scenario(draws=FEW, hours=72.0, assumptions={SECOND: 0.5, HOME: 0.5}, header=Header(title=title))
    others = (
        Scenario(draws=FEW, hours=72.0),
        Scenario(draws=FEW, country="KEN", kind="slowdown", hours=48.0),
    )
    return content_for(catalogue, first, others=others, address="https://nettoll.example.org")


@pytest.fixture(scope="module")
def full_files(full: Content) -> dict[str, bytes]:
    return {key: make(key, full).data for key in ("pdf", "html")}


def elements(node: Any) -> Iterator[tuple[str, Any]]:
    """The structure of a tagged PDF, in the order in which it is read out."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), node
        yield from elements(node.get("/K", []))


def test_the_report_can_be_read_out(full: Content, full_files: dict[str, bytes]) -> None:
    """What PDF/UA asks of the structure: language, title, tags, order of headings, words for figures, own fonts."""
    reader = PdfReader(io.BytesIO(full_files["pdf"]))
    assert len(reader.pages) <= PAGES
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title == full.title
    assert "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    tags = list(elements(root["/StructTreeRoot"]))
    names = [name for name, _ in tags]
    levels = [int(name[2:]) for name in names if re.fullmatch(r"/H\d", name)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    figures = [str(node.get("/Alt", "")) for name, node in tags if name == "/Figure"]
    assert len(figures) >= 5 and all(figures), "chain, curve, bearers, drivers and the code"
    assert names.count("/Table") == 3 and names.count("/TH") >= 4 + 5 + 5
    for page in reader.pages:
        assert page["/StructParents"] is not None and page["/Tabs"] == "/S"
        fonts: Any = page["/Resources"]["/Font"]
        for font in fonts.values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), font


def test_no_letter_is_too_small_and_no_page_mostly_empty(full_files: dict[str, bytes]) -> None:
    """Nine points at least, and words beyond the upper third of every page."""
    for page in PdfReader(io.BytesIO(full_files["pdf"])).pages:
        sizes: set[float] = set()
        heights: list[float] = []

        def seen(
            text: str, cm: Any, tm: Any, _font: Any, size: float,
            sizes: set[float] = sizes, heights: list[float] = heights,
        ) -> None:  # fmt: skip
            if text.strip():
                sizes.add(round(size * abs(tm[3]) * abs(cm[3]), 2))
                heights.append(cm[5] + cm[3] * tm[5])

        page.extract_text(visitor_text=seen)
        assert min(sizes) >= 9, sizes
        body = [height for height in heights if height > 60]  # without the foot
        assert min(body) < float(page.mediabox.height) * 0.67


def test_what_was_asked_stands_on_the_first_page(full: Content, full_files: dict[str, bytes]) -> None:
    """All scenarios with their differences, what each measure saves, and the way to the comparison."""
    first = flat(PdfReader(io.BytesIO(full_files["pdf"])).pages[0].extract_text())
    page = flat(" ".join(page_of(full_files["html"]).words))
    for row in full.compared:
        assert row.text in page and row.difference in page
        assert row.text.split(" (")[0] in first and row.difference.split(" (")[0] in first
    for measure in full.measures:
        assert measure.text.split(" (")[0] in first and measure.text in page and measure.verdict in first
    assert full.link.startswith("https://nettoll.example.org/compare?")
    links = [
        str(note.get_object()["/A"]["/URI"])
        for sheet in PdfReader(io.BytesIO(full_files["pdf"])).pages
        for note in sheet.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert full.link in links
    assert f'href="{full.link.replace("&", "&amp;")}"' in full_files["html"].decode("utf-8")


def test_a_title_from_the_right_stands_right(full: Content, full_files: dict[str, bytes]) -> None:
    data = typeset.data_of(full)
    assert data["heading_from_right"] and not from_right("1. Title: پاکستان")
    assert '<h1 dir="auto">' in full_files["html"].decode("utf-8")
    rights: list[float] = []

    def seen(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if re.search("[\u0600-\u06ff]", text) and size * abs(tm[0]) > 15:
            rights.append(cm[4] + cm[0] * tm[4])

    PdfReader(io.BytesIO(full_files["pdf"])).pages[0].extract_text(visitor_text=seen)
    assert rights and min(rights) > 250, "points from the left edge"


def test_a_letter_without_a_font_costs_that_letter_only(vpn_content: Content) -> None:
    """The model refuses a letter that does not exist; it stands here for one that this machine cannot draw."""
    title = f"A rare {NOBODY_HAS} in a title, تقریباً"
    made = make("pdf", replace(vpn_content, title=title)).data
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None and reader.metadata.title == title
    text = flat(reader.pages[0].extract_text())
    assert "A rare ? in a title" in text and text.count("?") == 1
    lost = replace(vpn_content, title=NOBODY_HAS * 5)
    text = flat(PdfReader(io.BytesIO(make("pdf", lost).data)).pages[0].extract_text())
    assert lost.event in text and "no font for" in text


@pytest.mark.parametrize("hours", [0.25, 24.0, 17520.0])
def test_the_dot_lies_on_the_curve_and_no_axis_is_logarithmic(hours: float, catalogue: Catalogue) -> None:
    content = content_for(catalogue, Scenario(draws=FEW, hours=hours))
    curve = typeset.data_of(content)["charts"]["curve"]
    assert curve["chosen"] in [pytest.approx(point) for point in curve["median"]]
    assert all(-1e-9 <= part <= 1 + 1e-9 for point in curve["band"] for part in point)
    for chart in charts_of(content).values():
        layout = chart.build("screen").to_dict()["layout"]
        assert {layout[axis].get("type", "linear") for axis in ("xaxis", "yaxis")} == {"linear"}, chart.name


def test_the_page_needs_nothing_else_and_draws_every_chart(
    full: Content, full_files: dict[str, bytes]
) -> None:
    text = full_files["html"].decode("utf-8")
    page = page_of(full_files["html"])
    (library,) = (ROOT / "static").glob("plotly-basic-*.min.js")
    assert text.count(library.read_text(encoding="utf-8")[:2_000]) == 1 and "default-src 'none'" in text
    outside = re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", text.split("<script>")[0])
    assert not outside
    figures = json.loads(next(part for part in page.scripts if part.lstrip().startswith("{")))
    assert list(figures) == ["compared", "measures", "chain", "curve", "bearers", "drivers"]
    for name, figure in figures.items():
        assert figure["screen"]["data"] and figure["picture"]["layout"]["width"] == 1600
        assert f'id="chart-{name}"' in text and f'data-picture="{name}"' in text
    for name, lines in (("chain", full.chain), ("bearers", full.sectors[:8]), ("compared", full.compared)):
        notes = [
            note["text"].partition("<br><span")[0].replace("<br>", " ")  # without what stands under a value
            for note in figures[name]["screen"]["layout"]["annotations"]
        ]
        assert {line.text for line in lines} <= set(notes), "a chart says what the table says"
    linked = re.findall(r'<li><a href="#([a-z]+)">', text)
    assert linked == re.findall(r'<section id="([a-z]+)">', text) and len(linked) > 10


def test_no_source_says_a_note_to_ourselves(full: Content, full_files: dict[str, bytes]) -> None:
    for text in (pdf_text(full_files["pdf"]), flat(" ".join(page_of(full_files["html"]).words))):
        for note in (
            "from memory",
            "to be verified",
            "not checked",
            "Own judgement",
            "the project",
            "localhost",
        ):
            assert note not in text, note
