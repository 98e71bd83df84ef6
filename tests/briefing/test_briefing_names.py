"""Nothing in a title or a name does harm in any file, however long or hostile it is."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from helpers.each import each
from helpers.files.content import DAY, FEW, content_for
from helpers.files.readers import READERS, flat, package_of, page_of
from lxml import etree
from pptx import Presentation
from pypdf import PdfReader

from briefing import FORMATS, make
from briefing.common.content import Content, content_of
from briefing.report.pdf import PAGES
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.scenario.fields import Header
from model.scenario.scenario import Scenario, checked

# Of each group the first is the title of the scenario itself, the second its author, the others those of others.
NASTY = (
    ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "🛰 Ünï", "]]>"),
    ("</script><script>alert(1)</script>", "<b>&amp;\"'</b>", "#let x = panic() $ * _ ` \\ [ ] @label", "پاکستان",
     "x" * 400),
)  # fmt: skip


@pytest.mark.parametrize("titles", NASTY, ids=str)
def test_no_title_does_harm(titles: tuple[str, ...], catalogue: Catalogue) -> None:
    text, *beside = titles
    header = Header(title=text, author=beside[0][:200], reference=text, why=beside[-1] * 9)
    scenario = checked(catalogue, Scenario(draws=FEW, header=header))
    others = (Scenario(draws=FEW, hours=48.0, header=Header(title=title)) for title in beside)
    bad = content_for(catalogue, scenario, others=tuple(others))
    made = {key: make(key, bad).data for key in FORMATS}
    deck = Presentation(io.BytesIO(made["pptx"]))
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                inner = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                assert not [c for row in inner.active.iter_rows() for c in row if c.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(made["xlsx"])) as packed:
        parts = {
            name: etree.fromstring(packed.read(name)) for name in packed.namelist() if name.endswith(".xml")
        }
    assert set(titles) <= set(parts["xl/sharedStrings.xml"].itertext())
    formulas = [item.text or "" for part in parts.values() for item in part.iterfind(".//{*}f")]
    assert len(formulas) > 1_000
    assert not [formula for formula in formulas for one in titles if one.lstrip("=") in formula]
    assert len(PdfReader(io.BytesIO(made["pdf"])).pages) <= PAGES
    page = page_of(made["html"])
    words = flat(" ".join(page.words))
    assert all(flat(one) in words for one in titles) and "<script>alert" not in "".join(page.scripts)
    for name, table in package_of(made["zip"]).items():
        if name.endswith(".csv"):
            every = [value for row in csv.reader(io.StringIO(table)) for value in row]
            assert not [v for v in every if v[:1] in ("=", "@", "\t", "\r") or re.match(r"[+-][^0-9.]", v)], (
                name
            )


def test_a_title_of_ten_thousand_characters_is_refused(catalogue: Catalogue) -> None:
    for title in ("x" * 10_000, "bell\x07", "\u202eright to left", "\ufffe", "\ud800"):
        with pytest.raises(InputError):
            checked(catalogue, Scenario(header=Header(title=title)))


def test_a_name_of_ten_thousand_characters_does_no_harm_where_it_slips_through(vpn_content: Content) -> None:
    """The model refuses such a name; a format must hold even so."""
    name = "=long &<>\"' name " * 600
    header = Header(title=name, author=name, reference=name, why=name)
    result = replace(vpn_content.result, scenario=vpn_content.result.scenario.with_changes(header=header))
    told_so = content_of(result, day=DAY)
    assert len(told_so.title) > 10_000
    for key in FORMATS:
        assert flat(told_so.headline) in flat(READERS[key](make(key, told_so).data)), key


UNBROKEN = {"x": "x" * 300, "W": "W" * 150 + "https://" + "W" * 140}
MILLIMETRE = 72 / 25.4


@each("letter", UNBROKEN)
def test_a_name_without_spaces_stays_on_the_page_and_beside_its_code(
    letter: str, catalogue: Catalogue
) -> None:
    name = UNBROKEN[letter]
    header = Header(title=name, author=name, reference=name, why=name)
    bad = content_for(
        catalogue, Scenario(draws=FEW, header=header), others=(Scenario(draws=FEW, header=header),),
        address="https://nettoll.example.org",
    )  # fmt: skip
    made = {key: make(key, bad).data for key in ("pdf", "xlsx")}
    every: list[float] = []
    for page in PdfReader(io.BytesIO(made["pdf"])).pages:
        rights: list[float] = []
        width = float(page.mediabox.width)

        def seen(text: str, _cm: Any, tm: Any, _font: Any, size: float, rights: list[float] = rights,
                 width: float = width) -> None:  # fmt: skip
            if letter * 3 in text:
                high = size * abs(tm[0])
                right = tm[4] + {"x": 0.45, "W": 0.9}[letter] * high * len(text.replace("\u200b", "").strip())
                rights.append(
                    right + (43 * MILLIMETRE if high > 15 else 0.0)
                )  # the title stands left of the code

        page.extract_text(visitor_text=seen)
        assert max(rights, default=0.0) < width
        every += rights
    assert every
    for sheet in openpyxl.load_workbook(io.BytesIO(made["xlsx"])):
        assert len(sheet.oddHeader.left.text or "") <= 120
        wide = [
            sheet.row_dimensions[c.row].height for row in sheet.iter_rows() for c in row if c.value == name
        ]
        assert min(wide, default=60.0) >= 45.0, sheet.title
