"""One firm in an outage: revenue interrupted, caught up and lost, penalties, cash, and what a second line saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue
from model.common.errors import InputError, choices
from model.common.ledger import Amount, Basis, Ledger
from model.common.ranges import Range
from model.industry.draws import Values
from model.industry.firm_outage import OWN_KINDS, Effects, SetUp

Array = NDArray[np.float64]
DAYS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 45.0, 65.0, 90.0, 130.0)
LEDGERS: dict[str, Ledger] = {"penalties": "operating cost", "overtime": "operating cost", "profit": "output"}
BASES: dict[str, Basis] = {"gross": "gross", "caught_up": "gross", "later": "lagged"}


def cash_days(
    cash: ArrayLike, revenue: float, interrupted: ArrayLike, margin: float, stopping: float,
    penalties: ArrayLike = 0.0,
) -> Array:  # fmt: skip
    """Working days until cash is gone: cash / burn, burn = revenue [x (1 - stopping) - margin] + penalties a day.

    Infinite where the firm still earns its costs.

    Args:
        cash: cash at hand, USD.
        revenue: of a working day, USD.
        interrupted: x, share of it that does not come in, (draw,) or ().
        margin: operating margin, share of revenue.
        stopping: costs that stop with the work, share of revenue.
        penalties: USD a working day, (draw,) or ().
    """
    burn = np.add(revenue * (np.multiply(interrupted, 1 - stopping) - margin), penalties)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(burn > 0, np.divide(cash, burn), np.inf))


@dataclass(frozen=True)
class Saving:
    """What one more line or terminals would be worth. Profit at once: clients kept later are not counted."""

    key: str
    label: str
    cost: Range[float]  # USD a year
    cost_basis: str
    avoided: Range[float]  # USD an outage
    ratio: Range[float] | None  # saved in a year over cost
    outages_to_pay: float | None  # a year
    break_even_days: float | None  # one outage a year of this length pays for it
    note: str


@dataclass(frozen=True)
class Firm:
    """The section of one firm; money in USD."""

    kind: str
    kind_label: str
    sector: str
    days: Array
    chosen: int
    revenue: float
    revenue_day: float
    export_day: float
    export_day_goal: float
    curves: dict[str, Range[Array]]  # over days
    results: dict[str, Range[float]]  # at the chosen length
    cash: Range[float | None]
    savings: tuple[Saving, ...]
    outages_a_year: float
    idle_day: float
    penalty_month: float

    @property
    def length(self) -> float:
        return float(self.days[self.chosen])

    @property
    def free(self) -> Saving | None:
        """What saves most of all that costs nothing and saves profit; None where there is none."""
        free = [row for row in self.savings if row.cost.high <= 0 and row.avoided.median > 0]
        return max(free, key=lambda row: row.avoided.median, default=None)

    @property
    def best(self) -> tuple[float, Saving] | None:
        """What returns most of all that has a price, after how many times its cost it saves; None: nothing saves."""
        rated = [(row.ratio.median, row) for row in self.savings if row.ratio and row.avoided.median > 0]
        return max(rated, key=lambda item: item[0], default=None)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        period = f"{self.length:g} working day{'' if self.length == 1 else 's'}"

        def amount(
            name: str, label: str, contains: tuple[str, ...] = (), overlaps: tuple[str, ...] = ()
        ) -> Amount:
            when = "the months after" if name == "later" else period
            return Amount(f"firm.{name}", label, LEDGERS.get(name, "receipts"), BASES.get(name, "net"), when, "USD",
                          contains, self.results[name], None, overlaps, event=True)  # fmt: skip

        return (
            amount("gross", "Revenue interrupted", ("firm.caught_up", "firm.lost")),
            amount("caught_up", "Revenue delayed: recovered later"),
            amount("lost", "Revenue lost"),
            # The country's loss holds its firms' losses.
            amount("profit", "Profit lost", ("firm.overtime", "firm.penalties", "firm.lost"),
                   ("calendar.net", "calendar.year", "net_direct", "net_direct.", "overtime", "indirect",
                    "measure.avoided.")),
            amount("overtime", "Overtime to recover work"),
            amount("penalties", "Penalties to clients (a transfer)"),
            amount("later", "Revenue lost later with clients that leave", (), ("lagged_receipts",)),
        )  # fmt: skip


def kinds(catalogue: Catalogue) -> dict[str, str]:
    """What may hit a firm: the kinds of the model, a fault of its own line, a lockdown."""
    return {**{key: kind.label for key, kind in catalogue.kinds.items()}, **OWN_KINDS}


def label_of(catalogue: Catalogue, kind: str) -> str:
    """The name of what hits a firm; raises `InputError` where it is not known."""
    options = kinds(catalogue)
    if kind not in options:
        raise InputError("kind", kind, "is not known", choices(options, kind, most=10))
    return options[kind]


def firm(catalogue: Catalogue, industry: Industry, values: Values, sector: str, kind: str) -> Firm:
    """Price one outage for the firm under the reader's figures; raises `InputError` for an unknown kind."""
    kind_label = label_of(catalogue, kind)
    length = values.central("firm.outage_days")
    days = np.array(sorted({*DAYS, length} - {0.0} if length else {0.0, *DAYS}))
    chosen = int(np.searchsorted(days, length))
    shared = SetUp(catalogue, values, sector, kind, days)
    lines, terminals = values.whole("firm.lines"), values.central("firm.satellite_terminals")
    base = shared.effects(lines, terminals)
    shown = {
        "gross": base.gross, "caught_up": base.caught_up, "lost": base.gross - base.caught_up,
        "profit": base.profit, "overtime": base.overtime, "penalties": base.penalties, "later": base.later,
    }  # fmt: skip
    curves = {name: Range.along(rows) for name, rows in shown.items()}
    cash = values.central("firm.cash_months") / 12 * shared.revenue * (1 - shared.margin)
    lasts = cash_days(
        cash,
        shared.day,
        base.interrupted[chosen],
        shared.margin,
        shared.stopping,
        base.penalties[chosen] / shared.days_of_months(length),
    )
    export = values.central("firm.export_share")
    return Firm(
        kind=kind, kind_label=kind_label, sector=sector, days=days, chosen=chosen, revenue=shared.revenue,
        revenue_day=shared.day, export_day=shared.day * export,
        export_day_goal=shared.day * values.central("firm.export_goal_share"), curves=curves,
        results={name: Range.of(rows[chosen]) for name, rows in shown.items()},
        cash=Range.of(lasts).each(lambda value: value if np.isfinite(value) else None),
        savings=_savings(shared, industry, base, chosen, lines, terminals),
        outages_a_year=values.central("firm.outages_per_year"),
        idle_day=shared.day * values.central("firm.idle_cost_share"),
        penalty_month=shared.revenue / 12 * export * values.central("firm.penalty_rate"),
    )  # fmt: skip


@dataclass(frozen=True)
class Protection:
    """One more line, one more terminal, or both: what it is, and its cost a year."""

    key: str
    label: str
    lines: int
    terminals: float
    note: str
    cost: Array  # USD a year, (draw,) or ()
    cost_basis: str


def protections(shared: SetUp, industry: Industry, lines: int, terminals: float) -> tuple[Protection, ...]:
    """What a firm with so many fixed `lines` and satellite `terminals` may add."""
    values = shared.values
    seats = max(values.central("firm.satellite_seats"), 1.0)
    everybody = max(terminals, float(np.ceil(shared.office_seats / seats)))
    line, dish = values.of("firm.line_usd_per_year"), values.of("firm.satellite_usd_per_year")
    nearby = "helps against faults nearby and cuts of mobile data; it shares cables and orders with the first"
    whatever = "serves the office, whatever the cause; not licensed in Pakistan when the prices were told"
    options = [
        ("second_line", "One more fixed line", lines + 1, terminals, nearby),
        ("terminal", f"One satellite terminal ({seats:g} seat{'' if seats == 1 else 's'})", lines, terminals + 1,
         whatever),
        ("satellite", f"Satellite for the whole office ({everybody:g} terminals)", lines, everybody, whatever),
    ]  # fmt: skip
    if shared.line_helps:  # elsewhere the line would only add its cost
        options.append(("both", "One more fixed line and satellite for the whole office", lines + 1, everybody,
                        "together, not their sum"))  # fmt: skip
    if everybody <= terminals + 1:  # one terminal is the whole office, or the office has them all
        options = [
            item for item in options if item[0] != ("satellite" if everybody > terminals else "terminal")
        ]
    bought = []
    for key, label, number, dishes, note in options:
        used = ["firm.line_usd_per_year"] * (number > lines)
        used += ["firm.satellite_usd_per_year"] * (dishes > terminals)
        cost = np.asarray((number - lines) * line + (dishes - terminals) * dish)
        bought.append(Protection(key, label, number, dishes, note, cost, _cost_basis(industry, values, used)))
    return tuple(bought)


def _savings(
    shared: SetUp, industry: Industry, base: Effects, chosen: int, lines: int, terminals: float
) -> tuple[Saving, ...]:
    a_year = shared.values.central("firm.outages_per_year")
    savings = []
    for item in protections(shared, industry, lines, terminals):
        cost = item.cost
        avoided = np.maximum(base.profit - shared.effects(item.lines, item.terminals).profit, 0.0)
        means, paid = avoided.mean(axis=-1), float(np.mean(cost))
        here, free = float(means[chosen]), not np.all(cost > 0)
        savings.append(
            Saving(
                key=item.key, label=item.label, cost=Range.of(cost), cost_basis=item.cost_basis,
                avoided=Range.of(avoided[chosen]), ratio=None if free else Range.of(avoided[chosen] * a_year / cost),
                outages_to_pay=None if here <= 0 or free else paid / here,
                break_even_days=None if free else pays_after(shared.days, means, paid), note=item.note,
            )
        )  # fmt: skip
    return tuple(savings)


def pays_after(days: Array, saved: Array, cost: float) -> float | None:
    """Length at which what is saved reaches the cost, straight lines between the lengths; None: not within them.

    Args:
        days: lengths of an outage, working days, ascending, (duration,); the result has their unit.
        saved: mean of what is saved by each, USD, (duration,).
        cost: USD a year.
    """
    best = np.maximum.accumulate(saved)
    if best[-1] < cost:
        return None
    return float(np.interp(cost, [0.0, *best], [0.0, *days]))


def _cost_basis(industry: Industry, values: Values, keys: Sequence[str]) -> str:
    if any(key in values.given for key in keys):
        return "cost as set"
    # A preset's price is ours, an assumption; a derived one rests on an estimate that nobody confirmed.
    status = {"assumption" if key in values.preset else industry.parameters[key].status for key in keys}
    if "assumption" in status:
        return "assumed cost"
    return "unconfirmed estimate" if "derived" in status else "published prices"
