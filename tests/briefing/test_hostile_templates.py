"""Of a template that a stranger made only the look goes on; what is broken or made to do harm is one sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from helpers.files import hostile_decks
from PIL import Image
from pptx import Presentation

from briefing import check_template, make
from briefing.common.content import Content
from briefing.slides.template import own
from briefing.slides.template.clean import answer, cleaned
from model.common.errors import InputError
from model.reading.apart import ApartError, run_apart

# What could take time or memory without end is read in a process of its own, as all is for a reader; of the others
# most of the work is to start that process.
HEAVY = {"bomb", "bomb in a master", "laughs", "laughs in a theme", "deep", "many parts", "many shapes"}


def test_what_is_no_template_is_one_sentence_and_none_is_parsed_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = dict(hostile_decks.refused())
    assert files.keys() > HEAVY
    for name, data in files.items():
        with monkeypatch.context() as patch:
            if name not in HEAVY:
                patch.setattr(own, "run_apart", lambda _, content, **__: answer(content))
            with pytest.raises(InputError) as problem:
                check_template(data)
        text = str(problem.value)
        assert text.startswith("template: ") and "; allowed: " in text and "\n" not in text, name
        assert len(text) < 200 and "Error" not in text and "None" not in text, name
    monkeypatch.setattr(own, "run_apart", lambda *_, **__: pytest.fail("parsed again"))
    for data in files.values():
        with pytest.raises(InputError):
            check_template(data)


def test_only_the_look_goes_on(vpn_content: Content) -> None:
    files = list(hostile_decks.taken())
    for name, data in files:
        assert own.look(data).layout.placeholders, name
    for name, data in files[-2:]:  # the last one has most of what may not go on
        made = make("pptx", vpn_content, data).data
        assert len(Presentation(io.BytesIO(made)).slides) > 8, name
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert not [name for name, part in parts.items() if hostile_decks.SECRET.encode() in part]
    media = [part for name, part in parts.items() if name.startswith("ppt/media/")]
    assert len(media) == 1 and media[0].startswith(b"\x89PNG"), "the picture that was there, and no other"
    layout = next(part for part in parts.values() if b"sldLayout" in part and b"r:embed" in part)
    assert layout.count(b"<p:pic>") == 1 and b"r:link" not in layout and b"timing" not in layout
    kinds = {name.split("/")[1] for name in parts if name.startswith("ppt/")}
    assert kinds <= {
        "presentation.xml", "_rels", "slides", "slideLayouts", "slideMasters", "theme", "media", "notesSlides",
        "notesMasters", "charts", "embeddings", "presProps.xml", "viewProps.xml", "tableStyles.xml",
    }  # fmt: skip


def test_a_picture_keeps_its_dots_alone() -> None:
    given = hostile_decks.of_every_form()
    assert all(
        content.count(hostile_decks.SECRET.encode()) >= 2 for name, content in given if ".bmp" not in name
    )
    clean = cleaned(hostile_decks.pictured(*given, ("cut.gif", b"GIF89a"), ("cut.tiff", b"II*\0")))
    with zipfile.ZipFile(io.BytesIO(clean)) as packed:
        media = [packed.read(name) for name in packed.namelist() if name.startswith("ppt/media/")]
    assert len(media) == len(given), "what cannot be read is left out"
    for (name, content), part in zip(given, media, strict=True):
        assert hostile_decks.SECRET.encode() not in part, name
        before, after = (Image.open(io.BytesIO(one)).convert("RGB") for one in (content, part))
        assert before.tobytes() == after.tobytes(), name
    assert cleaned(clean) == clean


def test_a_template_of_the_largest_size_is_still_a_deck() -> None:
    shape = '<p:sp><p:nvSpPr><p:cNvPr id="9" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'
    change = hostile_decks.swap(("</p:spTree>", shape * 9_000 + "</p:spTree>"))
    data = hostile_decks.edited({hostile_decks.LAYOUT: change})
    assert len(own.look(data).layout.shapes) > 9_000


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("while True: pass", "too long"),
        ("x = bytearray(2**31)", "memory"),
        ("import sys\nwhile True: sys.stdout.buffer.write(bytes(2**20))", "too much"),
        ("import os\nos.abort()", "memory"),
    ],
    ids=["endless", "memory", "output", "crash"],
)
def test_what_is_done_apart_ends_in_time(code: str, problem: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(code)
    with pytest.raises(ApartError, match=problem):
        run_apart(script, b"x" * 10_000_000, seconds=1, memory=512, answer=8)
