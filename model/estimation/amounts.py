"""The rows that a result is made of: every amount with its ledger, basis and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Distribution
from model.common.ledger import LABELS, Amount, Basis, Ledger
from model.common.numbers import GDP_SHARE, MILLION, as_given, duration_text, scale_of, scaled_unit
from model.common.ranges import UNDEFINED, Range
from model.estimation.economy import Economy
from model.estimation.sampling import centre
from model.scenario.scenario import Scenario

Array = NDArray[np.float64]
TYPED_RATE = "currency.lcu_per_usd"
TAX_SHARE = "fiscal.tax_share"


@dataclass(frozen=True)
class Money:
    """The currency of a result, and what one US dollar is in it."""

    unit: str
    per_usd: float
    note: str

    @property
    def scale(self) -> float:
        """By what charts and tables divide an amount."""
        return scale_of(self.unit)

    @property
    def scaled_unit(self) -> str:
        """The unit of what was divided so: `M USD`."""
        return scaled_unit(self.unit)

    @property
    def per_million(self) -> float:
        """What a million US dollars is, divided so."""
        return self.per_usd * MILLION / self.scale


def of_gdp(place: Economy) -> Money:
    """Shares of a day of an economy's GDP, in per cent: 100 x 365 / GDP for each US dollar.

    Args:
        place: the economy, its GDP in USD a year.
    """
    return Money(GDP_SHARE, 100 * 365 / place.gdp, f"GDP of {place.gdp_year}")


def money_of(
    scenario: Scenario, place: Economy, table: Mapping[str, Distribution | None], warnings: list[str]
) -> Money:
    """Dollars, or the country's money where a rate can be used: the reader's, else that of the year of the GDP.

    A GDP that is too old for money gives shares of a day of it, unless the reader asks for the money.

    Args:
        scenario: which money is wanted, and whether old money will do.
        place: the economy with its official rate (local money per USD, average of a year) where one can be used.
        table: distributions of all parameters; the reader's rate is that of `currency.lcu_per_usd`.
        warnings: takes a sentence where no rate can be used and dollars are given instead; never raises.

    Source: official rates of the World Bank (`fx` in data/economies.csv), in the year of the GDP.
    """
    if place.money_old and not scenario.old_money:
        return of_gdp(place)
    if scenario.currency == "USD":
        return Money("USD", 1.0, "")
    typed = centre(table[TYPED_RATE])
    if typed is not None:
        return Money(
            scenario.currency, typed, f"{as_given(typed)} {scenario.currency} per USD, typed by the reader"
        )
    if place.rate is not None:
        rate = place.rate
        note = f"{as_given(rate.value)} {scenario.currency} per USD, official rate, average of {rate.year}"
        return Money(scenario.currency, rate.value, note)
    figure = place.figures.get("fx")
    why = "there is none"
    if figure is not None:
        why = (
            figure.note
            if figure.usable == "no"
            else f"the latest is of {figure.year}, the GDP of {place.gdp_year}"
        )
    warnings.append(
        f"{place.country.name}: no usable official exchange rate ({why}), so amounts are in US dollars. "
        f"Type a rate ({TYPED_RATE}) to see {scenario.currency}."
    )
    return Money("USD", 1.0, "")


@dataclass(frozen=True)
class SharedByRows:
    """What the rows of one result share."""

    catalogue: Catalogue
    place: Economy
    unit: str
    event: str
    horizon: str
    draws: Mapping[str, Array]
    curves: Mapping[str, Range[Array]]
    means: Mapping[str, Array]
    chosen: int

    def amount(
        self, name: str, label: str, ledger: Ledger, basis: Basis, *, later: bool = False, unit: str = "",
        contains: tuple[str, ...] = (), overlaps: tuple[str, ...] = (), part: str = "",
    ) -> Amount:  # fmt: skip
        """One row, from the curve of that name, else its draws; without either it says that it was not measured.

        Args:
            name: id of the amount, and key of `curves`, (duration,), or `draws`, (draw,).
            label: what people read.
            ledger: whose money it is; amounts of two ledgers are never added.
            basis: gross, net, lagged, indirect or coping; amounts of two bases are never added.
            later: whether it comes in the months after the event.
            unit: where it is not that of all rows.
            contains: ids of amounts that are parts of this one.
            overlaps: ids of amounts that share something with it.
            part: sector or class that it is of.
        """
        span: Range[float | None] = UNDEFINED
        mean = None
        if name in self.curves:
            span = self.curves[name].at(self.chosen)
            mean = float(self.means[name][self.chosen])
        elif name in self.draws:
            values = self.draws[name]
            span = Range.of(values)
            mean = float(values.mean())
        else:
            label = f"{label}: not measured"
        return Amount(
            id=name, label=label, ledger=ledger, basis=basis, period=self.horizon if later else self.event,
            unit=unit or self.unit, contains=contains, range=span, mean=mean, overlaps=overlaps,
            part=part, event=True,
        )  # fmt: skip


def amounts_of(
    catalogue: Catalogue, scenario: Scenario, place: Economy, money: Money,
    table: Mapping[str, Distribution | None], draws: Mapping[str, Array],
    curves: Mapping[str, Range[Array]], means: Mapping[str, Array], chosen: int,
) -> tuple[Amount, ...]:  # fmt: skip
    """Every amount of one result; what was not measured has no numbers and says so in its label.

    Args:
        catalogue: names of sectors and user classes.
        scenario: spells and hours of the event, and what the reader typed.
        place: the economy; its tax share and what its IT row holds decide two labels.
        money: unit of the amounts.
        table: distributions of all parameters; `churn.horizon_months` gives the period of lagged amounts.
        draws: values at the chosen duration by id, (draw,), in the unit of `money`; work-days in work-days.
        curves: low, median and high by id, each (duration,), for those that are known at every duration.
        means: their means, (duration,).
        chosen: index of the scenario's own duration.

    Returns:
        Amounts in the order of every table and file. The ledger rules are those of `common.ledger`.
    """
    months = centre(table["churn.horizon_months"])
    rows = SharedByRows(
        catalogue=catalogue, place=place, unit=money.unit, draws=draws, curves=curves, means=means, chosen=chosen,
        event=f"{scenario.spells} x {duration_text(scenario.hours)}",
        horizon=f"up to {months:g} months after" if months is not None else "the months after",
    )  # fmt: skip
    central = place.tax is not None and TAX_SHARE not in scenario.assumptions
    assumed = place.country.iso3 == HOME and TAX_SHARE not in scenario.assumptions
    whose = ", central government's alone" if central else ", its share assumed" if assumed else ""
    sectors = tuple(f"net_direct.{sector.key}" for sector in catalogue.sectors)
    classes = tuple(f"net_direct.class.{item.key}" for item in catalogue.classes)
    amounts = [
        rows.amount("gross", LABELS["gross"], "output", "gross",
                    contains=("caught_up", "net_direct", *sectors, *classes)),
        rows.amount("net_direct", LABELS["net_direct"], "output", "net",
                    contains=("overtime", "work_days", *sectors, *classes), overlaps=("caught_up",)),
        rows.amount("caught_up", LABELS["caught_up"], "output", "gross"),
        rows.amount("overtime", LABELS["overtime"], "output", "net", overlaps=(*sectors, *classes)),
        rows.amount("lagged_receipts", LABELS["lagged_receipts"], "receipts", "lagged", later=True,
                    contains=("lagged_value_added",)),
        rows.amount("lagged_value_added", LABELS["lagged_value_added"], "output", "lagged", later=True),
        rows.amount("coping", LABELS["coping"], "operating cost", "coping"),
        rows.amount("work_days", LABELS["work_days"], "output", "net", unit="work_days"),
        rows.amount("tax", f"{LABELS['tax']}{whose} (part of the direct loss)", "fiscal", "net"),
    ]  # fmt: skip
    if "indirect" in draws:
        amounts.append(rows.amount("indirect", LABELS["indirect"], "output", "indirect"))
    for index, sector in enumerate(catalogue.sectors):
        part = sector.label
        if sector.value_added_part == "domestic" and place.value_added[index] == 0:
            part += " (not separable)"
        amounts.append(
            rows.amount(sectors[index], f"{LABELS['net_direct']}: {part}", "output", "net", part=part)
        )
    for item, name in zip(catalogue.classes, classes, strict=True):
        touching = tuple(f"net_direct.{sector.key}" for sector in catalogue.sectors if item.key in sector.mix)
        label = f"{LABELS['net_direct']}: {item.label}"
        amounts.append(rows.amount(name, label, "output", "net", overlaps=touching, part=item.label))
    return tuple(amounts)
