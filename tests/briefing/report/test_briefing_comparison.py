"""A comparison: the other scenarios and what they rest on stand in every file."""

from __future__ import annotations

import io

import numpy as np
import openpyxl
import pytest
from helpers.files.content import FEW, content_for
from helpers.files.readers import READERS, flat
from pptx import Presentation

from briefing import FORMATS, make
from model.catalogue.load import Catalogue
from model.common.numbers import MILLION
from model.scenario.scenario import Scenario


def test_a_comparison_carries_what_every_scenario_rests_on(catalogue: Catalogue) -> None:
    """Sources, changes and warnings of the others too; the answer, press sentence and workbook say them."""
    other = Scenario(draws=FEW, country="KEN", kind="slowdown", ratio=0.4, hours=48.0)
    alone = content_for(catalogue, Scenario(draws=FEW))
    both = content_for(catalogue, Scenario(draws=FEW), others=(other,))
    beside = content_for(catalogue, other)
    assert set(both.sources) == set(alone.sources) | set(beside.sources) != set(alone.sources)
    (warning,) = (text for text in beside.limits if text.startswith("Kenya: IT export earnings are divided"))
    assert any(text.endswith(warning) for text in both.limits) and warning not in alone.limits
    differs = "Country: Kenya; Type of disruption: Slowdown; How long: 2 days; Quality left: 40%"
    line = f"Beside it: Slowdown to 40%, 2 days, Kenya: {both.compared[1].text}"
    assert line in both.press and "Beside it" not in alone.press
    made = {key: make(key, both).data for key in FORMATS}
    for key in ("xlsx", "pdf", "html", "zip"):
        assert differs in flat(READERS[key](made[key])), key
    slides = list(Presentation(io.BytesIO(made["pptx"])).slides)
    cells = [
        cell.text_frame.text
        for s in slides[1].shapes
        if s.has_table
        for row in s.table.rows
        for cell in row.cells
    ]
    assert f"{both.compared[1].label}\n{both.compared[1].difference}" in cells
    (last,) = (slide for slide in slides if "what differs" in slide.shapes.title.text)
    lines = [s.text_frame.text for s in last.shapes if s.has_text_frame][1].splitlines()
    assert "Slowdown to 40%, 2 days, Kenya, from the first: Country: Kenya" in lines
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))["Compared"]
    first, second = (list(row) for row in sheet.iter_rows(min_row=4, max_row=5, values_only=True))
    assert (
        first[4:7] == [None] * 3
        and second[0] == "Slowdown to 40%, 2 days, Kenya"
        and second[8:10] == [FEW, 1]
    )
    mine, its = alone.result.draws["net_direct"], beside.result.draws["net_direct"]
    wanted = [*np.quantile(its, (0.05, 0.5, 0.95)), *np.quantile(its - mine, (0.05, 0.5, 0.95))]
    assert second[1:7] == pytest.approx([value / MILLION for value in wanted])


def test_a_comparison_stands_beside_it(catalogue: Catalogue) -> None:
    both = content_for(
        catalogue, Scenario(draws=FEW), others=(Scenario(country="KEN", hours=48.0, seed=9, draws=512),)
    )
    assert len(both.compared) == 2 and both.compared[1].difference and not both.compared[0].difference
    deck = Presentation(io.BytesIO(make("pptx", both).data))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[1].startswith("Of two scenarios ") and sum("Appendix" not in title for title in titles) == 6
    notes = deck.slides[1].notes_slide.notes_text_frame.text.splitlines()
    assert any(
        line.startswith(f"{both.compared[0].label}: {both.compared[0].text}; the first") for line in notes
    )
    assert sum(both.compared[1].difference in line for line in notes) == 1
    for key in ("pdf", "html"):
        # The PDF reader turns brackets round after a line of Urdu; the figure before them is enough.
        assert both.compared[1].text.split(" (")[0] in flat(READERS[key](make(key, both).data))
