"""What a page is about in a few words: in the browser's tab, in its heading, in a citation."""

from __future__ import annotations

from pathlib import Path

from model.catalogue.load import Catalogue
from model.common.citation import project
from model.common.numbers import duration_parts, exact_percent
from model.scenario.scenario import Scenario

ICON = Path(__file__).with_name("icon.svg")  # of the browser's tab, of the head of a page, of pictures
MOST = 80  # letters of a reader's own title; a browser cuts a longer one itself


def scenario_title(catalogue: Catalogue, scenario: Scenario) -> str:
    """The scenario as a title: its own where it has one, else `3-day full blackout, Kenya`."""
    own = scenario.header.title
    if own:
        return own if len(own) <= MOST else f"{own[: MOST - 1].rstrip()}…"
    return f"{disruption_title(catalogue, scenario)}, {_place(catalogue, scenario)}"


def disruption_title(catalogue: Catalogue, scenario: Scenario) -> str:
    """What happens and how long, without the place: `3-day full blackout`, `4 times a 6-hour VPN block`."""
    number, unit = duration_parts(scenario.hours)
    label = catalogue.kinds[scenario.kind].label
    kind = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    often = f"{scenario.spells} times a " if scenario.spells > 1 else ""
    return f"{often}{number}-{unit} {kind}"


def _place(catalogue: Catalogue, scenario: Scenario) -> str:
    country, regions = catalogue.countries[scenario.country].name, scenario.regions
    if regions:
        return " and ".join(regions) if len(regions) <= 2 else f"{len(regions)} regions of {country}"
    return country if scenario.place is None else f"{exact_percent(scenario.place)} of {country}"


def browser_title(page: str, about: str, *, first: bool) -> str:
    """`3-day full blackout, Kenya - NetToll`; other pages than the first say which they are."""
    parts = [about] if first and about else [page, about] if about else [page]
    return f"{': '.join(parts)} - {project().name}"
