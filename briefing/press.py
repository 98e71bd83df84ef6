"""Texts to paste: in 40 words, to share, and one paragraph with local money, basis, source and address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from briefing.open_values import not_known
from model.common.numbers import GDP_SHARE, as_given
from model.estimation.estimate import Estimate
from model.language.language import languages_of
from model.text import report, sentence

if TYPE_CHECKING:
    from briefing.beside import Beside
    from briefing.content import Content


def paragraph(result: Estimate, day: date, link: str, beside: Sequence[Beside] = ()) -> str:
    """The headline, its basis in plain words, local money where a rate is known, source and address."""
    parts = [sentence.headline(result), *(item.plain for item in not_known(result))]
    net = result.amount("net_direct")
    rate, own = result.economy.rate, result.economy.country.currency
    if net.high and result.money.unit == "USD" and rate is not None and own not in ("", "USD"):
        parts.append(
            f"In local money: about {net.range.times(rate.value).spoken(own).full} at the official rate of "
            f"{rate.year}, {as_given(rate.value)} {own} per US dollar."
        )
    elif result.money.unit == "USD" and rate is None and own not in ("", "USD"):
        parts.append(f"No usable official rate, so no amount in {own}.")
    elif result.money.note and result.money.unit != GDP_SHARE:
        parts.append(f"Rate: {result.money.note}.")
    if beside:
        parts.append(f"{beside_it(beside)}.")
    parts.append(f"{sentence.assumptions_text(result)}; nothing was measured.")
    parts.append(f"Source: {sentence.NAME}, {sentence.stamp(result)}, {day.isoformat()};")
    parts.append(f"{report.sources_text(result)}. {link}")
    return " ".join(parts).rstrip()


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


def beside_it(beside: Sequence[Beside]) -> str:
    """The other scenarios of a comparison in one line."""
    return "Beside it: " + "; ".join(f"{' '.join(row.name.split())}: {row.text}" for row in beside[1:])
