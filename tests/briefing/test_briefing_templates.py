"""A reader's own template for the slides is used; a bad one is refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from helpers.briefing_content import DAY
from helpers.briefing_readers import deck_text
from pptx import Presentation

from briefing import Briefing, make
from briefing.content import Content
from model.common.errors import InputError


def template() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "A slide of the template"
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def test_an_own_template_gives_its_size_and_loses_its_slides(vpn_content: Content) -> None:
    own = template()
    deck = Presentation(io.BytesIO(make("pptx", vpn_content, own).data))
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000) and len(deck.slides) == 8
    assert "A slide of the template" not in deck_text(make("pptx", vpn_content, own).data)
    for slide in deck.slides:
        assert slide.shapes.title is not None
        title = slide.shapes.title
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            assert shape.shape_id == title.shape_id or shape.top >= title.top + title.height


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "text", b"not a deck at all"
    yield "cut", template()[:9_000]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ppt/presentation.xml", b"0" * (201 * 2**20))
    yield "bomb", target.getvalue()
    yield "large", b"P" * (21 * 2**20)
    yield "entity", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data"), list(bombs()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_bad_template_is_one_sentence(name: str, data: bytes, vpn_content: Content) -> None:
    with pytest.raises(InputError, match="template") as problem:
        Briefing(vpn_content.result, DAY, "https://example.org", (), data).check()
    assert "\n" not in str(problem.value) and len(str(problem.value)) < 300, name
