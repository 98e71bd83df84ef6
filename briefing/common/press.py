"""The paragraph to paste: the headline with local money, basis, source and address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from briefing.common.open_values import not_known
from model.common.numbers import GDP_SHARE, as_given
from model.estimation.estimate import Estimate
from model.text import report, sentence

if TYPE_CHECKING:
    from briefing.common.beside import Beside


def paragraph(result: Estimate, day: date, link: str, beside: Sequence[Beside] = ()) -> str:
    """The headline, its basis in plain words, local money where a rate is known, source and address."""
    parts = [sentence.headline(result), *(item.plain for item in not_known(result))]
    net = result.amount("net_direct")
    rate, own = result.economy.rate, result.economy.country.currency
    if net.high and result.money.unit == "USD" and rate is not None and own not in ("", "USD"):
        parts.append(
            f"In local money: {net.range.times(rate.value).spoken(own).about} at the official rate of "
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


def beside_it(beside: Sequence[Beside]) -> str:
    """The other scenarios of a comparison in one line."""
    return "Beside it: " + "; ".join(f"{' '.join(row.name.split())}: {row.text}" for row in beside[1:])
