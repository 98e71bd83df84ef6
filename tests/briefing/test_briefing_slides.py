"""The slides hold the model's numbers and nothing else, stay inside their boxes and can be read from the back.

Readers: python-pptx for places and words, openpyxl for the sheets behind charts, Pillow's own font for the room that
words take, the XML for languages and labels.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers.files.content import FEW, content_for
from helpers.files.open_xml import faults
from helpers.files.slides import POINT, SPACE, frames, misplaced, taken
from lxml import etree
from pptx import Presentation
from pptx.util import Emu

from briefing import make
from briefing.common.content import Content
from model.catalogue.load import Catalogue
from model.scenario.events import load_events
from model.scenario.fields import Header
from model.scenario.scenario import Scenario, checked


def plain(**changes: Any) -> Scenario:
    return Scenario(draws=FEW, **changes)


def titled(text: str, **changes: Any) -> Scenario:
    return plain(header=Header(title=text), **changes)


COMPARED, FROM_THE_RIGHT = "three", "Urdu"
SCENARIOS: dict[str, tuple[Scenario, ...]] = {
    "baseline": (plain(),),
    "15 minutes, in Chinese": (titled("巴基斯坦全国互联网中断一天的经济损失估计" * 2, hours=0.25),),
    "2 years": (plain(hours=17_520.0),),
    "nothing": (plain(hours=0.0),),
    "Tuvalu": (plain(country="TUV"),),
    "Eritrea": (plain(country="ERI", hours=72.0), plain(country="KEN", hours=72.0)),
    "Kenya in KES": (plain(country="KEN", currency="KES", hours=168.0),),
    COMPARED: (plain(), plain(hours=72.0), titled("A very long name that somebody typed " * 4, country="KEN")),
    "measures": (plain(kind="vpn_block", hours=4320.0),),
    "cable in rupees": (plain(kind="cable_cut", currency="PKR", hours=72.0),),
    FROM_THE_RIGHT: (titled("پاکستان میں ایک دن کے لیے انٹرنیٹ کی مکمل بندش کا نقصان"),),
    "Hindi": (titled("भारत में एक दिन के लिए इंटरनेट बंद होने से नुकसान", country="IND"),),
    "Iran": (),
}  # fmt: skip


def content_named(catalogue: Catalogue, name: str) -> Content:
    first, *others = SCENARIOS[name] or (
        next(item for item in load_events(catalogue) if item.id == "irn_2026_01_blackout").scenario,
    )
    if name == "measures":
        first = first.with_changes(assumptions={f"lever.{key}.coverage": 0.5 for key in catalogue.levers})
    first = checked(catalogue, first.with_changes(draws=FEW))
    return content_for(catalogue, first, others=tuple(others), address="https://nettoll.example.org")


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_deck_can_be_shown_as_it_is(name: str, catalogue: Catalogue, tmp_path: Path) -> None:
    """Inside the slide, nothing over anything, all words in their boxes, large enough; every amount is the model's."""
    content = content_named(catalogue, name)
    data = make("pptx", content).data
    deck = Presentation(io.BytesIO(data))
    if name == FROM_THE_RIGHT:
        stands_from_the_right(deck.slides[0], SCENARIOS[name][0].header.title)
    if name in (COMPARED, FROM_THE_RIGHT):  # all kinds of slides: else PowerPoint offers to repair the file
        assert faults(data, tmp_path, "pptx") == []
    values = list(amounts_of(content))
    for number, slide in enumerate(deck.slides, start=1):
        where = f"{name}, slide {number}"
        assert not list(misplaced(deck, slide)), where
        if name != "three":  # a reader's name may be longer than any slide; our words never are
            assert not [text for text in words_on(slide) if "…" in text], where
        assert next(s for s in slide.placeholders if s.placeholder_format.type == 13).text_frame.text == str(
            number
        )
        # Of other estimates: the ends of what is not known. Of other languages and of sources: not our amounts.
        others = [*(item.said for item in content.not_known), content.said_locally, content.where]
        for words in words_on(slide) if "sources" not in slide.shapes.title.text else ():
            for amount in printed(without(words, others)):
                assert any(same(amount, value) for value in values), (where, words, amount)
        assert all(
            run.get("lang") for run in etree.fromstring(slide.part.blob).iter(f"{{{SPACE['a']}}}rPr")
        ), where


def stands_from_the_right(slide: Any, title: str) -> None:
    (paragraph,) = (
        p for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs if p.text == title
    )  # fmt: skip
    properties = paragraph._p.find("a:pPr", SPACE)
    assert (properties.get("rtl"), properties.get("algn")) == ("1", "r")
    assert paragraph.runs[0]._r.find("a:rPr", SPACE).get("lang") == "ur-PK"


def words_on(slide: Any) -> Iterator[str]:
    """Every text of a slide but the words at the ticks of axes, and all that is said of charts and tables."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from (p.text for p in shape.text_frame.paragraphs)
        if shape.has_table:
            yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
        if shape.has_chart:
            yield shape._element.nvGraphicFramePr.cNvPr.get("descr")
            part = etree.fromstring(shape.chart.part.blob)
            for series in part.iterfind(".//c:ser", SPACE):
                name = series.findtext("c:tx//c:v", namespaces=SPACE)
                if name not in ("Ticks (words)", "Amounts (words)", "Lengths (words)"):
                    yield from (item.text for item in series.iterfind(".//a:t", SPACE))


def without(text: str, others: list[str]) -> str:
    for other in others:
        text = text.replace(other, "") if other else text
    return text


SIZES = {"": 1, "k": 10**3, "M": 10**6, "bn": 10**9, "tn": 10**12, " million": 10**6, " billion": 10**9,
         " trillion": 10**12}  # fmt: skip
UNITS = "|".join(sorted(SIZES, key=len, reverse=True))
AMOUNT = re.compile(rf"(?:\$|\b[A-Z]{{3}} )(\d[\d,]*(?:\.\d+)?)(?:-(\d[\d,]*(?:\.\d+)?))?({UNITS})")


def printed(text: str) -> Iterator[Decimal]:
    """The amounts of money in a text, as they were rounded."""
    for first, second, unit in AMOUNT.findall(text.replace("−", "")):
        for part in (first, second):
            if part:
                yield Decimal(part.replace(",", "")) * SIZES[unit]


def same(amount: Decimal, value: float) -> bool:
    """Whether an amount is what rounding to one, two or three digits makes of a value."""
    return any(Decimal(f"{Decimal(repr(abs(value))):.{digits}e}") == amount for digits in (1, 0, 2))


def amounts_of(content: Content) -> Iterator[float]:
    """What a deck may print, from the model's objects."""
    result = content.result
    for item in result.amounts:
        yield from (value for value in item.range if value is not None)
    net = result.amount("net_direct").median or 0.0
    hours = result.scenario.hours * result.scenario.spells
    yield from (0.0, net / result.money.per_usd, content.centre)
    if hours:
        yield from (net / hours, net / hours * 24)
    if result.economy.rate is not None:
        yield net * result.economy.rate.value
    curve = result.curves["net_direct"].median
    marks = (1.0, 24.0, 168.0, 720.0, 730.0, 8760.0, result.scenario.hours)
    yield from (float(value) for at, value in zip(result.durations, curve, strict=True) if at in marks)
    yield sum(line.range.median or 0.0 for line in content.sectors[6:])
    for row in result.tornado:
        yield from (row.at_low, row.at_high)
    yield from (row.cost for row in content.methods if row.cost)
    for beside in content.compared:
        yield from (value for part in (beside.amount, beside.differs) for value in part if value is not None)
    for lever in result.levers:
        yield from (*lever.avoided, lever.cost_per_year or 0.0)


def test_five_slides_tell_it_and_an_appendix_backs_it(
    vpn_content: Content, vpn_files: dict[str, bytes]
) -> None:
    slides = list(Presentation(io.BytesIO(vpn_files["pptx"])).slides)
    titles = [slide.shapes.title.text for slide in slides]
    assert sum(not title.startswith("Appendix") for title in titles) == 5
    assert titles[0].endswith(f" would cost Pakistan about {spoken_median(vpn_content)}")
    assert all(re.search(r"\d|“", title) for title in titles[:5]), "a title is a finding"
    # The answer's own figure stands in the title and in large letters, and no third time.
    first = [text for text in words_on(slides[0]) if text]
    assert sum("$60M" in text or "$60 million" in text for text in first if "range" not in text) == 2
    assert any("in local money" in text and "PKR" in text for text in first)
    assert all(
        word not in " ".join(words_on(slide)) for slide in slides for word in ("seed", "draws", "localhost")
    )
    assert vpn_content.stamp in slides[0].notes_slide.notes_text_frame.text
    every = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert every.count(vpn_content.how[0]) == 1 and every.count(vpn_content.headline) == 1


def spoken_median(content: Content) -> str:
    net = content.line("net_direct").range.median or 0.0
    return f"${net / 1e6:.0f} million"


def test_charts_hold_the_models_numbers_and_open_as_sheets(
    vpn_content: Content, vpn_files: dict[str, bytes]
) -> None:
    deck = Presentation(io.BytesIO(vpn_files["pptx"]))
    frames_ = {shape.name: shape for slide in deck.slides for shape in slide.shapes if shape.has_chart}
    lost = numbers(frames_["What is lost"])
    lines = {line.id: line for line in vpn_content.chain}
    inside = [lines[name].range.median for name in ("gross", "caught_up", "overtime", "net_direct")]
    assert [x * 1e6 for x, _ in lost["Median, M USD"][:4]] == pytest.approx(inside)
    ends = [(lines[name].range.low, lines[name].range.high) for name in lines]
    drawn = lost["Ranges"]
    assert [x * 1e6 for x, _ in drawn] == pytest.approx([x for pair in ends for x in pair])
    curve = vpn_content.result.curves["net_direct"]
    median = numbers(frames_["Direct loss against duration"])["Median"]
    assert [y * 1e6 for _, y in median] == pytest.approx(list(curve.median))
    assert [x * 24 for x, _ in median] == pytest.approx(list(vpn_content.result.durations))
    for shape in frames_.values():
        book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        cells = {
            f"{cell:.9g}"
            for row in book.active.iter_rows(values_only=True)
            for cell in row
            if isinstance(cell, int | float)
        }
        for points in numbers(shape).values():
            assert {f"{x:.9g}" for x, _ in points} <= cells
        assert "barChart" not in shape.chart.part.blob.decode()
        assert re.search(r"\d", shape._element.nvGraphicFramePr.cNvPr.get("descr"))


def numbers(shape: Any) -> dict[str, list[tuple[float, float]]]:
    """Places of the points of each series, from the chart's own part."""
    series: dict[str, list[tuple[float, float]]] = {}
    for item in etree.fromstring(shape.chart.part.blob).iterfind(".//c:ser", SPACE):
        columns = [
            {
                pt.get("idx"): float(pt.findtext("c:v", namespaces=SPACE))
                for pt in item.iterfind(f"c:{name}//c:pt", SPACE)
            }
            for name in ("xVal", "yVal")
        ]
        name = item.findtext("c:tx//c:v", namespaces=SPACE)
        series.setdefault(name, []).extend(
            (x, columns[1][at]) for at, x in columns[0].items() if at in columns[1]
        )
    return series  # fmt: skip


def test_ticks_say_where_they_stand(vpn_files: dict[str, bytes]) -> None:
    deck = Presentation(io.BytesIO(vpn_files["pptx"]))
    count = 0
    for shape in (shape for slide in deck.slides for shape in slide.shapes if shape.has_chart):
        for item in etree.fromstring(shape.chart.part.blob).iterfind(".//c:ser", SPACE):
            name = item.findtext("c:tx//c:v", namespaces=SPACE)
            if name in ("Ticks (words)", "Amounts (words)"):
                across, up = (
                    [float(v.text) for v in item.iterfind(f"c:{part}//c:v", SPACE)]
                    for part in ("xVal", "yVal")
                )
                for text, value in zip(
                    item.iterfind(".//a:t", SPACE), across if name[0] == "T" else up, strict=True
                ):
                    (amount,) = printed(text.text)
                    assert float(amount) == pytest.approx(abs(value) * 1e6)
                    count += 1
    assert count > 12


def test_the_file_says_who_made_it_and_is_the_same_each_time(
    vpn_content: Content, vpn_files: dict[str, bytes]
) -> None:
    data = vpn_files["pptx"]
    assert make("pptx", vpn_content).data == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        core, app = packed.read("docProps/core.xml").decode(), packed.read("docProps/app.xml").decode()
        size = etree.fromstring(packed.read("ppt/presentation.xml")).find(".//{*}sldSz")
        assert len(names) == len(set(names)) and not any("thumbnail" in name for name in names)
        assert "Steve" not in core and core.count("NetToll") >= 2
    deck = Presentation(io.BytesIO(data))
    assert f"<Slides>{len(deck.slides)}</Slides>" in app and "Widescreen" in app
    assert (size.get("cx"), size.get("cy"), size.get("type")) == ("12192000", "6858000", None)


def test_the_longest_names_of_our_assumptions_stand_whole_on_a_slide(
    catalogue: Catalogue, vpn_content: Content
) -> None:
    from briefing.slides.charts import LONGEST_NAME, ChartRow, Forest, forest_over
    from briefing.slides.page import Page, Said
    from briefing.slides.template import own

    names = sorted((row.label for row in catalogue.parameters.values()), key=len)[-4:]
    assert len(names[-1]) <= LONGEST_NAME
    rows = [
        ChartRow(name, "PKR 870M to PKR 1.4bn", more="from 0.12 to 0.98 times", ends=(870e6, 1.4e9))
        for name in names
    ]
    page = Page(own.look(None), vpn_content, "What moves the answer")
    forest_over(
        page, Forest("It", ("Assumption", "Direct loss", ""), rows, "PKR"), [Said("Words below. " * 10)]
    )
    drawn = [(text, room, high, sizes) for text, room, high, sizes, _ in frames(page.slide) if text]
    assert [text[0] for text, *_ in drawn if text[0] in names] == names
    assert all(taken(text, room, sizes) <= high for text, room, high, sizes in drawn)


def test_words_that_do_not_fit_are_cut_with_a_mark() -> None:
    from briefing.slides import measure

    text = "A name that is much too long for the cell in which it has to stand"
    short = measure.cut(text, 120.0, 18.0, 2)
    assert short.endswith("…") and text.startswith(short[:-1])
    assert measure.lines(short, 120.0, 18.0) == 2 and measure.cut("A name", 120.0, 18.0) == "A name"
    assert measure.lines("巴" * 40, 18 * 1.02 * 10, 18.0) == 4
    assert Emu(POINT).pt == 1
