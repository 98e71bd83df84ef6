"""The sheet of inputs: each yellow cell moves the answer or says when it does, and takes nothing outside its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import (
    Formula,
    absolute,
    all_of,
    differ,
    equal,
    is_number,
    minimum,
    sum_of,
    when,
)
from model.common.numbers import GDP_SHARE, MILLION
from model.estimation.inputs import EXPORT_RECEIPTS, receipts_of
from model.scenario.fields import MAX_SPELLS
from model.scenario.places import place_shares

HEAD = ["Input", "Value", "Unit", "Allowed: from", "to", "Range: low", "Most likely", "High", "Check", "Status",
        "When it acts", "Key"]  # fmt: skip
FROM, TO, LOW, CHECK, STATUS, ACTS, KEY = 3, 4, 5, 8, 9, 10, 11  # columns
DAYS, COUNT, SHARE, HOURS, GAP = (
    (0.0, 730.0),
    (1.0, float(MAX_SPELLS)),
    (0.0, 1.0),
    (0.0, 168.0),
    (0.0, 3650.0),
)
RATE, MUSD, PERSONS, DOUBT, INCOME = (1e-6, 1e9), (0.0, 1e8), (1.0, 3e9), (0.0, 20.0), (1.0, 1e6)
VALUE_ADDED = "exports.value_added_share"
SAME_MONEY, OUTSIDE = "money_unchanged", "inputs_outside"
OWN_MONEY, LONGEST_MONEY = "own money", 20  # letters


@dataclass(frozen=True)
class Given:
    """A cell to type over: its label, name, unit and limits, and what else must hold before it moves the answer."""

    label: str
    cell: Formula
    unit: str
    limits: tuple[float, float]
    acts: str = ""


@dataclass(frozen=True)
class Computed:
    """A cell of the same sheet that follows from those."""

    label: str
    name: str
    content: Formula
    unit: str


@dataclass(frozen=True)
class InputsSheet:
    """Everything that the sheet shows but the parameters, which have a row once a formula calls them."""

    chain: Chain
    event: tuple[Given, ...]
    economy: tuple[Given, ...]
    it_row: tuple[Computed, ...]

    @classmethod
    def of(cls, chain: Chain) -> InputsSheet:
        name_money(chain)
        event, economy = _event(chain), _economy(chain)
        return cls(chain, event, economy, tuple(_it_row(chain)))

    def write(self, sheet: Sheet) -> None:
        content = self.chain.content
        sheet.text(0, 0, "Inputs: change a yellow cell and everything follows", "title")
        note = (
            f"{content.event}. Each input stands at its median. A cell takes what lies between “from” and “to”; "
            "“When it acts” says what else must hold before an input moves the answer."
        )
        sheet.across(1, 0, KEY, note, "small")
        sheet.row(2, HEAD)
        sheet.frozen(3, 1, heads=2)
        flags: list[Formula] = []
        sheet.text(3, 0, "What happens", "section")
        row = self._given_rows(sheet, 4, self.event, flags)
        row = self._money_rows(sheet, row + 1, flags)
        row = self._parameter_rows(sheet, row, flags)
        sheet.text(row + 2, 0, "The economy", "section")
        first = self._given_rows(sheet, row + 3, self.economy, flags)
        for row, item in enumerate(self.it_row, start=first):
            sheet.text(row, 0, item.label, "wrap")
            sheet.formula(row, 1, item.content, "level", item.name)
            sheet.text(row, 2, item.unit, "indented")
        sheet.text(row + 2, 0, "Inputs that are no number inside their limits", "bold")
        sheet.formula(row + 2, 1, sum_of(flags), "count", OUTSIDE)

    def _given_rows(self, sheet: Sheet, first: int, cells: tuple[Given, ...], flags: list[Formula]) -> int:
        """A row for each; returns the next free one."""
        for row, item in enumerate(cells, start=first):
            sheet.text(row, 0, item.label, "wrap")
            sheet.given(row, 1, item.cell)
            sheet.text(row, 2, item.unit, "indented")
            flags.append(
                _limited(sheet, row, 1, item.cell, item.label, item.limits, whole=item.limits == COUNT)
            )
            sheet.text(row, ACTS, item.acts, "small")
            sheet.text(row, KEY, item.cell.text, "small")
        return first + len(cells)

    def _money_rows(self, sheet: Sheet, row: int, flags: list[Formula]) -> int:
        """The rate and the name of its money, and what the heads make of both; returns the next free row."""
        chain, money = self.chain, self.chain.content.result.money
        share = money.unit == GDP_SHARE
        sheet.text(row, 0, "Money: the rate and its name belong together", "section")
        label = f"One {'million US dollars in the unit' if share else 'US dollar in the money'} of this file"
        rate = Given(
            label, chain["money_rate"], "", RATE, "1 gives US dollars" if share or money.unit != "USD" else ""
        )
        row = self._given_rows(sheet, row + 1, (rate,), flags)
        sheet.text(row, 0, "Name of that money", "wrap")
        sheet.given(row, 1, chain["money_typed"])
        sheet.raw.data_validation(row, 1, row, 1, {
            "validate": "length", "criteria": "between", "minimum": 1, "maximum": LONGEST_MONEY,
            "error_title": "Name of the money", "error_message": f"1 to {LONGEST_MONEY} letters, such as EUR",
        })  # fmt: skip
        sheet.text(row, ACTS, "with another rate", "small")
        sheet.text(row, KEY, "money_typed", "small")
        for number, (text, name, content) in enumerate(_follows_money(chain), start=row + 1):
            sheet.text(number, 0, text, "wrap")
            sheet.formula(number, 1, content, "text", name)
        return row + 4

    def _parameter_rows(self, sheet: Sheet, row: int, flags: list[Formula]) -> int:
        """Parameters that a formula has called, by group, each at its median, with range and status."""
        chain, result = self.chain, self.chain.content.result
        catalogue, group = result.catalogue, ""
        groups = list(catalogue.groups)
        for key in sorted(chain.parameters, key=lambda key: groups.index(catalogue.parameters[key].group)):
            parameter = catalogue.parameters[key]
            if parameter.group != group:
                group = parameter.group
                row += 1
                sheet.text(row, 0, catalogue.groups[group].label, "section")
            row += 1
            sheet.text(row, 0, parameter.label, "wrap")
            sheet.given(row, 1, chain[key])
            sheet.text(row, 2, "" if parameter.unit == "1" else parameter.unit, "indented")
            flags.append(_limited(sheet, row, 1, chain[key], parameter.label, (parameter.min, parameter.max)))
            spread = result.table[key]
            if spread is not None:
                for column, value in enumerate((spread.low, spread.mode, spread.high), start=LOW):
                    sheet.number(row, column, value, "level")
            sheet.text(
                row, STATUS, "yours" if key in result.scenario.assumptions else parameter.status, "indented"
            )
            sheet.text(row, ACTS, acts_when(key), "small")
            sheet.text(row, KEY, key, "small")
        return row + 1


def _limited(
    sheet: Sheet,
    row: int,
    column: int,
    cell: Formula,
    label: str,
    limits: tuple[float, float],
    *,
    whole: bool = False,
) -> Formula:
    """Let a cell take nothing outside its limits, which stand beside it; returns a cell that is 1 where it has."""
    allow(sheet, row, column, label, limits, whole=whole)
    low, high = (sheet.number(row, at, limit, "limit") for at, limit in zip((FROM, TO), limits, strict=True))
    outside = when(is_number(cell), when(all_of(cell >= low, cell <= high), 0, 1), 1)
    return sheet.formula(row, CHECK, outside, "check")


def allow(
    sheet: Sheet, row: int, column: int, label: str, limits: tuple[float, float], *, whole: bool = False
) -> None:
    """What may be typed into the cell at `row` and `column`: a number within `limits`, from and to, in its unit.

    Anything else is refused with these words (pasting is not, see the checks).
    """
    low, high = limits
    share = " as a share: 20% is 0.2" if limits == SHARE else ""
    sheet.raw.data_validation(row, column, row, column, {
        "validate": "integer" if whole else "decimal", "criteria": "between", "minimum": low, "maximum": high,
        "ignore_blank": False, "error_title": label[:32],
        "error_message": f"{label[:150]}: {'a whole number ' if whole else ''}from {low:,.10g} to {high:,.10g}{share}.",
    })  # fmt: skip


def name_money(chain: Chain) -> None:
    """Names and values of the cells about money: what was made in, and what the heads say."""
    money, named = chain.content.result.money, chain.book.named
    named("money_rate", money.per_million)
    for name in ("money_typed", "money_name"):
        named(name, money.unit)
    named("money_heads", money.unit if money.unit == GDP_SHARE else f"M {money.unit}")
    named(SAME_MONEY, 1)


def _follows_money(chain: Chain) -> tuple[tuple[str, str, Formula], ...]:
    """What follows from the rate and the name: a label, a name and a content each.

    A rate without the name of its money is dollars where it is 1. Another one is a newer rate of the file's own money,
    or “own money” where that is the dollar, whose rate is 1 and no other.
    """
    made, rate, typed = chain.content.result.money, chain["money_rate"], chain["money_typed"]
    same = when(equal(rate, made.per_million), 1, 0)
    newer = OWN_MONEY if made.unit in ("USD", GDP_SHARE) else made.unit
    name = when(equal(chain[SAME_MONEY], 1), made.unit,
                when(differ(typed, made.unit), typed, when(equal(rate, 1), "USD", newer)))  # fmt: skip
    heads: Formula = "M " & chain["money_name"]
    if made.unit == GDP_SHARE:
        heads = when(equal(chain[SAME_MONEY], 1), made.unit, heads)
    return (
        ("Rate as when this file was made (1 yes, 0 no)", SAME_MONEY, same),
        ("Money of every amount", "money_name", name),
        ("Unit in the heads of tables", "money_heads", heads),
    )


def _event(chain: Chain) -> tuple[Given, ...]:
    """The cells about what happens."""
    result, scenario, named = chain.content.result, chain.content.result.scenario, chain.book.named
    waits = "with two or more outages, once customers stop waiting"
    rows = [
        Given("How long one outage lasts", named("duration_days", scenario.hours / 24), "days", DAYS),
        Given("Number of outages", named("spells", scenario.spells), "count", COUNT),
    ]
    if scenario.period_days is None:
        rows.append(Given("Days between outages", named("gap_days", scenario.gap_days), "days", GAP, waits))
    else:
        period = named("period_days", scenario.period_days)
        rows.append(Given("Days from the start of an outage to that of the next", period, "days", GAP, waits))
    wanted = chain.kind.quality_input
    if wanted:
        label = "Service quality left" if wanted == "ratio" else "International capacity lost"
        typed = scenario.ratio if wanted == "ratio" else scenario.capacity_lost
        quality = chain.value(f"degradation.default_{wanted}") if typed is None else typed
        rows.append(Given(label, named("quality_given", quality), "share", SHARE))
    if chain.start is not None:
        label = f"Start {scenario.start}, hours from Monday 00:00 (whole hours more or less)"
        begin = chain.start.weekday() * 24 + chain.start.hour + chain.start.minute / 60
        rows.append(
            Given(label, named("start_hour", begin), "hours", HOURS, "in the first week of an outage")
        )
    if chain.later or chain.kind.copes:
        label = "Share of IT exporters inside the place, for lost export orders and workarounds"
        place = place_shares(result.catalogue, scenario.country, scenario.regions, scenario.place)[1]
        acts = "once export orders are lost or workarounds paid"
        rows.append(Given(label, named("export_place", place), "share", SHARE, acts))
    rows.append(Given("What the equations leave out, factor on the odds of needing the internet",
                      named("structure_multiplier", 1), "x", DOUBT))  # fmt: skip
    if result.economy.workers:
        workers = named("workers", result.economy.workers)
        rows.append(Given("Workers", workers, "persons", PERSONS, "on work-days alone"))
    return tuple(rows)


def _economy(chain: Chain) -> tuple[Given, ...]:
    result, named = chain.content.result, chain.book.named
    gva = named("gva_musd", result.economy.gva / MILLION)
    it_share = named(
        "it_row_share", result.catalogue.shares[result.economy.country.iso3].of(result.catalogue.it_column)
    )
    receipts = float(np.ravel(receipts_of(chain.sample, result.economy))[0]) / MILLION
    receipts /= result.economy.receipts_held or 1.0  # the sheet holds them itself
    earned = result.catalogue.parameters[EXPORT_RECEIPTS]
    return (
        Given("Gross value added a year, whole country", gva, "M USD", MUSD),
        Given("IT services, exports and domestic, of gross value added", it_share, "share", SHARE),
        Given(
            "IT export earnings a year", named("export_receipts", receipts), "M USD", (earned.min, earned.max)
        ),
        Given(
            "GDP a head without mining and utilities",
            named("income", result.economy.income),
            "USD a year",
            INCOME,
        ),
    )


def _it_row(chain: Chain) -> list[Computed]:
    """The IT row, that exports and the rest share."""
    named = chain.book.named
    it_row = chain["gva_musd"] * chain["it_row_share"]
    named("it_row", it_row.value)
    shares = sum_of(most_likely(chain, f"exports.share.{group}") for group in chain.export_groups)
    exported = most_likely(chain, VALUE_ADDED) * most_likely_receipts(chain) * shares
    exports = named("export_value_added", exported.value)
    fits = when(exports > 0, minimum(1, chain["it_row"] / exports), 1)
    named("export_fits", fits.value)
    label = "Value added in IT exports, before it is held to the IT services"
    return [
        Computed("IT services", "it_row", it_row, "M USD"),
        Computed(label, "export_value_added", exported, "M USD"),
        Computed("Part of it that fits the IT services", "export_fits", fits, "share"),
    ]


def most_likely(chain: Chain, key: str) -> Formula:
    """What divides the economy: the most likely value until another is typed over the median, then that one."""
    return _until_typed(chain[key], chain.most_likely(key))


def most_likely_receipts(chain: Chain) -> Formula:
    """The same of the receipts, in M USD a year."""
    return _until_typed(chain["export_receipts"], chain.content.result.economy.receipts / MILLION)


def _until_typed(cell: Formula, likely: float) -> Formula:
    median = float(cell.value)
    if abs(median - likely) <= 1e-12 * abs(likely):
        return cell
    return when(absolute(cell - median) < 1e-9, likely, cell)


def acts_when(key: str) -> str:
    """What else must hold before this input moves the answer; empty where nothing must."""
    family, _, rest = key.partition(".")
    if family == "lever" and not rest.endswith(".coverage"):
        return "with a coverage above 0"
    if key == "digital.cap":
        return "in economies rich enough for the factor to reach it"
    if family == "churn":
        return "once exporters are cut off for longer than clients tolerate"
    if key in ("recapture.patience_scale", "recapture.spare_capacity"):
        return "once spare capacity or patience no longer suffices: in longer outages"
    if family == "adaptation" and rest.endswith(".days"):
        return "where workarounds win a share back"
    return ""
