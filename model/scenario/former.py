"""Links and files of model 1: they open as ever, and say once that the number has changed and what it was."""

from __future__ import annotations

from urllib.parse import parse_qsl

from model.catalogue.load import Catalogue
from model.catalogue.sources import FormerResult
from model.common.cache import cached
from model.common.ranges import Range
from model.scenario.fields import Header
from model.scenario.link import FORMER_VERSION, LINK_VERSION, from_query
from model.scenario.scenario import Scenario

LAST_OF_FORMER = "1.2.0"  # the model whose results data/results_model_1.csv has


def note_on(catalogue: Catalogue, scenario: Scenario | None, source: str) -> str:
    """What to say once of a link or a file (`source`) that names model 1 or none, and of the scenario that it gave."""
    text = (
        f"This link was made with model {FORMER_VERSION}; model {LINK_VERSION} gives another number"
        if source == "link"
        else f"This {source} names no model; if it was made with model {FORMER_VERSION}, model {LINK_VERSION} gives "
        "another number"
    )
    result = None if scenario is None else _results(catalogue).get(scenario.with_changes(header=Header()))
    if result is None:
        return f"{text}."
    cost = Range(result.low, result.median, result.high).spoken(result.unit)
    return f"{text} (model {LAST_OF_FORMER}: {cost.median}, {cost.ends})."


@cached(4)
def _results(catalogue: Catalogue) -> dict[Scenario, FormerResult]:
    """The results of model 1 by the scenario that they are of."""
    return {from_query(catalogue, dict(parse_qsl(row.link)))[0]: row for row in catalogue.former_results}
