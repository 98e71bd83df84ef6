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
from briefing.content import Content
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
    "nothing unusual": Scenario(kind="single_platform_block", hours=72.0, draws=FEW),
}


@pytest.mark.parametrize("name", CORNERS)
def test_every_kind_and_every_corner_has_its_files_and_a_local_headline(
    name: str, catalogue: Catalogue
) -> None:
    corner = content_for(catalogue, CORNERS[name])
    made = {key: make(key, corner).data for key in FORMATS}
    for key, data in made.items():
        assert len(data) > 10_000 and flat(corner.headline) in flat(READERS[key](data)), key
    assert len(PdfReader(io.BytesIO(made["pdf"])).pages) <= PAGES
    assert corner.local is not None
    assert not re.search(r"[a-z_]{4,}", corner.local.headline), corner.local.headline


def test_no_kind_is_without_files(catalogue: Catalogue) -> None:
    assert {scenario.kind for scenario in CORNERS.values()} == set(catalogue.kinds)


def test_everything_pinned_has_no_tornado(catalogue: Catalogue) -> None:
    pins = {
        key: p.mode
        for key, p in catalogue.parameters.items()
        if p.default and p.default.spread and p.mode is not None
    }
    pinned = content_for(catalogue, Scenario(draws=FEW, assumptions={**pins, "structure.gsd": 1.0}))
    assert not pinned.drivers and len(pinned.changes) > 30
    made = {key: make(key, pinned).data for key in FORMATS}
    for key, data in made.items():
        assert flat(pinned.headline) in flat(READERS[key](data))
    assert len(PdfReader(io.BytesIO(made["pdf"])).pages) <= PAGES


@pytest.mark.slow
def test_three_people_at_once_each_get_all_five_of_their_own(catalogue: Catalogue) -> None:
    """Everybody with the default number of draws, and nobody with another's numbers."""

    def one(number: int) -> tuple[str, dict[str, bytes]]:
        mine = content_for(catalogue, Scenario(hours=24.0 * (1 + number)))
        return mine.headline, {key: make(key, mine).data for key in FORMATS}

    with ThreadPoolExecutor(3) as people:
        made = list(people.map(one, range(3)))
    assert len({headline for headline, _ in made}) == 3
    for headline, files_of_one in made:
        for key in ("pptx", "pdf", "zip"):
            assert flat(headline) in flat(READERS[key](files_of_one[key]))
        assert all(len(data) > 10_000 for data in files_of_one.values())
