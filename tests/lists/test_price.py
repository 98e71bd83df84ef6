"""Rows and totals against the single estimates: by hand, draw by draw."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from helpers.event_rows import as_csv, stop

from model.catalogue.load import load
from model.common.errors import InputError
from model.common.program.progress import Tick
from model.common.ranges import Range
from model.estimation.estimate import estimate
from model.lists import chunks, work
from model.lists.chunks import chunks_of
from model.lists.price import opened_draws, priced_chunk
from model.lists.priced import Priced, price
from model.lists.reading import EventList, read_list
from model.lists.shipped import shipped_list
from model.lists.work import ChunkStore
from model.scenario.link import from_query, to_query
from model.scenario.scenario import Scenario

CATALOGUE = load()
OWN = ("place", "region", "kind", "start", "end", "duration", "share", "ratio", "capacity_lost")
DRAWS = 512


def own(*rows: dict[str, Any]) -> EventList:
    return read_list(CATALOGUE, "list", as_csv(rows, OWN))


def priced(events: EventList, **rest: Any) -> Priced:
    return price(CATALOGUE, events, draws=DRAWS, **rest)


def net(**fields: Any) -> np.ndarray:
    return estimate(CATALOGUE, Scenario(draws=DRAWS, **fields)).draws["net_direct"]


def test_a_row_without_open_values_costs_what_its_scenario_does() -> None:
    rows = (
        {"place": "Kenya", "kind": "full blackout", "start": "2024-03-04 10:00", "end": "2024-03-04 20:00"},
        {"place": "Pakistan", "region": "Sindh", "kind": "mobile data cut", "duration": "3 days"},
        {"place": "India", "kind": "slowdown", "duration": "36 hours", "share": "10%", "ratio": "0.5"},
        {"place": "Ghana", "kind": "cable cut", "duration": "5 days", "capacity_lost": "60%"},
        {"place": "Uganda", "kind": "vpn block", "duration": "30 days"},
    )
    result = priced(own(*rows))
    for item, cost in zip(result.events.items, result.costs, strict=True):
        assert item.state == "priced" and item.scenario is not None
        single = estimate(CATALOGUE, item.scenario.with_changes(draws=DRAWS)).amount("net_direct")
        assert cost[:4] == pytest.approx([*single.range, single.mean], rel=1e-12)
        assert cost[4:] == pytest.approx(cost[:3], rel=1e-12)
        linked, ignored = from_query(CATALOGUE, to_query(item.scenario))
        assert not ignored and linked == item.scenario.with_changes(header=linked.header)


def test_totals_are_sums_of_the_same_draws() -> None:
    rows = (
        {"place": "Kenya", "kind": "full blackout", "start": "2024-03-04 10:00", "end": "2024-03-04 20:00"},
        {"place": "Kenya", "kind": "mobile data cut", "start": "2023-05-01 10:00", "end": "2023-05-04 10:00"},
        {"place": "Uganda", "kind": "full blackout", "start": "2024-06-01 00:30", "end": "2024-06-01 06:30"},
        {"place": "Uganda", "kind": "full blackout", "start": "2024-07-01", "end": "unknown"},
    )
    result = priced(own(*rows))
    kenya = net(country="KEN", hours=10.0, start="2024-03-04T10:00")
    mobile = net(country="KEN", kind="mobile_only", hours=72.0, start="2023-05-01T10:00")
    uganda = net(country="UGA", hours=6.0, start="2024-06-01T00:30")
    for by, key, draws in (
        ("all", "", kenya + mobile + uganda),
        ("country", "KEN", kenya + mobile),
        ("year", "2024", kenya + uganda),
        ("kind", "full_blackout", kenya + uganda),
    ):
        total = result.total(by, key)
        assert total.cost is not None and [*total.cost] == pytest.approx([*Range.of(draws)], rel=1e-12)
    assert result.total("country", "UGA").rows == {"priced": 1, "open": 0, "merged": 0, "cannot be priced": 1}


def test_open_values_are_drawn_too() -> None:
    result = priced(
        own({"place": "Kenya", "kind": "full blackout", "duration": "24 to 48 hours", "share": "10-30%"})
    )
    share = opened_draws(CATALOGUE, "event_share", 0.1, 0.2, 0.3, DRAWS, 1)
    length = opened_draws(CATALOGUE, "typed_length", 24.0, 36.0, 48.0, DRAWS, 1)
    curve = {hours: net(country="KEN", hours=hours) for hours in (24.0, 30.0, 36.0, 48.0)}
    stops = np.array(sorted(curve))
    by_hand = [
        np.interp(length[i], stops, [curve[hours][i] for hours in stops]) * share[i] for i in range(DRAWS)
    ]
    assert result.costs[0, :3] == pytest.approx([*Range.of(np.array(by_hand))], rel=1e-9)
    at_best = Range.of(0.2 * curve[36.0])
    assert result.costs[0, 4:] == pytest.approx([*at_best], rel=1e-12)
    assert result.costs[0, 0] < at_best.low and result.costs[0, 2] > at_best.high


def test_types_that_fit_alike_take_half_of_the_draws_each() -> None:
    result = priced(read_list(CATALOGUE, "list", stop({"affected_network": "Unknown"})))
    mobile, gone = (net(country="KEN", kind=kind, hours=60.0) for kind in ("mobile_only", "full_blackout"))
    mean = result.costs[0, 3]
    assert mean == pytest.approx((mobile.mean() + gone.mean()) / 2, rel=0.05)
    assert result.totals[0].rows["open"] == 1 and result.total("kind", "mobile_only or full_blackout").cost


def test_an_old_gdp_gives_shares_and_enters_no_sum_of_dollars() -> None:
    kind = {"kind": "full blackout", "duration": "1 day"}
    result = priced(own({"place": "Syria", **kind}, {"place": "Kenya", **kind}))
    syria, whole, kenya = (
        result.total(*key) for key in (("country", "SYR"), ("all", ""), ("country", "KEN"))
    )
    assert syria.unit == "% of a day's GDP" and whole.cost == kenya.cost and whole.without_money == 1
    assert syria.cost is not None and 0 < syria.cost.median < 10


def test_the_shipped_events_are_a_list() -> None:
    events = shipped_list(CATALOGUE)
    chunk_list, order = chunks_of(CATALOGUE, events.items, DRAWS, 1)
    assert len(order) == len(events.items) == sum(len(g["items"]) for c in chunk_list for g in c["groups"])
    exact = [n for n, item in enumerate(events.items) if item.state == "priced"]
    few = EventList("few", "shipped", tuple(events.items[n] for n in exact[:3]), events.until, 3)
    for item, cost in zip(few.items, priced(few).costs, strict=True):
        assert item.scenario is not None
        single = estimate(CATALOGUE, item.scenario.with_changes(draws=DRAWS, currency="USD"))
        assert cost[1] == pytest.approx(single.amount("net_direct").median, rel=1e-12)


def test_what_is_finished_is_kept_when_a_run_ends_early(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "LEAST_ITEMS", 1)
    codes = ("Kenya", "Uganda", "Ghana", "Nigeria")
    events = own(*({"place": code, "kind": "full blackout", "duration": "1 day"} for code in codes))
    seen: list[Any] = []

    def counted(chunk: dict[str, Any], tick: Tick | None) -> dict[str, Any]:
        seen.append(chunk)
        return priced_chunk(chunk, tick)

    monkeypatch.setattr(work, "priced_chunk", counted)

    class StopError(Exception):
        pass

    def stop_after_two(done: float) -> None:
        if done >= 0.5:
            raise StopError

    store = ChunkStore(tmp_path / "unfinished")
    (tmp_path / "unfinished").mkdir()
    with pytest.raises(StopError):
        priced(events, store=store, tick=stop_after_two)
    assert len(seen) == 2
    again = priced(events, store=store)
    assert len(seen) == 4  # only what was missing
    assert np.array_equal(again.costs, priced(events).costs)
    store.clear()
    assert not (tmp_path / "unfinished").exists()


def test_a_worker_that_is_killed_costs_only_its_own_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    (killed, *_) = work._lost_worker()
    events = own({"place": "Kenya", "kind": "full blackout", "duration": "1 day"})
    real, calls = work._results, iter([True, False])

    def dying(*arguments: Any) -> Any:
        if next(calls):
            raise killed("killed")
        return real(*arguments)

    monkeypatch.setattr(work, "_results", dying)
    assert priced(events).total("all").cost is not None

    def always(*arguments: Any) -> Any:
        raise killed("killed")

    monkeypatch.setattr(work, "_results", always)
    with pytest.raises(InputError, match="kept"):
        priced(events)


@pytest.mark.slow
def test_any_number_of_workers_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "LEAST_ITEMS", 2)
    kinds = ("full blackout", "mobile data cut", "vpn block", "slowdown")
    rows = [
        {"place": place, "kind": kind, "duration": "24-48h"} for place in ("Kenya", "Ghana") for kind in kinds
    ]
    events = own(*rows)
    alone, *others = (priced(events, workers=workers) for workers in (1, 2, 4))
    for other in others:
        assert other.costs.tobytes() == alone.costs.tobytes() and other.totals == alone.totals
