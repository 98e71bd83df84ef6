"""A page of the two components alone, on invented figures, for the browser tests."""

import time

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.curve import cost_curve
from charts.palette import Caption, Form
from views.components.explorer import ExplorerData, ExplorerFigure, ExplorerStop, ExplorerTick, explorer
from views.components.pictures import picture_buttons

HOURS = np.geomspace(1, 17520, 60)
NAMED = {0: "1 hour", 10: "5 hours", 19: "1 day", 31: "1 week", 40: "1 month", 55: "1 year", 59: "2 years"}


def money(value: float) -> str:
    return f"${value:.2g}M" if value < 1000 else f"${value / 1000:.2g}B"


def caption() -> Caption:
    return Caption(
        title="Cost of a full blackout by duration",
        range_text="Net direct loss $33M, range $14M to $77M",
        basis="Value added, less what is caught up, plus overtime",
        source="Invented figures for a test",
        stamp="1 January 2026, model 0, data 0",
        alt="Line chart: the cost rises with the duration of the blackout.",
    )


def main() -> None:
    st.set_page_config(page_title="Components", layout="wide")
    st.session_state.setdefault("stop", 19)
    scale = 2.0 if st.checkbox("Twice the cost") else 1.0
    if st.button("Start at one week"):
        st.session_state["stop"] = 31
    slow = float(st.query_params.get("slow", "0"))
    days, median = HOURS / 24, scale * 33 * (HOURS / 24) ** 1.05
    frame = pd.DataFrame({"days": days, "low": median * 0.42, "median": median, "high": median * 2.3})
    stops: list[ExplorerStop] = []
    for index, (hours, low, middle, high) in enumerate(
        zip(HOURS, frame["low"], frame["median"], frame["high"], strict=True)
    ):
        label = NAMED.get(index, f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days")
        span = f"{money(low)} to {money(high)}"
        figures: list[ExplorerFigure] = [
            {"label": "lost for good", "value": money(middle)},
            {"label": "interrupted", "value": money(middle * 1.7)},
            {"label": "of export contracts later", "value": money(middle / 9)},
            {"label": "work-days", "value": f"{middle * 40_000:,.0f}"},
        ]
        sentence = f"A full blackout of {label} across Pakistan costs {span}, most likely {money(middle)}."
        stops.append(
            {
                "hours": float(hours),
                "label": label,
                "sentence": sentence,
                "figures": figures,
                "answer": {"value": money(middle), "low": money(low), "high": money(high)},
                "low": float(low),
                "median": float(middle),
                "high": float(high),
                "mark": f"{label}: {money(middle)}",
            }
        )

    def keep(index: int) -> None:
        st.session_state["stop"] = index

    selected = st.session_state["stop"]
    ticks: list[ExplorerTick] = [
        {"index": index, "label": word, "minor": index in (10, 59)} for index, word in NAMED.items()
    ]
    data: ExplorerData = {
        "stops": stops,
        "selected": selected,
        "ticks": ticks,
        "label": "How long it lasts:",
        "chart_alt": caption().alt,
    }
    figure = cost_curve(frame, days[selected], "M USD", caption(), "screen", money, NAMED.get(selected))
    returned = explorer(data, figure, "explorer", on_stop=keep)
    time.sleep(slow)
    st.text(f"Page at stop {selected}, returned {returned}")

    def picture(form: Form) -> go.Figure:
        return cost_curve(frame, days[selected], "M USD", caption(), form, money, NAMED.get(selected))

    picture_buttons(picture, "cost-by-duration", "lazy", caption().title)
    picture_buttons(picture("picture"), "cost-by-duration-direct", "direct", "The same, sent at once")
    st.plotly_chart(figure, key="plain", config={"displayModeBar": False})


main()
