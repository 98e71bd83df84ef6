"""The sentence to paste: one paragraph in plain words, in the reader's money too, and the headline in Urdu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from briefing.open_values import not_known
from model.common.cache import cached
from model.common.numbers import (
    GDP_SHARE,
    as_given,
    duration_parts,
    scaled,
    significant,
    trimmed,
)
from model.estimation.estimate import Estimate
from model.estimation.guards import Key, guards
from model.estimation.sampling import centre
from model.scenario.scenario import BASELINE, Scenario
from model.text import report, sentence

if TYPE_CHECKING:
    from babel import Locale

    from briefing.beside import Beside

# Urdu. Words of a disruption stand before its length, so that no verb has to agree with them.
SCALES = {"tn": " ٹریلین", "bn": " ارب", "M": " ملین", "k": " ہزار", "": ""}
LENGTHS = {"minute": "منٹ", "hour": "گھنٹے", "day": "دن"}
ONE_HOUR = "گھنٹہ"
UNITS = {"USD": "ڈالر", "PKR": "روپے"}
QUALITY = {"ratio": "رفتار معمول کی {} فیصد", "capacity_lost": "بین الاقوامی گنجائش کا {} فیصد بند"}
GUARDS: dict[Key, str] = {
    "old_money": "جی ڈی پی {year} کی ہے، اس لیے نقصان آج کی رقم نہیں۔",
    "standing_block": "یہ بندش وہاں پہلے سے موجود ہے: نقصان کھلے انٹرنیٹ کے مقابلے میں ہے، آج کے مقابلے میں نہیں۔",
    "landlocked": "ملک کا سمندر سے رابطہ نہیں: اس کی ٹریفک پڑوسی ملکوں کے زمینی راستوں سے گزرتی ہے۔",
    "ongoing": "یہ تاحال جاری ہے: دورانیہ اب تک کا ہے، اس لیے یہ رقم کم از کم حد ہے۔",
    "few_users": "آبادی کا صرف {users} فیصد انٹرنیٹ استعمال کرتا ہے ({counted}): انحصار قیاس پر مبنی ہے۔",
    "long": "90 دن کے بعد معیشت کو ویسا ہی مانا گیا ہے جیسی وہ ہے۔",
}
TWO_LETTERS = {"XKX": "XK"}  # codes that the standard list of aliases lacks


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
    parts.append(
        f"Source: Internet-disruption impact estimator, {sentence.stamp(result)}, {day.isoformat()};"
    )
    parts.append(f"{report.sources_text(result)}. {link}")
    return " ".join(parts)


def beside_it(beside: Sequence[Beside]) -> str:
    """The other scenarios of a comparison in one line."""
    return "Beside it: " + "; ".join(f"{' '.join(row.name.split())}: {row.text}" for row in beside[1:])


def urdu_headline(result: Estimate) -> str:
    """The headline in Urdu: place, kind, length, median and range."""
    scenario = result.scenario
    net = result.amount("net_direct")
    kind = result.catalogue.kinds[scenario.kind].urdu
    event = f"{_place(result)}: {kind}{_quality(result)}، دورانیہ {_length(scenario.hours)}"
    if scenario.spells > 1:
        event += f"، {scenario.spells} بار{_apart(scenario)}"
    if scenario.start is not None:
        event += f"، آغاز {_moment(scenario.start)}"
    if not net.high:
        return f"{event}۔ تخمینہ: کوئی نقصان نہیں۔"
    digits = net.range.digits(net.unit)
    low, median, high = (
        _amount(value or 0.0, net.unit, to) for value, to in zip(net.range, digits, strict=True)
    )
    cost = f"مستقل نقصان کا تخمینہ تقریباً {median} (حد: {low} سے {high})"
    said = [
        f"{cost}، جو بیان کردہ مفروضوں پر ماڈل کا تخمینہ ہے۔",
        *(_guard(result, guard.key) for guard in guards(result)),
    ]
    return f"{event}۔ {' '.join(said)}"


def _guard(result: Estimate, key: Key) -> str:
    """What must be heard with the number."""
    economy = result.economy
    users = economy.figures.get("internet_users")
    return GUARDS[key].format(
        year=economy.gdp_year, users="" if users is None else significant(users.value * 100),
        counted="" if users is None else users.year,
    )  # fmt: skip


def _quality(result: Estimate) -> str:
    """What is left of a slowed or cut service, as the English headline says it."""
    name = result.catalogue.kinds[result.scenario.kind].quality_input
    if not name:
        return ""
    given = getattr(result.scenario, name)
    value = centre(result.table[f"degradation.default_{name}"]) if given is None else given
    return "، " + QUALITY[name].format(trimmed((value or 0.0) * 100))


@cached(1)
def _names() -> Locale:
    """Names of countries and moneys in Urdu; loaded only where our own lists have none."""
    from babel import Locale

    return Locale("ur")


def _country(iso3: str, name: str) -> str:
    from babel.core import get_global

    codes = get_global("territory_aliases").get(iso3) or [TWO_LETTERS.get(iso3, "")]
    return _names().territories.get(codes[0]) or _isolated(name)


def _isolated(latin: str) -> str:
    """Latin letters inside Urdu, kept from turning round what stands beside them."""
    return f"\u2066{latin}\u2069"


def _place(result: Estimate) -> str:
    scenario, country = result.scenario, result.economy.country
    in_urdu = country.urdu or _country(country.iso3, country.name)
    if scenario.regions:
        return "، ".join(result.catalogue.regions[name].urdu for name in scenario.regions)
    if scenario.place is not None:
        return f"{in_urdu} کا {trimmed(scenario.place * 100)} فیصد"
    return in_urdu


def _apart(scenario: Scenario) -> str:
    """How often spells begin, or how far apart they are where that is not the usual."""
    if scenario.period_days is not None:
        return f"، ہر {_length(scenario.period_days * 24)} میں ایک"
    return (
        "" if scenario.gap_days == BASELINE.gap_days else f"، درمیانی وقفہ {_length(scenario.gap_days * 24)}"
    )


def _moment(start: str) -> str:
    """A local start: weekday, day and time."""
    from babel.dates import format_date

    moment = datetime.fromisoformat(start)
    return f"{format_date(moment.date(), 'EEEE d MMMM y', 'ur')}، {moment:%H:%M}"


def _length(hours: float) -> str:
    number, unit = duration_parts(hours)
    return f"{number} {ONE_HOUR if (number, unit) == ('1', 'hour') else LENGTHS[unit]}"


def _amount(value: float, unit: str, digits: int) -> str:
    if unit == GDP_SHARE:
        return f"ایک دن کی جی ڈی پی کا {significant(value, digits)} فیصد"
    text, scale = scaled(value, digits)
    name = UNITS.get(unit) or _names().currencies.get(unit) or _isolated(unit)
    return f"{text}{SCALES[scale]} {name}"
