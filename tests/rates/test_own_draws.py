"""The draws of an input of a year belong to it alone: a change of one leaves the others as they were, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from helpers.tables import Tables

from model.catalogue.load import Catalogue
from model.rates import check, simulation, year
from model.rates.record import CountedEvent, record_of, shipped_record

KINDS, FIGURES = "data/shutdown_kinds.csv", "data/year_figures.csv"
OF_CUTS, OF_BLOCKS = range(4), range(4, 8)  # options of a lot: two kinds, each nationwide or in part
PARTS = ("middle", "within", "part", "curves", "hours")


def drawn(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> tuple[year.YearCost, tuple[Any, ...]]:
    """A year of Pakistan, and the counts and the lot that its simulation is given."""
    given: list[tuple[Any, ...]] = []

    def simulated(own: Any, *rest: Any) -> Any:
        given.append(rest)
        return simulation.simulated(own, *rest)

    with monkeypatch.context() as patch:
        patch.setattr("model.rates.year.simulated", simulated)
        return year.cost_of_year(catalogue, "PAK"), given[0]


@pytest.mark.parametrize(
    ("table", "row", "columns", "moved"),
    [
        (KINDS, "full_network", ("other_low", "other_mode", "other_high"), OF_CUTS),
        (KINDS, "service_block", ("other_low", "other_mode", "other_high"), OF_BLOCKS),
        (FIGURES, "part_people", ("low", "high"), "part"),
        (FIGURES, "long_share", ("low", "high"), "within"),
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_ends_of_one_row_move_no_draw_of_another(
    catalogue: Catalogue, tables: Tables, monkeypatch: pytest.MonkeyPatch, table: str, row: str,
    columns: tuple[str, ...], moved: range | str, wide: bool,
) -> None:  # fmt: skip
    """A range that shrinks to its middle draws nothing any more; one that widens draws otherwise."""
    cells = tables.read(table)
    at = next(cell for cell in cells if cell[0] == row)
    middle = float(at[next(index for index, name in enumerate(cells[0]) if name.endswith("mode"))])
    for column in columns:
        factor = {"low": 0.9, "mode": 1.0, "high": 1.1}[column.rpartition("_")[2]] if wide else 1.0
        tables.set(table, row, column, repr(middle * factor))
    before, (counts, old) = drawn(monkeypatch, catalogue)
    after, (counts_after, new) = drawn(monkeypatch, tables.load())
    assert after.rate == before.rate and after.none == before.none
    np.testing.assert_array_equal(counts_after, counts)
    for name in PARTS:
        same = np.array_equal(getattr(new, name), getattr(old, name))
        assert same is (name != moved), name
    same_chances = [np.array_equal(a, b) for a, b in zip(new.chances, old.chances, strict=True)]
    expected = [not isinstance(moved, range) or option not in moved for option in range(len(old.chances))]
    assert same_chances == expected


def test_the_check_draws_each_country_alone(catalogue: Catalogue) -> None:
    """The same counts get the same band wherever they stand in the record."""
    record = shipped_record(catalogue)
    given = dict(list(record.starts.items())[:20])
    forward, backward = (
        check.check_counts("order", record.years, dict(items), record.silent, 2022)
        for items in (given.items(), reversed(given.items()))
    )
    bands = [{row.name: row.band for row in one.rows} for one in (forward, backward)]
    assert bands[0] == bands[1]


def test_the_order_of_a_list_moves_nothing(catalogue: Catalogue) -> None:
    rows = [
        CountedEvent("PAK", ("full_blackout",), 2023, 24, 1),
        CountedEvent("PAK", ("social_media_block",), 2022, 50, 0.4),
        CountedEvent("KEN", ("mobile_only",), 2021, 6, 0.1), CountedEvent("PAK", ("mobile_only",), 2023, None, 0.2),
    ]  # fmt: skip
    one, other = (
        year.cost_of_year(catalogue, "PAK", record_of(catalogue, events, "a list"))
        for events in (rows, rows[::-1])
    )
    assert (one.mean, one.bad, one.none, one.expected) == (other.mean, other.bad, other.none, other.expected)
