"""Names of files: what they are about in words, and a few letters that differ whenever the scenarios differ."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from model.common.text import file_safe
from model.compare.differences import aligned
from model.scenario.durations import duration_code
from model.scenario.fields import HEADER
from model.scenario.link import to_query
from model.scenario.scenario import Scenario

LONGEST_PLACE = 40  # letters
MARK = 6  # hexadecimal figures: two of a thousand scenarios are the same once in thirty folders
SAID = ("v", "country", "kind", "duration", "spells")  # parts of a link that every name says in words


def stem_of(scenario: Scenario, day: date, others: Sequence[Scenario] = ()) -> str:
    """Country and part of it, type, length, number of scenarios, mark of all the rest, and date; safe everywhere."""
    length = duration_code(scenario.hours).replace(".", "p")
    if scenario.spells > 1:
        length = f"{scenario.spells}x{length}"
    rest = to_query(scenario, HEADER)
    for key in SAID:
        rest.pop(key, None)
    where = "-".join(scenario.regions)
    if len(where) > LONGEST_PLACE:
        where = f"{len(scenario.regions)}-regions"
    else:
        rest.pop("region", None)
    if scenario.place is not None:
        percent = f"{scenario.place * 100:.6g}"
        where = f"p{percent}".replace(".", "p")
        if float(percent) / 100 == scenario.place:
            rest.pop("place", None)
    for number, other in enumerate(aligned([scenario, *others])[1:], start=2):
        rest |= {f"s{number}.{key}": text for key, text in to_query(other, HEADER).items()}
    beside = f"vs{len(others) + 1}" if others else ""
    return joined(scenario.country, where, scenario.kind, length, beside, mark_of(rest), day.isoformat())


def mark_of(values: Mapping[str, str]) -> str:
    """A few letters of what a name does not say in words; none where it says all."""
    return hashlib.sha256(urlencode(values).encode()).hexdigest()[:MARK] if values else ""


def joined(*parts: str) -> str:
    """The parts of a name that say something."""
    return file_safe("_".join(part for part in parts if part))
