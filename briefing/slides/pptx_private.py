"""What python-pptx has no public name for: the XML behind shapes, slides, axes and letters.

tests/briefing/test_private_names.py tries each and says what to do when one breaks.
"""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn
from pptx.presentation import Presentation

URDU, URDU_FONT = "ur-PK", "Noto Naskh Arabic"


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


def right_to_left(paragraph: Any) -> None:
    """Urdu: the paragraph runs from the right, and its letters come from a font for Arabic script."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("rtl", "1")
    properties.set("algn", "r")
    for run in paragraph.runs:
        letters = run._r.get_or_add_rPr()
        letters.set("lang", URDU)
        letters.append(letters.makeelement(qn("a:cs"), {"typeface": URDU_FONT}))
