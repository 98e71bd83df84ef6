"""Names of XlsxWriter and python-pptx that are not public: each still does what the briefing needs of it.

When a test here breaks after an update of the library, read what it says; nothing else uses these names.
"""

from __future__ import annotations

import io
import re
import zipfile
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
    uses.discard("clean.py")  # reads the XML of a stranger's file itself, with names that lxml documents
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


def test_python_pptx_numbers_its_slides() -> None:
    """Without it: look for `slide_number` or `fields`; until then a number is text, wrong where a slide moves."""
    deck, slide, _ = slide_with_chart()
    holder = next(item for item in slide.slide_layout.placeholders if item.placeholder_format.type == 13)
    pptx_private.add_placeholder(slide, holder, "1", 12, field="slidenum")
    again = read_again(deck).slides[0]
    (number,) = (item for item in again.placeholders if item.placeholder_format.type == 13)
    assert number.text_frame.text == "1" and b'type="slidenum"' in again.part.blob
    assert (number.left, number.top) == (holder.left, holder.top)


def test_python_pptx_tells_the_colours_of_a_theme() -> None:
    """Without it: look for `theme` on the master; until then text is black, which a dark template hides."""
    deck, slide, _ = slide_with_chart()
    colours, text, behind = pptx_private.colours_of(slide.slide_layout)
    assert (colours["tx1"], colours["accent1"], text, behind) == ("000000", "4F81BD", "tx1", "FFFFFF")
    assert pptx_private.title_size(slide.slide_layout) == 44
    run = slide.shapes.title.text_frame.paragraphs[0].add_run()
    pptx_private.coloured(run, '<a:solidFill><a:schemeClr val="accent2"/></a:solidFill>')
    assert (
        str(read_again(deck).slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.color.theme_color)
        == "ACCENT_2 (6)"
    )


def test_python_pptx_leaves_the_style_of_tables_to_us() -> None:
    """Without it: look for `style` on tables and `borders` on cells; until then tables are those of the library."""
    deck, slide, _ = slide_with_chart()
    table = slide.shapes.add_table(1, 1, Inches(1), Inches(1), Inches(1), Inches(1)).table
    pptx_private.plain_table(table)
    pptx_private.line_below(table.cell(0, 0), '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>', 1.0)
    page = read_again(deck).slides[0].part.blob
    assert pptx_private.NO_STYLE.encode() in page and b'<a:lnB w="12700">' in page


def test_python_pptx_says_what_a_file_is() -> None:
    """Without it: look for `extended_properties`; until then decks say that they are of the library's author."""
    deck, _, _ = slide_with_chart()
    pptx_private.set_properties(deck, "<Properties/>")
    target = io.BytesIO()
    deck.save(target)
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as packed:
        assert packed.read("docProps/app.xml") == b"<Properties/>"
        assert not any("thumbnail" in name for name in packed.namelist())


def test_python_pptx_writes_from_the_right() -> None:
    """Without it: look for `rtl` or `reading_order` on paragraphs; until then leave the others off the first slide."""
    deck, slide, _ = slide_with_chart()
    slide.shapes.title.text_frame.text = "نقصان"
    paragraph = slide.shapes.title.text_frame.paragraphs[0]
    pptx_private.in_language(paragraph, "ur-PK", from_right=True)
    page = read_again(deck).slides[0].part.blob
    assert b'rtl="1"' in page and b'lang="ur-PK"' in page and b'typeface="Noto Naskh Arabic"' in page
