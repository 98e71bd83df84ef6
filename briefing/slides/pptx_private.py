"""What python-pptx has no public name for: the XML behind shapes, slides, tables and letters, and parts of the file.

tests/briefing/test_private_names.py tries each and says what to do when one breaks.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation

COMPLEX_FONTS = {True: "Noto Naskh Arabic", False: "Noto Sans Devanagari"}  # from the right, from the left
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # of tables: neither lines nor fill
APP = "/docProps/app.xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


def remove_shape(shape: Any) -> None:
    """Take a shape off its slide or layout."""
    shape._element.getparent().remove(shape._element)


def remove_slides(deck: Presentation) -> None:
    """Empty a deck; its layouts stay."""
    for entry in list(deck.slides._sldIdLst):
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)


def describe(frame: Any, text: str) -> None:
    """What a screen reader says of a chart or a table."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", text)


def add_placeholder(slide: Any, of_layout: Any, text: str, size: float, *, field: str = "") -> Any:
    """A placeholder of the layout on the slide, where the layout has it; with a field it holds what that computes.

    `size` are the points of a field's letters.
    """
    element = of_layout._element
    shape = slide.shapes
    number = max((item.shape_id for item in shape._spTree.iter_shape_elms()), default=1) + 1
    made = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name=""/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        "</p:cNvSpPr><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    made.find(f".//{qn('p:cNvPr')}").set("name", of_layout.name)
    made.find(f".//{qn('p:nvPr')}").append(deepcopy(element.find(f".//{qn('p:ph')}")))
    shape._spTree.append(made)
    placed = shape[-1]
    paragraph = placed.text_frame.paragraphs[0]
    if field:
        add_field(paragraph, field, text, size)
    else:
        paragraph.text = text
    return placed


def add_field(paragraph: Any, kind: str, text: str, size: float) -> None:
    """What the office program computes, such as the number of the slide, in letters of `size` points."""
    run = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="{kind}"><a:rPr lang="en-GB" '
        f'sz="{size * 100:.0f}"/><a:t>{text}</a:t></a:fld>'
    )
    paragraph._p.append(run)


def in_language(paragraph: Any, tag: str, *, from_right: bool) -> None:
    """The language of a paragraph, its direction, and a font for letters that are not Latin."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("rtl", str(int(from_right)))  # said of both: LibreOffice goes on as the paragraph before
    if from_right:
        properties.set("algn", "r")
    for run in paragraph.runs:
        letters = run._r.get_or_add_rPr()
        letters.set("lang", tag)
        if not tag.startswith("en"):
            letters.append(letters.makeelement(qn("a:cs"), {"typeface": COMPLEX_FONTS[from_right]}))


def no_bullet(paragraph: Any) -> None:
    """A paragraph without the sign and the indent that its layout gives to a list."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(properties.makeelement(qn("a:buNone"), {}))


def colours_of(layout: Any) -> tuple[dict[str, str], str, str]:
    """Names of a layout's theme colours with what they stand for, that of its text, and what lies behind it.

    The colour of text is a name; what lies behind is six hexadecimal figures, or empty for a picture or a pattern.
    """
    master = layout.slide_master
    scheme = etree.fromstring(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob).find(
        f".//{qn('a:clrScheme')}"
    )
    plain = {etree.QName(item).localname: _code(item[0]) for item in scheme if len(item)}
    mapped = master._element.find(qn("p:clrMap")).attrib
    colours = plain | {name: plain[target] for name, target in mapped.items() if target in plain}
    text = master._element.find(
        f".//{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}/{qn('a:solidFill')}/*"
    )
    name = text.get("val") if text is not None and text.get("val") in colours else "tx1"
    behind = colours["bg1"]
    for holder in (layout, master):
        background = holder._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if background is not None:
            solid = background.find(f".//{qn('a:solidFill')}/*")
            solid = background.find(f"{qn('p:bgRef')}/*") if solid is None else solid
            code = "" if solid is None else colours.get(solid.get("val"), solid.get("val") or "")
            return colours, name, code if len(code) == 6 else ""
    return colours, name, behind


def _code(colour: Any) -> str:
    return str(colour.get("lastClr") or colour.get("val"))


def title_size(layout: Any) -> float:
    """Points of the letters of a layout's titles."""
    for holder, path in (
        (layout, f".//{qn('p:ph')}[@type='title']/../../..//{qn('a:defRPr')}"),
        (layout.slide_master, f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"),
    ):
        letters = holder._element.find(path)
        if letters is not None and letters.get("sz"):
            return int(letters.get("sz")) / 100
    return 44.0


def plain_table(table: Any) -> None:
    """A table without the style of the library: its text has the template's colour, its lines are set cell by cell."""
    properties = table._tbl.tblPr
    properties.set("bandRow", "0")
    properties.find(qn("a:tableStyleId")).text = NO_STYLE


def line_below(cell: Any, fill: str, width: float) -> None:
    """A line under a cell, `width` points thick; `fill` is the element of its colour."""
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(0, parse_xml(f'<a:lnB {nsdecls("a")} w="{width * 12_700:.0f}">{fill}</a:lnB>'))
    properties.append(parse_xml(f"<a:noFill {nsdecls('a')}/>"))


def coloured(run: Any, fill: str) -> None:
    """A run in a colour of the theme, written as the element of its fill."""
    letters = run._r.get_or_add_rPr()
    letters.insert(0, parse_xml(fill.replace("<a:solidFill>", f"<a:solidFill {nsdecls('a')}>")))


def set_properties(deck: Presentation, text: str) -> None:
    """Replace what the file says of itself for the office program, and leave out the picture of another deck."""
    package: Any = deck.part.package
    for relation in list(package._rels.values()):
        if (
            relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL
            or relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES
        ):
            package._rels.pop(relation.rId)
    part = Part(PackURI(APP), APP_TYPE, package, text.encode("utf-8"))
    package.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


def put_back(slide: Any, shape: Any) -> None:
    """Put a shape that was taken off a slide on it again, above the others, with a number that none of them has."""
    number = max((item.shape_id for item in slide.shapes), default=1) + 1
    shape._element.find(f".//{qn('p:cNvPr')}").set("id", str(number))
    slide.shapes._spTree.append(shape._element)
