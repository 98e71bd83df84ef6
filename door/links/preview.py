"""The picture of a link, for messengers and social networks: 1200 x 630, set by Typst, without a browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import typst

from briefing.common.titles import ICON
from briefing.pages.content import Dot
from briefing.report.pdf import FONTS
from briefing.report.typeset import breakable, cut
from door.common.settings import Place
from door.common.work import PICTURE, PackedAnswer
from door.links.drawing import places
from door.links.finding import Finding
from model.common.citation import project
from model.common.text import from_right
from model.common.version import MODEL_VERSION
from model.text import sentence

FOLDER = Path(__file__).parent
ROWS = 5
ONE_AT_A_TIME = Lock()  # the compiler refuses a second picture while it sets one; it takes 10 ms
LONGEST, LONGEST_ANSWER, LONGEST_LABEL = 190, 16, 34  # letters that fit


def picture(shown: Finding, place: Place) -> PackedAnswer:
    """The picture of a finding as PNG."""
    data = {"data": json.dumps(_data(shown, place), ensure_ascii=False)}
    with ONE_AT_A_TIME:
        made = compiler().compile(format="png", ppi=72, sys_inputs=data)
    assert isinstance(made, bytes)
    return PackedAnswer.of(made, PICTURE)


@cache
def compiler() -> typst.Compiler:
    """Kept, as it reads the fonts of the machine: who titles a scenario may write in any of its letters."""
    return typst.Compiler(
        str(FOLDER / "preview.typ"), root=str(FOLDER), font_paths=typst.Fonts(font_paths=[FONTS])
    )


def _data(shown: Finding, place: Place) -> dict[str, object]:
    drawn = [row for row in shown.rows if row.range.high > 0]
    rows = _placed(drawn[:ROWS], log=shown.log)
    part = f"{ROWS} of {len(drawn)} shown · " if len(drawn) > ROWS and shown.page == "compare" else ""
    result, own, scale = shown.result, project(), " (log scale)" if shown.log else ""
    answer = rows[0]["text"] if result is not None and rows and shown.rows[0].range.high > 0 else ""
    if len(str(answer)) > LONGEST_ANSWER:  # a chance in words is a sentence
        answer = ""
    about = cut(shown.about or own.purpose, 110)
    said = shown.said if result is None else sentence.answer(result)
    return {
        "icon": ICON.read_text(encoding="utf-8"), "name": own.name, "kicker": "An estimate, not a measurement",
        "about": breakable(about), "from_right": from_right(about), "answer": answer,
        "ends": shown.rows[0].ends if answer else "", "said": breakable(cut(said, LONGEST)), "rows": rows,
        "foot": f"{part}{f'Direct loss{scale}, 5th to 95th percentile' if rows else own.purpose} · "
        f"model {MODEL_VERSION}",
        "where": urlsplit(place.address).netloc,
    }  # fmt: skip


def _placed(drawn: Sequence[Dot], *, log: bool) -> list[dict[str, object]]:
    """The rows with their marks as shares of their room."""
    return [
        {"label": cut(row.label, LONGEST_LABEL), "text": row.words.median, "low": low, "middle": middle, "high": high}
        for row, (low, middle, high) in zip(drawn, places(drawn, log=log), strict=True)
    ]  # fmt: skip
