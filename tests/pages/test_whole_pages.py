"""Every page behind its links, with all folds open; drawn once for all that is read on it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from helpers.dialect import dialect
from helpers.single_pages import LINKS, opened_whole, visible
from streamlit.testing.v1 import AppTest

from model.catalogue.load import Catalogue
from views.pages.sources.tables import entries, rows_holding

# Parts that quote: docstrings and equations of the method, the changelog, and tables of sources and their columns.
QUOTED = ("methods", "sources", "changes")
# What is read there: labels, headings and captions.
HEADS = (
    ("selectbox", "label"), ("text_input", "label"), ("multiselect", "label"), ("subheader", "value"),
    ("caption", "value"),
)  # fmt: skip
# Heads of machine-readable columns in a table of numbers.
COLUMNS = {"spells", "baseline", "coping", "gross", "net", "onset", "onset.", "touched", "receipts"}
# Where a reader may change figures: the page and the part of Pakistan IT.
CHANGEABLE = {
    ("estimate", None),
    ("firm", None),
    ("pakistan", None),
    ("pakistan", "exports"),
    ("pakistan", "continuity"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("here", "link"), LINKS)
def test_a_page_speaks_no_old_dialect_and_its_figures_lead_to_their_rows(
    monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue, here: str, link: dict[str, str]
) -> None:
    page = opened_whole(monkeypatch, here, **link)
    assert not page.warning or here == "world", "the link is read as it stands"
    texts = visible(page)
    assert len(texts) > 50, "the page is read"
    assert not {"None", "nan", "NaN"} & set(texts), "a cell without a value is written so"
    if link.get("how.section") in QUOTED:
        texts = [str(getattr(item, name)) for kind, name in HEADS for item in page.get(kind)]
    words = [word for text in texts if text not in COLUMNS and (word := dialect(text))]
    assert not words, words
    if (here, link.get("industry.section")) in CHANGEABLE:
        every_figure_that_can_be_changed_leads_to_its_row(page, catalogue)


def every_figure_that_can_be_changed_leads_to_its_row(page: AppTest, catalogue: Catalogue) -> None:
    kinds = ("slider", "text_input", "number_input", "toggle", "radio", "markdown")
    helps = [str(item.proto.help) for kind in kinds for item in page.get(kind) if hasattr(item.proto, "help")]
    keys = {unquote(key) for text in helps for key in re.findall(r"sources\.search=([^)]+)", text)}
    assert len(keys) >= 4
    rows = entries(catalogue)
    names = {row.key for row in rows}
    for key in keys:
        assert any(row.key == key for row in rows_holding(rows, key)), key
    own = re.compile("(i|s|p|lever)_(.+)$")
    for kind in ("slider", "text_input", "toggle", "radio"):
        for item in page.get(kind):
            match = own.match(str(item.key))
            if match and match[2] in names:
                assert match[2] in keys, item.key
