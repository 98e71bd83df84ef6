"""The sentence to paste: one paragraph in plain words, in the reader's money too, and the headline in Urdu."""

from __future__ import annotations

from datetime import date

from model import report, sentence
from model.estimate import Estimate
from model.formatting import money_range, scaled

# Urdu. Words of a disruption stand before its length, so that no verb has to agree with them.
KINDS = {
    "full_blackout": "انٹرنیٹ کی مکمل بندش",
    "mobile_only": "موبائل انٹرنیٹ کی بندش",
    "social_media_block": "سوشل میڈیا کی بندش",
    "single_platform_block": "ایک سوشل پلیٹ فارم کی بندش",
    "vpn_block": "وی پی این کی بندش",
    "slowdown": "انٹرنیٹ کی سست رفتاری",
    "cable_cut": "زیرِ سمندر کیبل کی خرابی",
}
PLACES = {
    "PAK": "پاکستان", "IND": "بھارت", "BGD": "بنگلہ دیش", "IRN": "ایران", "AFG": "افغانستان", "LKA": "سری لنکا",
    "NPL": "نیپال", "EGY": "مصر", "IRQ": "عراق", "TUR": "ترکیہ", "KEN": "کینیا", "NGA": "نائجیریا",
    "UGA": "یوگنڈا", "KAZ": "قازقستان", "DZA": "الجزائر", "SDN": "سوڈان", "ETH": "ایتھوپیا", "DEU": "جرمنی",
}  # fmt: skip
REGIONS = {
    "Punjab": "پنجاب", "Sindh": "سندھ", "Khyber Pakhtunkhwa": "خیبر پختونخوا", "Balochistan": "بلوچستان",
    "Islamabad": "اسلام آباد", "Gilgit-Baltistan": "گلگت بلتستان",
    "Azad Jammu and Kashmir": "آزاد جموں و کشمیر",
}  # fmt: skip
SCALES = {"tn": " ٹریلین", "bn": " ارب", "M": " ملین", "k": " ہزار", "": ""}
UNITS = {"USD": "ڈالر", "PKR": "روپے"}


def paragraph(result: Estimate, day: date, link: str) -> str:
    """The headline, its basis in plain words, local money where a rate is known, source and address."""
    parts = [sentence.headline(result)]
    net = result.amount("net_direct")
    rate, own = result.economy.rate, result.economy.country.currency
    if net.high and result.money.unit == "USD" and rate is not None and own not in ("", "USD"):
        ends = [(value or 0.0) * rate.value for value in (net.low, net.median, net.high)]
        low, median, high = money_range(ends[0], ends[1], ends[2], own)
        parts.append(
            f"That is about {median} ({low} to {high}) at the official rate of {rate.year}, "
            f"{rate.value:g} {own} per US dollar."
        )
    elif result.money.note:
        parts.append(f"Rate: {result.money.note}.")
    parts.append("This is a model's estimate from stated assumptions, not a measurement.")
    parts.append(
        f"Source: Internet-disruption impact estimator, {sentence.stamp(result)}, {day.isoformat()};"
    )
    parts.append(f"{report.sources_text(result)}. {link}")
    return " ".join(parts)


def urdu_headline(result: Estimate) -> str:
    """The headline in Urdu: place, kind, length, median and range."""
    scenario = result.scenario
    net = result.amount("net_direct")
    event = f"{_place(result)}: {KINDS[scenario.kind]}، دورانیہ {_length(scenario.hours)}"
    if scenario.spells > 1:
        event += f"، {scenario.spells} بار"
    if not net.high:
        return f"{event}۔ تخمینہ: کوئی نقصان نہیں۔"
    low, median, high = (
        _amount(value or 0.0, result.money.unit) for value in (net.low, net.median, net.high)
    )
    return f"{event}۔ مستقل نقصان کا تخمینہ تقریباً {median} (90 فیصد حد: {low} سے {high})۔"


def _place(result: Estimate) -> str:
    scenario, country = result.scenario, result.economy.country
    name = PLACES.get(country.iso3, country.name)
    if scenario.regions:
        return "، ".join(REGIONS.get(region, region) for region in scenario.regions)
    if scenario.place is not None:
        return f"{name} کا {scenario.place * 100:.3g} فیصد"
    return name


def _length(hours: float) -> str:
    return f"{hours:g} گھنٹے" if hours < 24 or (hours < 48 and hours % 24) else f"{round(hours / 24, 2):g} دن"


def _amount(value: float, unit: str) -> str:
    text, scale = scaled(value)
    return f"{text}{SCALES[scale]} {UNITS.get(unit, unit)}"
