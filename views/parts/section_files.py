"""Every figure of the open section as one file, and the command that prints the same."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override, written
from model.cli.industry import read_by
from model.common import program
from model.industry.calendar import MINE
from model.text.industry_report import result_of
from model.text.writer import Section, csv_bytes

CHOICES = {"firm": ("preset", "kind"), "levers": ("calendar",), "exports": ("calendar", "baseline")}


def files(
    catalogue: Catalogue, command: str, sections: Callable[[], Sequence[Section]], given: Mapping[str, Override],
    choices: Mapping[str, str], filename: str,
) -> None:  # fmt: skip
    """The download of the section, made when it is asked for, and the command with the reader's own figures in it."""
    chosen, moved = chosen_of(command, choices), dict(given)
    st.download_button(
        "All figures of this section (CSV)",
        lambda: csv_bytes(result_of(catalogue, sections(), chosen, moved).in_form("csv")),
        f"{filename}.csv", "text/csv", key="csv_industry_section", on_click="ignore",
        help="One number a row, with unit, what it rests on, choices, moved figures and versions.",
    )  # fmt: skip
    section = st.expander("The same on the command line", key="x_industry_command", on_change="rerun")
    if not section.open:
        return
    if chosen.get("calendar") == MINE:
        section.markdown(
            "The calendar is the scenario of the Estimate page, which the command line does not know."
        )
        return
    section.code(command_line(command, chosen, moved), language="bash", wrap_lines=True)


def chosen_of(command: str, choices: Mapping[str, str]) -> dict[str, str]:
    """Those of the choices that a command knows."""
    return {key: choices[key] for key in CHOICES[command]}


def moved_here(
    command: str, choices: Mapping[str, str], given: Mapping[str, Override]
) -> dict[str, Override]:
    """Those of the reader's figures that the command reads: no file names a change that changed nothing."""
    return read_by(command, chosen_of(command, choices), given)


def command_line(command: str, chosen: Mapping[str, str], given: Mapping[str, Override]) -> str:
    """`python -m model firm --preset call_centre ... --format csv`."""
    options = [part for key, value in chosen.items() for part in (f"--{key}", value)]
    moved = [part for key, value in given.items() for part in ("--set", f"{key}={written(value)}")]
    return f"{program.command()} {shlex.join([command, *options, *moved, '--format', 'csv'])}"
