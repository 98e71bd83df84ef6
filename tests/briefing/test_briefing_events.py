"""A documented disruption: what its sources leave open stands in every file, beside its headline."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any

import pytest
from helpers.files.content import DAY, FEW, content_for
from helpers.files.readers import READERS, flat
from helpers.files.workbooks import shown_by
from pptx import Presentation

from briefing import FORMATS, Briefing, make
from briefing.common.content import Content
from briefing.common.open_values import NotKnown
from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.scenario.events import load_events
from model.scenario.scenario import Scenario, checked

IRAN, SLOW, EXAMS = "irn_2026_01_blackout", "pak_2024_07_slowdown", "dza_2024_06_exam_cuts"


@lru_cache(maxsize=8)
def content_of_event(catalogue: Catalogue, name: str) -> Content:
    event = next(item for item in load_events(catalogue) if item.id == name)
    return content_for(catalogue, checked(catalogue, event.scenario.with_changes(draws=FEW)))


@pytest.mark.parametrize("name", [IRAN, SLOW])
def test_every_file_says_what_is_not_known_and_what_it_cost_at_the_ends(
    name: str, catalogue: Catalogue
) -> None:
    content = content_of_event(catalogue, name)
    event = next(item for item in load_events(catalogue) if item.id == name)
    assert len(content.not_known) == len(event.ranges) > 0
    country = content.result.economy.country.in_sentence
    assert f" cost {country} about " in content.headline and "would" not in content.headline
    for said, item in zip(content.not_known, event.ranges, strict=True):
        assert said.said.startswith("Not known. ") and said.why == item.why
        assert said.plain in content.press
        for value in (item.low, item.high):
            at_end = checked(catalogue, event.at(item.field, value).with_changes(draws=FEW))
            net = estimate(catalogue, at_end).amount("net_direct")
            cost = net.range.spoken(content.unit).full
            assert f"about {cost} at " in said.said
    made = {key: make(key, content).data for key in FORMATS}
    first = Presentation(io.BytesIO(made["pptx"])).slides[0]
    on_slide = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    in_notes = [row[1] for row in shown_by(made["xlsx"]).sheets["Notes"] if row[0] == "What is not known"]
    assert in_notes == [item.text for item in content.not_known]
    notes = first.notes_slide.notes_text_frame.text
    report, page, package = (READERS[key](made[key]) for key in ("pdf", "html", "zip"))
    for said in content.not_known:
        assert said.said in on_slide and said.text in notes
        # The PDF reader turns brackets round after a line of Persian or Urdu.
        assert bare(said.said) in bare(report)
        assert flat(said.text) in flat(page) and said.text in package


def bare(text: str) -> str:
    return flat(text).translate({ord("("): None, ord(")"): None})


def test_spells_of_which_the_sum_is_known_say_how_long_each_is(catalogue: Catalogue) -> None:
    (said,) = content_of_event(catalogue, EXAMS).not_known
    assert " at 3 outages of 10 hours and about " in said.said


def test_a_scenario_that_is_no_event_leaves_nothing_open(catalogue: Catalogue) -> None:
    event = next(item for item in load_events(catalogue) if item.id == IRAN)
    longer = event.scenario.with_changes(draws=FEW, hours=1000.0)
    assert content_for(catalogue, checked(catalogue, longer)).not_known == ()
    assert content_for(catalogue, Scenario(draws=FEW)).not_known == ()


def test_the_link_of_an_event_keeps_its_title(catalogue: Catalogue) -> None:
    ready = Briefing(content_of_event(catalogue, IRAN).result, DAY, "https://example.org")
    assert "title=Iran" in ready.link and ready.press.endswith(ready.link)
    assert all(ready.link in texts.press for texts in ready.texts)


def test_addresses_are_left_out_of_what_is_read_aloud() -> None:
    why = (
        "By one (https://a.org/b), to the end (A, in a copy, https://c.org/d-e.f); see https://g.org/h, too."
    )
    assert NotKnown("", why).plain_why == "By one, to the end (A, in a copy); see, too."


def test_a_language_is_that_of_the_country_or_on_request(catalogue: Catalogue) -> None:
    kenya = estimate(catalogue, Scenario(draws=FEW, country="KEN"))
    assert content_for(catalogue, kenya.scenario).said_locally == ""
    assert "کینیا" in content_for(catalogue, kenya.scenario, language="ur").said_locally
    hour = content_for(catalogue, Scenario(draws=FEW, hours=1.0))
    assert "1 گھنٹے کے لیے" in hour.said_locally
    arabic = re.compile("[\u0600-\u06ff]")
    made = content_for(catalogue, kenya.scenario)
    for key in ("pptx", "xlsx", "pdf", "zip"):
        assert not arabic.search(READERS[key](make(key, made).data)), key


@pytest.mark.parametrize("hours", [0.25, 0.1, 24.0])
def test_the_dot_of_a_duration_lies_on_its_curve(hours: float, catalogue: Catalogue) -> None:
    content = content_for(catalogue, Scenario(draws=FEW, hours=hours))
    deck = Presentation(io.BytesIO(make("pptx", content).data))
    chart = next(shape.chart for slide in deck.slides for shape in slide.shapes
                 if shape.has_chart and "duration" in shape.name)  # fmt: skip
    points = {
        item.name: _points(item) for item in chart.plots[0].series if item.name in ("Median", "This scenario")
    }
    assert points["This scenario"][0] in points["Median"]
    assert chart.category_axis.minimum_scale <= points["This scenario"][0][0]


def _points(series: Any) -> list[tuple[float, float]]:
    """Days and millions of a series of a scatter chart."""
    element = series._element
    columns = [
        [float(value.text) for value in element.findall(f".//{{*}}{part}//{{*}}v")]
        for part in ("xVal", "yVal")
    ]
    return list(zip(*columns, strict=True))
