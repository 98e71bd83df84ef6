"""Any parameters within their ranges and any disruption, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from model.catalogue.load import load
from model.common.durations import STOPS
from model.scenario.scenario import Scenario

DRAWS = 256


CATALOGUE = load()


SPREAD = {key: p.default for key, p in CATALOGUE.parameters.items() if p.default and p.default.spread}


KINDS = tuple(CATALOGUE.kinds)


ECONOMIES = tuple(row.iso3 for row in CATALOGUE.countries.values() if row.available == "yes")


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_subnormal=False)


@st.composite
def assumptions(draw: st.DrawFn) -> dict[str, float]:
    """Up to a dozen parameters anywhere in their ranges; all others as shipped, or all at one end or the mode."""
    rest = draw(st.sampled_from(["as shipped", "low", "mode", "high"]))
    values = {} if rest == "as shipped" else {key: float(getattr(d, rest)) for key, d in SPREAD.items()}
    places = draw(st.dictionaries(st.sampled_from(sorted(SPREAD)), between(0, 1), max_size=12))
    for key, part in places.items():
        default = SPREAD[key]
        values[key] = min(default.high, default.low + part * (default.high - default.low))
    return values


@st.composite
def scenarios(
    draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, economies: tuple[str, ...] = ECONOMIES
) -> Scenario:
    """Any disruption: economy, kind, duration, spells, place, start, quality, authority."""
    kind = draw(st.sampled_from(kinds))
    quality = CATALOGUE.kinds[kind].quality_input
    spells = draw(st.sampled_from([1, 1, 1, 2, 5]))
    return Scenario(
        country=draw(st.sampled_from(economies)),
        kind=kind,
        hours=draw(st.one_of(st.sampled_from(STOPS), between(0, 17_520))),
        spells=spells,
        gap_days=draw(between(0, 60)) if spells > 1 else 7.0,
        place=draw(st.one_of(st.none(), between(0, 1))),
        start=draw(st.sampled_from([None, None, "2026-01-05T10:30", "2026-01-10T02:00", "2026-01-07T23:15"])),
        ratio=draw(st.one_of(st.none(), between(0, 1))) if quality == "ratio" else None,
        capacity_lost=draw(st.one_of(st.none(), between(0, 1))) if quality == "capacity_lost" else None,
        ordered_by_authority=draw(st.sampled_from([None, True, False])),
        assumptions=draw(assumptions()),
        draws=DRAWS,
        seed=draw(st.integers(1, 3)),
    )
