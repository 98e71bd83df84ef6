"""The slides hold the model's numbers, stay inside their edges and are large enough to read."""

from __future__ import annotations

import io

import openpyxl
import pytest
from helpers.briefing_content import FEW, content_for
from lxml import etree
from pptx import Presentation

from briefing import make
from briefing.content import NAME, Content
from model.catalogue.load import Catalogue
from model.common.numbers import MILLION
from model.scenario.scenario import Scenario


def test_charts_of_the_slides_hold_the_models_numbers(
    vpn_content: Content, vpn_files: dict[str, bytes]
) -> None:
    slides = list(Presentation(io.BytesIO(vpn_files["pptx"])).slides)
    assert 5 <= len(slides) <= 8
    charts = [(shape.chart, shape) for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 4
    series = {item.name: list(item.values) for item in charts[0][0].plots[0].series}
    medians = [(line.median or 0.0) / MILLION for line in vpn_content.chain]
    assert series["Median, M USD"] == pytest.approx(medians)
    curve = vpn_content.result.curves["net_direct"]
    median = next(item for item in charts[1][0].plots[0].series if item.name == "Median")
    assert list(median.values) == pytest.approx([value / MILLION for value in curve.median])
    bars = {item.name: list(item.values)[::-1][:8] for item in charts[2][0].plots[0].series}
    top = vpn_content.sectors[:8]
    for name, wanted in (("5% point", [line.low for line in top]), ("Median", [line.median for line in top]),
                         ("95% point", [line.high for line in top])):  # fmt: skip
        assert bars[f"{name}, M USD"] == pytest.approx([(value or 0.0) / MILLION for value in wanted])
    # The labels are the data's own, so they follow a change of the data.
    part = etree.fromstring(charts[2][0].part.blob)
    assert not list(part.iterfind(".//{*}dLbl/{*}tx"))
    assert [item.get("val") for item in part.iterfind(".//{*}dLbls/{*}showVal")] == ["1"]
    assert "The words above the columns are text" in slides[1].notes_slide.notes_text_frame.text
    # Native: the numbers open as a workbook; and words for those who cannot see it.
    for chart, shape in charts:
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.active.max_row > 1
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_nothing_stands_outside_a_slide(vpn_files: dict[str, bytes]) -> None:
    deck = Presentation(io.BytesIO(vpn_files["pptx"]))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert (
                shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height
            )


def test_slides_are_read_from_the_back_of_the_room(catalogue: Catalogue, vpn_files: dict[str, bytes]) -> None:
    """No letter under 14 points; sources, link and footer no smaller than 12."""
    scenario = Scenario(draws=FEW, kind="vpn_block", assumptions={"recapture.spare_capacity": 0.2})
    both = content_for(catalogue, scenario, others=(Scenario(draws=FEW, hours=48.0),))
    for data in (vpn_files["pptx"], make("pptx", both).data):
        for slide in Presentation(io.BytesIO(data)).slides:
            small = (NAME, "Scenario: ", "sources") if "sources" in slide.shapes.title.text else (
                NAME, "Scenario: ")  # fmt: skip
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
