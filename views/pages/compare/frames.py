"""Rows of a comparison as frames: for charts in millions, for people in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.common.numbers import money, scale_of, scaled_unit
from model.common.ranges import UNDEFINED, Range
from model.compare.curves import Along
from model.compare.differences import Compared, ratio_text
from model.compare.sentences import share_text, signed_text, spread_text
from model.estimation.estimate import Estimate
from model.scenario.link import link_text, to_query

ENDS = ("low", "median", "high")


def link_of(result: Estimate) -> str:
    return link_text(to_query(result.scenario))


def _ends(name: str, value: Range[float | None], scale: float = 1.0) -> dict[str, float | None]:
    return {
        f"{name}_{end}": None if (number := getattr(value, end)) is None else number / scale for end in ENDS
    }


def numbers(rows: Sequence[Compared]) -> pd.DataFrame:
    """Everything that is known of each row, in full precision, for the table and the CSV."""
    steps = any(row.times_before is not None for row in rows)
    return pd.DataFrame(
        [
            {
                "label": row.label, "hours": row.result.scenario.hours, "spells": row.result.scenario.spells,
                **_ends("amount", row.amount, scale), **_ends("difference", row.difference, scale),
                **_ends("ratio", row.ratio),
                **(_ends("times_before", row.times_before or UNDEFINED) if steps else {}),
                **(_ends("more_than_before", row.more_than_before or UNDEFINED, scale) if steps else {}),
                **_ends("per_hour", row.per_hour, scale),
                **_ends("per_head", row.per_head), **_ends("share_of_gdp", row.share_of_gdp),
                "link": link_of(row.result),
            }
            for row in rows
            for scale in [row.result.money.scale]
        ]
    )  # fmt: skip


def units(money: str) -> dict[str, str]:
    """The unit of each column of `numbers`; `money` such as USD."""
    by_column = {"hours": "hours of one outage"}
    for name, unit in (
        ("amount", scaled_unit(money)), ("difference", scaled_unit(money)), ("ratio", "times the reference"),
        ("times_before", "times the row before"), ("more_than_before", f"{scaled_unit(money)}, less the row before"),
        ("per_hour", f"{scaled_unit(money)} per hour"), ("per_head", f"{money} per head"),
        ("share_of_gdp", "share of national GDP in that time"),
    ):  # fmt: skip
        by_column |= {f"{name}_{end}": unit for end in ENDS}
    return by_column


def along_numbers(rows: Sequence[Along]) -> pd.DataFrame:
    """Every scenario at every duration, in full precision; a cell without a number was not defined."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "label": row.label, "hours": row.durations, "own_length": row.durations == row.scenario.hours,
                    **_band("amount", row.cost, scale_of(row.unit)),
                    **_band("difference", row.difference, scale_of(row.unit)),
                    **_band("ratio", row.ratio),
                }
            )
            for row in rows
        ],
        ignore_index=True,
    )  # fmt: skip


def _band(name: str, value: Range[np.ndarray], scale: float = 1.0) -> dict[str, np.ndarray]:
    return {f"{name}_{end}": getattr(value, end) / scale for end in ENDS}


def along_lines(numbers: pd.DataFrame, what: str) -> pd.DataFrame:
    """The frame for the chart of lines: `what` (amount or ratio) of `along_numbers`."""
    names = {f"{what}_{end}": end for end in ENDS} | {"label": "series", "own_length": "own"}
    frame = numbers.rename(columns=names)[["series", *ENDS, "own"]]
    return frame.assign(days=numbers["hours"] / 24)


def dots(
    rows: Sequence[Compared],
    what: str = "amount",
    grey: int | None = None,
    scales: Sequence[float] | None = None,
    between: Sequence[str] | None = None,
) -> pd.DataFrame:
    """A frame for the chart of dots: `what` of each row, the row at `grey` as the reference.

    Each is divided by its own of `scales`, else by the scale of its money; `between` stands under each value.
    """
    return pd.DataFrame(
        [
            {
                "label": row.label, "low": ends["x_low"], "value": ends["x_median"], "high": ends["x_high"],
                "mine": index != grey, "between": between[index] if between else "",
            }
            for index, row in enumerate(rows)
            for ends in [_ends("x", getattr(row, what), scales[index] if scales else row.result.money.scale)]
        ]
    )  # fmt: skip


def in_words(
    rows: Sequence[Compared],
    unit: str,
    first: str,
    reference: str,
    extra: Sequence[str] = (),
    gdp: str = "GDP",
) -> pd.DataFrame:
    """The table that people read: amount, difference and ratio to the reference, cost per hour, and `extra`."""
    lines = []
    for index, row in enumerate(rows):
        line = {first: row.label, "Direct loss": spread_text(row.amount, unit)}
        no_time = row.result.scenario.hours == 0
        if "difference" in extra:
            line[f"Difference from {reference}"] = signed_text(row.difference, unit, money)
        line[f"Times {reference}"] = _times(row.ratio)
        if "times_before" in extra:
            line["Times the one before"] = _times_before(row, rows[index - 1] if index else None)
        if "more_than_before" in extra:
            line["More than the one before"] = (
                "–" if row.more_than_before is None else signed_text(row.more_than_before, unit, money)
            )
        if "per_hour" in extra:
            line["Per hour"] = "no time" if no_time else spread_text(row.per_hour, unit)
        if "per_head" in extra:
            has_people = row.per_head.median is not None
            line["Per person"] = spread_text(row.per_head, unit) if has_people else "population not known"
        if "share_of_gdp" in extra:
            line[f"Of {gdp} in that time"] = "no time" if no_time else share_text(row.share_of_gdp)
        lines.append(line)
    return pd.DataFrame(lines)


def _times(ratio: Range[float | None]) -> str:
    """A ratio for a column that says `Times` already; nothing of something is 0, which has no second digit."""
    return ratio_text(ratio)


def _times_before(row: Compared, before: Compared | None) -> str:
    """The step from the row before; from nothing there is no ratio, which is said."""
    if before is None or row.times_before is None:
        return "–"
    return _times(row.times_before) if before.amount.high else "the one before costs nothing"


def tab_separated(frame: pd.DataFrame) -> str:
    """A table as a spreadsheet or a word processor takes it from the clipboard."""
    lines = [list(frame.columns), *frame.astype(str).to_numpy().tolist()]
    return "\n".join("\t".join(" ".join(str(cell).split()) for cell in line) for line in lines)
