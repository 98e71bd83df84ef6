"""Results that stay as they are until somebody regenerates them on purpose (`python -m tests.regenerate_golden`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from regenerate_golden import GOLDEN, cases, result_of

from model import MODEL_VERSION
from model.catalogue.load import Catalogue, load

NAMES = sorted(path.stem for path in GOLDEN.glob("*.json"))
SAME = 1e-9  # relative; other processors round the last digits in another way


def golden(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(Path(GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return table


def test_every_named_starting_point_has_a_golden_result() -> None:
    assert sorted(cases(load())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_golden(catalogue: Catalogue, name: str) -> None:
    expected = golden(name)
    result = result_of(catalogue, cases(catalogue)[name])
    assert result["scenario"] == expected["scenario"]
    assert result["amounts"].keys() == expected["amounts"].keys()
    for part in ("amounts", "curve"):
        for key, values in expected[part].items():
            if None in values:  # not measured
                assert result[part][key] == values, f"{part} {key}"
            else:
                assert result[part][key] == pytest.approx(values, rel=SAME, abs=1e-6), f"{part} {key}"


@pytest.mark.parametrize("name", NAMES)
def test_golden_names_the_versions_that_made_it(catalogue: Catalogue, name: str) -> None:
    expected = golden(name)
    assert (expected["model_version"], expected["data_version"]) == (MODEL_VERSION, catalogue.data_version)
