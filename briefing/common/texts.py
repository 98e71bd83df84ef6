"""Every text to paste in one: 40 words for an article, the text to share, and the paragraph."""

from __future__ import annotations

from datetime import date

from briefing.common.content import Content
from model.language.language import languages_of
from model.text import sentence


def file_text(content: Content) -> str:
    """`press.txt`: the text for an article and the one to share in each language of the country, and the paragraph."""
    languages = sorted(
        languages_of(content.result.scenario.country), key=lambda language: not language.english
    )
    blocks = []
    for language in languages:
        texts = sentence.texts_of(content.result, language, date.fromisoformat(content.day), content.link)
        name = language.name if language.english else f"{language.name} ({language.own_name})"
        blocks += [f"In 40 words, {name}", texts.press, f"To share, {name}", texts.share, texts.note]
    blocks += ["In one paragraph, English", content.press]
    return "\n\n".join(block for block in blocks if block) + "\n"
