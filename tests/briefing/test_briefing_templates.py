"""A reader's own template for the slides is used as it is: its places, sizes and colours; a bad one is refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from helpers.files.readers import deck_text
from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Inches

from briefing import make
from briefing.common.content import Content

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
THEME = {"tx1": "000000", "bg1": "FFFFFF", "accent1": "4F81BD", "accent2": "C0504D", "accent3": "9BBB59",
         "accent4": "8064A2", "accent5": "4BACC6", "accent6": "F79646"}  # fmt: skip


def four_to_three() -> bytes:
    """The template of python-pptx: 4:3, black on white."""
    return saved(lambda _: None)


def dark() -> bytes:
    """White on black, by the map of colours: what is called text is the light colour of the theme."""

    def change(deck: Any) -> None:
        colours = deck.slide_master._element.find(f"{{{SHOW}}}clrMap")
        colours.set("bg1", "dk1")
        colours.set("tx1", "lt1")

    return saved(change)


def painted() -> bytes:
    """White on a blue that the master has painted, the usual map of colours: text has the name of the background."""

    def change(deck: Any) -> None:
        master = deck.slide_master._element
        whole = master.find(f"{{{SHOW}}}cSld")
        old = whole.find(f"{{{SHOW}}}bg")
        if old is not None:
            whole.remove(old)
        whole.insert(0, parse_xml(
            f'<p:bg xmlns:p="{SHOW}" xmlns:a="{MAIN}"><p:bgPr><a:solidFill><a:srgbClr val="10243E"/></a:solidFill>'
            "<a:effectLst/></p:bgPr></p:bg>"
        ))  # fmt: skip
        for letters in master.find(f"{{{SHOW}}}txStyles").iter(f"{{{MAIN}}}schemeClr"):
            letters.set("val", "bg1")

    return saved(change)


def banded() -> bytes:
    """16:9 with a band over the left three inches, where nothing may stand."""

    def change(deck: Any) -> None:
        deck.slide_width = Inches(13.333)
        for holder in (deck.slide_master, *deck.slide_layouts):
            for shape in holder.placeholders:
                if shape._element.find(f".//{{{MAIN}}}xfrm") is not None:
                    shape.left = int(Inches(3.2) + shape.left * 1.05)
                    shape.width = int(shape.width * 1.05)

    return saved(change)


def saved(change: Callable[[Any], None]) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "A slide of the template"
    change(deck)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


@pytest.mark.parametrize("template", [four_to_three, dark, painted, banded], ids=lambda made: made.__name__)
def test_an_own_template_comes_out_right(template: Callable[[], bytes], vpn_content: Content) -> None:
    own, behind = template(), {dark: "000000", painted: "10243E"}.get(template, "FFFFFF")
    codes = THEME | ({"tx1": "FFFFFF", "bg1": "000000"} if template is dark else {})
    layout = next(
        item for item in Presentation(io.BytesIO(own)).slide_layouts if item.name == "Title and Content"
    )
    places = {item.placeholder_format.type: item for item in layout.placeholders}
    body = next(item for item in layout.placeholders if item.placeholder_format.idx == 1)
    data = make("pptx", vpn_content, own).data
    deck = Presentation(io.BytesIO(data))
    assert "A slide of the template" not in deck_text(data)
    assert deck.slide_height == Inches(7.5) and len(deck.slides) > 8
    for number, slide in enumerate(deck.slides, start=1):
        assert slide.slide_layout.name == layout.name
        kinds = {item.placeholder_format.type for item in slide.placeholders}
        assert {13, 15, 16} <= {int(kind) for kind in kinds}, "number, footer and date of the template"
        for shape in slide.shapes:
            if (
                shape.is_placeholder
                and shape.placeholder_format.type in places
                and shape.placeholder_format.idx != 1
            ):
                holder = places[shape.placeholder_format.type]
                assert (shape.left, shape.width) == (holder.left, holder.width)
                continue
            assert shape.left >= body.left and shape.left + shape.width <= body.left + body.width, (
                number,
                shape.name,
            )
            assert shape.top >= body.top and shape.top + shape.height <= body.top + body.height, (
                number,
                shape.name,
            )
        for size in sizes_on(slide):
            assert size >= 9, number
        for colour in colours_on(slide):
            assert contrast(luminance(codes[colour]), luminance(behind)) >= 3, (number, colour)


def sizes_on(slide: Any) -> Iterator[float]:
    roots = [etree.fromstring(slide.part.blob)]
    roots += [etree.fromstring(shape.chart.part.blob) for shape in slide.shapes if shape.has_chart]
    for root in roots:
        yield from (int(item.get("sz")) / 100 for item in root.iter(f"{{{MAIN}}}rPr") if item.get("sz"))


def colours_on(slide: Any) -> Iterator[str]:
    """Every colour that is set on a slide and in its charts; thin lines behind the numbers apart."""
    roots = [etree.fromstring(slide.part.blob)]
    roots += [etree.fromstring(shape.chart.part.blob) for shape in slide.shapes if shape.has_chart]
    for root in roots:
        assert not list(root.iter(f"{{{MAIN}}}srgbClr")), "a colour that no theme changes"
        for item in root.iter(f"{{{MAIN}}}schemeClr"):
            if not len(item):
                yield item.get("val")


def luminance(code: str) -> float:
    parts = [int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
