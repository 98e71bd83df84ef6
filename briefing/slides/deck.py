"""The slides: five that tell the answer and an appendix, with native charts; basis and sources in the notes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from html import escape

from briefing.common.content import NAME, Content
from briefing.slides import appendix, pptx_private, story
from briefing.slides.page import SlideLook
from briefing.slides.template import own
from briefing.slides.template.plain import MOMENT
from model.common.version import MODEL_VERSION

FORMATS = {16 / 9: "Widescreen", 4 / 3: "On-screen Show (4:3)", 16 / 10: "On-screen Show (16:10)"}


def make(content: Content, template: bytes | None = None) -> bytes:
    """The deck as bytes, on the reader's template or on ours; raises `InputError` for a bad template."""
    look = own.look(template)
    story.answer(look, content)
    if content.compared:
        story.comparison(look, content)
    story.chain(look, content)
    if content.measures:
        story.saved(look, content)
    story.length(look, content)
    story.bearers(look, content)
    story.sure(look, content)
    for part in (appendix.methods, appendix.limits, appendix.differences, appendix.sources):
        part(look, content)
    return finished(look, content.title, content.event, content.stamp, content.day)


def finished(look: SlideLook, title: str, subject: str, stamp: str, day: str) -> bytes:
    """The deck of a look as bytes, with these properties; the same slides give the same bytes."""
    deck, core = look.deck, look.deck.core_properties
    core.title, core.author, core.last_modified_by = title[:200], NAME, NAME
    core.comments, core.subject, core.keywords, core.category, core.language = (
        stamp[:250], subject[:200], "", "", "en-GB",
    )  # fmt: skip
    core.created = core.modified = core.last_printed = datetime.fromisoformat(day)
    core.revision = 1
    shape = float(deck.slide_width or 1) / float(deck.slide_height or 1)
    format_name = next((name for ratio, name in FORMATS.items() if abs(ratio - shape) < 0.01), "Custom")
    count = len(deck.slides)
    pptx_private.set_properties(
        deck,
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/extended-properties"><PresentationFormat>{format_name}</PresentationFormat>'
        f"<Application>{escape(NAME)}</Application><Slides>{count}</Slides><Notes>{count}</Notes>"
        f"<HiddenSlides>0</HiddenSlides><AppVersion>{MODEL_VERSION}</AppVersion></Properties>",
    )
    target = io.BytesIO()
    deck.save(target)
    return _same_each_time(target.getvalue())


def _same_each_time(data: bytes) -> bytes:
    """The file with one moment on all of its parts: the same content gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, MOMENT), old.read(item), zipfile.ZIP_DEFLATED)
    return target.getvalue()
