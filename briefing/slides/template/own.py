"""A reader's own template: cleaned in another process, tried once, and known again by its content."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from pptx import Presentation

from briefing.slides.page import Page, Said, SlideLook, look_of
from briefing.slides.template import clean
from briefing.slides.template.plain import plain
from model.common import limits
from model.common.cache import Cache
from model.common.errors import InputError
from model.common.files import check_size
from model.reading.apart import ApartError, run_apart

DECK = "a PowerPoint file (.pptx or .potx)"
ALLOWED = f"{DECK} of at most {limits.UPLOAD_MB} MB"
SECONDS = 10
INCH = 914_400
LEAST_BOX = 2 * INCH  # of what a slide says, each way
_CLEANED: Cache[bytes | InputError] = Cache()  # for everybody, by content


def look(template: bytes | None) -> SlideLook:
    """An empty deck with the look of a reader's template, or of ours; raises `InputError` for a bad template."""
    if template is None:
        return look_of(plain())
    check_size("template", "the file", template, DECK, limits.UPLOAD_MB * limits.MB)
    result = _CLEANED.get(hashlib.sha256(template).digest(), lambda: _cleaned(template))
    if isinstance(result, InputError):
        raise InputError(result.field, result.value, result.problem, result.allowed)
    return look_of(result)


def _cleaned(template: bytes) -> bytes | InputError:
    """The look of a template as a file of its own, or what is wrong with it: neither is worked out twice."""
    try:
        answer = run_apart(Path(clean.__file__), template, seconds=SECONDS)
        state, _, rest = answer.partition(b"\n")
        if state != b"ok":
            value, problem, allowed = json.loads(rest)
            return InputError("template", value, problem, allowed or ALLOWED)
        _try(rest)
    except ApartError as problem:
        return InputError("template", "file", str(problem), ALLOWED)
    except InputError as problem:
        return problem
    except Exception:  # whatever a layout that no program would make raises when it is written on
        return InputError("template", "layouts", "cannot be written on", "a .pptx that PowerPoint has saved")
    return rest


def _try(cleaned: bytes) -> None:
    """Write a slide with everything on it and read it back; what cannot be used raises."""

    class Foot:
        day, versions = date.today().isoformat(), "versions"

    page = Page(look_of(cleaned), Foot(), "A title that is as long as those of the slides are on most days")
    left, top, width, height = page.box
    wide = min(left + width, page.size[0]) - max(left, 0)
    high = min(top + height, page.size[1]) - max(top, 0)
    if min(wide, high) < LEAST_BOX:
        allowed = "a layout with a title and a box of 2 inches or more each way"
        raise InputError("template", "layouts", "have no room for text", allowed)
    page.write(page.box, [Said("Words")], body=True)
    row = [Said("One"), Said("Two")]
    page.table(page.box, [row, row], [width // 2, width // 2], [height // 4, height // 4], "A table")
    page.notes("Notes")
    page.finish()
    target = io.BytesIO()
    deck: Any = page.look.deck
    deck.save(target)
    Presentation(io.BytesIO(target.getvalue()))
