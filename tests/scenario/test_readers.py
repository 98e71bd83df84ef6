"""What people type for a place, a length, a kind and both ends: read as meant, or refused with what to type."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from helpers.commands import refused, run
from helpers.each import each
from helpers.files.content import DAY

from briefing.common.names import stem_of
from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.estimation.estimate import estimate
from model.reading.names import words_of
from model.scenario.durations import duration_range, hours_of
from model.scenario.fields import Header
from model.scenario.file import from_toml, note_on_file
from model.scenario.link import from_query, to_query
from model.scenario.readers import kind_of, plain_text
from model.scenario.scenario import Scenario, checked
from model.text.sentence import headline


@each(
    ("text", "hours"),
    [
        ("36 hrs", 36), ("1 day 12 hours", 36), ("2d 4h", 52), ("two weeks", 336), ("three days", 72),
        ("3 days.", 72),
        ("P1DT2H", 26), ("PT36H", 36), ("P2W", 336), ("72-hour", 72), ("6 mos", 4380), ("36:00", 36), ("1:30", 1.5),
        ("~2 hours", 2), ("about 2 hours", 2), ("approx. 90 minutes", 1.5), ("1\u00bd days", 36), ("1 1/2 days", 36),
        ("half a day", 12), ("an hour", 1), ("a fortnight", 336), ("1h30", 1.5), ("2h 30m", 2.5),
        ("half an hour", 0.5),
        ("a day and a half", 36), ("one and a half days", 36), ("an hour and a half", 1.5), ("1,5 days", 36),
        (",5 h", 0.5),
        ("0.125 d", 3), ("1 500 hours", 1500), ("1'500 hours", 1500), ("3-day", 72), ("90 min", 1.5), ("24 hrs.", 24),
        ("2 days, 3 hours and 30 minutes", 51.5), ("twenty-four hours", 24), ("forty eight hours", 48),
        ("24hours", 24),
        ("a couple of days", 48), ("3 full days", 72), ("10d", 240), ("\u0663 days", 72), ("a dozen hours", 12),
        ("quarter of an hour", 0.25), ("three quarters of an hour", 0.75), ("2 years", 17520), ("0 h", 0),
        ("2 weeks 3 days", 408), ("1.125h", 1.125), ("3\u00a0days", 72), ("30 sec", 1 / 120), ("12 H", 12),
        ("1/2 day", 12),
        ("lasting 3 days", 72), ("2 and a half hours", 2.5), ("2 Months", 1460), ("1,000,000 s", 1e6 / 3600),
        ("for 5 hours", 5), ("7 DAYS", 168),
    ],
)  # fmt: skip
def test_sixty_lengths(text: str, hours: float) -> None:
    assert hours_of(text) == pytest.approx(hours, rel=1e-12)


@each(
    ("text", "low", "high"),
    [("24-48h", 24, 48), ("2 to 3 days", 48, 72), ("between 2 and 3 days", 48, 72), ("2 or 3 days", 48, 72),
     ("24h-48h", 24, 48), ("24\u201348 hours", 24, 48), ("12 h to 2 days", 12, 48), ("a day or two", 24, 48),
     ("1.5-2 days", 36, 48)],
)  # fmt: skip
def test_a_range_is_read_as_one_and_refused_where_one_length_is_needed(
    text: str, low: float, high: float
) -> None:
    assert duration_range(text) == (low, high)
    with pytest.raises(InputError, match=r"is a range; allowed: one length: .* or "):
        hours_of(text)


@each(
    ("text", "said"),
    [
        ("1,500 hours", "1500 or 1.5"), ("1.500 hours", "1500 or 1.5"), ("10 m", "10 minutes or 10 months"),
        ("36", "has no unit; allowed: 36 hours or 36 days"), ("at least 3 days", "is a bound, not a length"),
        (">3 days", "is a bound"), ("3-2 days", "from the longer to the shorter"), ("-1 day", "is not a duration"),
        ("3 days 2 weeks", "is not a duration"), ("2h 2h", "is not a duration"), ("unknown", "is not a duration"),
        ("1:75", "is not a duration"), ("P", "is not a duration"), ("few days", "is not a duration"),
        ("3 business days", "is not a duration"), ("24/7", "is not a duration"), ("1m30", "is not a duration"),
        ("2026-01-05", "is not a duration"), ("2 3 days", "is not a duration"), ("1/0 days", "is not a duration"),
        ("day", "is not a duration"), ("", "is not a duration"), ("1 to 2 to 3 days", "is not a duration"),
        ("3 years", "is more than 730 days"),
    ],
)  # fmt: skip
def test_no_length_is_read_that_is_none(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        hours_of(text)
    assert said in str(caught.value)


@each(
    ("text", "kind"),
    [
        ("shutdown", "full_blackout"), ("Internet Shutdown", "full_blackout"), ("blackout", "full_blackout"),
        ("throttling", "slowdown"), ("slowdown", "slowdown"), ("social media ban", "social_media_block"),
        ("VPN ban", "vpn_block"), ("cable cut", "cable_cut"), ("mobile shutdown", "mobile_only"),
        ("Twitter ban", "single_platform_block"), ("Full blackout", "full_blackout"), ("vpn-block", "vpn_block"),
    ],
)  # fmt: skip
def test_a_kind_by_the_words_that_people_use(text: str, kind: str, catalogue: Catalogue) -> None:
    assert kind_of(catalogue, "kind", text) == kind
    assert checked(catalogue, Scenario(kind=text)).kind == kind


def test_an_unknown_kind_gets_the_list_and_no_word_stands_for_two(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="'earthquake' is not known; allowed: full_blackout, mobile_only"):
        kind_of(catalogue, "kind", "earthquake")
    kinds, regions = catalogue.kinds.values(), catalogue.regions.values()
    for rows in (
        [(row.key, word) for row in kinds for word in row.aliases.split(";")],
        [(row.region, word) for row in regions for word in row.aliases.split(";")],
        [(row.region, word) for row in regions for word in row.parts.split(";") if word],
        [(row.iso3, row.name) for row in catalogue.place_names],
    ):
        owners: dict[tuple[str, ...], str] = {}
        for owner, word in rows:
            assert words_of(word) and owners.setdefault(words_of(word), owner) == owner, word


@each("text", [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd\u0d82\u0d9a\u0dcf",
    "\u0915\u094d\u200d\u0937", "Coupure\u00a0: l\u2019Iran\u202f!",
    "\u2067\u067e\u0627\u06a9\u0633\u062a\u0627\u0646\u2069 cut",
])  # fmt: skip
def test_titles_of_every_script_are_text(text: str, catalogue: Catalogue) -> None:
    assert plain_text("title", text, 400) == text
    scenario, said = from_query(catalogue, {"title": text})
    assert scenario.header.title == text and not said


def test_a_title_is_one_line_and_a_blank_one_is_none(catalogue: Catalogue) -> None:
    for text, expected in (
        ("  ", ""),
        ("\n\t", ""),
        ("\u200b\u200e", ""),
        ("\u00a0", ""),
        (" A\n# cut \t", "A # cut"),
    ):
        assert plain_text("title", text, 400) == expected
        blank = dict.fromkeys(("title", "author", "date", "reference", "why"), text)
        scenario = checked(catalogue, Scenario(header=Header(**blank)))
        assert scenario.header == Header(**dict.fromkeys(blank, expected))
    assert stem_of(checked(catalogue, Scenario(header=Header(title="  "))), DAY) == stem_of(Scenario(), DAY)


def test_control_characters_are_refused() -> None:
    for text in ("a\x00b", "a\x1b[31m", "a\x9fb", "\ud800", "a\u202eb", "\ue000"):
        with pytest.raises(InputError, match="control characters"):
            plain_text("title", text, 400)


def test_both_ends_stand_for_a_length_in_a_link_and_a_file(catalogue: Catalogue) -> None:
    scenario, said = from_query(catalogue, {"begins": "5 Jan 2026", "ends": "7 Jan 2026"})
    assert scenario == Scenario(hours=72.0)
    assert said == ["5 January 2026 to 7 January 2026: both days count, 3 days."]
    content = b'[scenario]\nbegins = 2026-01-05T02:00:00\nends = "5 Jan 2026, 7 am"\n'
    assert from_toml(catalogue, content) == Scenario(hours=5.0, start="2026-01-05T02:00")
    assert note_on_file(catalogue, b'model = "2"\n' + content, Scenario()) == ""
    days = b'model = "2"\n[scenario]\nbegins = 2026-01-05\nends = 2026-01-05\n'
    assert (
        note_on_file(catalogue, days, from_toml(catalogue, days))
        == "5 January 2026: the day counts as a whole."
    )
    assert from_toml(catalogue, b"[scenario]\nhours = '36 hrs'\n").hours == 36
    for body, words in (
        ("begins = 2026-01-05", "has no end"),
        ("ends = 2026-01-05", "scenario.begins: '' is missing"),
        ("begins = 2026-01-05\nends = 2026-01-07\nhours = 5", "cannot be given beside a length"),
        ("begins = 2026-01-05T01:00:00Z\nends = 2026-01-07", "has a time zone"),
        ("begins = 3", "has the wrong type"),
        ("begins = 2020-01-05\nends = 2026-01-07", "is out of range; allowed: 0 to 17520 hours"),
    ):
        with pytest.raises(InputError, match=words):
            from_toml(catalogue, f"[scenario]\n{body}\n".encode())


def test_what_goes_on_is_a_lower_bound_in_the_sentence(catalogue: Catalogue) -> None:
    scenario, said = from_query(
        catalogue, {"begins": "2026-01-05 02:00", "ends": "ongoing", "country": "Kenya"}
    )
    if scenario.ongoing:  # two years after the day it is too long for the model, and says so
        assert said and "lower bound" in said[0]
        assert from_query(catalogue, to_query(scenario)) == (scenario, [])
    result = estimate(
        catalogue, Scenario(country="KEN", hours=5, start="2026-01-05T02:00", ongoing=True, draws=256)
    )
    text = headline(result)
    assert text.startswith(
        "A nationwide internet blackout of 5 hours so far from 02:00 on Monday 5 January 2026 would cost Kenya about $"
    )
    assert "so the amount is a lower bound" in text


def test_the_sentence_says_what_moves_the_number(catalogue: Catalogue) -> None:
    given = Scenario(
        hours=5, start="2026-01-05T02:00", spells=3, gap_days=2, regions=("KP", "Sind"), draws=256
    )
    assert headline(estimate(catalogue, given)).startswith(
        "Three internet blackouts of 5 hours each in Khyber Pakhtunkhwa and Sindh, 2 days apart, the first from 02:00 "
        "on Monday 5 January 2026, would cost Pakistan about $"
    )
    slow = Scenario(country="KEN", kind="throttling", ratio=0.655, place=0.155, draws=256)
    assert headline(estimate(catalogue, slow)).startswith(
        "A 1-day internet slowdown to 65.5% of normal quality in 15.5% of the country would cost Kenya about $"
    )


@each(
    ("option", "text", "shown"),
    [
        ("--hours", "36 hrs", "duration=36h"), ("--hours", "36h", "duration=36h"),
        ("--hours", "36,5", "duration=36.5h"),
        ("--hours", "3 days", "duration=3d"), ("--hours", "36:00", "duration=36h"), ("--hours", "36", "duration=36h"),
        ("--days", "36 hours", "duration=36h"), ("--days", "36", "duration=36d"), ("--days", "P2W", "duration=14d"),
        ("--gap-days", "36 hours", "spells=2&gap_days=1.5"), ("--gap-days", "5 years", "spells=2&gap_days=1825.0"),
        ("--gap-days", "1.1 days", "spells=2&gap_days=1.1"), ("--period-days", "2 weeks", "spells=2&period_days=14.0"),
    ],
)  # fmt: skip
def test_options_of_length_take_a_length(
    option: str, text: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spells = () if "duration" in shown else ("--spells", "2")
    out = run(capsys, "estimate", option, text, *spells, "--draws", "256", "--format", "csv")
    assert next(csv.DictReader(StringIO(out)))["scenario"] == f"v=2&{shown}&draws=256"


@each(
    ("body", "wanted"),
    [
        ("place = '15,5%'", {"place": 0.155}), ("place = '90 %'", {"place": 0.9}), ("place = '0,5'", {"place": 0.5}),
        ("kind = 'slowdown'\nratio = '65.5 %'", {"kind": "slowdown", "ratio": 0.655}),
        ("hours = '36'", {"hours": 36.0}), ("hours = '36,5'", {"hours": 36.5}),
        ("spells = '2'\ngap_days = '36 hours'", {"spells": 2, "gap_days": 1.5}), ("draws = '1,024'", {"draws": 1024}),
    ],
)  # fmt: skip
def test_a_file_takes_numbers_as_people_write_them(
    body: str, wanted: dict[str, Any], catalogue: Catalogue
) -> None:
    assert from_toml(catalogue, f"[scenario]\n{body}\n".encode()) == Scenario(**wanted)


def test_a_file_takes_assumptions_as_people_write_them(catalogue: Catalogue) -> None:
    def of(value: str) -> object:
        scenario = from_toml(catalogue, f'[scenario.set]\n"fiscal.tax_share" = {value}\n'.encode())
        return scenario.assumptions["fiscal.tax_share"]

    assert of("'12,5%'") == of("0.125") == 0.125
    assert of("['10 %', 0.125, '0,15']") == of("'10%:12.5%:15%'") == (0.1, 0.125, 0.15)
    for value, words in (
        ("'much'", "is not a number"), ("'1,500'", "two ways"), ("['10%', 'much', 0.2]", "'much' is not a number"),
        ("['10%', '1,500', 0.2]", "two ways"), ("['10%', '20%']", "a number or .low, mode, high"),
        ("'200%'", "is out of range"), ("true", "is not usable"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=words):
            of(value)


@each(
    ("body", "words"),
    [
        ("place = '15'", "is out of range; allowed: 0 to 1 share of the country, or a percentage such as 15%"),
        ("place = 'half'", "is not a number"), ("place = true", "has the wrong type; allowed: a number, or text such"),
        ("gap_days = '1,500'", "1500 or 1.5"), ("spells = '1.5'", "is not a whole number"),
        ("spells = 2.0", "has the wrong type; allowed: a whole number"),
        ("hours = '1,500 hours'", "hours: '1,500 hours' could be read in two ways"),
        ("hours = 'one dya'", "hours: 'one dya' is not a duration"),
    ],
)  # fmt: skip
def test_a_file_is_refused_for_numbers_with_two_readings_or_none(
    body: str, words: str, catalogue: Catalogue
) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        from_toml(catalogue, f"[scenario]\n{body}\n".encode())


def test_the_command_line_reads_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (
        "estimate",
        "--country",
        "uk",
        "--kind",
        "shutdown",
        "--days",
        "1,5",
        "--place",
        "15,5 %",
        "--draws",
        "256",
    )
    rows = list(csv.DictReader(StringIO(run(capsys, *arguments, "--format", "csv"))))
    assert rows[0]["scenario"] == "v=2&country=GBR&duration=36h&place=0.155&draws=256"
    text = run(capsys, "estimate", "--from", "5 Jan 2026 02:00", "--to", "5 Jan 2026 07:00", "--draws", "256")
    assert text.startswith(
        "A 5-hour nationwide internet blackout from 02:00 on Monday 5 January 2026 would cost"
    )
    for given, words in (
        (("--days", "1,500"), "1500 or 1.5"),
        (("--hours", "1,500 hours"), "1500 or 1.5"),
        (("--hours", "5m"), "5 minutes or 5 months"),
        (("--days", "2 to 3 days"), "2 days or 3 days"),
        (
            ("--hours", "soon"),
            "hours: 'soon' is not a duration; allowed: 0 to 17520 hours, or a length such as",
        ),
        (("--days", "3 years"), "days: '3 years' is more than 730 days; allowed: 0 to 730 days"),
        (("--gap-days", "11 years"), "gap_days: '11 years' is more than 3650 days; allowed: 0 to 3650 days"),
        (("--from", "05/01/2026", "--to", "now"), "1 May 2026"),
        (("--from", "7 Jan 2026", "--to", "5 Jan 2026"), "--to: '5 Jan 2026' is before the start"),
        (("--from", "7 Jan 2026"), "has no end"),
        (("--from", "7 Jan 2026", "--days", "2"), "a start with its time"),
        (("--from", "7 Jan 2026 10:00", "--start", "2026-01-07"), "cannot be given beside --from"),
        (("--region", "Karachi"), "is a part of Sindh"),
        (("--country", "Pakstan"), "nearest: Pakistan"),
    ):
        assert words in refused(capsys, "estimate", *given)
