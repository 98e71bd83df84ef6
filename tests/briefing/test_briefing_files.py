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

KINDS = ("full_blackout", "mobile_only", "social_media_block", "single_platform_block", "vpn_block", "slowdown",
         "cable_cut")  # fmt: skip


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


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_files_and_a_local_headline(kind: str, catalogue: Catalogue) -> None:
    assert set(KINDS) == set(catalogue.kinds)
    few = content_for(
        catalogue, Scenario(kind=kind, hours=72.0, draws=FEW, country="IRN" if kind == "cable_cut" else "PAK")
    )
    for key in FORMATS:
        assert len(make(key, few).data) > 10_000
    assert few.local is not None
    assert not re.search(r"[a-z_]{4,}", few.local.headline), few.local.headline


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(hours=0.0, draws=FEW),
        Scenario(place=0.0, draws=FEW),
        Scenario(kind="slowdown", ratio=1.0, draws=FEW),
        Scenario(country="IRN", draws=FEW),
        Scenario(spells=365, hours=1.0, draws=FEW),
        Scenario(hours=17520.0, currency="PKR", draws=FEW),
    ],
    ids=["no time", "no place", "undisturbed", "not measured", "many spells", "two years in rupees"],
)
def test_corners_have_their_files(scenario: Scenario, catalogue: Catalogue) -> None:
    corner = content_for(catalogue, scenario)
    for key in FORMATS:
        text = flat(READERS[key](make(key, corner).data))
        assert flat(corner.headline) in text
    assert len(PdfReader(io.BytesIO(make("pdf", corner).data)).pages) <= PAGES


def test_everything_pinned_has_no_tornado(catalogue: Catalogue) -> None:
    pins = {
        key: p.mode
        for key, p in catalogue.parameters.items()
        if p.default and p.default.spread and p.mode is not None
    }
    pinned = content_for(catalogue, Scenario(draws=FEW, assumptions={**pins, "structure.gsd": 1.0}))
    assert not pinned.drivers and len(pinned.changes) > 30
    for key in FORMATS:
        assert flat(pinned.headline) in flat(READERS[key](make(key, pinned).data))
    assert len(PdfReader(io.BytesIO(make("pdf", pinned).data)).pages) <= PAGES


@pytest.mark.slow
def test_five_people_at_once_each_get_all_five_of_their_own(catalogue: Catalogue) -> None:
    """Everybody with the default number of draws, and nobody with another's numbers."""

    def one(number: int) -> tuple[str, dict[str, bytes]]:
        mine = content_for(catalogue, Scenario(hours=24.0 * (1 + number)))
        return mine.headline, {key: make(key, mine).data for key in FORMATS}

    with ThreadPoolExecutor(5) as people:
        made = list(people.map(one, range(5)))
    assert len({headline for headline, _ in made}) == 5
    for headline, files_of_one in made:
        for key in ("pptx", "pdf", "zip"):
            assert flat(headline) in flat(READERS[key](files_of_one[key]))
        assert all(len(data) > 10_000 for data in files_of_one.values())
