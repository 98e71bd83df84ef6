"""Long work says how far it is, often, and can be ended at each word of it."""

from __future__ import annotations

import time

import pytest

from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate, estimate_many
from model.estimation.flows import side_by_side
from model.scenario.scenario import Scenario


def test_no_part_begins_while_who_waits_is_told() -> None:
    """They may let others by meanwhile: then no core may be busy for them."""
    started = list[int]()

    def work(number: int) -> int:
        started.append(number)
        time.sleep(0.005)
        return number

    def tick(_: float) -> None:
        before = len(started)
        time.sleep(0.01)
        assert len(started) == before

    assert side_by_side(work, range(9), tick) == list(range(9))
    assert sorted(started) == list(range(9))


def test_it_is_told_from_the_first_value_to_the_last_row(catalogue: Catalogue) -> None:
    shares = list[float]()
    kinds = [Scenario(kind=kind, draws=2048, seed=5) for kind in ("full_blackout", "mobile_only")]
    estimate_many(catalogue, kinds, curves=False, tick=shares.append)
    assert shares == sorted(shares) and shares[0] == 0.0 and shares[-1] == 1.0
    assert shares.count(0.0) > len(catalogue.sectors) and shares.count(1.0) > len(kinds)


def test_it_ends_where_it_is_told_to(catalogue: Catalogue) -> None:
    shares = list[float]()

    def stop(done: float) -> None:
        shares.append(done)
        if len(shares) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        estimate(catalogue, Scenario(draws=256), tick=stop)
    assert shares == [0.0] * 3
