"""Days, times and the length between two of them, as people write them."""

from __future__ import annotations

from datetime import datetime

import pytest
from helpers.each import each

from model.common.errors import InputError
from model.reading.dates import moment_of, span_of

FIFTH = "2026-01-05T00:00"
NOW = datetime(2026, 11, 30, 7, 40, 12)


@each(
    "text",
    ["2026-01-05", "2026/01/05", "2026.1.5", "2026-1-5", "20260105", "5 Jan 2026", "5 January 2026",
     "05 january 2026",
     "January 5, 2026", "Jan 5 2026", "JAN. 5, 2026", "5th January 2026", "January 5th, 2026",
     "the 5th of January 2026",
     "Monday, 5 January 2026", "Mon 5 Jan 2026", "5-Jan-2026", "5.1.2026", "05.01.2026", "5. Januar 2026",
     "5 janvier 2026", "5 de enero de 2026", "5 gennaio 2026", "5 de janeiro de 2026", "5 ocak 2026", "5 января 2026",
     "\u0665 يناير \u0662\u0660\u0662\u0666", "5 جنوری 2026", "5 जनवरी 2026", "5\u00a0Jan\u00a02026",
     "2026\u201001\u201005", "Jan-5-2026"],
)  # fmt: skip
def test_a_day_in_the_usual_habits(text: str) -> None:
    moment = moment_of("from", text)
    assert moment.clock is None and moment.begins.isoformat(timespec="minutes") == FIFTH


@each(
    ("text", "iso"),
    [
        ("2026-01-05T10:00", "2026-01-05T10:00"), ("2026-01-05 10:00:00", "2026-01-05T10:00"),
        ("5 January 2026 14:30", "2026-01-05T14:30"), ("14:30 on 5 January 2026", "2026-01-05T14:30"),
        ("5 January 2026, 2 pm", "2026-01-05T14:00"), ("5 Jan 2026 2:30 p.m.", "2026-01-05T14:30"),
        ("5 Jan 2026 at 14h30", "2026-01-05T14:30"), ("5 Jan 2026 noon", "2026-01-05T12:00"),
        ("2026-01-05 24:00", "2026-01-06T00:00"), ("12 am 5 Jan 2026", "2026-01-05T00:00"),
        ("13/01/2026", "2026-01-13T00:00"), ("01/13/2026", "2026-01-13T00:00"), ("5/5/2026", "2026-05-05T00:00"),
        ("29 Feb 2024", "2024-02-29T00:00"), ("1er mars 2024", "2024-03-01T00:00"), ("3 Sept 2024",
        "2024-09-03T00:00"),
    ],
)  # fmt: skip
def test_a_day_with_its_time(text: str, iso: str) -> None:
    assert moment_of("from", text).begins.isoformat(timespec="minutes") == iso


@each(
    ("text", "said"),
    [
        ("05/01/2026", "could be read in two ways; allowed: 5 January 2026 or 1 May 2026"),
        ("5-1-2026", "could be read in two ways"), ("30 February 2026", "is no day of the calendar"),
        ("2026-02-30", "is no day of the calendar"), ("31/04/2026", "is no day of the calendar"),
        ("29 Feb 2025", "is no day of the calendar"), ("0/5/2026", "is no day of the calendar"),
        ("2026-13-05", "is no day of the calendar"), ("5 Jan", "has no year"), ("Jan 2026", "has no day"),
        ("05.01.26", "has a year of two digits"), ("5 Jan 26", "has no year of four digits"), ("2026",
        "is not a date"),
        ("Tuesday 5 January 2026", "does not fit together; allowed: 5 January 2026 is a Monday"),
        ("2026-01-05T10:00Z", "has a time zone"), ("2026-01-05T10:00+05:00", "has a time zone"),
        ("5 Jan 2026 10:00 UTC", "has a time zone"), ("5 Jan 1999", "is out of range"), ("5 Jan 2101",
        "is out of range"),
        ("2026-01-05 10:00:30", "is finer than a minute"), ("5 Jan 2026 13 pm", "has no such time"),
        ("2026-01-05 25:00", "is not a date"), ("midnight 5 Jan 2026", "could be read in two ways"),
        ("5-7 Jan 2026", "is not a date"), ("tomorrow", "is not a date"), ("unknown", "is not a date"),
        ("", "is not a date"), ("1767571200", "is not a date"), ("2026-01-05 10:00 to 12:00",
        "has more than one time"),
        ("5 Foo 2026", "is not a date"),
    ],
)  # fmt: skip
def test_what_is_no_day_or_two_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        moment_of("from", text)
    assert said in str(caught.value)


@each(
    ("begins", "ends", "hours", "start", "note"),
    [
        ("5 Jan 2026", "7 Jan 2026", 72.0, None, "5 January 2026 to 7 January 2026: both days count, 3 days."),
        ("5 Jan 2026", "2026-01-05", 24.0, None, "5 January 2026: the day counts as a whole."),
        ("5 Jan 2026 10:00", "5 Jan 2026 12:30", 2.5, "2026-01-05T10:00", ""),
        ("5 Jan 2026 10:00", "6 Jan 2026", 38.0, "2026-01-05T10:00", "the day without a time counts as a whole"),
        ("5 Jan 2026", "6 Jan 2026 12:00", 36.0, None, "the day without a time counts as a whole"),
        ("28 Feb 2024", "1 Mar 2024", 72.0, None, "3 days"),  # a leap year
    ],
)  # fmt: skip
def test_hours_from_both_ends(begins: str, ends: str, hours: float, start: str | None, note: str) -> None:
    span = span_of(begins, ends, NOW)
    assert (span.hours, span.start, span.ongoing) == (hours, start, False)
    assert note in span.note if note else not span.note


def test_what_goes_on_is_counted_until_now_and_said_so() -> None:
    for text in ("ongoing", "Still ongoing", "now", "to date"):
        span = span_of("28 Nov 2026 10:00", text, NOW)
        assert span.ongoing and span.hours == pytest.approx(45 + 40 / 60)  # two days less 2 h 20
        assert "30 November 2026, 07:40" in span.note and "lower bound" in span.note
    with pytest.raises(InputError, match="lies in the future"):
        span_of("1 Dec 2026", "ongoing", NOW)


@each(("begins", "ends", "said"), [
    ("7 Jan 2026", "5 Jan 2026", "to: '5 Jan 2026' is before the start; allowed: 7 January 2026 or later"),
    ("5 Jan 2026 10:00", "5 Jan 2026 09:00", "is before the start"),
    ("5 Jan 2026", "Unknown", "to: 'Unknown' is not a date"),
])  # fmt: skip
def test_an_end_that_is_none(begins: str, ends: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        span_of(begins, ends, NOW)
    assert said in str(caught.value)
