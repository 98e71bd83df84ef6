"""The estimates that everybody shares: a step of the duration computes its own length alone."""

from __future__ import annotations

import numpy as np
import pytest

from model.catalogue.load import Catalogue
from model.estimation.estimate import estimate
from model.estimation.estimates import estimate_of
from model.scenario.scenario import Scenario

OTHERS: tuple[dict[str, object], ...] = (
    {},
    {"spells": 3, "start": "2026-03-02T09:00"},
    {"spells": 2, "period_days": 900.0},
)


@pytest.mark.parametrize("hours", [0.7, 12.0, 37.0 * 24, 17_520.0])
@pytest.mark.parametrize("changes", OTHERS)
def test_a_length_is_the_same_alone_and_with_curves(
    catalogue: Catalogue, hours: float, changes: dict[str, object]
) -> None:
    scenario = Scenario(draws=256, hours=hours).with_changes(**changes)
    shared, alone = estimate_of(catalogue, scenario), estimate(catalogue, scenario)
    assert shared.scenario == alone.scenario
    assert shared.durations.tolist() == alone.durations.tolist()
    for name, values in alone.draws.items():
        np.testing.assert_allclose(shared.draws[name], values, rtol=1e-12)
    for name, curve in alone.curves.items():
        for own, other in zip(shared.curves[name], curve, strict=True):
            assert own[shared.chosen] == pytest.approx(other[alone.chosen], rel=1e-12)
            np.testing.assert_allclose(own, other, rtol=1e-5)  # the grid of 37 days cuts other steps of time
        assert shared.means[name] == pytest.approx(alone.means[name], rel=1e-5)


def test_a_step_of_the_duration_moves_no_other_point(catalogue: Catalogue) -> None:
    first, second = (estimate_of(catalogue, Scenario(draws=256, hours=24.0 * days)) for days in (11, 37))
    for name, curve in first.curves.items():
        for one, other in zip(curve, second.curves[name], strict=True):
            assert np.delete(one, first.chosen).tolist() == np.delete(other, second.chosen).tolist()
