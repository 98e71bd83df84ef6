"""Write the golden results again: `python -m tests.regenerate_golden`.

Only on purpose: with a note in the changelog that says which numbers moved and why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.catalogue import Catalogue, load
from model.codecs import as_dict, read_file
from model.estimate import estimate
from model.scenario import Scenario

GOLDEN = Path(__file__).resolve().parent / "golden"
POINTS = 6  # durations of the curve that are kept
ECONOMIES = ("EGY", "IND", "DEU", "KEN", "IRN")


def cases(catalogue: Catalogue) -> dict[str, Scenario]:
    """The named starting points, and the baseline in other economies."""
    folder = catalogue.root / "data" / "scenarios"
    found = {path.stem: read_file(catalogue, path) for path in sorted(folder.glob("*.toml"))}
    return found | {f"one_day_{iso3.lower()}": Scenario(country=iso3) for iso3 in ECONOMIES}


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
        "amounts": {a.id: [a.low, a.median, a.high, a.mean] for a in result.amounts},
        "curve": {
            f"{hours:g}": [float(curve.low[i]), float(curve.median[i]), float(curve.high[i])]
            for i, hours in enumerate(result.durations)
            if i % step == 0
        },
    }


def main() -> None:
    catalogue = load()
    GOLDEN.mkdir(exist_ok=True)
    names = set()
    for name, scenario in cases(catalogue).items():
        text = json.dumps(result_of(catalogue, scenario), indent=1) + "\n"
        (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")
        names.add(f"{name}.json")
    for path in GOLDEN.glob("*.json"):
        if path.name not in names:
            path.unlink()
    print(f"{len(names)} golden results written")


if __name__ == "__main__":
    main()
