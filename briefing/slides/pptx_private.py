"""What python-pptx has no public name for: the XML behind shapes, slides, axes and letters.

tests/briefing/test_private_names.py tries each and says what to do when one breaks.
"""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn
from pptx.presentation import Presentation

COMPLEX_FONTS = {True: "Noto Naskh Arabic", False: "Noto Sans Devanagari"}  # from the right, from the left


def remove_shape(shape: Any) -> None:
    """Take a shape off its slide or layout."""
    shape._element.getparent().remove(shape._element)


def remove_slides(deck: Presentation) -> None:
    """Empty a deck; its layouts stay."""
    for entry in list(deck.slides._sldIdLst):
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)


def describe(chart_frame: Any, text: str) -> None:
    """What a screen reader says of a chart."""
    chart_frame._element.nvGraphicFramePr.cNvPr.set("descr", text)


def log_axis(axis: Any) -> None:
    """Each line of the axis is ten times the one before; the format wants the element first."""
    scaling = axis._element.find(qn("c:scaling"))
    scaling.insert(0, scaling.makeelement(qn("c:logBase"), {"val": "10"}))


def in_language(paragraph: Any, tag: str, *, from_right: bool) -> None:
    """The language of a paragraph, its direction, and a font for letters that are not Latin."""
    if from_right:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("rtl", "1")
        properties.set("algn", "r")
    for run in paragraph.runs:
        letters = run._r.get_or_add_rPr()
        letters.set("lang", tag)
        letters.append(letters.makeelement(qn("a:cs"), {"typeface": COMPLEX_FONTS[from_right]}))
