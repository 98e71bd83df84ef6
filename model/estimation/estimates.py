"""The shipped tables and the estimates that everybody shares: pages and API ask here, nothing is made twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

from model.catalogue.load import Catalogue, load
from model.common.cache import Cache, cached
from model.common.program.progress import Tick
from model.estimation.estimate import Estimate, at_duration, at_place, estimate
from model.scenario.fields import Header
from model.scenario.link import to_query
from model.scenario.scenario import BASELINE, Scenario

# For everybody; a catalogue is part of every key, since another one gives other results.
ESTIMATES: Cache[Estimate] = Cache()
EstimateWork = Callable[[Tick | None], Estimate]
ComputeEstimate = Callable[[Hashable, EstimateWork], Estimate]


@cached(1)
def catalogue() -> Catalogue:
    """The project's tables, read once for everybody."""
    return load()


def at_once(_: Hashable, work: EstimateWork) -> Estimate:
    """How an estimate is computed where nobody watches its progress: `work` without a tick, whatever its key."""
    return work(None)


def estimate_of(tables: Catalogue, of: Scenario, compute: ComputeEstimate = at_once) -> Estimate:
    """The estimate of a scenario with its curves, from the cache where it is there; without its header.

    A step of the duration or of the place reuses the curves.

    Args:
        tables: the catalogue; another one has estimates of its own.
        of: the scenario.
        compute: runs what is missing under a key, such as with a bar for whoever waits.

    Raises:
        InputError: the scenario cannot be used.
    """
    now, place = of.with_changes(header=Header()), of.place
    if place is not None:
        whole = now.with_changes(place=None)
        return ESTIMATES.get(
            ("place", _key(tables, now)), lambda: at_place(estimate_of(tables, whole, compute), place)
        )
    own = (
        now.period_days is not None and now.period_days * 24 < BASELINE.hours
    )  # no stop of other curves fits in it
    if now.hours != BASELINE.hours and not own:
        first = now.with_changes(hours=BASELINE.hours)
        return ESTIMATES.get(
            ("length", _key(tables, now)),
            lambda: at_duration(_with_curves(tables, first, compute), now.hours),
        )
    return _with_curves(tables, now, compute)


def titled_estimate(tables: Catalogue, of: Scenario, compute: ComputeEstimate = at_once) -> Estimate:
    """The same with who wrote the scenario: the title of a documented event says what is open.

    `tables`, `of`, `compute` and the error as in `estimate_of`.
    """
    plain = estimate_of(tables, of, compute)
    if of.header == Header():
        return plain
    whole = plain.scenario.with_changes(header=of.header)
    key = ("titled", _key(tables, of), of.header)
    return ESTIMATES.get(key, lambda: replace(plain, scenario=whole))


def _key(tables: Catalogue, of: Scenario) -> tuple[Hashable, ...]:
    return (tables, *to_query(of.with_changes(header=Header())).items())


def _with_curves(tables: Catalogue, of: Scenario, compute: ComputeEstimate) -> Estimate:
    key = _key(tables, of)
    return ESTIMATES.get(
        ("curves", key), lambda: compute(("estimate", key), lambda tick: estimate(tables, of, tick))
    )
