"""How it is computed, made from the code and the data: equations, symbols, parameters, methods, changes, limits."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pandas as pd
import streamlit as st

from model.catalogue.disruptions import Symbol
from model.catalogue.load import Catalogue
from model.catalogue.methods import PERCENT_UNITS, MethodConstant, References
from model.catalogue.parameters import Parameter, matching
from model.claims import claims
from model.common.ledger import counts
from model.common.numbers import as_given
from model.common.text import capital
from model.evidence import (
    backtest,
    quantities,
    record,
    unrest,
)
from model.evidence.backtest import parameter_set
from model.kernels import (
    chain,
    churn,
    coping,
    dependence,
    effective_hours,
    growth,
    onset,
    recapture,
    severity,
)
from model.methods import methods
from model.methods.quoted import quotes
from model.text.writer import csv_bytes
from views.pages.methods.changes import changes_by_key
from views.pages.sources import tables as tables
from views.parts.captions import REGISTER, linked_sources
from views.session import state
from views.words import escaped

# The rooms of the equations in the order in which a scenario passes through them.
ROOMS: tuple[tuple[str, tuple[ModuleType, ...]], ...] = (
    ("The chain", (chain,)),
    ("Connectivity lost", (severity,)),
    ("Activity at stake", (dependence,)),
    ("Onset and effective hours", (onset, effective_hours)),
    ("What is recovered later", (recapture,)),
    ("Lost export orders, later", (churn,)),
    ("Workaround costs", (coping,)),
    ("As claimed", (growth,)),
)
# Equations that stand elsewhere; they join the part of the same title, or make one.
OTHERS: dict[str, tuple[Callable[..., Any], ...]] = {
    "As claimed": (claims.opex, claims.firewall),
    "Back-tests and the record": (
        quantities.connectivity_lost,
        quantities.sector_hours_lost,
        quantities.receipts_lost,
        quantities.visible,
        unrest.measured,
        record.noise,
        record.limits,
        record.gaps,
        backtest.crps,
    ),
}
BESIDE_THE_CHAIN = (
    "Work-days = net / [GVA / (labour force x (1 - unemployment) x days worked a year)],   Tax = net x tax share",
)


def kernels_of(module: ModuleType) -> tuple[Callable[..., Any], ...]:
    """The public functions of a module, in the order in which they stand in it."""
    return tuple(
        item
        for name, item in vars(module).items()
        if inspect.isfunction(item) and item.__module__ == module.__name__ and not name.startswith("_")
    )


def equations() -> dict[str, tuple[Callable[..., Any], ...]]:
    """Every function whose equation is printed, by part: each stands in its docstring."""
    parts = {title: tuple(f for module in modules for f in kernels_of(module)) for title, modules in ROOMS}
    return {title: (*parts.get(title, ()), *OTHERS.get(title, ())) for title in (*parts, *OTHERS)}


TABLE_HEIGHT = 460
LINKED = {"Address": st.column_config.LinkColumn(display_text=r"^https?://(?:www\.)?([^/]+)")}


def page() -> None:
    """Everything that the result rests on, read from the kernels, the tables and the changelog."""
    catalogue = state.catalogue()
    st.markdown(
        "### An estimate starts from what each industry produces, and takes off what is recovered later."
    )
    st.markdown(
        escaped(
            f"{tables.parameters_sentence(catalogue)} The steps: "
            f"value added of {len(catalogue.sectors)} sectors, by how much each needs the internet and what its "
            "users lose; less what is recovered later, plus the overtime for it. Lost export orders and workaround "
            "costs are counted separately and never added."
        )
    )
    rows = catalogue.evidence
    st.caption(escaped(f"Frozen parameter set {parameter_set(catalogue, rows)} (SHA-256)."))
    _equations(catalogue)
    _parameters(catalogue)
    _others(catalogue)


def _equations(catalogue: Catalogue) -> None:
    st.subheader("Equations")
    st.code("\n\n".join((inspect.getdoc(chain) or "", *BESIDE_THE_CHAIN)), language=None, wrap_lines=True)
    st.caption(
        "Run for every scenario, over every duration, in every simulation. Each part below holds functions of the "
        "code: what goes in, what comes out, and where it is from."
    )
    for title, functions in equations().items():
        with st.expander(title, key=f"methods_{title}"):
            for function in functions:
                st.markdown(f"**{escaped(name_of(function))}**({escaped(arguments(function))})")
                st.code(inspect.getdoc(function) or "", language=None, wrap_lines=True)
    st.markdown("**Symbols**")
    frame = pd.DataFrame([symbol_row(catalogue, item) for item in catalogue.symbols])
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="–",
        width="stretch",
        height=TABLE_HEIGHT,
        key="methods_symbols",
        column_config=LINKED,
    )


def name_of(function: Callable[..., Any]) -> str:
    return ".".join([*function.__module__.split(".")[-2:], function.__name__])


def arguments(function: Callable[..., Any]) -> str:
    return ", ".join(inspect.signature(function).parameters)


def first_line(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").partition("\n")[0]


def address(url: str, status: str) -> str | None:
    """The address of a source; an assumption needs none."""
    return url or (None if status == "assumption" else REGISTER)


def symbol_row(catalogue: Catalogue, item: Symbol) -> dict[str, str | None]:
    """A symbol with the parameters that carry it."""
    carriers = carried_by(catalogue, item)
    one = carriers[0] if len(carriers) == 1 else None
    value = (
        ""
        if one is None or one.default is None
        else tables.value_text(one.default.low, one.default.mode, one.default.high, one.unit)
    )
    statuses = list(dict.fromkeys(parameter.status for parameter in carriers))
    urls = (tables.titles_of(catalogue, parameter.source)[2] for parameter in carriers)
    link = next((url for url in urls if url), None if "assumption" in statuses or not carriers else REGISTER)
    return {
        "Symbol": item.symbol,
        "Meaning": item.meaning,
        "Unit": item.unit,
        "Value": value
        or (f"{len(carriers)} parameter{'s'[: len(carriers) - 1]}" if carriers else "computed"),
        "Parameters": "; ".join(item.prefixes),
        "Status": ", ".join(statuses),
        "Address": link,
        "Function": item.kernel,
    }


def carried_by(catalogue: Catalogue, item: Symbol) -> list[Parameter]:
    keys = dict.fromkeys(key for name in item.prefixes for key in matching(catalogue.parameters, name))
    return [catalogue.parameters[key] for key in keys]


def _parameters(catalogue: Catalogue) -> None:
    rows = [row for row in tables.entries(catalogue) if row.table == tables.PARAMETERS]
    st.subheader(f"All {len(rows)} parameters")
    first, changed = changes_by_key(catalogue)
    frame = pd.DataFrame(
        [
            {
                "Key": row.key,
                "Name": row.label,
                "Value": dict(row.details)["Value"],
                "Status": row.status,
                "Source": row.source,
                "Address": address(row.url, row.status),
                "Date": row.date,
                "Changes": changed.get(row.key, first),
                **{name: text for name, text in row.details if name != "Value"},
            }
            for row in rows
        ]
    )
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="–",
        width="stretch",
        height=TABLE_HEIGHT,
        key="methods_parameters",
        column_config=LINKED,
    )
    st.download_button(
        "All parameters (CSV)",
        lambda: csv_bytes(tables.register_csv(catalogue, rows)),
        "parameters.csv",
        "text/csv",
        key="csv_methods_parameters",
        on_click="ignore",
    )


def _others(catalogue: Catalogue) -> None:
    st.subheader("The other methods")
    references = catalogue.methods
    for method in methods().values():
        source = catalogue.sources[method.source]
        with st.expander(f"{method.title}: {method.status}", key=f"methods_other_{method.name}"):
            st.code(method.formula_text(references), language=None, wrap_lines=True)
            st.markdown(escaped(f"{capital(counts(method.basis))} (our reading): {method.basis_note}."))
            st.markdown(
                "\n".join(
                    f"- Cannot express {escaped(topic)}: {escaped(why)}"
                    for topic, why in method.limits().items()
                )
            )
            frame = constants(catalogue, references, method.name)
            if frame.empty:
                frame = quoted(references, method.name)
            st.dataframe(
                frame, hide_index=True, placeholder="–", width="stretch", key=f"methods_constants_{method.name}",
                column_config=LINKED,
            )  # fmt: skip
            st.caption(f"Source: {linked_sources([(f'{source.title}, {source.publisher}', source.url)])}")


def constants(catalogue: Catalogue, references: References, method: str) -> pd.DataFrame:
    """What a method computes with; a constant that is known from memory only is neither used nor shown."""
    rows = []
    for row in references.of_method(method):
        if row.status == "recalled":
            continue
        source = catalogue.sources[row.source]
        rows.append(
            {
                "Constant": capital(row.meaning),
                "Economy": row.country,
                "GDP of": "" if row.gdp_year is None else str(row.gdp_year),
                "Value": constant_text(row),
                "Fixed by": row.pinned_by,
                "Status": row.status,
                "Source": source.title,
                "Address": address(source.url, row.status),
                "Id": row.id,
            }
        )
    return pd.DataFrame(rows)


def constant_text(row: MethodConstant) -> str:
    """A constant with its unit; shares as percent."""
    if row.unit in PERCENT_UNITS:
        return f"{as_given(row.value * 100)}{PERCENT_UNITS[row.unit]}"
    return tables.one_value(row.value, "" if row.unit == "count" else row.unit)


def quoted(references: References, method: str) -> pd.DataFrame:
    """The printed results of a method that is not run."""
    return pd.DataFrame(
        [
            {
                "Result": row.label,
                "Event": row.event.replace("_", " "),
                "Value": "" if row.value_musd is None else tables.one_value(row.value_musd, "M USD"),
                "Days": row.window_days,
                "Status": row.status,
                "Source": f"{row.source_title.strip('()')}, {row.publisher}",
                "Address": address(row.url, row.status),
                "Id": row.id,
            }
            for row in quotes(method, references)
        ]
    )
