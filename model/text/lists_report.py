"""A priced list of events as sentences, and as CSV, XLSX and JSON files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from model.common.files import replacing
from model.common.numbers import spoken
from model.common.ranges import Range
from model.common.text import capital
from model.common.workbook import PlainSheet, write_workbook
from model.estimation.amounts import of_gdp
from model.estimation.economy import Economy
from model.estimation.guards import LONG_HOURS, keys_in
from model.lists.chunks import ALL
from model.lists.item import STATES, Item, open_words
from model.lists.priced import Priced, Total, economies, keys_of, share_of_gdp
from model.reading.dates import Moment
from model.scenario.link import link_text, to_query
from model.text import writer
from model.text.writer import write_csv

ROW_COLUMNS = (
    "row", "state", "why_no_price", "merged_into", "country", "iso3", "type", "title", "begins", "ends",
    "hours_low", "hours", "hours_high", "place", "unit", "cost_low", "cost", "cost_high", "cost_mean",
    "gdp_share_low", "gdp_share", "gdp_share_high", "cost_at_link_low", "cost_at_link", "cost_at_link_high",
    "open", "notes", "remarks", "as_read", "source", "link",
)  # fmt: skip
WIDE = ("why_no_price", "title", "open", "notes", "remarks", "as_read", "source", "link")
TOTAL_COLUMNS = (
    "total", "key", "label", "unit", "cost_low", "cost", "cost_high", *(state.replace(" ", "_") for state in STATES),
    "priced_as_share_of_gdp_only",
)  # fmt: skip
REMARKS = {
    "old_money": "its GDP is too old for money: the loss is a share of a day of it",
    "standing_block": "such a block stands there already: against an open internet, not against today",
    "landlocked": "no coast: links through its neighbours carry its traffic",
    "few_users": "few use the internet there: how much depends on it is extrapolated",
    "long": "beyond 90 days the economy is assumed to stay as it is",
}
BASIS = (
    "Direct loss, value added: a model's estimate from stated assumptions, not a measurement. Ranges are the 5th "
    "and the 95th percentile, with all that is open drawn too."
)
SHARED = (
    "Rows that are open for the same reason move together: all are high, or all are low. The range of a total is "
    "rather too wide than too narrow."
)
MADE_OF_EVENT = "Every row is priced with the economy of the model's data, not with that of its own year."
GROUPS = {"country": "country", "year": "year", "kind": "type"}
DEAREST = {"country": "{label} lost the most", "year": "{label} was the dearest year",
           "kind": "Of all types “{label}” cost the most"}  # fmt: skip
NAMES = ("events.csv", "totals.csv", "events.xlsx", "events.json")
DIGITS = 12  # of what is written: sums on other processors differ beyond


class ListReport:
    """The sentences, rows and files of a priced list."""

    def __init__(self, priced: Priced) -> None:
        self.priced, self.catalogue = priced, priced.catalogue

    @cached_property
    def economies(self) -> dict[str, Economy]:
        return economies(
            self.catalogue, sorted({item.iso3 for item in self.priced.events.items if item.iso3})
        )

    @property
    def provenance(self) -> dict[str, str]:
        """What every row of a file repeats."""
        events = self.priced.events
        before = {
            "list": events.name, "layout": events.layout, "until": "" if events.until is None else f"{events.until}",
            "draws": str(self.priced.draws), "seed": str(self.priced.seed),
        }  # fmt: skip
        return writer.provenance(self.catalogue.data_version, before, basis="direct loss, value added")

    def row(self, number: int) -> dict[str, Any]:
        """Item `number` of the list, counted from 0, as a row, its numbers in their unit; None where there is none."""
        item, costs = self.priced.events.items[number], self.priced.costs[number]
        cells: dict[str, Any] = dict.fromkeys(ROW_COLUMNS)
        country = self.catalogue.countries[item.iso3].name if item.iso3 else ""
        cells |= {
            "row": item.id, "state": item.state, "why_no_price": item.problem, "merged_into": item.merged_into,
            "country": country, "iso3": item.iso3, "type": self.type_of(item), "title": item.record.title,
            "begins": moment_text(item.first),
            "ends": moment_text(item.last),
            "place": self.place_of(item), "open": " ".join(open_words(self.catalogue, item)),
            "notes": " ".join(item.notes), "as_read": item.record.read, "source": item.record.source,
        }  # fmt: skip
        if item.hours is not None:
            cells |= {"hours_low": item.hours.low, "hours": item.hours.best, "hours_high": item.hours.high}
        if item.scenario is not None and not item.merged_into and not item.problem:
            cells |= self._amounts(item, costs)
        return {name: rounded(value) for name, value in cells.items()}

    def _amounts(self, item: Item, costs: np.ndarray) -> dict[str, Any]:
        assert item.scenario is not None
        place = self.economies[item.iso3]
        money = of_gdp(place) if item.old_money else None
        factor = 1.0 if money is None else money.per_usd
        share = share_of_gdp(place, item)
        low, median, high, mean, *at_link = (float(value) for value in costs)
        remarks = [REMARKS[key] for key in keys_in(self.catalogue, item.scenario, place)]
        if item.scenario.hours * item.scenario.spells > LONG_HOURS:
            remarks.append(REMARKS["long"])
        return {
            "unit": "USD" if money is None else money.unit,
            "cost_low": low * factor, "cost": median * factor, "cost_high": high * factor, "cost_mean": mean * factor,
            "gdp_share_low": low * share, "gdp_share": median * share, "gdp_share_high": high * share,
            **dict(zip(("cost_at_link_low", "cost_at_link", "cost_at_link_high"),
                       (value * factor for value in at_link), strict=True)),
            "remarks": "; ".join(remarks), "link": link_text(self.query_of(item)),
        }  # fmt: skip

    def query_of(self, item: Item) -> dict[str, str]:
        """The link of an item at the best value of all that is open; empty where it has none."""
        if item.scenario is None or item.problem or item.merged_into:
            return {}
        return to_query(item.scenario.with_changes(draws=self.priced.draws, seed=self.priced.seed))

    def cost_of(self, number: int) -> Range[str] | None:
        """The cost of item `number` of the list, counted from 0, in words."""
        row = self.row(number)
        if row["cost"] is None:
            return None
        return Range(row["cost_low"], row["cost"], row["cost_high"]).money(row["unit"])

    def type_of(self, item: Item) -> str:
        kinds = keys_of(item)[2]
        return " or ".join(self.catalogue.kinds[kind].label for kind in kinds.split(" or ")) if kinds else ""

    def place_of(self, item: Item) -> str:
        """The part of the country as the list names it."""
        record = item.record
        if record.regions:
            return ", ".join(record.regions)
        if record.area or record.share is not None:
            return record.area or "a part"
        return "whole country" if record.countries else ""

    def rows(self) -> Iterator[dict[str, Any]]:
        return (self.row(number) for number in range(len(self.priced.events.items)))

    def total_rows(self) -> list[dict[str, Any]]:
        return [total_row(total) for total in self.priced.totals]

    def answer(self, *, own: bool) -> str:
        """What the list costs together, without its range and full stop; `own` where it is the reader's."""
        whole = self.priced.total(ALL)
        if whole.cost is None:
            return "Nothing in this list has a price in dollars"
        count = whole.rows["priced"] + whole.rows["open"]
        what = (
            f"the {count:,} disruption{'s' if count != 1 else ''} of your list"
            if own
            else f"{count:,} documented disruptions"
        )
        return f"Together, {what} cost {whole.cost.spoken().roughly}"

    def dearest(self, by: str) -> str:
        """What cost the most of a group of totals, `country`, `year` or `kind`: `Iran: about $1.1 billion`."""
        in_dollars = [
            (t.cost.median, t) for t in self.priced.totals if t.by == by and t.cost and t.unit == "USD"
        ]
        if not in_dollars:
            return f"No {GROUPS[by]} has a price in dollars"
        amount, top = max(in_dollars, key=lambda pair: pair[0])
        return f"{DEAREST[by].format(label=capital(top.label))}, about {spoken(amount)}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What came out, in a few sentences."""
        whole, events = self.priced.total(ALL), self.priced.events
        counts = whole.rows
        names = "rows" if len(events.items) != 1 else "row"
        first = (
            f"{len(events.items):,} {names}: {counts['priced']:,} priced as they stand, {counts['open']:,} priced "
            f"with open values, {counts['merged']:,} merged into another row, {counts['cannot be priced']:,} without a "
            "price."
        )
        lines = [first]
        if whole.cost is not None:
            lines.append(f"Together {whole.cost.spoken().about}.")
        if whole.without_money:
            lines.append(
                f"{whole.without_money:,} of them have a GDP that is too old for money: their loss is a share of it, "
                "and in no sum of dollars."
            )
        return (*lines, BASIS, SHARED)

    @property
    def lines(self) -> list[str]:
        """The sentences and the totals for a terminal."""
        lines = [*self.sentences, ""]
        for total in self.priced.totals:
            cost = "no price" if total.cost is None else cost_text(total)
            counted = total.rows["priced"] + total.rows["open"]
            no_price = total.rows["cannot be priced"]
            lines.append(
                f"{total.by:<8} {total.label[:34]:<34} {cost:<44} {counted:>6,} priced {no_price:>6,} without a price"
            )
        return lines

    @property
    def makers(self) -> Mapping[str, Callable[[Path], None]]:
        """What writes each of the files to a path, by its name."""
        makers = (self._events_csv, self._totals_csv, self._workbook, self._json)
        return dict(zip(NAMES, makers, strict=True))

    def write(self, folder: Path) -> list[Path]:
        """Write the files, all or none; raises `OSError`."""
        with ExitStack() as stack:
            for name, make in self.makers.items():
                make(stack.enter_context(replacing(folder / name)))
        return [folder / name for name in self.makers]

    def _events_csv(self, path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            write_csv(out, ROW_COLUMNS, self.rows(), self.provenance)

    def _totals_csv(self, path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            write_csv(out, TOTAL_COLUMNS, self.total_rows(), self.provenance)

    def _workbook(self, path: Path) -> None:
        notes = [{"note": text} for text in (*self.sentences, MADE_OF_EVENT)]
        notes += [{"note": f"{name}: {value}"} for name, value in self.provenance.items()]
        sheets = (
            PlainSheet("Totals", TOTAL_COLUMNS, self.total_rows(), ("label",)),
            PlainSheet("Events", ROW_COLUMNS, self.rows(), WIDE),
            PlainSheet("Notes", ("note",), notes, ("note",)),
        )
        with path.open("wb") as out:
            write_workbook(
                out, sheets, "Priced list of events", datetime.fromisoformat(self.catalogue.data_date)
            )

    def _json(self, path: Path) -> None:
        with path.open("w", encoding="utf-8") as out:
            head = {
                "provenance": self.provenance,
                "notes": [*self.sentences, MADE_OF_EVENT],
                "totals": self.total_rows(),
            }
            out.write(writer.json_text(head).rstrip().removesuffix("}").rstrip() + ',\n  "events": [')
            for number, row in enumerate(self.rows()):
                text = json.dumps(row, ensure_ascii=False, allow_nan=False)
                out.write(f"{',' if number else ''}\n    {text}")
            out.write("\n  ]\n}\n")


def total_row(total: Total) -> dict[str, Any]:
    low, median, high = (None, None, None) if total.cost is None else total.cost
    cells = {
        "total": total.by, "key": total.key, "label": total.label, "unit": total.unit, "cost_low": low, "cost": median,
        "cost_high": high, **{state.replace(" ", "_"): count for state, count in total.rows.items()},
        "priced_as_share_of_gdp_only": total.without_money,
    }  # fmt: skip
    return {name: rounded(value) for name, value in cells.items()}


def cost_text(total: Total) -> str:
    """A total as tables and charts show it; raises `ValueError` where it has none."""
    if total.cost is None:
        raise ValueError(f"{total.label} has no price")
    return total.cost.money(total.unit).full


def moment_text(moment: Moment | None) -> str:
    if moment is None:
        return ""
    return f"{moment.begins:%Y-%m-%d %H:%M}" if moment.clock else f"{moment.day}"


def rounded(value: Any) -> Any:
    """A number to the digits that any number of workers agrees on; other values as they are."""
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
