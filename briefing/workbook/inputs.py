"""The sheet of inputs: every yellow cell moves the answer, or says what else must hold before it does."""

from __future__ import annotations

from briefing.workbook.cells import Book, Sheet, cell_name
from briefing.workbook.chain import (
    VALUE_ADDED,
    Chain,
    acts_when,
    export_groups,
    places,
    quality,
    receipts,
    used_keys,
)
from model.catalogue.economies import Sector
from model.common.numbers import MILLION
from model.scenario.fields import MAX_SPELLS
from model.scenario.places import IT_COLUMN

HEAD = ["Input", "Value", "Unit", "Low", "Most likely", "High", "Status", "Key", "Acts"]
ACTS = 8  # column
DAYS, COUNT, SHARE, HOURS = (0, 730), (1, MAX_SPELLS), (0, 1), (0, 168)
# Label, value, unit, limits, and what else must hold before the cell moves the answer.
Given = tuple[str, float, str, tuple[float, float] | None, str]


def inputs_sheet(chain: Chain, book: Book) -> dict[int, dict[str, str]]:
    """Everything to change; returns the addresses of each sector's cells."""
    content = chain.content
    sheet = book.sheet("Inputs", [72, 14, 16, 11, 11, 11, 13, 12, 12, 12, 12, 12, 12, 12])
    sheet.text(0, 0, "Inputs: change a yellow cell and everything follows", "title")
    note = (
        f"{content.event}. Each input stands at its median. What stands under “Acts” says when it does. "
        f"{content.stamp}."
    )
    sheet.text(1, 0, note, "note")
    sheet.row(2, HEAD)
    row = _event_rows(chain, sheet, 3)
    row = _parameter_rows(chain, sheet, row + 1)
    sheet.raw.freeze_panes(3, 1)
    return _sector_rows(chain, sheet, _economy_rows(chain, sheet, row + 1) + 1)


def _event(chain: Chain) -> dict[str, Given]:
    """The cells about what happens, by name."""
    result, scenario = chain.content.result, chain.content.result.scenario
    found: dict[str, Given] = {
        "duration_days": ("Duration of one spell", scenario.hours / 24, "days, 0 to 730", DAYS, ""),
        "spells": ("Number of spells", scenario.spells, f"count, 1 to {MAX_SPELLS}", COUNT, ""),
        "gap_days": (
            "Days between spells",
            scenario.gap_days,
            "days",
            (0, 3650),
            "with two or more spells, once customers stop waiting",
        ),
    }
    wanted = result.catalogue.kinds[scenario.kind].quality_input
    if wanted:
        label = "Service quality left" if wanted == "ratio" else "International capacity lost"
        found["quality_given"] = (label, quality(chain), "share, 0 to 1", SHARE, "")
    if scenario.start:
        label = f"Start {scenario.start}, hours from Monday 00:00 (whole hours more or less)"
        found["start_hour"] = (label, chain.start_hour, "hours", HOURS, "in the first week of a spell")
    place = places(chain)[1]
    touched = chain.later or scenario.kind == "vpn_block"
    if touched:
        found["export_place"] = (
            "Share of IT exporters inside the place, for later losses and workarounds", place, "share", SHARE,
            "once contracts are lost or workarounds paid",
        )  # fmt: skip
    money = result.money
    found["money_rate"] = ("One US dollar in the money of this file", money.per_usd, money.unit, None, "")
    found["structure_multiplier"] = ("Structural multiplier", 1.0, "x", None, "")
    if result.economy.workers:
        found["workers"] = ("Workers", result.economy.workers, "persons", None, "on work-days alone")
    return found


def _given(sheet: Sheet, row: int, name: str, label: str, value: float, unit: str) -> None:
    """One number to type over, with its label, its unit and the name that formulas call it by."""
    sheet.text(row, 0, label)
    sheet.given(row, 1, value, name)
    sheet.text(row, 2, unit, "indented")
    sheet.text(row, 7, name, "note")


def _event_rows(chain: Chain, sheet: Sheet, row: int) -> int:
    sheet.text(row, 0, "What happens", "section")
    for name, (label, value, unit, limits, acts) in _event(chain).items():
        row += 1
        _given(sheet, row, name, label, value, unit)
        sheet.text(row, ACTS, acts, "note")
        if limits is not None:
            kind = "integer" if name == "spells" else "decimal"
            rule = {"validate": kind, "criteria": "between", "minimum": limits[0], "maximum": limits[1],
                    "error_title": label[:32], "error_message": f"{limits[0]:g} to {limits[1]:g}"}  # fmt: skip
            sheet.raw.data_validation(row, 1, row, 1, rule)
    return row + 1


def _parameter_rows(chain: Chain, sheet: Sheet, row: int) -> int:
    """Shared parameters by group, each at its median, with range and status."""
    result = chain.content.result
    catalogue, group, keys = result.catalogue, "", used_keys(chain)
    order = list(dict.fromkeys(catalogue.parameters[key].group for key in keys))
    for key in sorted(keys, key=lambda name: order.index(catalogue.parameters[name].group)):
        parameter = catalogue.parameters[key]
        if parameter.group != group:
            group = parameter.group
            row += 1
            sheet.text(row, 0, catalogue.groups[group].label, "section")
        row += 1
        sheet.text(row, 0, parameter.label)
        sheet.given(row, 1, chain.value(key), cell_name(key))
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


def _economy_rows(chain: Chain, sheet: Sheet, row: int) -> int:
    """Value added, and the IT row that exports and the rest share."""
    result = chain.content.result
    economy = result.economy
    row += 1
    sheet.text(row, 0, "The economy", "section")
    it_share = result.catalogue.shares[economy.country.iso3].of(IT_COLUMN)
    given = (
        ("gva_musd", "Gross value added a year, whole country", economy.gva / MILLION, "M USD", None),
        ("it_row_share", "IT services, exports and domestic, of gross value added", it_share, "share", SHARE),
        ("export_receipts", "IT export receipts a year", receipts(chain), "M USD", None),
    )
    for name, label, value, unit, _ in given:
        row += 1
        _given(sheet, row, name, label, value, unit)
    groups = export_groups(chain)
    likely = economy.receipts / MILLION
    earned = likely * sum(chain.central(f"exports.share.{group}") for group in groups)
    exported, it_row = chain.central(VALUE_ADDED) * earned, economy.gva / MILLION * it_share
    fits = min(1.0, it_row / exported) if exported > 0 else 1.0
    shares = "+".join(central(chain, f"exports.share.{group}") for group in groups)
    for name, label, formula, value, unit in (
        ("it_row", "IT services", "gva_musd*it_row_share", it_row, "M USD"),
        ("export_value_added", "Value added in IT exports, before it is held to the IT row",
         f"{central(chain, VALUE_ADDED)}*{central_receipts(chain)}*({shares})", exported, "M USD"),
        ("export_fits", "Part of it that fits the IT row",
         "IF(export_value_added>0,MIN(1,it_row/export_value_added),1)", fits, "share"),
    ):  # fmt: skip
        row += 1
        sheet.text(row, 0, label)
        sheet.formula(row, 1, formula, value, "level", name)
        sheet.text(row, 2, unit, "indented")
    return row + 1


def central(chain: Chain, key: str) -> str:
    """What divides the economy: the most likely value until another is typed over the median, then that one."""
    return _until_typed(cell_name(key), chain.value(key), chain.central(key))


def central_receipts(chain: Chain) -> str:
    """The same of the receipts, in M USD a year."""
    likely = chain.content.result.economy.receipts / MILLION
    return _until_typed("export_receipts", receipts(chain), likely)


def _until_typed(name: str, median: float, likely: float) -> str:
    same = abs(median - likely) <= 1e-12 * abs(likely)
    return name if same else f"IF(ABS({name}-{median!r})<1E-9,{likely!r},{name})"


def _sector_rows(chain: Chain, sheet: Sheet, top: int) -> dict[int, dict[str, str]]:
    """A row for each sector: where its value added comes from, and yellow cells."""
    result = chain.content.result
    classes = result.catalogue.classes
    sheet.text(top, 0, "Sectors", "section")
    note = "Patience acts in longer spells, once customers stop waiting; a sector without value added moves nothing."
    sheet.text(top, 1, note, "note")
    sheet.row(top + 1, ["Sector", "Value added, M USD a year", "Share of gross value added", "Share inside the place",
                        "Dependence", "Most caught up", "Share of that", "Customers wait, days",
                        *(item.label for item in classes)])  # fmt: skip
    inside, shares = places(chain)[0], result.catalogue.shares[result.economy.country.iso3]
    found: dict[int, dict[str, str]] = {}
    for index, sector in enumerate(result.catalogue.sectors):
        row, name = top + 2 + index, f"s_{sector.key}"
        sheet.text(row, 0, sector.label)
        value = float(result.economy.value_added[index]) / MILLION
        if sector.value_added_column == IT_COLUMN:
            sheet.text(row, 2, "of IT services", "note")
        else:
            sheet.given(row, 2, shares.of(sector.value_added_column), f"{name}_gva_share")
        found[index] = {
            "value_added": sheet.formula(
                row, 1, _value_added(chain, sector), value, "number", f"{name}_value_added"
            )
        }
        values = {
            "place": float(inside[index]),
            "dependence": chain.value(f"sector.{sector.key}.dependence"),
            "ceiling": chain.value(f"sector.{sector.key}.recapture_ceiling"),
            "share": chain.value("recapture.share_of_ceiling", sector.key),
            "patience": chain.value(f"sector.{sector.key}.patience_days"),
            **{f"mix_{item.key}": sector.mix.get(item.key, 0.0) for item in classes},
        }
        for column, (part, number) in enumerate(values.items(), start=3):
            found[index][part] = sheet.given(row, column, number, f"{name}_{part}")
    return found


def _value_added(chain: Chain, sector: Sector) -> str:
    """Formula of a sector's value added, M USD a year."""
    if sector.export_group:
        share = central(chain, f"exports.share.{sector.export_group}")
        return f"{central(chain, VALUE_ADDED)}*{central_receipts(chain)}*{share}*export_fits"
    if sector.value_added_part == "domestic":
        return "MAX(0,it_row-export_value_added*export_fits)"
    return f"gva_musd*s_{sector.key}_gva_share"
