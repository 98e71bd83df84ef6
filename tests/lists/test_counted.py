"""Lists of every layout into the cost of a year: which rows count, once, and with what."""

from __future__ import annotations

import json

import numpy as np
import pytest
from helpers.event_rows import stop

from model.catalogue.load import Catalogue
from model.common.errors import InputError
from model.lists.chunks import ALL
from model.lists.counted import counted
from model.lists.priced import price
from model.lists.reading import read_list
from model.rates.record import EITHER, FEW, RecordedYears
from model.rates.year import cost_of_year


def record(catalogue: Catalogue, rows: str, name: str = "mine.csv") -> RecordedYears:
    text = f"place,region,kind,year,start,end,duration,share\n{rows}"
    return counted(catalogue, read_list(catalogue, name, text.encode()))


def test_rows_of_ones_own_list(catalogue: Catalogue) -> None:
    """A year will do for a start; doubles count once; a row without a length counts, one without a year does not."""
    listed = record(
        catalogue,
        "Kenya,,full blackout,2020,,,1 day,\n"
        "KEN,,full blackout,,2021-05-01 10:00,2021-05-01 20:00,,\n"
        "Kenya,,full blackout,,2021-05-01 10:00,2021-05-01 20:00,,\n"
        "Kenya,,mobile data cut,2022,,,,10 %\n"
        "Uganda,,mobile data cut,2022,,,6 hours,5 % to 20 %\n"
        "Uganda,,shutdown,,,,2 days,\n"
        "Atlantis,,shutdown,2023,,,2 days,\n"
        "Uganda,,shutdown,2022,2021-01-01,2021-01-02,,\n"
        "Pakistan,Sindh,full blackout,2022,,,1 day,\n",
    )
    assert listed.years == (2020, 2021, 2022) and listed.title == "events of mine.csv"
    assert listed.of("KEN").tolist() == [1, 1, 1] and listed.of("UGA").tolist() == [0, 0, 1]
    assert [kind.kind for kind in listed.kinds] == ["full_blackout", "mobile_only"]
    assert listed.by_kind["KEN"].tolist() == [2, 1] and listed.whole["KEN"].tolist() == [[2, 0], [0, 1]]
    assert listed.shares["KEN"].tolist() == [0.1]
    assert listed.shares["UGA"] == pytest.approx([(0.05 + 4 * 0.125 + 0.2) / 6])  # the mean of a PERT
    assert listed.shares["PAK"].tolist() == [catalogue.regions["Sindh"].gdp_share]
    assert listed.middles.numbers == {"KEN": 2, "UGA": 1, "PAK": 1}
    assert listed.middles.values["KEN"] == pytest.approx((np.log(24) + np.log(10)) / 2)
    assert listed.notes[1:] == (
        "1 row tells of an event that another row counts.",
        "3 rows do not count: they have no country, no year or no type with a price.",
        FEW,
    )


def test_a_stop_list(catalogue: Catalogue) -> None:
    """Two types that fit alike are one kind with either; a row of two countries counts in both."""
    content = stop(
        {"affected_network": "Unknown"}, {"country": "Uganda; Ghana", "end_date": "Unknown", "duration": ""}
    )
    listed = counted(catalogue, read_list(catalogue, "stop.csv", content))
    either = next(kind for kind in listed.kinds if kind.other)
    assert (either.kind, either.other, either.other_share) == ("mobile_only", "full_blackout", EITHER)
    assert either.label == "Mobile data cut or Full blackout"
    assert listed.of("UGA").sum() == listed.of("GHA").sum() == 1 and "UGA" not in listed.middles.numbers


def test_days_of_a_measured_block_are_one_event(catalogue: Catalogue) -> None:
    days = [
        {"measurement_start_day": f"2024-03-{day:02}", "probe_cc": "KE", "domain": "x.com", "confirmed_count": 9,
         "anomaly_count": 9, "ok_count": 0, "failure_count": 0, "measurement_count": 9}
        for day in (1, 2, 3, 20)
    ]  # fmt: skip
    listed = counted(catalogue, read_list(catalogue, "ooni.json", json.dumps({"result": days}).encode()))
    assert listed.of("KEN").tolist() == [2]
    assert listed.middles.values["KEN"] == pytest.approx(
        np.mean(np.log([60, 12.5]))
    )  # 2 to 3 days, 1 hour to 1 day


def test_a_year_of_a_long_list_costs_about_a_part_of_its_total(catalogue: Catalogue) -> None:
    """Forty like blackouts in four years: a year costs near a quarter of what `events` says of all."""
    rows = "place,kind,start,end\n" + "".join(
        f"Kenya,full blackout,{year}-{month:02}-{day:02} 08:00,{year}-{month:02}-{day + 1:02} 08:00\n"
        for year in range(2020, 2024) for month in range(1, 11) for day in (5,)
    )  # fmt: skip
    events = read_list(catalogue, "many.csv", rows.encode())
    total = price(catalogue, events, draws=1024).total(ALL).cost
    year = cost_of_year(catalogue, "KEN", counted(catalogue, events))
    assert total and year.events == 40 and year.rate.median == pytest.approx(10, rel=0.1)
    assert year.expected.median == pytest.approx(total.median / 4, rel=0.3)


def test_a_list_without_any_event_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="has no event that counts in a year"):
        record(catalogue, "Atlantis,,shutdown,2023,,,2 days,\n")
