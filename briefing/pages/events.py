"""A priced list of events as a file: totals by country, year and type, and every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from briefing.common.beside import SourceLine
from briefing.pages.content import MOST_DOTS, Block, Dot, Frame, PageContent, spread_wide
from model.common.numbers import spoken
from model.common.ranges import Range
from model.common.text import capital
from model.lists.chunks import ALL
from model.text.lists_report import (
    BASIS,
    GROUPS,
    MADE_OF_EVENT,
    ROW_COLUMNS,
    SHARED,
    TOTAL_COLUMNS,
    ListReport,
)
from model.text.writer import Table

LONGEST_LABEL = 70  # letters of a row of a chart
IN_NO_LINK = "Your own list is in no link: send it with this file."
COST = ("cost_low", "cost", "cost_high")


def content(report: ListReport, frame: Frame, *, own: bool) -> PageContent:
    """The file of a priced list; `own` where it is the reader's."""
    whole, blocks = report.priced.total(ALL), []
    for by, label in GROUPS.items():
        totals = [total for total in report.priced.totals if total.by == by]
        drawn = [total for total in totals if total.cost is not None and total.unit == "USD"][:MOST_DOTS]
        dots = tuple(
            Dot(total.label, total.cost.money(), total.cost) for total in drawn if total.cost is not None
        )
        rows = tuple(row for row in report.total_rows() if row["total"] == by)
        units = dict.fromkeys(COST, "USD")
        few = len(drawn) < len(totals)
        title = f"What it cost by {label}" + (
            f", the {len(drawn)} dearest of {len(totals)} in the chart" if few else ""
        )
        columns = tuple(name for name in TOTAL_COLUMNS if name not in ("total", "key"))
        blocks.append(
            Block(title, Table(f"by_{label}", title, units, rows, columns=columns, finding=report.dearest(by)),
                  dots if len(dots) > 1 else (), "USD", log=spread_wide(dots), ranked=by != "year")
        )  # fmt: skip
    shown = Table(
        "events", "", {**dict.fromkeys(("hours_low", "hours", "hours_high"), "hours"),
         **dict.fromkeys(("gdp_share_low", "gdp_share", "gdp_share_high"), "share")},
        tuple(report.rows()), columns=ROW_COLUMNS,
    )  # fmt: skip
    answer = report.answer(own=own)
    ends = "" if whole.cost is None else whole.cost.spoken().bracket("range ")
    dots = _dearest(shown)
    if dots:
        shown = replace(shown, finding=f"The dearest: {dots[0].label}, about {spoken(dots[0].range.median)}")
    blocks.append(Block(f"Row by row: {len(shown.rows):,}", shown, dots if len(dots) > 1 else (), "USD",
                        log=spread_wide(dots), ranked=True))  # fmt: skip
    data = {
        "provenance": report.provenance, "notes": [*report.sentences, MADE_OF_EVENT], "totals": report.total_rows(),
        "events": [dict(row) for row in shown.rows],
    }  # fmt: skip
    if own:  # two lists are never of one name
        mark = sha256(repr(shown.rows).encode()).hexdigest()
        frame = replace(frame, query={"list": mark}, unlinked=IN_NO_LINK)
    name = report.priced.events.name
    source = SourceLine(f"The list “{name}”" if own else capital(name), "", "", "", "")
    return PageContent(
        "events", "Events", f"{answer}{ends}.", report.sentences[:1], "Direct loss, output not recovered",
        tuple(blocks),        (BASIS, SHARED, MADE_OF_EVENT), (source,), data, report.provenance, frame, "", answer,
    )  # fmt: skip


def _dearest(shown: Table) -> tuple[Dot, ...]:
    """The dearest disruptions of a list, the dearest first, by their titles or by what they are."""
    priced = [row for row in shown.rows if row["unit"] == "USD" and row["cost"]]
    priced.sort(key=lambda row: -row["cost"])
    return tuple(
        Dot(_label(row), ends.money(), ends)
        for row in priced[:MOST_DOTS] for ends in [Range(*(float(row[name]) for name in COST))]
    )  # fmt: skip


def _label(row: Mapping[str, Any]) -> str:
    title = str(row["title"] or "")
    return title if 0 < len(title) <= LONGEST_LABEL else ", ".join(
        str(row[name]) for name in ("country", "type", "begins") if row[name]
    )  # fmt: skip
