"""The sheet of inputs: every yellow cell moves the answer, or says what else must hold before it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from briefing.workbook.cells import Sheet
from briefing.workbook.chain import Chain
from briefing.workbook.formula import Formula, absolute, equal, maximum, minimum, sum_of, when
from model.catalogue.economies import Sector
from model.common.numbers import GDP_SHARE, MILLION
from model.estimation.inputs import receipts_of
from model.scenario.fields import MAX_SPELLS
from model.scenario.places import place_shares

HEAD = ["Input", "Value", "Unit", "Low", "Most likely", "High", "Status", "Key", "Acts"]
ACTS = 8  # column
DAYS, COUNT, SHARE, HOURS, GAP = (0, 730), (1, MAX_SPELLS), (0, 1), (0, 168), (0, 3650)
VALUE_ADDED = "exports.value_added_share"
SECTOR_NOTE = (
    "Patience acts in longer spells, once customers stop waiting; a sector without value added moves nothing."
)


@dataclass(frozen=True)
class Given:
    """A cell to type over: its label, name, unit and limits, and what else must hold before it moves the answer."""

    label: str
    cell: Formula
    unit: str | Formula  # a formula is the content of the cell `money_name`
    limits: tuple[float, float] | None = None
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
    value_added: Mapping[str, Formula]  # content of a sector's cell

    @classmethod
    def of(cls, chain: Chain) -> InputsSheet:
        event, economy = _event(chain), _economy(chain)
        _name_sectors(chain)
        it_row = tuple(_it_row(chain))
        sectors = chain.content.result.catalogue.sectors
        value_added = {sector.key: _value_added(chain, sector) for sector in sectors}
        for key, content in value_added.items():
            chain.book.named(f"s_{key}_value_added", content.value)
        return cls(chain, event, economy, it_row, value_added)

    def write(self, sheet: Sheet) -> None:
        content = self.chain.content
        sheet.text(0, 0, "Inputs: change a yellow cell and everything follows", "title")
        note = (
            f"{content.event}. Each input stands at its median. What stands under “Acts” says when it does. "
            f"{content.stamp}."
        )
        sheet.text(1, 0, note, "note")
        sheet.row(2, HEAD)
        sheet.text(3, 0, "What happens", "section")
        row = _given_rows(sheet, 4, self.event)
        row = _parameter_rows(self.chain, sheet, row + 1)
        sheet.text(row + 2, 0, "The economy", "section")
        first = _given_rows(sheet, row + 3, self.economy)
        for row, item in enumerate(self.it_row, start=first):
            sheet.text(row, 0, item.label)
            sheet.formula(row, 1, item.content, "level", item.name)
            sheet.text(row, 2, item.unit, "indented")
        sheet.raw.freeze_panes(3, 1)
        self._sector_rows(sheet, first + len(self.it_row) + 2)

    def _sector_rows(self, sheet: Sheet, top: int) -> None:
        """A row for each sector: where its value added comes from, and yellow cells."""
        chain, catalogue = self.chain, self.chain.content.result.catalogue
        sheet.text(top, 0, "Sectors", "section")
        sheet.text(top, 1, SECTOR_NOTE, "note")
        sheet.row(top + 1, ["Sector", "Value added, M USD a year", "Share of gross value added",
                            "Share inside the place", "Dependence", "Most caught up", "Share of that",
                            "Customers wait, days", *(item.label for item in catalogue.classes)])  # fmt: skip
        parts = ("place", "dependence", "ceiling", "share", "patience",
                 *(f"mix_{item.key}" for item in catalogue.classes))  # fmt: skip
        for row, sector in enumerate(catalogue.sectors, start=top + 2):
            name = f"s_{sector.key}"
            sheet.text(row, 0, sector.label)
            sheet.formula(row, 1, self.value_added[sector.key], "number", f"{name}_value_added")
            if sector.value_added_column == catalogue.it_column:
                sheet.text(row, 2, "of IT services", "note")
            else:
                sheet.given(row, 2, chain[f"{name}_gva_share"])
            for column, part in enumerate(parts, start=3):
                sheet.given(row, column, chain[f"{name}_{part}"])


def _event(chain: Chain) -> tuple[Given, ...]:
    """The cells about what happens."""
    result, scenario, named = chain.content.result, chain.content.result.scenario, chain.book.named
    waits = "with two or more spells, once customers stop waiting"
    rows = [
        Given("Duration of one spell", named("duration_days", scenario.hours / 24), "days, 0 to 730", DAYS),
        Given("Number of spells", named("spells", scenario.spells), f"count, 1 to {MAX_SPELLS}", COUNT),
    ]
    if scenario.period_days is None:
        rows.append(Given("Days between spells", named("gap_days", scenario.gap_days), "days", GAP, waits))
    else:
        period = named("period_days", scenario.period_days)
        rows.append(Given("Days from the start of a spell to that of the next", period, "days", GAP, waits))
    wanted = chain.kind.quality_input
    if wanted:
        label = "Service quality left" if wanted == "ratio" else "International capacity lost"
        typed = scenario.ratio if wanted == "ratio" else scenario.capacity_lost
        quality = chain.value(f"degradation.default_{wanted}") if typed is None else typed
        rows.append(Given(label, named("quality_given", quality), "share, 0 to 1", SHARE))
    if chain.start is not None:
        label = f"Start {scenario.start}, hours from Monday 00:00 (whole hours more or less)"
        begin = chain.start.weekday() * 24 + chain.start.hour + chain.start.minute / 60
        rows.append(Given(label, named("start_hour", begin), "hours", HOURS, "in the first week of a spell"))
    if chain.later or chain.kind.copes:
        label = "Share of IT exporters inside the place, for later losses and workarounds"
        place = place_shares(result.catalogue, scenario.country, scenario.regions, scenario.place)[1]
        acts = "once contracts are lost or workarounds paid"
        rows.append(Given(label, named("export_place", place), "share", SHARE, acts))
    rate = named("money_rate", result.money.per_million)
    words = "type the name of another money over the one beside it"
    label = "One US dollar in the money of this file"
    if result.money.unit == GDP_SHARE:
        label = "One million US dollars in the unit of this file"
        words = (
            "a share, as the GDP is too old for money; 1 gives the millions of US dollars that it stands for"
        )
    rows.append(Given(label, rate, _money_name(chain, rate), acts=words))
    rows.append(Given("What the equations leave out, factor on the odds of needing the internet",
                      named("structure_multiplier", 1), "x"))  # fmt: skip
    if result.economy.workers:
        workers = named("workers", result.economy.workers)
        rows.append(Given("Workers", workers, "persons", acts="on work-days alone"))
    return tuple(rows)


def _money_name(chain: Chain, rate: Formula) -> Formula:
    """The money that a rate stands for: the file's own, dollars, or else the country's; millions beside a share."""
    money, own = chain.content.result.money, chain.content.result.economy.country.currency
    other = own if own not in ("", "USD") else "of that rate"
    millions = "M " if money.unit == GDP_SHARE else ""  # beside a money the heads say it themselves
    name = when(equal(rate, money.per_million), money.unit,
                when(equal(rate, 1), f"{millions}USD", f"{millions}{other}"))  # fmt: skip
    chain.book.named("money_name", money.unit)
    return name


def _economy(chain: Chain) -> tuple[Given, ...]:
    result, named = chain.content.result, chain.book.named
    gva = named("gva_musd", result.economy.gva / MILLION)
    it_share = named(
        "it_row_share", result.catalogue.shares[result.economy.country.iso3].of(result.catalogue.it_column)
    )
    receipts = float(np.ravel(receipts_of(chain.sample, result.economy))[0]) / MILLION
    receipts /= result.economy.receipts_held or 1.0  # the sheet holds them itself
    return (
        Given("Gross value added a year, whole country", gva, "M USD"),
        Given("IT services, exports and domestic, of gross value added", it_share, "share"),
        Given("IT export receipts a year", named("export_receipts", receipts), "M USD"),
        Given(
            "GDP a head without mining and utilities", named("income", result.economy.income), "USD a year"
        ),
    )


def _name_sectors(chain: Chain) -> None:
    """Names and values of every sector's yellow cells."""
    result, named, value = chain.content.result, chain.book.named, chain.value
    scenario = result.scenario
    inside, _ = place_shares(result.catalogue, scenario.country, scenario.regions, scenario.place)
    shares = result.catalogue.shares[result.economy.country.iso3]
    for index, sector in enumerate(result.catalogue.sectors):
        name = f"s_{sector.key}"
        if sector.value_added_column != result.catalogue.it_column:
            named(f"{name}_gva_share", shares.of(sector.value_added_column))
        named(f"{name}_place", inside[index])
        named(f"{name}_dependence", value(f"sector.{sector.key}.dependence"))
        named(f"{name}_ceiling", value(f"sector.{sector.key}.recapture_ceiling"))
        named(f"{name}_share", value("recapture.share_of_ceiling", sector.key))
        named(f"{name}_patience", value(f"sector.{sector.key}.patience_days"))
        for item in result.catalogue.classes:
            named(f"{name}_mix_{item.key}", sector.mix.get(item.key, 0.0))


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
    label = "Value added in IT exports, before it is held to the IT row"
    return [
        Computed("IT services", "it_row", it_row, "M USD"),
        Computed(label, "export_value_added", exported, "M USD"),
        Computed("Part of it that fits the IT row", "export_fits", fits, "share"),
    ]


def _value_added(chain: Chain, sector: Sector) -> Formula:
    """A sector's value added, M USD a year."""
    if sector.export_group:
        share = most_likely(chain, f"exports.share.{sector.export_group}")
        return most_likely(chain, VALUE_ADDED) * most_likely_receipts(chain) * share * chain["export_fits"]
    if sector.value_added_part == "domestic":
        return maximum(0, chain["it_row"] - chain["export_value_added"] * chain["export_fits"])
    return chain["gva_musd"] * chain[f"s_{sector.key}_gva_share"]


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


def _given_rows(sheet: Sheet, first: int, cells: tuple[Given, ...]) -> int:
    """A row for each; returns the next free one."""
    for row, item in enumerate(cells, start=first):
        sheet.text(row, 0, item.label)
        sheet.given(row, 1, item.cell)
        if isinstance(item.unit, Formula):
            sheet.formula(row, 2, item.unit, "indented", "money_name")
        else:
            sheet.text(row, 2, item.unit, "indented")
        sheet.text(row, 7, item.cell.text, "note")
        sheet.text(row, ACTS, item.acts, "note")
        if item.limits is not None:
            low, high = item.limits
            kind = "integer" if item.limits == COUNT else "decimal"
            rule = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high,
                    "error_title": item.label[:32], "error_message": f"{low:g} to {high:g}"}  # fmt: skip
            sheet.raw.data_validation(row, 1, row, 1, rule)
    return first + len(cells)


def _parameter_rows(chain: Chain, sheet: Sheet, row: int) -> int:
    """Parameters that a formula has called, by group, each at its median, with range and status."""
    result = chain.content.result
    catalogue, group = result.catalogue, ""
    groups = list(catalogue.groups)
    for key in sorted(chain.parameters, key=lambda key: groups.index(catalogue.parameters[key].group)):
        parameter = catalogue.parameters[key]
        if parameter.group != group:
            group = parameter.group
            row += 1
            sheet.text(row, 0, catalogue.groups[group].label, "section")
        row += 1
        sheet.text(row, 0, parameter.label)
        sheet.given(row, 1, chain[key])
        sheet.text(row, 2, "" if parameter.unit == "1" else parameter.unit, "indented")
        spread = result.table[key]
        if spread is not None:
            for column, value in ((3, spread.low), (4, spread.mode), (5, spread.high)):
                sheet.number(row, column, value, "level")
        status = "yours" if key in result.scenario.assumptions else parameter.status
        sheet.text(row, 6, status, "indented")
        sheet.text(row, 7, key, "note")
        sheet.text(row, ACTS, acts_when(key), "note")
    return row + 1


def acts_when(key: str) -> str:
    """What else must hold before this input moves the answer; empty where nothing must."""
    family, _, rest = key.partition(".")
    if family == "lever" and not rest.endswith(".coverage"):
        return "with a coverage above 0"
    if key == "digital.cap":
        return "in economies rich enough for the factor to reach it"
    if family == "churn":
        return "once the exposure of exporters is longer than the grace"
    if key in ("recapture.patience_scale", "recapture.spare_capacity"):
        return "once spare capacity or patience no longer suffices: in longer spells"
    if family == "adaptation" and rest.endswith(".days"):
        return "where workarounds win a share back"
    return ""
