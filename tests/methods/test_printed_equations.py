"""What is printed as an equation is what runs, and every symbol names an equation that is there."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from types import FrameType

import pytest

import model.kernels
from model.catalogue.load import Catalogue, load
from model.claims import claims
from model.estimation.estimate import estimate, estimate_many
from model.estimation.flows import clear_caches
from model.industry.draws import Values
from model.industry.firm import firm
from model.scenario.scenario import Scenario
from views.pages.methods.page import ROOMS, equations, name_of

KERNELS = os.path.join(Path(model.kernels.__file__).parent, "")  # with what ends the name of a folder
NUMERICS = "grid"  # how integrals are summed: no equation of the model


def printed() -> set[str]:
    return {
        name_of(function).removeprefix("kernels.")
        for title, _ in ROOMS
        for function in equations()[title]
        if function.__module__.startswith("model.kernels")
    }


def run_everything(catalogue: Catalogue) -> None:
    """One disruption of every sort, with measures, a start time and spells; a firm; the claims."""
    clear_caches()
    moved = {"lever.work_from_home.coverage": 0.3, "lever.whitelisting.coverage": 0.4}
    base = Scenario(draws=256)
    estimate(catalogue, base.with_changes(start="2026-01-05T10:30", spells=2, gap_days=3.0, hours=30.0))
    estimate_many(catalogue, [base.with_changes(kind=kind) for kind in catalogue.kinds])
    estimate(catalogue, base.with_changes(kind="vpn_block", hours=2000.0, assumptions=moved))
    industry = catalogue.industry
    firm(
        catalogue,
        industry,
        Values(catalogue, industry, {"firm.outage_days": 3.0}),
        "software_exports",
        "cable_cut",
    )
    claims.claims(catalogue, {})


@pytest.fixture(scope="module")
def ran() -> set[str]:
    """Public functions of the kernels that were called, as `module.function`."""
    called: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(KERNELS) and code.co_qualname == code.co_name:
            called.add(f"{Path(code.co_filename).stem}.{code.co_name}")

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        run_everything(load())
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return {
        name
        for name in called
        if not name.startswith(f"{NUMERICS}.") and name.partition(".")[2][0] not in "_<"
    }


def test_every_printed_equation_runs(ran: set[str]) -> None:
    assert printed() - ran == set()


def test_every_equation_that_runs_is_printed(ran: set[str]) -> None:
    assert ran - printed() == set()


def test_symbols_name_printed_equations(catalogue: Catalogue) -> None:
    assert {item.kernel for item in catalogue.symbols} - printed() == set()
