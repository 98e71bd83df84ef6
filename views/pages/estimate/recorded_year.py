"""What a year of recorded events costs in the country of the scenario: folded away until somebody asks."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from charts.lines import paths
from charts.palette import Caption
from model.common.cache import Cache
from model.common.errors import InputError
from model.common.numbers import MILLION, money, significant, spoken
from model.common.program import command
from model.common.text import capital, file_safe
from model.common.version import MODEL_VERSION
from model.estimation.estimate import Estimate
from model.rates.check import Check, check_record
from model.rates.record import shipped_record
from model.rates.year import YearCost, cost_of_year
from model.text import year_report
from views.parts import blocks
from views.words import escaped

CHANCES = 1 / np.geomspace(
    1.01, 100, 100
)  # of a year that costs more, from nearly every one to one in a hundred
_YEARS: Cache[YearCost] = Cache()
_CHECKS: Cache[Check] = Cache()


def year_block(result: Estimate) -> None:
    """The year as sentences, a table of kinds and the curve of costs that few years pass."""
    country = result.economy.country
    fold = st.expander(
        escaped(f"A year of such events in {country.in_sentence}, by the record"), key="x_recorded_year",
        on_change="rerun",
    )  # fmt: skip
    if not fold.open:
        return
    with fold:
        try:
            year = _YEARS.get(
                (result.catalogue, country.iso3), lambda: cost_of_year(result.catalogue, country.iso3)
            )
        except InputError as problem:
            st.error(escaped(str(problem)))
            return
        _year(result, year)


def _year(result: Estimate, year: YearCost) -> None:
    catalogue = result.catalogue
    first, *others = year_report.sentences(year)
    st.markdown(f"**{escaped(first)}** {escaped(' '.join(others))}")
    st.caption(escaped(year_report.NOT_A_FORECAST))
    blocks.words_table(
        pd.DataFrame(
            {
                "Kind": [kind.label for kind in year.kinds],
                "On record": [kind.events for kind in year.kinds],
                "A year": [kind.rate.each(significant).full for kind in year.kinds],
                "Cost a year, on average": [kind.cost.money(year.unit).full for kind in year.kinds],
            }
        )
    )
    _curve(result, year)
    record = shipped_record(catalogue)
    check = _CHECKS.get((catalogue,), lambda: check_record(record))
    notes = year_report.caveats(catalogue, year, [check])[1:]
    st.markdown("\n".join(f"- {escaped(text)}" for text in notes))
    st.code(f"{command()} year --country {year.economy.country.iso3}", language="bash")


def _curve(result: Estimate, year: YearCost) -> None:
    """The cost that each share of years passes; nothing where hardly any year has an event."""
    if year.bad <= 0:
        return
    scale, unit = (MILLION, "M USD") if year.unit == "USD" else (1.0, year.unit)
    costs = np.quantile(year.costs, 1 - CHANCES) / scale
    values = {"x": 1 / CHANCES, "series": "Once in 100 years", "value": costs, "low": np.nan, "high": np.nan}
    frame = pd.DataFrame(values)
    bad, half = (spoken(cost, year.unit) for cost in (year.bad, year.passed[0][1]))
    country, today = year.economy.country, date.today().isoformat()
    caption = Caption(
        f"{country.name}: the cost that few years pass",
        f"One year in ten costs more than {bad}",
        capital(year_report.basis(result.catalogue, year.record)),
        "data/shutdowns_by_country_year.csv and data/year_figures.csv name each source",
        f"{today} · model {MODEL_VERSION} · data {result.catalogue.data_version}",
        f"Line chart of the cost that one simulated year in so many passes: every second {half}, one in ten {bad}.",
    )
    table = blocks.ChartTable(
        frame[["x", "value"]].rename(columns={"x": "once_in", "value": "cost"}),
        {"once_in": "years", "cost": unit},
        {"country": country.iso3, "record": year.record.title, "years": year.record.span},
    )
    blocks.chart_block(
        "recorded_year", caption, table,
        lambda form: paths(frame, unit, caption, form, lambda value: money(value * scale, year.unit),
                           x_title="Passed once in so many years", amount="Cost of a year"),
        file_safe(f"{country.iso3}_recorded-year_{today}"),
    )  # fmt: skip
