"""The disruptions on the record's page: marks on the line of months, and the tables that say what ran when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import palette as p
from charts.palette import Form
from model.catalogue.evidence import RecordedDisruption
from model.catalogue.load import Catalogue
from model.catalogue.receipts import MonthlyReceipts
from model.claims.sentences import rate
from model.evidence import record
from model.evidence.record_events import Marked

LINK = st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)")
# What a dot says of its month, with its colour and whether it is filled; a month takes the first that fits.
BEGAN, RAN_ON, LOCAL = "a nationwide disruption began", "one ran on", "in places only"
STYLES = {BEGAN: (p.VERMILLION, True), RAN_ON: (p.VERMILLION, False), LOCAL: (p.BASELINE, True)}


def level(mark: Marked) -> str:
    return BEGAN if mark.began else RAN_ON if mark.ran_on else LOCAL


def plain(catalogue: Catalogue, item: RecordedDisruption) -> str:
    """A disruption in words: `mobile data cut from 2023-05-09 to 2023-05-12`."""
    kind = catalogue.kinds[item.kind].label if item.kind in catalogue.kinds else "Power failure"
    where = "" if item.nationwide == "yes" else f" ({item.where})"
    if item.end == item.start:
        days = f"on {item.start}"
    elif item.end:
        days = f"from {item.start} to {'about ' if item.end_known == 'about' else ''}{item.end}"
    else:
        days = f"from {item.start}, end not known"
    return f"{kind.lower().replace('vpn', 'VPN')}{where} {days}"


def _list_text(catalogue: Catalogue, items: Sequence[RecordedDisruption]) -> str:
    return "; ".join(plain(catalogue, item) for item in items)


def add_marks(
    catalogue: Catalogue, made: go.Figure, months: Sequence[MonthlyReceipts], marks: Mapping[str, Marked],
    form: Form,
) -> None:  # fmt: skip
    """Dots at the months in which a disruption ran, and what each kind of dot means."""
    size = p.look_of(form).marker * 0.8
    for name, (colour, filled) in STYLES.items():
        hit = [row for row in months if row.month in marks and level(marks[row.month]) == name]
        texts = [
            f"{row.month}: "
            + _list_text(
                catalogue, (*marks[row.month].began, *marks[row.month].ran_on, *marks[row.month].local)
            )
            for row in hit
        ]
        made.add_trace(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [year_on_axis(row.month) for row in hit],
                "y": [row.value_musd for row in hit],
                "marker": {
                    "color": colour if filled else "#FFFFFF",
                    "size": size,
                    "line": {"color": "#FFFFFF" if filled else colour, "width": 1 if filled else 2},
                },
                "customdata": texts,
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )


def legend() -> str:
    parts = [f"{p.dot(colour, '●' if filled else '○')} {name}" for name, (colour, filled) in STYLES.items()]
    return f"{parts[0]}<br>{' &nbsp; '.join(parts[1:])}"  # two lines fit a phone


def year_on_axis(month: str) -> float:
    """A month as a place on the axis of years: its middle."""
    return int(month[:4]) + (int(month[5:]) - 0.5) / 12


def tables(
    catalogue: Catalogue, months: Sequence[MonthlyReceipts], marks: Mapping[str, Marked],
    items: Sequence[RecordedDisruption],
) -> None:  # fmt: skip
    """The months with what ran in them, then every disruption with its days and its source."""
    st.subheader("Disruptions in the months of the record", anchor="record-disruptions")
    rates = record.growth_on_year(months)
    rows = [row for row in months if row.month in marks]
    frame = pd.DataFrame(
        {
            "Month": [row.month for row in rows],
            "Export earnings, M USD": [row.value_musd for row in rows],
            "On the year": [rate(rates[row.month]) if row.month in rates else "" for row in rows],
            "Nationwide, began": [_list_text(catalogue, marks[row.month].began) for row in rows],
            "Nationwide, ran on": [_list_text(catalogue, marks[row.month].ran_on) for row in rows],
            "In places": [_list_text(catalogue, marks[row.month].local) for row in rows],
            "Source of the earnings": [row.url for row in rows],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="–",
        width="stretch",
        key="record_disruptions",
        column_config={"Source of the earnings": LINK},
    )
    days = pd.DataFrame(
        {
            "Disruption": [plain(catalogue, item) for item in items],
            "Nationwide": [item.nationwide for item in items],
            "What is not known": [item.note for item in items],
            "Status": [item.status for item in items],
            "Source": [item.source for item in items],
            "Address": [item.url for item in items],
        }
    )
    st.dataframe(
        days,
        hide_index=True,
        placeholder="–",
        width="stretch",
        key="record_disruption_days",
        column_config={"Address": LINK},
    )
    st.caption(
        "Listed are the nationwide disruptions that we found and the larger ones in places; short cuts in single towns "
        "are not. A disruption without a known end marks the month in which it began; that is an assumption."
    )
