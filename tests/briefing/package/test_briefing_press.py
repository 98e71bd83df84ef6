"""The texts to paste: 40 words for an article, with what must be heard, in every language of the country."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from helpers.each import each
from helpers.files.content import DAY, FEW, content_for

from briefing.__main__ import main
from briefing.common import press
from briefing.common.texts import file_text
from model.catalogue.load import Catalogue
from model.common.numbers import spoken
from model.estimation.estimate import estimate
from model.estimation.guards import guards
from model.language.language import ENGLISH, languages_of
from model.scenario.events import load_events
from model.scenario.fields import Header
from model.scenario.scenario import Scenario, checked
from model.text import findings, sentence

LINK = "https://nettoll.example.org/?v=2&country=KEN"
SIXTEEN = {
    "15 minutes": Scenario(hours=0.25),
    "a day": Scenario(),
    "2 years": Scenario(hours=17520.0),
    "Tuvalu": Scenario(country="TUV"),
    "Kenya in shillings": Scenario(country="KEN", currency="KES", hours=72.0),
    "VPN block": Scenario(kind="vpn_block", hours=4320.0),
    "mobile data in a province": Scenario(kind="mobile_only", regions=("Balochistan",)),
    "few users": Scenario(country="UGA", hours=120.0),
    "Hong Kong": Scenario(country="HKG"),
    "old GDP": Scenario(country="VEN", hours=72.0),
    "slow evenings": Scenario(
        kind="slowdown", ratio=0.3, regions=("Punjab", "Sindh"), spells=12, hours=4.0, period_days=1.0,
        start="2026-01-05T10:00",
    ),
    "Germany in euro": Scenario(country="DEU", currency="EUR", hours=36.0),
    "probably nothing": Scenario(kind="cable_cut", capacity_lost=0.3),
    "nothing": Scenario(place=0.0),
    "a title in Urdu": Scenario(header=Header(title="پاکستان میں انٹرنیٹ کی بندش")),
    "measures": Scenario(assumptions={"lever.second_link.coverage": 0.3}, hours=72.0),
}  # fmt: skip


@each("scenario", [*SIXTEEN.values(), "irn_2026_01_blackout"])
def test_the_text_for_an_article_has_at_most_40_words(scenario: Scenario | str, catalogue: Catalogue) -> None:
    if isinstance(scenario, str):
        scenario = next(item.scenario for item in load_events(catalogue) if item.id == scenario)
    result = estimate(catalogue, checked(catalogue, scenario.with_changes(draws=FEW)))
    text = sentence.texts_of(result, ENGLISH, DAY, LINK).press
    assert len(text.split()) <= sentence.MOST_WORDS == 40, text
    assert text.endswith(f"Source: NetToll, {DAY.day} November 2026. {LINK}")
    assert all(guard.sentence in text for guard in guards(result))
    net = result.amount("net_direct")
    if net.median:
        assert spoken(net.median, net.unit) in text or "probably" in text
    whole = press.paragraph(result, DAY, LINK) + findings.cost(result)
    assert "about probably" not in whole and "range 1 chance" not in whole


@each(
    ("choices", "count"),
    [
        (
            {"country": "CUB", "hours": 2400.0, "ongoing": True},
            3,
        ),  # an old GDP, a hundred days, and no end yet
        ({"country": "CHN", "kind": "vpn_block"}, 1),  # a block that stands already, and whose law is named
        ({"hours": 100.0, "ongoing": True, "start": "2026-01-05T10:00"}, 1),
    ],
)
def test_what_must_be_heard_is_never_left_out_for_brevity(
    choices: dict[str, Any], count: int, catalogue: Catalogue
) -> None:
    """The text is longer then, and it says nothing else."""
    result = estimate(catalogue, Scenario(draws=FEW, **choices))
    heard = [guard.sentence for guard in guards(result)]
    text = sentence.texts_of(result, ENGLISH, DAY, "").press
    source = "Source: NetToll, 21 November 2026."
    assert len(heard) == count
    assert text == " ".join([sentence.answer(result, timed=False), *heard, source])


def test_without_its_hour_a_past_disruption_is_still_past(catalogue: Catalogue) -> None:
    past = next(item.scenario for item in load_events(catalogue) if item.id == "irn_2026_01_blackout")
    result = estimate(catalogue, past.with_changes(draws=FEW))
    brief = sentence.answer(result, timed=False)
    assert " cost Iran about " in brief and "January" not in brief and "would" not in brief


def test_press_txt_has_every_language_of_the_country_and_the_paragraph(catalogue: Catalogue) -> None:
    content = content_for(catalogue, Scenario(draws=FEW, hours=72.0), address="https://nettoll.example.org")
    text = file_text(content)
    for language in languages_of("PAK"):
        texts = sentence.texts_of(content.result, language, DAY, content.link)
        assert texts.press in text and texts.share in text and texts.note in text
    assert text.index("In 40 words, English") < text.index("In 40 words, Urdu (اردو)")
    assert text.rstrip().endswith(content.press) and text.count(content.link) == 5


def test_the_command_prints_the_same_texts_and_writes_nothing(
    catalogue: Catalogue,
    capsys: pytest.CaptureFixture[str],
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert main(["--press", "--date", "2026-11-21", "--address", "https://nettoll.example.org"]) == 0
    content = content_for(catalogue, Scenario(), address="https://nettoll.example.org")
    assert date.fromisoformat(content.day) == DAY and capsys.readouterr().out == file_text(content)
