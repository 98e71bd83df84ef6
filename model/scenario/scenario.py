"""A scenario: a named difference from the baseline. What a reader chose, checked, frozen and repeatable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from model.catalogue.economies import HOME
from model.catalogue.load import Catalogue
from model.catalogue.parameters import Override
from model.common import limits
from model.common.errors import InputError, choices
from model.common.numbers import duration_text
from model.kernels.spells import Spells
from model.scenario.fields import (
    FIELDS,
    HEADER,
    MAX_DRAWS,
    MIN_DRAWS,
    Choices,
    Header,
    kinds_with,
)
from model.scenario.places import find_country, place_shares
from model.scenario.readers import kind_of, whole

NO_HEADER = Header()
ROUNDING = 1e-9  # relative: hours into days and back
# At most so many simulations on a server; it may be set to more than the model computes.
SHARED_DRAWS = min(limits.DRAWS, MAX_DRAWS)


@dataclass(frozen=True)
class Scenario(Choices):
    """What a reader chose (see `Choices`), and under which assumptions. The defaults are the baseline.

    `hours` are of one spell; `place` is a share of the country, `regions` are Pakistan's;
    `assumptions` maps parameter keys to a pinned value or a (low, mode, high) range.
    """

    assumptions: Mapping[str, Override] = field(default_factory=dict)
    header: Header = NO_HEADER

    def __post_init__(self) -> None:
        object.__setattr__(self, "assumptions", MappingProxyType(dict(sorted(self.assumptions.items()))))

    def __hash__(self) -> int:
        return hash((self.country, self.kind, self.hours, tuple(self.assumptions.items()), self.seed))

    def with_changes(self, **changes: Any) -> Scenario:
        """The same scenario with these fields changed (unchecked: pass it through `checked`)."""
        return replace(self, **changes)

    @property
    def rhythm(self) -> Spells:
        """How often it happens, and when the next spell begins."""
        return Spells(self.spells, self.gap_days, self.period_days)

    def lasting(self, hours: float) -> Scenario:
        """The same with spells of other `hours`; spells longer than their period follow each other at once.

        Of such a long one slightly more is caught up than on the curve of the shorter period, whose spells up to it
        leave less time.
        """
        period = self.period_days
        return self.with_changes(hours=hours, period_days=None if period is None else max(period, hours / 24))

    def ordered(self, catalogue: Catalogue) -> bool:
        """Whether an authority ordered the disruption: as said, else what is usual for the kind."""
        if self.ordered_by_authority is not None:
            return self.ordered_by_authority
        return catalogue.kinds[self.kind].ordered_by_authority == "yes"


BASELINE = Scenario()


def shared(scenario: Scenario, most: int = SHARED_DRAWS) -> Scenario:
    """The scenario; raises `InputError` for more than `most` simulations, which a server that many share computes."""
    few_enough("draws", scenario.draws, most)
    return scenario


def few_enough(name: str, value: object, most: int) -> None:
    """Raises `InputError` where `value` is no number of simulations up to `most`; `name` is what it is called."""
    try:
        whole(name, value, MIN_DRAWS, most)
    except InputError as problem:
        more = f" here, up to {MAX_DRAWS:,} on the command line" if most < MAX_DRAWS else ""
        allowed = f"{MIN_DRAWS} to {most:,}{more}"
        raise InputError(name, value, problem.problem, allowed) from None


def checked(catalogue: Catalogue, scenario: Scenario) -> Scenario:
    """The scenario in its one canonical form; raises `InputError` for the first field that cannot be used."""
    values: dict[str, Any] = {}
    scenario = scenario.with_changes(kind=kind_of(catalogue, "kind", scenario.kind))
    if scenario.regions and (iso3 := find_country(catalogue, scenario.country).iso3) != HOME:
        place_shares(catalogue, iso3, scenario.regions, None)  # a region of another country is told so
    for name, row in FIELDS.items():
        value = getattr(scenario, name)
        if value is None and row.default is None:
            continue
        if row.quality and scenario.kind not in (kinds := kinds_with(catalogue, name)):
            problem = f"cannot be given for {scenario.kind}"
            raise InputError(name, value, problem, f"only with {', '.join(kinds)}")
        values[name] = row.form.check(catalogue, name, value)
    if scenario.regions and scenario.place is not None:
        raise InputError(
            "place", scenario.place, "cannot be given beside a region", "a region or a place share"
        )
    period: float | None = values.get("period_days")
    if period is not None and values["gap_days"] != FIELDS["gap_days"].default:
        raise InputError(
            "period_days",
            period,
            "cannot be given beside gap_days",
            "days between outages or from start to start",
        )
    if period is not None and period * 24 < values["hours"] * (1 - ROUNDING):
        least = f"at least the length of an outage, {duration_text(values['hours'])}"
        raise InputError("period_days", period, "is too short", least)
    regions: tuple[str, ...] = values.get("regions", ())
    if len(set(regions)) < len(regions):
        raise InputError("region", scenario.regions[0], "is given twice", "each region once")
    country: str = values["country"]
    place_shares(catalogue, country, regions, values.get("place"))
    if values.get("place") == 1:
        values["place"] = None  # all of it is no part
    for key, value in scenario.assumptions.items():
        if key not in catalogue.parameters:
            raise InputError("set", key, "is not a parameter", choices(catalogue.parameters, key))
        catalogue.parameters[key].check(value)
    own = catalogue.countries[country].currency
    if values["currency"] not in ("USD", own):
        allowed = f"USD or {own}" if own else "USD"
        raise InputError("currency", scenario.currency, f"is not the money of {country}", allowed)
    header = {
        name: row.form.check(catalogue, name, getattr(scenario.header, name)) for name, row in HEADER.items()
    }
    return scenario.with_changes(**values, header=Header(**header))
