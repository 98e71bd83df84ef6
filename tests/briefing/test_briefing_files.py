"""Every file is opened with an independent reader and says what the model says, whatever the scenario."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from helpers.files.content import DAY, FEW, content_for
from helpers.files.readers import READERS, flat
from pypdf import PdfReader

from briefing import FORMATS, make
from briefing.common.content import Content
from briefing.report.pdf import PAGES
from model.catalogue.load import Catalogue
from model.scenario.scenario import Scenario


@pytest.mark.parametrize("key", FORMATS)
def test_each_file_says_headline_versions_simulations_caveats_and_link(
    key: str, vpn_content: Content, vpn_files: dict[str, bytes]
) -> None:
    text = flat(READERS[key](vpn_files[key]))
    content, result = vpn_content, vpn_content.result
    for wanted in (content.headline, f"model {result.model_version}", f"data {result.data_version}",
                   content.stamp, DAY.isoformat(), content.limits[0], content.limits[2], content.where,
                   "World Bank"):  # fmt: skip
        assert flat(wanted) in text, f"{key}: {wanted}"
    assert "nan" not in re.findall(r"\b\w+\b", text) and "None" not in re.findall(r"\b\w+\b", text)


CORNERS = {
    "no time": Scenario(kind="mobile_only", hours=0.0, draws=FEW),
    "no place": Scenario(kind="social_media_block", place=0.0, draws=FEW),
    "undisturbed": Scenario(kind="slowdown", ratio=1.0, draws=FEW),
    "not measured": Scenario(kind="cable_cut", country="IRN", draws=FEW),
    "many spells": Scenario(spells=365, hours=1.0, draws=FEW),
    "two years in rupees": Scenario(kind="vpn_block", hours=17520.0, currency="PKR", draws=FEW),
    "nothing unusual": Scenario(kind="single_platform_block", hours=72.0),
}


@pytest.fixture(scope="module")
def everything_pinned(catalogue: Catalogue) -> Scenario:
    pins = {
        key: p.mode
        for key, p in catalogue.parameters.items()
        if p.default and p.default.spread and p.mode is not None
    }
    return Scenario(draws=FEW, assumptions={**pins, "structure.gsd": 1.0})


@pytest.mark.slow
def test_every_kind_and_corner_made_at_once_has_its_files_and_a_local_headline(
    catalogue: Catalogue, everything_pinned: Scenario
) -> None:
    """Three people at once make all of their files, and nobody gets another's numbers."""

    def one(scenario: Scenario) -> tuple[Content, dict[str, bytes]]:
        mine = content_for(catalogue, scenario)
        return mine, {key: make(key, mine).data for key in FORMATS}

    with ThreadPoolExecutor(3) as people:
        made = list(people.map(one, [*CORNERS.values(), everything_pinned]))
    assert len({corner.headline for corner, _ in made}) == len(made)
    for name, (corner, files) in zip([*CORNERS, "everything pinned"], made, strict=True):
        for key, data in files.items():
            assert len(data) > 10_000 and flat(corner.headline) in flat(READERS[key](data)), (name, key)
        assert len(PdfReader(io.BytesIO(files["pdf"])).pages) <= PAGES, name
        assert corner.local is not None, name
        assert not re.search(r"[a-z_]{4,}", corner.local.headline), corner.local.headline


def test_no_kind_is_without_files(catalogue: Catalogue) -> None:
    assert {scenario.kind for scenario in CORNERS.values()} == set(catalogue.kinds)


def test_everything_pinned_has_no_tornado(catalogue: Catalogue, everything_pinned: Scenario) -> None:
    pinned = content_for(catalogue, everything_pinned)
    assert not pinned.drivers and len(pinned.changes) > 30
