"""What the tests share: the shipped catalogue and tables, and a copy of them to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.tables import Tables
from hypothesis import HealthCheck, settings

from model.catalogue.industry import Industry
from model.catalogue.load import ROOT, Catalogue, load
from model.catalogue.methods import References
from model.estimation.economy import Economy
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

if TYPE_CHECKING:
    from briefing.content import Content

# No deadline (a shared machine stalls now and then) and always the same examples, so that a failure repeats.
settings.register_profile(
    "model", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("model")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def reference_tables(catalogue: Catalogue) -> References:
    return catalogue.methods


@pytest.fixture(scope="session")
def pakistan(catalogue: Catalogue) -> Economy:
    return estimate(catalogue, Scenario(draws=256)).economy


@pytest.fixture(scope="session")
def industry_tables(catalogue: Catalogue) -> Industry:
    """The shipped tables of the industry."""
    return catalogue.industry


# Programs that write files are imported by the tests that need them only: `./dev check` does not wait for them.
@pytest.fixture(scope="session")
def vpn_content(catalogue: Catalogue) -> Content:
    """What the files say of half a year of blocked VPNs: only this kind has a cost of coping."""
    from helpers.briefing_content import FEW, content_for

    return content_for(catalogue, Scenario(kind="vpn_block", hours=4320.0, draws=FEW))


@pytest.fixture(scope="session")
def vpn_files(vpn_content: Content) -> dict[str, bytes]:
    """Its five files by format."""
    from briefing import FORMATS, make

    return {key: make(key, vpn_content).data for key in FORMATS}


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Tables(tmp_path)
