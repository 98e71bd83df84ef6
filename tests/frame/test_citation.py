"""How the project is called and cited: one file says it, and three forms repeat it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from model.catalogue.load import ROOT
from model.common import citation
from views.frame.footer import addresses

DAY = date(2026, 12, 3)
GIVEN = ("3-day full blackout, Kenya", "2026.11.4", DAY)
FILE = """cff-version: 1.2.0
title: "Name: What it does"
authors:
  - name: First & Co
  - name: Second
contact:
  - name: Desk
    email: desk@example.org
version: 9.8.7
date-released: 2025-01-02
license: MIT
repository-code: "https://example.org/code"
"""


def test_the_file_is_read_whole() -> None:
    own = citation.read(FILE)
    assert (own.name, own.purpose) == ("Name", "What it does")
    assert own.authors == ("First & Co", "Second")
    assert (own.version, own.released, own.licence) == ("9.8.7", "2025-01-02", "MIT")
    assert (own.code, own.contact) == ("https://example.org/code", "desk@example.org")


@pytest.mark.parametrize("key", ["title", "version", "date-released", "license"])
def test_a_missing_line_is_named(key: str) -> None:
    lines = [line for line in FILE.splitlines(keepends=True) if not line.startswith(f"{key}:")]
    with pytest.raises(ValueError, match=f"no line `{key}: "):
        citation.read("".join(lines))


def test_our_own_file_names_no_address_that_is_not_there() -> None:
    own = citation.read((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (own.name, own.purpose) == ("NetToll", "What an internet disruption costs")
    assert own == citation.project()


def test_the_footer_offers_only_links_that_lead_somewhere() -> None:
    named = citation.read(FILE)
    assert addresses(named) == {"Code": "https://example.org/code", "Contact": "mailto:desk@example.org"}
    assert (
        addresses(replace(named, contact="https://example.org/desk"))["Contact"] == "https://example.org/desk"
    )
    assert addresses(replace(named, code="", contact="")) == {}


def test_the_short_form() -> None:
    own = citation.project()
    assert citation.short(*GIVEN) == (
        f"NetToll contributors ({own.released[:4]}). NetToll: What an internet disruption costs. "
        f"Model {own.version}, data 2026.11.4. 3-day full blackout, Kenya. {{address}} (accessed 3 December 2026)."
    )


def test_bibtex_is_an_entry_whose_signs_are_inert() -> None:
    text = citation.bibtex("50% of A_B & {C} $1\\x", "1", DAY)
    assert text.startswith("@misc{nettoll") and text.endswith("}\n")
    assert r"50\% of A\_B \& \{C\} \$1\textbackslash{}x" in text
    assert "  url = {{address}},\n" in text and "  urldate = {2026-12-03},\n" in text
    assert "  author = {{NetToll contributors}},\n" in text, (
        "a group has one name, not a first and a last one"
    )


def test_ris_is_one_line_a_field() -> None:
    lines = citation.ris("Two\nlines", "1", DAY).split("\r\n")
    assert lines[0] == "TY  - COMP" and lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert (
        "AU  - NetToll contributors" in lines and "UR  - {address}" in lines and "Y2  - 2026/12/03" in lines
    )
    assert any(line.startswith("N1") and line.endswith("Two lines.") for line in lines)
