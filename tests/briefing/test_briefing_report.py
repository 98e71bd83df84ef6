"""The report is two pages that everybody can read; the interactive one needs nothing else."""

from __future__ import annotations

import io
import json
import re
from typing import Any

from helpers.briefing_readers import flat, page_of, pdf_text
from pypdf import PdfReader

from briefing.content import Content
from model.catalogue.load import ROOT


def test_the_report_is_two_accessible_pages(vpn_content: Content, vpn_files: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(vpn_files["pdf"]))
    assert len(reader.pages) == 2
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] and "/StructTreeRoot" in root
    assert reader.metadata is not None and reader.metadata.title == vpn_content.title
    assert "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    text = pdf_text(vpn_files["pdf"])
    for line in (vpn_content.line("gross"), vpn_content.line("net_direct"), *vpn_content.sectors[:3]):
        assert flat(line.text.split(" (")[0]) in text


def test_the_page_needs_nothing_else_and_draws_four_charts(
    vpn_content: Content, vpn_files: dict[str, bytes]
) -> None:
    text = vpn_files["html"].decode("utf-8")
    page = page_of(vpn_files["html"])
    (library,) = (ROOT / "static").glob("plotly-basic-*.min.js")
    assert text.count(library.read_text(encoding="utf-8")[:2_000]) == 1 and "default-src 'none'" in text
    outside = re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", text.split("<script>")[0])
    assert not outside
    figures = json.loads(next(part for part in page.scripts if part.lstrip().startswith("{")))
    assert set(figures) == {"chain", "curve", "bearers", "drivers"}
    assert all(figure["data"] for figure in figures.values())
