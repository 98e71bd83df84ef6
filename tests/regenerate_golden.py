"""Write the golden results again: `python -m tests.regenerate_golden`.

Only on purpose: with a note in the changelog that says which numbers moved and why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefing.common import method_text
from model.catalogue.load import Catalogue, load
from model.estimation.estimate import estimate, estimate_many
from model.scenario.events import load_events
from model.scenario.file import as_dict, read_file
from model.scenario.scenario import Scenario

GOLDEN = Path(__file__).resolve().parent / "golden"
EVENTS = GOLDEN / "events"
POINTS = 6  # durations of the curve that are kept
ECONOMIES = ("EGY", "IND", "DEU", "KEN", "IRN")
EVENT_AMOUNTS = ("net_direct", "gross")


def cases(catalogue: Catalogue) -> dict[str, Scenario]:
    """The named starting points, and the baseline in other economies."""
    folder = catalogue.root / "data" / "scenarios"
    named = {path.stem: read_file(catalogue, path) for path in sorted(folder.glob("*.toml"))}
    return named | {f"one_day_{iso3.lower()}": Scenario(country=iso3) for iso3 in ECONOMIES}


def result_of(catalogue: Catalogue, scenario: Scenario) -> dict[str, Any]:
    """What a golden file holds: scenario, versions, every amount, and some points of the curve."""
    result = estimate(catalogue, scenario)
    step = max(1, len(result.durations) // POINTS)
    curve = result.curves["net_direct"]
    table = as_dict(result.scenario)
    del table["header"]
    return {
        "scenario": table,
        "model_version": result.model_version,
        "data_version": result.data_version,
        "amounts": {a.id: [*a.range, a.mean] for a in result.amounts},
        "curve": {
            f"{hours:g}": [float(curve.low[i]), float(curve.median[i]), float(curve.high[i])]
            for i, hours in enumerate(result.durations)
            if i % step == 0
        },
    }


def event_cases(catalogue: Catalogue) -> dict[str, Scenario]:
    """The real events."""
    return {event.id: event.scenario for event in load_events(catalogue)}


def event_result_of(catalogue: Catalogue, scenario: Scenario) -> dict[str, Any]:
    """What an event's golden file holds: scenario, versions, low, median and high of the two main amounts."""
    (result,) = estimate_many(catalogue, [scenario], curves=False)
    table = as_dict(result.scenario)
    del table["header"]
    amounts = {name: result.amount(name) for name in EVENT_AMOUNTS}
    return {
        "scenario": table,
        "model_version": result.model_version,
        "data_version": result.data_version,
        "amounts": {name: [*row.range] for name, row in amounts.items()},
    }


def write_all(folder: Path, results: dict[str, dict[str, Any]]) -> None:
    """One file per result; files of results that are no more go."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.json"):
        if path.stem not in results:
            path.unlink()
    for name, result in results.items():
        (folder / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    catalogue = load()
    write_all(GOLDEN, {name: result_of(catalogue, item) for name, item in cases(catalogue).items()})
    events = {name: event_result_of(catalogue, item) for name, item in event_cases(catalogue).items()}
    write_all(EVENTS, events)
    method_text.main()
    print(
        f"{len(cases(catalogue))} golden results written, {len(events)} of events, and what the back-tests say"
    )


if __name__ == "__main__":
    main()
