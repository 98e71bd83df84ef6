"""A link that programs do not take stands in no file, which says so; every file is made all the same."""

from __future__ import annotations

import warnings

from helpers.files.content import FEW, content_for
from helpers.files.readers import READERS, flat

from briefing import FORMATS, make, qr_code
from briefing.common.links import LONGEST_LINK, TOO_LONG
from model.catalogue.load import Catalogue
from model.scenario.scenario import Scenario

ADDRESS = "https://nettoll.example.org"


def with_assumptions(catalogue: Catalogue, most: int) -> Scenario:
    """A scenario in which so many assumptions differ."""
    moved = {
        key: (row.default.low, row.default.mode, row.default.high - 1 / 3 * (row.default.high - row.default.mode))
        for key, row in catalogue.parameters.items() if row.default and row.default.spread
    }  # fmt: skip
    return Scenario(draws=FEW, assumptions=dict(list(moved.items())[:most]))


def test_every_assumption_at_once_gives_every_file(catalogue: Catalogue) -> None:
    first = with_assumptions(catalogue, 1_000)
    content = content_for(catalogue, first, address=ADDRESS, others=(first.with_changes(hours=72.0),))
    assert len(first.assumptions) > 50 and content.link == "" and TOO_LONG in content.where
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # of a writer that leaves a link out
        for key in FORMATS:
            assert flat(TOO_LONG) in flat(READERS[key](make(key, content).data)), key


def test_a_link_that_no_code_holds_says_so(catalogue: Catalogue) -> None:
    content = content_for(catalogue, with_assumptions(catalogue, 20), address=ADDRESS)
    assert 700 < len(content.link) < LONGEST_LINK and not qr_code(content.link)
    said = "too long for a QR code that can be read from paper"
    assert said in READERS["html"](make("html", content).data)
    assert said in READERS["pdf"](make("pdf", content).data)
