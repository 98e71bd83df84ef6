"""Rows in the layouts of lists of events, made by us: nothing of a real list is shipped."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

STOP_COLUMNS = (
    "start_date_type", "start_date", "country", "geo_scope", "area_name", "shutdown_type", "affected_network",
    "shutdown_extent", "ordered_by", "decision_maker", "actual_cause", "actual_cause_details", "info_source",
    "info_source_link", "shutdown_status", "end_date", "duration", "gov_justification", "gov_ack",
    "facebook_affected", "twitter_affected", "whatsapp_affected", "instagram_affected", "telegram_affected",
    "other_affected", "sms_affected", "phonecall_affected", "telcos_involved", "election", "violence",
    "hr_abuse_reported", "users_targeted", "users_target_detail", "event", "an_link", "region", "count_year",
)  # fmt: skip
COUNTRIES = (
    "India", "Pakistan", "Iran", "Russia", "Myanmar", "Iraq", "Algeria", "Ethiopia", "Kenya", "Uganda", "Bangladesh",
    "Brazil", "Indonesia", "Sudan", "Chad", "Gabon", "Senegal", "Kazakhstan", "Uzbekistan", "Azerbaijan", "Mali",
    "Guinea", "Togo", "Benin", "Zambia", "Nigeria", "Cameroon", "Jordan", "Lebanon", "Sri Lanka", "Nepal", "Vietnam",
    "Cambodia", "Peru", "Ecuador", "Mauritania", "Mozambique", "Tanzania", "Burundi", "Rwanda",
)  # fmt: skip
BLACKOUT = {
    "country": "Kenya", "start_date": "2024-03-04", "end_date": "2024-03-06", "area_name": "Nationwide",
    "shutdown_type": "Shutdown", "affected_network": "Mobile, Broadband", "shutdown_extent": "Full network",
}  # fmt: skip


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """Rows as the bytes of a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def stop(*rows: Mapping[str, Any]) -> bytes:
    """Rows in the STOP layout, each a cut of a whole country with what is said to differ."""
    return as_csv([{**BLACKOUT, **row} for row in rows], STOP_COLUMNS)


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def mixed_stop(count: int, seed: int = 1) -> bytes:
    """Many rows in the STOP layout, as dirty as a real list; the same for the same seed."""
    chance = random.Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(count):
        day = date(2016, 1, 1) + timedelta(days=chance.randrange(3600))
        length = int(chance.expovariate(1 / 6)) if chance.random() < 0.9 else chance.randrange(900)
        full = chance.random() < 0.7
        row: dict[str, Any] = {
            "country": chance.choice(COUNTRIES), "start_date": f"{day:%m/%d/%Y}", "shutdown_type": "Shutdown",
            "affected_network": chance.choice(("Mobile", "Mobile", "Mobile, Broadband", "Unknown", "Broadband")),
            "shutdown_extent": "Full network" if full else "Service-based",
            "end_date": f"{day + timedelta(days=length):%m/%d/%Y}", "duration": length + chance.choice((0, 1)),
            "event": f"Event {number}", "an_link": f"https://example.org/{number}", "actual_cause": "Protests",
        }  # fmt: skip
        where = chance.random()
        if where < 0.3:
            row["area_name"] = "Nationwide"
        else:
            row["area_name"] = f"District {chance.randrange(400)}"
            row["geo_scope"] = chance.choice(
                (
                    "It only affected one city, county, or village",
                    "It affected more than one city in the same state, province, or region",
                    "It affected locations in more than one state, province, or region",
                )
            )
        if not full:
            for name in chance.sample(("facebook", "twitter", "whatsapp", "telegram"), chance.randrange(3)):
                row[f"{name}_affected"] = "Yes"
        trap = chance.random()
        if trap < 0.06:
            row["end_date"], row["shutdown_status"] = "Ongoing", "Ongoing"
        elif trap < 0.12:
            row["end_date"], row["duration"] = "Unknown", "Unknown"
        elif trap < 0.14:
            row["end_date"] = f"{day - timedelta(days=3):%m/%d/%Y}"
        elif trap < 0.16:
            row["country"] = "; ".join(chance.sample(COUNTRIES, 2))
        elif trap < 0.2:
            row["shutdown_type"] = chance.choice(("Throttle", "Shutdown, Throttle"))
        elif trap < 0.22:
            row["country"] = "Atlantis"
        elif trap < 0.3 and rows:
            row = dict(chance.choice(rows))
        rows.append(row)
    return as_csv(rows, STOP_COLUMNS)
