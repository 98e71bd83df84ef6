"""Names of XlsxWriter and python-pptx that are not public: each still does what the briefing needs of it.

When a test here breaks after an update of the library, read what it says; nothing else uses these names.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

import briefing
from briefing.slides import pptx_private
from briefing.workbook import xlsx_private

ROOM = Path(briefing.__file__).parent
PRIVATE = re.compile(r"(?<!self)(?<!cls)\._(?!_)\w+|\boxml\b|\blxml\b")


def test_private_names_stand_in_one_module_for_each_library() -> None:
    uses = {path.name for path in ROOM.rglob("*.py") if PRIVATE.search(path.read_text(encoding="utf-8"))}
    assert uses == {"pptx_private.py"}  # XlsxWriter's name is a text in xlsx_private.py


def test_xlsxwriter_asks_its_sheet_to_prepare_a_formula() -> None:
    """Without it: delete `xlsx_private` and its one call. The workbook is the same and takes longer to make."""
    assert callable(getattr(Worksheet, xlsx_private.SEARCH, None)), "see the docstring of this test"
    sheet = Workbook(io.BytesIO()).add_worksheet()
    xlsx_private.skip_search_for_new_functions(sheet)
    assert getattr(sheet, xlsx_private.SEARCH)("=SUM(A1:A2)") == "SUM(A1:A2)"


def read_again(deck: Any) -> Any:
    target = io.BytesIO()
    deck.save(target)
    return Presentation(io.BytesIO(target.getvalue()))


def slide_with_chart() -> tuple[Any, Any, Any]:
    """A deck with a slide, the slide, and the frame of its chart."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("s", [1.0, 10.0])
    box = Inches(1), Inches(1), Inches(4), Inches(3)
    return deck, slide, slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)


def test_python_pptx_lets_shapes_and_slides_go() -> None:
    """Without it: look for `remove` or `delete` on shapes and slides; until then refuse templates with slides."""
    deck, slide, _ = slide_with_chart()
    pptx_private.remove_shape(slide.shapes.title)
    assert read_again(deck).slides[0].shapes.title is None
    pptx_private.remove_slides(deck)
    assert len(read_again(deck).slides) == 0 and len(deck.slide_layouts) > 5


def test_python_pptx_describes_a_chart_for_screen_readers() -> None:
    """Without it: look for `alt_text` or `descr` on the chart's frame; a deck must not be handed out without."""
    deck, _, frame = slide_with_chart()
    pptx_private.describe(frame, "Bars & whiskers")
    (shape,) = (shape for shape in read_again(deck).slides[0].shapes if shape.has_chart)
    assert b'descr="Bars &amp; whiskers"' in shape.part.blob


def test_python_pptx_takes_an_axis_that_multiplies_by_ten() -> None:
    """Without it: look for `log_base` or `logarithmic` on the value axis; until then the axis says log10 of money."""
    deck, _, frame = slide_with_chart()
    pptx_private.log_axis(frame.chart.value_axis)
    (shape,) = (shape for shape in read_again(deck).slides[0].shapes if shape.has_chart)
    assert re.search(rb"<c:scaling>\s*<c:logBase val=\"10\"/>", shape.chart.part.blob)


def test_python_pptx_writes_from_the_right() -> None:
    """Without it: look for `rtl` or `reading_order` on paragraphs; until then leave the others off the first slide."""
    deck, slide, _ = slide_with_chart()
    slide.shapes.title.text_frame.text = "نقصان"
    paragraph = slide.shapes.title.text_frame.paragraphs[0]
    pptx_private.in_language(paragraph, "ur-PK", from_right=True)
    page = read_again(deck).slides[0].part.blob
    assert b'rtl="1"' in page and b'lang="ur-PK"' in page and b'typeface="Noto Naskh Arabic"' in page
