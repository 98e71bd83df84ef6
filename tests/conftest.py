"""What the tests share: the shipped catalogue and tables, and a copy of them to spoil."""

from __future__ import annotations

import gc
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.tables import Tables
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from model.catalogue.industry import Industry
from model.catalogue.load import Catalogue, load
from model.catalogue.methods import References
from model.estimation.economy import Economy
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

if TYPE_CHECKING:
    from briefing.common.content import Content

# No deadline (a shared machine stalls now and then) and always the same examples, so that a failure repeats.
settings.register_profile(
    "model", deadline=None, max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("model")
# Hypothesis would also try constants of all our modules that are loaded by then: other examples in another order.
providers._get_local_constants = lambda: providers._local_constants

TESTS = Path(__file__).parent
# What the tests of a line share takes long to make (a server with a browser, a copy, files that LibreOffice computes,
# tables, a back-test): they stay on one worker.
TOGETHER = (
    ("tests/browser/test_frame.py", "tests/browser/test_share_page.py", "tests/browser/test_pakistan_page.py",
     "tests/browser/test_interruption.py", "tests/browser/test_world_page.py"),
    ("tests/browser/test_components.py", "tests/browser/test_estimate_page.py", "tests/browser/test_estimate_walk.py",
     "tests/browser/test_six_tasks.py", "tests/browser/test_compare_page.py"),
    ("tests/briefing/workbook/test_briefing_workbook.py", "tests/briefing/workbook/test_briefing_edits.py",
     "tests/briefing/workbook/test_workbook_sheets.py"),
    ("tests/briefing/test_pocket.py", "tests/browser/pocket/test_pocket_page.py"),
    ("tests/recipes/test_recipes.py",), ("tests/browser/deploy/test_proxy.py",), ("tests/project/test_package.py",),
    ("tests/evidence/test_backtest.py", "tests/evidence/test_operators.py"), ("tests/rates/test_everywhere.py",),
    ("tests/catalogue/test_refused_tables.py",),
)  # fmt: skip
CORE = ("kernels", "estimation", "scenario", "catalogue", "text")  # rooms of `./dev check`


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m core` other rooms are not even read: what they import takes longer than the tests."""
    other = collection_path.parent == TESTS and collection_path.is_dir() and collection_path.name not in CORE
    return True if other and config.getoption("markexpr") == "core" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is core; the slow ones begin first, so that at the end no worker waits long for the last."""
    for item in items:
        if item.path.parent.name in CORE and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.core)
    items.sort(key=lambda item: not (item.get_closest_marker("slow") or item.get_closest_marker("browser")))


def pytest_collection_finish() -> None:
    """Once for all tests: what is loaded by now is not searched for garbage again and again.

    Streamlit looks through every installed package each time that an app starts: once is enough. And it asks every
    millisecond, in all that the app has sent, whether the app has ended: here the test waits for the end itself.
    """
    gc.collect()
    gc.freeze()
    if "streamlit.testing.v1" in sys.modules:
        from streamlit.components.v2 import manifest_scanner
        from streamlit.testing.v1 import local_script_runner

        manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
        ended = local_script_runner.require_widgets_deltas

        def wait(runner: Any, timeout: float = 3) -> None:
            runner._script_thread.join(timeout)
            ended(runner, 0.0 if runner._script_thread.is_alive() else timeout)

        local_script_runner.require_widgets_deltas = wait


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A worker a core, and one more where a browser is among the tests: what it waits for is a tenth of its time."""
    return (os.cpu_count() or 1) + int(config.getoption("markexpr") != "core")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Whoever is free takes the next test, or all that share what is dear."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((files[0] for files in TOGETHER if file in files), nodeid)

    return Scheduling(config, log)


@pytest.fixture(scope="session")
def pocket(catalogue: Catalogue) -> str:
    """A small pocket edition: some economies, lengths and numbers of outages, every kind."""
    from helpers.pocket import COUNTS, DAY, HOURS, SMALL

    from briefing.pocket.make import page

    return page(catalogue, DAY, codes=SMALL, hours=HOURS, counts=COUNTS)


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
    from helpers.files.content import FEW, content_for

    return content_for(catalogue, Scenario(kind="vpn_block", hours=4320.0, draws=FEW))


@pytest.fixture(scope="session")
def vpn_files(vpn_content: Content) -> dict[str, bytes]:
    """Its five files by format."""
    from briefing import FORMATS, make

    return {key: make(key, vpn_content).data for key in FORMATS}


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables.copied(tmp_path)
