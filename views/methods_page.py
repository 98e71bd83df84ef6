"""How it is computed, made from the code and the data: equations, symbols, parameters, methods, changes, limits."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from model import (
    backtest,
    churn,
    claims,
    coping,
    effective_hours,
    flows,
    growth,
    onset,
    operators,
    recapture,
    record,
    severity,
)
from model.backtest import parameter_set
from model.catalogue import Catalogue
from model.evidence_rows import Symbol, evidence, symbols
from model.methods import methods
from model.methods.constants import references
from model.parameters import Parameter
from views import sources_tables as tables
from views import state
from views.evidence_words import linked
from views.words import escaped

# Every kernel in the order in which a scenario passes through it; its equation stands in its docstring.
KERNELS: tuple[tuple[str, tuple[Callable[..., Any], ...]], ...] = (
    (
        "Connectivity lost",
        (severity.adapted, severity.use_lost, severity.degraded, severity.ratio_after_cut, severity.shielded),
    ),
    ("Onset and effective hours", (onset.begun, effective_hours.eroded)),
    ("What is caught up", (recapture.waited, recapture.share_caught_up)),
    ("Later losses", (churn.share_of_contracts_lost, churn.discounted_months)),
    ("Cost of coping", (coping.adoption_years,)),
    ("As claimed", (growth.path, growth.disturbed, growth.growth_needed, claims.opex, claims.firewall)),
    (
        "Back-tests and the record",
        (
            operators.connectivity_lost,
            operators.sector_activity_lost,
            operators.receipts_lost,
            operators.visible,
            record.noise,
            record.limits,
            record.gaps,
            backtest.crps,
        ),
    ),
)
ASSEMBLY = (
    "G_s(D) = place_s VA_s / 8760 delta_s sum_c m_sc (J_c(D) + phi q_c) M",
    "J_c(D) = q_c [(1 - sigma) A0(D) + sigma A1(D)]",
    "R_s(D) = rho_s min{1, spare [W_s + (1 - qbar_s) D/24] / (qbar_s D/24)},   qbar_s = sum_c m_sc "
    "J_c(D) / D",
    "Net_s(D) = G_s [(1 - R_s) + overtime x labour share x R_s]",
    "Lagged_g = place X_g/12 f_g sum_m k(m) / (1 + i)^(m/12)",
    "Coping = place x full-adoption cost x a(D)",
)
NOT_COVERED = (
    "Lives, health, safety, rights and trust: no amount here stands for them",
    "Long-run growth, investment and reputation beyond the lost export contracts",
    "Voice calls and text messages: a cut of mobile service is priced by its data alone",
    "Power cuts, and several kinds of disruption at once: each is priced alone and none are added",
    "Knock-on losses in other firms, unless the reader turns the multiplier on",
    "Single firms, households and districts: shares of regions place a sector, nothing finer",
    "Prices, exchange rates and policy that change because of the disruption",
)
TABLE_HEIGHT = 460


def page() -> None:
    """Everything that the result rests on, read from the kernels, the tables and the changelog."""
    catalogue = state.catalogue()
    st.markdown(f"### {escaped(tables.parameters_sentence(catalogue))}")
    st.markdown(
        escaped(
            "Value added of 20 sectors, by how much each needs the internet and what its users lose; "
            "less what is caught up, "
            "plus the overtime for it. Later losses and coping stand beside it, each on its own "
            "basis, and are never added."
        )
    )
    known = evidence(catalogue)
    st.caption(escaped(f"Frozen parameter set {parameter_set(catalogue, known)} (SHA-256)."))
    _equations(catalogue)
    _parameters(catalogue)
    _others(catalogue)
    _vintages(catalogue)
    _changes(catalogue)
    _limits(catalogue)


def _equations(catalogue: Catalogue) -> None:
    st.subheader("Equations")
    st.code("\n".join(ASSEMBLY), language=None, wrap_lines=True)
    st.caption(
        escaped(f"Wired in model/flows.py: {first_line(flows.flows)} Each part below is one function.")
    )
    for title, functions in KERNELS:
        with st.expander(title, key=f"methods_{title}"):
            for function in functions:
                st.markdown(f"**{escaped(name_of(function))}**({escaped(arguments(function))})")
                st.code(inspect.getdoc(function) or "", language=None, wrap_lines=True)
    st.markdown("**Symbols**")
    frame = pd.DataFrame([symbol_row(catalogue, item) for item in symbols(catalogue)])
    st.dataframe(frame, hide_index=True, width="stretch", height=TABLE_HEIGHT, key="methods_symbols")


def name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('model.')}.{function.__name__}"


def arguments(function: Callable[..., Any]) -> str:
    return ", ".join(inspect.signature(function).parameters)


def first_line(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").partition("\n")[0]


def symbol_row(catalogue: Catalogue, item: Symbol) -> dict[str, str]:
    """A symbol with the parameters that carry it."""
    found = carried_by(catalogue, item)
    one = found[0] if len(found) == 1 else None
    value = (
        ""
        if one is None or one.default is None
        else tables.value_text(one.default.low, one.default.mode, one.default.high, one.unit)
    )
    return {
        "Symbol": item.symbol,
        "Meaning": item.meaning,
        "Unit": item.unit,
        "Value": value or (f"{len(found)} parameters" if found else "computed"),
        "Parameters": "; ".join(item.prefixes),
        "Function": item.kernel,
    }


def carried_by(catalogue: Catalogue, item: Symbol) -> list[Parameter]:
    return [
        parameter
        for key, parameter in catalogue.parameters.items()
        if any(key.startswith(prefix) if prefix.endswith(".") else key == prefix for prefix in item.prefixes)
    ]


def _parameters(catalogue: Catalogue) -> None:
    st.subheader(f"All {len(catalogue.parameters)} parameters")
    rows = [row for row in tables.entries(catalogue) if row.table == tables.PARAMETERS]
    frame = pd.DataFrame(
        [
            {
                "Key": row.key,
                "Name": row.label,
                "Value": row.value_text,
                "Status": row.status,
                "Source": row.source,
                "Address": row.url or None,
                "Date": row.date,
                **{name: text for name, text in row.details if name != "Value"},
            }
            for row in rows
        ]
    )
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height=TABLE_HEIGHT,
        key="methods_parameters",
        column_config={"Address": st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)")},
    )
    st.download_button(
        "All parameters (CSV)",
        lambda: tables.register_csv(catalogue, rows),
        "parameters.csv",
        "text/csv",
        key="csv_methods_parameters",
        on_click="ignore",
    )


def _others(catalogue: Catalogue) -> None:
    st.subheader("The other methods")
    known = references(catalogue)
    for method in methods().values():
        source = catalogue.sources[method.source]
        with st.expander(f"{method.title}: {method.status}", key=f"methods_other_{method.name}"):
            st.code(method.formula_text(known), language=None, wrap_lines=True)
            st.markdown(escaped(f"Counts {method.basis} (our reading): {method.basis_note}."))
            st.markdown(
                "\n".join(
                    f"- Cannot express {escaped(topic)}: {escaped(why)}"
                    for topic, why in method.limits().items()
                )
            )
            st.caption(f"Source: {linked([(f'{source.title}, {source.publisher}', source.url)])}")


def vintages(catalogue: Catalogue) -> pd.DataFrame:
    """Per figure of the economies: how many, from which years, from where."""
    rows = []
    fields = dict.fromkeys(name for found in catalogue.figures.values() for name in found)
    for field in fields:
        figures = [found[field] for found in catalogue.figures.values() if field in found]
        years = Counter(figure.year for figure in figures)
        sources = dict.fromkeys(name for figure in figures for name in figure.source.split(";"))
        titles = [catalogue.sources[name].title for name in sources if name in catalogue.sources]
        rows.append(
            {
                "Figure": tables.spelt(field),
                "Economies": len(figures),
                "Newest year": str(max(years)),
                "Oldest year": str(min(years)),
                "Most often": str(years.most_common(1)[0][0]),
                "Sources": "; ".join(titles),
            }
        )
    return pd.DataFrame(rows)


def _vintages(catalogue: Catalogue) -> None:
    st.subheader("Data vintages")
    st.markdown(
        escaped(
            f"Data {catalogue.data_version} of {catalogue.data_date}; figures older than three years "
            "are said on the page."
        )
    )
    st.dataframe(vintages(catalogue), hide_index=True, width="stretch", key="methods_vintages")
    used = [
        (f"{item.title} ({item.date or 'undated'})", item.url)
        for item in catalogue.sources.values()
        if item.url
    ]
    with st.expander(f"{len(used)} sources with an address", key="methods_sources"):
        st.markdown("\n".join(f"- {linked([item])}" for item in used))


def _changes(catalogue: Catalogue) -> None:
    st.subheader("Changelog")
    path = Path(catalogue.root) / "CHANGELOG.md"
    if not path.is_file():
        st.info("The changelog is not shipped with these tables.", icon=":material/info:")
        return
    text = path.read_text(encoding="utf-8").partition("\n")[2]
    with st.expander("Versions and changes of constants", key="methods_changelog"):
        st.markdown(text.replace("$", "\\$").replace("\n#", "\n###"))


def _limits(catalogue: Catalogue) -> None:
    st.subheader("What is not covered")
    missing = sum(country.available == "no" for country in catalogue.countries.values())
    lines = [
        *NOT_COVERED,
        f"{missing} economies without usable figures; they are listed with the reason on the page Sources",
    ]
    st.markdown("\n".join(f"- {escaped(line)}" for line in lines))
