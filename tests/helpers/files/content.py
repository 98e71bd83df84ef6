"""What the files of a scenario say, on one fixed day and from few draws, for the tests of the briefing."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing.common.content import Content, content_of
from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.scenario.scenario import Scenario

DAY = date(2026, 11, 21)
FEW = 256


def content_for(catalogue: Catalogue, scenario: Scenario, **more: Any) -> Content:
    """The content of a scenario; `more` as `content_of` takes it: an address, scenarios beside it."""
    return content_of(estimate(catalogue, scenario), day=DAY, **more)
