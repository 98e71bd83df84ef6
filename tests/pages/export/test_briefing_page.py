"""The page Export under AppTest: the reader's scenario, files on demand, bad templates in a sentence."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from typing import Any

import pytest
from helpers.estimate_page import plain
from pptx import Presentation
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from briefing import FORMATS
from briefing.report.pdf import PAGES
from model.catalogue.load import Catalogue
from model.common.version import MODEL_VERSION
from model.estimation.estimate import estimate
from model.scenario.link import from_query
from model.text import sentence

TIMEOUT = 120


def page_only(**link: str) -> AppTest:
    """A script with this page alone, on the same parts as the dashboard."""

    def script() -> None:
        from views.pages.estimate import controls
        from views.pages.files import page as take_away
        from views.session import address, state

        address.read_link("briefing")
        controls.inputs()
        state.say_problems()
        take_away.page()
        address.write_link()

    page = AppTest.from_function(script, default_timeout=TIMEOUT)
    for key, value in ({"v": "2", "draws": "256"} | link).items():
        page.query_params[key] = value
    return page.run()


def downloads(page: AppTest) -> dict[str, Any]:
    return {str(item.proto.label): item.proto for item in page.get("download_button")}


def test_the_page_offers_every_format_and_the_words(catalogue: Catalogue) -> None:
    page = page_only(kind="vpn_block", duration="180d")
    assert not page.exception
    labels = list(downloads(page))
    assert all(any(f"({key.upper()})" in label for label in labels) for key in FORMATS)
    scenario, _ = from_query(catalogue, {"v": "2", "draws": "256", "kind": "vpn_block", "duration": "180d"})
    headline = sentence.headline(estimate(catalogue, scenario))
    assert f"### {headline}" in [plain(item.value) for item in page.markdown]
    *english, paragraph = (item.value for item in page.code)
    assert (
        paragraph.startswith(headline)
        and headline.startswith(english[0].partition(".")[0])
        and english[1] == headline
    )
    sound = page.segmented_control(key="f_language").set_value("ur").run()
    urdu = [item.value for item in sound.code][:4]
    assert not sound.exception and all("وی پی این" in text for text in urdu)
    assert any("not yet read by a native speaker" in item.value for item in sound.caption)


def test_the_text_for_a_frame_names_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Live and at the versions of today; without an address that others can open there is none."""
    assert any("Nothing to embed" in item.value for item in page_only(country="KEN").caption)
    monkeypatch.setenv("NETTOLL_ADDRESS", "https://nettoll.example")
    page = page_only(country="KEN", duration="3d")
    start = '<iframe src="https://nettoll.example/embed?figure=number&amp;v=2&amp;country=KEN&amp;duration=3d'

    def frame(of: AppTest) -> str:
        return next(item.value for item in of.code if "<iframe" in item.value)

    assert frame(page).startswith(start) and "frozen" not in frame(page)
    assert 'title="3-day full blackout, Kenya"' in frame(page)
    page.toggle(key="f_embed_frozen").set_value(True).run()
    page.segmented_control(key="f_embed").set_value("curve").run()
    assert "figure=curve" in frame(page) and f"frozen={MODEL_VERSION}" in frame(page) and not page.exception
    headline = next(plain(item.value) for item in page.markdown if item.value.startswith("### "))
    assert f'<figcaption dir="auto">{headline.removeprefix("### ")} NetToll on ' in unescape(frame(page))


def test_all_five_come_in_one_file_with_progress() -> None:
    page = page_only()
    assert not any("Download " in label for label in downloads(page))
    page.button(key="make_all").click().run()
    assert not page.exception
    _, made = page.session_state["briefing_made"]
    with zipfile.ZipFile(io.BytesIO(made.data)) as packed:
        names = packed.namelist()
        assert sorted(name.rpartition(".")[2] for name in names) == sorted(FORMATS)
        assert (
            len(PdfReader(io.BytesIO(packed.read(next(n for n in names if n.endswith("pdf"))))).pages)
            <= PAGES
        )
        deck = Presentation(io.BytesIO(packed.read(next(n for n in names if n.endswith("pptx")))))
        assert len(deck.slides) > 5
    assert any(label.startswith("Download PAK_full_blackout") for label in downloads(page))


def test_a_changed_scenario_takes_the_old_file_away() -> None:
    page = page_only()
    page.button(key="make_all").click().run()
    page.selectbox(key="w_kind").set_value("mobile_only").run()
    assert not page.exception
    assert not any(label.startswith("Download PAK") for label in downloads(page))


@pytest.mark.parametrize("data", [b"no deck", b""], ids=["text", "empty"])
def test_a_bad_template_is_a_sentence_and_the_page_stays(data: bytes) -> None:
    page = page_only()
    page.file_uploader(key="briefing_template").set_value(
        ("own.pptx", data, "application/octet-stream")
    ).run()
    assert not page.exception
    assert any("emplate" in plain(item.value) for item in page.error)
    assert len(downloads(page)) >= len(FORMATS)
